"""One machine: so many threads, each with a process of its own that reads."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice

from extraction.catalogue.slices import Slice
from extraction.catalogue.work import Done, Job, close, work_off

ATTEMPTS = 3
PAUSE = 1.0  # seconds before storage that failed is tried again


def run(slices: Iterable[Slice], job: Job, workers: int) -> Iterator[Done]:
    """What came of each slice, in the order in which they are done.

    A slice that fails three times is told with its error, the others go on.
    """
    waiting = iter(slices)
    with ThreadPoolExecutor(workers) as pool:
        pending: set[Future[Done]] = set()
        try:
            while True:
                for slice_ in islice(waiting, 2 * workers - len(pending)):
                    pending.add(pool.submit(_patiently, slice_, job))
                if not pending:
                    return
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        finally:
            for future in pending:
                future.cancel()
            for ended in [pool.submit(_closed) for _ in range(workers)]:
                ended.result()


def _patiently(slice_: Slice, job: Job) -> Done:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return work_off(slice_, job)
        except Exception as error:  # noqa: BLE001 - whatever a storage raises, other slices go on
            told = f"{type(error).__name__}: {error}"
            if attempt < ATTEMPTS:
                time.sleep(PAUSE)
    return Done(slice_, error=told)


def _closed() -> None:
    """End this thread's processes, and give the others time to take one of these each."""
    close()
    time.sleep(0.01)
