"""What all readers of a store share: its records ready for the rules, and views worked out once.

A large store is not read again for each upload: readers go on with what is there while one thread
brings it up to date (`store.snapshot`), and see it a little later.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Final, TypeVar

import pandas as pd

from store import kept
from store.judge import Ready, Reconciled, narrowed, ready
from store.ledger import Store
from store.memory import give_back
from store.query import Filter
from store.snapshot import Snapshot, renewed, taken

PATIENT: Final = 50_000
"""So many records are brought up to date in a moment, for which a reader waits."""

GLANCE: Final = 0.2
"""Seconds that a reader of a larger store waits before going on with what there is."""

REST: Final = 6.0
"""Times as long as a large store took to bring up to date it then rests: where reports come in all
the time, six sevenths of a processor are left to readers, what was worked out is used for longer,
and fewer versions are held at once. A hundred thousand records are some five seconds late then, a
million most of a minute."""

SELDOM: Final = 120.0
"""Seconds between two writings of a large store's views to disk."""

_LOG: Final = logging.getLogger(__name__)

T = TypeVar("T")


class Views:
    """The records of one version of a store, and what was worked out of them.

    Nothing in it is ever changed in place. It goes, with all views, when no reader holds it.
    """

    def __init__(self, snapshot: Snapshot, whole: Reconciled | None = None) -> None:
        self.snapshot = snapshot
        self._whole = whole
        self._made: dict[str, OrderedDict[Hashable, Future[Any]]] = {}
        self._lock = threading.Lock()

    @property
    def frame(self) -> pd.DataFrame:
        """The record frame (`store.frame`), rejected records too; a row's index is its place."""
        return self.snapshot.frame

    @property
    def ready(self) -> Ready:
        """The frame made ready for the rules."""
        if self._whole is not None:
            return self._whole.ready
        return self.once("ready", None, lambda: ready(self.frame))

    @property
    def whole(self) -> Reconciled:
        """The rules' result over all records that no reviewer rejected."""
        if self._whole is not None:
            return self._whole
        return self.once("whole", None, lambda: narrowed(self.ready, Filter().mask(self.frame)))

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

    def __init__(self, store: Store, folder: Path | None = None) -> None:
        """`folder`: where a large store's views are kept (`store.kept`), else the usual one."""
        self._store = store
        self._folder = folder or kept.folder_of(store.url)
        self._on_disk = ""
        self._not_before = self._rests_until = 0.0
        self._keeping = threading.Lock()
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
            if now is not None and not patient and time.monotonic() < self._rests_until:
                return now
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
        first, started = now is None, time.monotonic()
        try:
            now = self._begun_with() if now is None else self._moved_on(now)
        except BaseException as error:  # noqa: BLE001 - whoever asked is told
            failed = error
        took = time.monotonic() - started
        with self._done:
            self._now, self._failed, self._ended = now, failed, self._begun
            if not first:
                self._rests_until = time.monotonic() + REST * took
            self._done.notify_all()
        if now is not None and failed is None and len(now.frame) >= PATIENT:
            self._keep(now)
            del now
            give_back()

    def _begun_with(self) -> Views:
        """What was kept when a server last ran, to go on with at once; else the store, read."""
        identity = self._store.version().partition("-")[0]
        found = kept.read(self._folder, identity) if self._folder.is_dir() else None
        if found is not None:
            self._on_disk = found[0].version
            return Views(*found)
        return self._made(taken(self._store.engine))

    def _moved_on(self, now: Views) -> Views:
        snapshot = renewed(self._store.engine, now.snapshot)
        return now if snapshot is now.snapshot else self._made(snapshot)

    def _made(self, snapshot: Snapshot) -> Views:
        views = Views(snapshot)
        if len(snapshot.frame) >= PATIENT:
            # So that no reader has to wait for it.
            _ = views.whole.verdict
        return views

    def _keep(self, views: Views) -> None:
        """Write what is large to disk, not more often than now and then."""
        version = views.snapshot.version
        if version == self._on_disk or time.monotonic() < self._not_before:
            return
        if not self._keeping.acquire(blocking=False):
            return
        try:
            kept.write(self._folder, views.snapshot, views.whole)
            self._on_disk = version
            self._mapped(views)
        except OSError as error:
            _LOG.warning(
                "the records are not kept in %s for the next start: %s", self._folder, error
            )
        finally:
            self._not_before = time.monotonic() + SELDOM
            self._keeping.release()

    def _mapped(self, views: Views) -> None:
        """Go on with what was just kept: what is mapped from a file takes less memory."""
        found = kept.read(self._folder, views.snapshot.version.partition("-")[0])
        if found is None or found[0].version != views.snapshot.version:
            return
        with self._done:
            if self._now is views:
                self._now = Views(*found)
