"""A Dask cluster: one that runs already, or one of this machine's own for the time of the run.

https://distributed.dask.org. A worker that dies is started anew by its nanny, and what it had in
hand is done again by another: a part is written whole or not at all, so nothing is lost or doubled.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from distributed import Client, Future, LocalCluster, as_completed

from extraction.catalogue.slices import Slice
from extraction.catalogue.work import Done, Job, work_off

ATTEMPTS = 3  # of a slice that raises; as often may a worker die with it in hand
AHEAD = 4  # slices handed out for each thread of the cluster, so that none waits for work
_LOOK = 5.0  # seconds between two looks at how large the cluster is


def run(
    slices: Iterable[Slice], job: Job, workers: int, scheduler: str | None = None
) -> Iterator[Done]:
    """What came of each slice, in the order in which they are done.

    With the address of a `scheduler` its workers do it, however many come and go; else `workers`
    of this machine. A slice that fails three times is told with its error, the others go on.
    Raises OSError where there is no scheduler at the address.
    """
    if scheduler is not None:
        with Client(scheduler, set_as_default=False) as client:
            yield from _run(client, slices, job)
        return
    with own_cluster(workers) as cluster, Client(cluster, set_as_default=False) as client:
        yield from _run(client, slices, job)


def own_cluster(workers: int) -> Any:
    """A cluster of this machine with so many workers of one thread; a context manager."""
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",  # any free port: several may run beside each other
        memory_limit=None,  # the processes that read have a limit of their own
        silence_logs="ERROR",
    )


def _run(client: Any, slices: Iterable[Slice], job: Job) -> Iterator[Done]:
    waiting, looked, many = iter(slices), 0.0, 1
    by_key: dict[str, Slice] = {}
    pending = as_completed(loop=client.loop)

    def hand_out() -> None:
        for slice_ in islice(waiting, max(AHEAD * many - len(by_key), 0)):
            future = client.submit(
                work_off, slice_, job, key=_key(slice_, job), retries=ATTEMPTS - 1, pure=False
            )
            by_key[future.key] = slice_
            pending.add(future)

    def look() -> None:
        nonlocal looked, many
        if time.monotonic() - looked >= _LOOK:
            many, looked = max(sum(client.nthreads().values()), 1), time.monotonic()

    look()
    hand_out()
    for future in pending:
        yield _done(future, by_key.pop(future.key))
        look()
        hand_out()


def _key(slice_: Slice, job: Job) -> str:
    told = hashlib.sha256(repr((slice_, job)).encode()).hexdigest()[:16]
    return f"read-{told}"


def _done(future: Future, slice_: Slice) -> Done:
    error = future.exception()
    if error is None:
        done: Done = future.result()
        return done
    told = " ".join(f"{type(error).__name__}: {error}".split())
    if isinstance(error, ModuleNotFoundError) or "deserialization" in told:
        told = f"the scheduler and its workers need this version of the project ({told})"
    return Done(slice_, error=told)
