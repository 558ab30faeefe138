"""Twenty sessions that filter while two upload: `python -m bench.sessions [--records N]`.

Each session is a real websocket on one dashboard (`bench/visitor.py`), on one of its pages; it
changes one filter after the other and looks at what came for a few seconds. Two more processes
add reports all the while. Exits 1 where a page showed an error, the 95th percentile of a rerun is
over three seconds, or the server holds more than 1.5 GB.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from bench.made_reports import made_reports
from bench.million import EXTRACTOR
from bench.server import Server, served
from bench.stores import KEPT, copied, made_store
from bench.visitor import Drawn, Visitor
from store.access import local_user
from store.ledger import Store

BAR_SECONDS, BAR_MEGABYTES = 3.0, 1_500.0
PAGES = ("days", "crossings", "claims", "differences", "")
FILTERS = ("Status", "Group", "Crossing", "Nationality")
THINK = 4.0
"""Seconds that a reader looks at a page, on average; quicker than most."""
UPLOADS_EVERY = 2.0


@dataclass
class Outcome:
    """What became of it: seconds and bytes of each rerun, errors, megabytes, reports added."""

    seconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    charts: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    megabytes: float = 0.0
    added: int = 0

    def take(self, drawn: Drawn) -> None:
        """Count one rerun."""
        self.seconds.append(drawn.seconds)
        self.sizes.append(drawn.size)
        self.charts += drawn.charts
        self.errors += drawn.errors

    @property
    def p95(self) -> float:
        """Seconds that 95 of 100 reruns stay under."""
        return float(np.quantile(self.seconds, 0.95)) if self.seconds else float("nan")

    def told(self) -> str:
        """The figures in lines of text."""
        if not self.seconds:
            return f"no rerun; errors: {self.errors[:5]}"
        middle, most = np.quantile(self.seconds, [0.5, 1])
        chart = f"{max(self.charts) / 1000:.0f} kB" if self.charts else "none"
        return (
            f"{len(self.seconds)} reruns: median {middle:.2f} s, p95 {self.p95:.2f} s (at most "
            f"{BAR_SECONDS:.0f}), longest {most:.2f} s; {self.added} reports added meanwhile\n"
            f"{np.median(self.sizes) / 1000:.0f} kB a rerun; largest chart {chart}; server "
            f"{self.megabytes:.0f} MB (at most {BAR_MEGABYTES:.0f})\n"
            f"errors: {len(self.errors)}" + "".join(f"\n  {one}" for one in self.errors[:5])
        )


def run(url: str, seconds: float, sessions: int = 20, uploaders: int = 2, seed: int = 3) -> Outcome:
    """Let everybody loose on a dashboard over the store at `url`; gives what became of it."""
    outcome = Outcome()
    with served(url) as server:
        asyncio.run(_warm(server, outcome))
        told: Any = multiprocessing.get_context("spawn").Queue()
        people = [
            multiprocessing.get_context("spawn").Process(
                target=_upload, args=(url, n, seconds, told)
            )
            for n in range(uploaders)
        ]
        for one in people:
            one.start()
        asyncio.run(_all(server, seconds, sessions, seed, outcome))
        outcome.megabytes = server.megabytes()
        for _ in people:
            added, errors = told.get(timeout=120)
            outcome.added += added
            outcome.errors += errors
        for one in people:
            one.join()
    return outcome


async def _warm(server: Server, outcome: Outcome) -> None:
    """One visit to each page, so that no start is measured; errors count."""
    for page in PAGES:
        async with Visitor(server.address, page, longest=300) as visitor:
            outcome.errors += (await visitor.draw()).errors


async def _all(server: Server, seconds: float, sessions: int, seed: int, outcome: Outcome) -> None:
    until = time.monotonic() + seconds
    visits = [
        _visit(server.address, PAGES[n % len(PAGES)], random.Random(seed + n), until, outcome)
        for n in range(sessions)
    ]
    for ended in await asyncio.gather(*visits, return_exceptions=True):
        if isinstance(ended, BaseException):
            outcome.errors.append(f"a session broke off: {type(ended).__name__}: {ended}")


async def _visit(
    address: str, page: str, dice: random.Random, until: float, outcome: Outcome
) -> None:
    await asyncio.sleep(dice.uniform(0, THINK))
    async with Visitor(address, page) as visitor:
        drawn = await visitor.draw()
        outcome.take(drawn)
        while time.monotonic() < until:
            await asyncio.sleep(dice.uniform(0, 2 * THINK))
            known = [drawn.choices[name] for name in FILTERS if name in drawn.choices]
            widget, options = dice.choice([one for one in known if one[1]] or known)
            values = dice.sample(options, 1) if options and dice.random() < 0.7 else []
            drawn = await visitor.choose(widget, values)
            outcome.take(drawn)


def _upload(url: str, number: int, seconds: float, told: Any) -> None:
    store = Store(url).signed_by(local_user(f"uploader {number}"))
    coming = islice(made_reports(20_000, seed=100 + number), None)
    until, added, errors = time.monotonic() + seconds, 0, []
    while time.monotonic() < until:
        report, records = next(coming)
        try:
            store.add(report, records, extractor=EXTRACTOR)
            added += 1
        except Exception as error:  # noqa: BLE001 - every error of whatever kind is counted
            errors.append(f"uploader {number}: {type(error).__name__}: {error}")
        time.sleep(UPLOADS_EVERY)
    told.put((added, errors))


def main() -> int:
    """Print what became of it; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.sessions", description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--uploaders", type=int, default=2)
    parser.add_argument("--stores", type=Path, default=KEPT, help="where made-up stores are kept")
    chosen = parser.parse_args()
    made = made_store(chosen.records, chosen.stores)
    with tempfile.TemporaryDirectory(dir=chosen.stores.parent) as folder:
        url = copied(made, Path(folder))
        outcome = run(url, chosen.seconds, chosen.sessions, chosen.uploaders)
    print(f"{chosen.records:,} records, {chosen.sessions} sessions, {chosen.uploaders} uploading")
    print(outcome.told())
    slow = not outcome.p95 <= BAR_SECONDS or not outcome.megabytes <= BAR_MEGABYTES
    return int(bool(outcome.errors) or slow)


if __name__ == "__main__":
    sys.exit(main())
