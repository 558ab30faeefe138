"""Reading on a Dask cluster of this machine: one worker against two, and as the catalogue grows.

    python -m bench.cluster [--reports 1000] [--pairs 3] [--growth 1000,10000] [--json FILE]

One worker and two read the same made-up catalogue by turns. Then catalogues of several sizes are
read. The clock counts only where nobody else uses the machine: what others took of it is printed,
and the processor's time for a report, which depends on them little. Exits 1 where a bar is missed:
two workers 1.7 times as fast as one, reports a second within 10 % of each other at all sizes, a
worker's memory at most 10 % more at the end of the largest than of the smallest.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import psutil

from bench.other_news import other_reports
from bench.speed import OTHERS, SEED, gold_reports
from extraction.catalogue.engines import dask
from extraction.catalogue.rows import report_row
from extraction.catalogue.slices import plan
from extraction.catalogue.work import Job
from extraction.reports import Report

SPEED_UP, GROWTH, MEMORY = 1.7, 0.10, 0.10
QUIET = 0.1  # of the machine: with more taken by others the clock tells nothing
CHUNK = 32  # reports a part: small, so that a short run ends evenly
WARM = 1_000  # reports read before any clock runs: by then what a reader keeps in mind is full


@dataclass(frozen=True, slots=True)
class Run:
    """One reading: by the clock and by the processor, and how much of the machine others took.

    `parts` are the seconds of each part, `memory` is the most that a reading process held at its
    last parts, in megabytes.
    """

    workers: int
    reports: int
    seconds: float
    processor: float
    memory: float
    others: float
    load: float
    parts: tuple[float, ...]

    @property
    def rate(self) -> float:
        """Reports a second by the clock."""
        return self.reports / self.seconds

    def told(self) -> str:
        """The figures in a line."""
        void = "" if self.others <= QUIET else "; others were at work: the clock tells nothing"
        return (
            f"{self.workers} workers, {self.reports:,} reports: {self.seconds:.1f} s, "
            f"{self.rate:.1f} a second; {1000 * self.processor / self.reports:.1f} ms of the "
            f"processor a report, {self.memory:.0f} MB a worker (others took "
            f"{100 * self.others:.0f} % of the machine, load {self.load:.1f}{void})"
        )


def catalogue(count: int, seed: int = SEED) -> list[Report]:
    """Made-up news: one report in ten is from the gold set, which repeats, the others are new."""
    dice, gold = random.Random(seed), gold_reports()
    mixed = other_reports(count - count // (OTHERS + 1), seed)
    mixed += dice.choices(gold, k=count - len(mixed))
    dice.shuffle(mixed)
    return [replace(report, id=f"{number}-{report.id}") for number, report in enumerate(mixed)]


def write(reports: Sequence[Report], path: Path) -> str:
    """Write a catalogue as JSON Lines; gives its path."""
    with path.open("w", encoding="utf-8") as stream:
        for report in reports:
            stream.write(json.dumps(report_row(report), ensure_ascii=False) + "\n")
    return str(path)


def read(cluster: Any, address: str, folder: Path) -> Run:
    """Read a catalogue into a new folder by a cluster whose workers have the model loaded."""
    job = Job(out=tempfile.mkdtemp(dir=folder), chunk=CHUNK)
    slices = list(plan(address, CHUNK))
    load, own, all_ = os.getloadavg()[0], _own_seconds(), psutil.cpu_times()
    begun = time.perf_counter()
    done = list(dask.run(slices, job, 0, cluster.scheduler_address))
    seconds = time.perf_counter() - begun
    own, busy = _own_seconds() - own, _busy(psutil.cpu_times()) - _busy(all_)
    errors = [one.error for one in done if one.error] + [str(f) for d in done for f in d.failures]
    if errors:
        raise RuntimeError(f"not all was read: {errors[:3]}")
    workers = len(cluster.workers)
    return Run(
        workers,
        sum(one.counts.reports for one in done),
        seconds,
        sum(one.processor for one in done),
        max(one.memory for one in done[-2 * workers :]),
        max(busy - own, 0.0) / (seconds * (psutil.cpu_count() or 1)),
        load,
        tuple(round(one.seconds, 4) for one in done),
    )


def _own_seconds() -> float:
    """What this process and those it started have used of the processor."""
    me = psutil.Process()
    times = [process.cpu_times() for process in (me, *me.children(recursive=True))]
    return sum(each.user + each.system for each in times)


def _busy(times: Any) -> float:
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0))


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=int, default=1_000, help="in a run of a pair")
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--growth", default="1000,10000", help='sizes, "" for none')
    parser.add_argument("--json", type=Path, help="write the figures here too")
    chosen = parser.parse_args(argv)
    sizes = [int(size) for size in chosen.growth.split(",") if size]
    pairs: list[tuple[Run, Run]] = []
    grown: list[Run] = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        one, two = (stack.enter_context(dask.own_cluster(workers)) for workers in (1, 2))
        warm = write(catalogue(WARM, seed=1), folder / "warm.jsonl")
        for cluster in (one, two):
            read(cluster, warm, folder)
        address = write(catalogue(chosen.reports), folder / "pairs.jsonl")
        for turn in range(chosen.pairs):
            runs = {c: read(c, address, folder) for c in ((one, two) if turn % 2 else (two, one))}
            pairs.append((runs[one], runs[two]))
            print(f"{runs[one].told()}\n{runs[two].told()}", flush=True)
        for size in sizes:
            grown.append(read(two, write(catalogue(size), folder / f"{size}.jsonl"), folder))
            print(grown[-1].told(), flush=True)
    if chosen.json:
        rows = {"pairs": [[asdict(a), asdict(b)] for a, b in pairs]}
        rows["grown"] = [asdict(run) for run in grown]  # type: ignore[misc]
        chosen.json.write_text(json.dumps(rows), encoding="utf-8")
    return int(missed(pairs, grown))


def missed(pairs: Sequence[tuple[Run, Run]], grown: Sequence[Run]) -> bool:
    """Print each bar with its figure; whether one is missed."""
    bars = []
    if pairs:
        ratio = statistics.median(b.rate / a.rate for a, b in pairs)
        bars.append(
            (f"two workers: {ratio:.2f} times one (at least {SPEED_UP})", ratio >= SPEED_UP)
        )
    if len(grown) > 1:
        rates = [run.rate for run in grown]
        apart = max(rates) / min(rates) - 1
        bars.append((f"sizes: {apart:.1%} apart (at most {GROWTH:.0%})", apart <= GROWTH))
        costs = [run.processor / run.reports for run in grown]
        print(f"by the processor: {max(costs) / min(costs) - 1:.1%} apart")
        more = grown[-1].memory / grown[0].memory - 1
        bars.append((f"memory: {more:+.1%} (at most {MEMORY:.0%})", more <= MEMORY))
    for words, met in bars:
        print(f"{words}{'' if met else '  MISSED'}")
    return not all(met for _, met in bars)


if __name__ == "__main__":
    sys.exit(main())
