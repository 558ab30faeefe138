"""The one thread of the server that reads what was uploaded, whoever still looks at the page.

The batches are in the store: what a thread has not done when its server dies, the next one does.
"""

from __future__ import annotations

import gc
import logging
import threading
import time
from typing import Final

import streamlit as st

from store.access import Access, NotAllowed
from store.batches import Batches
from store.engine import StoreError
from store.keeping import work_off
from store.ledger import Store
from store.outcomes import Outcome
from ui import cached, people

_LOG: Final = logging.getLogger(__name__)
_LOOK: Final = 0.02


class Worker:
    """Works off the batches of one store, each in the name of the editor who brought it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._again = False
        self._access: Access | None = None
        self._settled = False

    def wake(self, access: Access) -> None:
        """Look for batches that wait, if nobody is at it; `access` are the rules of today."""
        with self._lock:
            self._access = access
            self._again = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="reports", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._again:
                    self._thread = None
                    return
                self._again = False
            try:
                self._look()
            except Exception:  # noqa: BLE001 - the next wake tries again; the page says what waits
                _LOG.exception("the batches could not be worked off")
                time.sleep(1)

    def _look(self) -> None:
        batches = Batches(self._store)
        for batch in batches.unfinished():
            if batches.progress(batch).cancelled:
                continue
            signed = self._store.signed_by(batches.brought_by(batch), self._access)
            try:
                work_off(signed, batch, self._heard)
            except (NotAllowed, StoreError) as error:
                _LOG.warning("batch %s waits: %s", batch, error)

    def _heard(self, _: Outcome) -> None:
        # Streamlit collects garbage after every run of a script, twice a second while a batch is
        # shown; the language model is half a million objects that need no looking at each time.
        if not self._settled:
            self._settled = True
            gc.collect()
            gc.freeze()


@st.cache_resource(show_spinner=False)
def _worker(url: str | None) -> Worker:
    return Worker(cached.unsigned())


def wake() -> None:
    """See to it that batches which wait are read."""
    _worker(cached.database_url()).wake(people.access())


def wait(batch: int, seconds: float) -> None:
    """Wait so long, or until the batch is done: a small one needs no page that counts."""
    batches = Batches(cached.ledger())
    until = time.monotonic() + seconds
    while time.monotonic() < until and not batches.progress(batch).finished:
        time.sleep(_LOOK)
