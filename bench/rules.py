"""Seconds of a processor for the rules and each view: `python -m bench.rules --records N`.

It takes a made-up store (`bench.stores`), reads its records, and times what a server does when it
starts, when a filter is set, and when a report comes in. With `--plain` the rules as they are
written claim by claim (`tests/store/plain`) run over the same records, for the ratio.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from bench.stores import made_store
from store import kept, reconcile
from store.ledger import Store
from store.query import Filter
from store.shelf import Views
from store.snapshot import merged, taken

VIEWS: dict[str, Callable[[Any], Any]] = {
    "totals": reconcile.totals,
    "totals by crossing": lambda r: reconcile.totals(r, ["crossing"]),
    "months by group": lambda r: reconcile.daily(r, "group", "M"),
    "days by group": lambda r: reconcile.daily(r, "group", "D"),
    "roles": reconcile.roles,
    "rivals": reconcile.rivals,
    "running totals": reconcile.running_totals,
    "expected against crossed": reconcile.expected_against_crossed,
}

T = TypeVar("T")


def timed(what: str, work: Callable[[], T]) -> T:
    """Run the work and print the milliseconds of processor time that it took."""
    begun = time.process_time()
    done = work()
    print(f"{what:42}{(time.process_time() - begun) * 1000:10,.0f} ms", flush=True)
    return done


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; gives its exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.rules", description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--url", help="a store to read instead of a made-up one")
    parser.add_argument("--plain", action="store_true", help="time the plain rules too")
    chosen = parser.parse_args(arguments)
    store = Store(chosen.url or f"sqlite:///{made_store(chosen.records)}")
    snapshot = timed("read all records", lambda: taken(store.engine))
    frame = snapshot.frame
    print(f"{len(frame):,} records", flush=True)
    views = Views(snapshot)
    timed("make them ready for the rules", lambda: views.ready)
    timed("run the rules over all", lambda: views.whole.verdict)
    with tempfile.TemporaryDirectory() as folder:
        timed("keep both on disk", lambda: kept.write(Path(folder), snapshot, views.whole))
        identity = snapshot.version.partition("-")[0]
        timed("start with what was kept", lambda: kept.read(Path(folder), identity))
    newest = frame["report_key"] == frame["report_key"].iloc[-1]
    timed("put one report in its place", lambda: merged(frame[~newest], frame[newest]))
    country = str(frame["origin"].value_counts().index[0])
    for name, filter in {
        "no filter": Filter(),
        "one group": Filter(groups=("patient",)),
        "two statuses": Filter(statuses=("crossed", "expected")),
        f"left {country}": Filter(origins=(country,)),
    }.items():
        _filtered(name, filter, views)
    if chosen.plain:
        _plain(frame)
    return 0


def _filtered(name: str, filter: Filter, views: Views) -> None:
    mask = timed(f"{name}: which records pass", lambda: filter.mask(views.frame))
    print(f"{name}: {int(mask.sum()):,} records", flush=True)
    ruled = timed(f"{name}: rules", lambda: reconcile.narrowed(views.ready, mask))
    timed(f"{name}: trees", lambda: ruled.forest)
    for view, work in VIEWS.items():
        timed(f"{name}: {view}", lambda work=work: work(ruled))  # type: ignore[misc]


def _plain(frame: Any) -> None:
    from tests.store.plain import reconcile as plain

    ruled = timed("plain: rules", lambda: plain.reconcile(frame))
    timed("plain: trees", lambda: ruled.forest)
    for view, work in (
        ("totals", plain.totals),
        ("months by group", lambda r: plain.daily(r, "group", "M")),
        ("roles", plain.judge),
    ):
        timed(f"plain: {view}", lambda work=work: work(ruled))  # type: ignore[misc]


if __name__ == "__main__":
    raise SystemExit(main())
