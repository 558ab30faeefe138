"""What all readers of a store share: its records ready for the rules, and views worked out once.

A large store is not read again for each upload: readers go on with what is there while one thread
brings it up to date (`store.snapshot`), and see it a little later.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, Final, TypeVar

import pandas as pd

from store.judge import Ready, ready
from store.ledger import Store
from store.snapshot import Snapshot, renewed, taken

PATIENT: Final = 50_000
"""So many records are brought up to date in a moment, for which a reader waits."""

GLANCE: Final = 0.2
"""Seconds that a reader of a larger store waits before going on with what there is."""

T = TypeVar("T")


class Views:
    """The records of one version of a store, and what was worked out of them.

    Nothing in it is ever changed in place. It goes, with all views, when no reader holds it.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._made: dict[str, OrderedDict[Hashable, Future[Any]]] = {}
        self._lock = threading.Lock()

    @property
    def frame(self) -> pd.DataFrame:
        """The record frame (`store.frame`), rejected records too; a row's index is its place."""
        return self.snapshot.frame

    @property
    def ready(self) -> Ready:
        """The frame made ready for the rules."""
        return self.once("ready", None, lambda: ready(self.frame))

    def once(self, kind: str, key: Hashable, make: Callable[[], T], most: int = 12) -> T:
        """What `make` gives, made once for all readers; of each kind the `most` last used stay."""
        with self._lock:
            kept = self._made.setdefault(kind, OrderedDict())
            found = kept.get(key)
            mine = found is None
            if found is None:
                found = kept[key] = Future()
            kept.move_to_end(key)
            while len(kept) > most:
                kept.popitem(last=False)
        if mine:
            try:
                found.set_result(make())
            except BaseException as error:
                with self._lock:
                    kept.pop(key, None)
                found.set_exception(error)
                raise
        result: T = found.result()
        return result


class Shelf:
    """The newest views of a store, brought up to date by one thread at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._now: Views | None = None
        self._done = threading.Condition()
        self._begun = self._ended = 0
        self._failed: BaseException | None = None

    def current(self) -> Views:
        """The views of the store as it is now, or of a large store as it was a moment ago.

        Raises StoreError where the store cannot be read.
        """
        version = self._store.version()
        with self._done:
            now = self._now
            if now is not None and now.snapshot.version == version:
                return now
            # Who is at it already may have begun before what is asked for was written.
            wanted = self._begun + 1
            patient = now is None or len(now.frame) < PATIENT
            while self._ended < wanted:
                if self._ended == self._begun:
                    self._begun, self._failed = self._begun + 1, None
                    threading.Thread(target=self._renew, name="records", daemon=True).start()
                if not self._done.wait(None if patient else GLANCE):
                    break
            if self._failed is not None and (patient or self._now is None):
                raise self._failed
            assert self._now is not None
            return self._now

    def _renew(self) -> None:
        failed: BaseException | None = None
        now = self._now
        try:
            engine = self._store.engine
            snapshot = taken(engine) if now is None else renewed(engine, now.snapshot)
            if now is None or snapshot is not now.snapshot:
                now = Views(snapshot)
                if len(snapshot.frame) >= PATIENT:
                    _ = now.ready  # so that no reader has to wait for it
        except BaseException as error:  # noqa: BLE001 - whoever asked is told
            failed = error
        with self._done:
            self._now, self._failed, self._ended = now, failed, self._begun
            self._done.notify_all()
