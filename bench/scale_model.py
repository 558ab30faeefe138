"""From measured rates to an archive of millions: `python -m bench.scale_model`.

    python -m bench.scale_model --rates FILE [--cluster FILE] [--workers 8,64,512]

A discrete-event simulation (simpy) of what `extraction.catalogue` does: a scheduler hands out
slices, workers read one at a time, one loader takes the finished parts in turn. `--rates` is what
`python -m bench.rates --json FILE` has measured. With `--cluster`, what `python -m bench.cluster
--json FILE` has measured, the model is first held against those runs: from the parts of a run it
has to find the seconds that the run took; exits 1 where it is more than 15 % off. Then it is asked
about a national archive and a day of the world's news.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import simpy

SCHEDULER_MS = 1.0
"""What a task costs Dask's scheduler: "each task suffers about 1ms of overhead", say its own pages
(https://distributed.dask.org/en/latest/)."""
OFF = 0.15
NEAR = 0.1
"""The share of an archive that is about people who move; see docs/scale.md."""


@dataclass(frozen=True, slots=True)
class Ran:
    """A simulated run, in seconds: all read, all loaded, and the most parts that waited to be."""

    read: float
    loaded: float
    waiting: int
    busy: float


def simulate(
    parts: int,
    workers: int,
    read: Callable[[], float],
    load: float = 0.0,
    scheduler: float = SCHEDULER_MS / 1000,
) -> Ran:
    """Read so many parts by so many workers; `read` gives the seconds of one, `load` the loader's
    for one (0.0: nobody loads), `scheduler` those of handing one out. `busy` is the share of their
    time that workers read."""
    world = simpy.Environment()
    desk, written = simpy.Resource(world, capacity=1), simpy.Store(world)
    left, worked, ended, waiting = parts, 0.0, 0.0, 0

    def worker() -> Iterator[Any]:
        nonlocal left, worked, ended, waiting
        while left:
            left -= 1
            with desk.request() as turn:
                yield turn
                yield world.timeout(scheduler)
            seconds = read()
            yield world.timeout(seconds)
            worked += seconds
            ended = world.now
            yield written.put(None)
            waiting = max(waiting, len(written.items))

    def loader() -> Iterator[Any]:
        for _ in range(parts):
            yield written.get()
            yield world.timeout(load)

    for _ in range(workers):
        world.process(worker())
    last = world.process(loader())
    world.run(until=last)
    return Ran(ended, float(world.now), waiting, worked / (ended * workers) if ended else 0.0)


def held_against(measured: dict[str, Any]) -> float:
    """Print what the model finds for each measured run; gives how far it is off at most."""
    worst = 0.0
    for run in [run for pair in measured["pairs"] for run in pair] + measured["grown"]:
        times = iter(run["parts"])
        ran = simulate(len(run["parts"]), run["workers"], lambda times=times: next(times))
        off = ran.read / run["seconds"] - 1
        worst = max(worst, abs(off))
        print(
            f"{run['workers']} workers, {run['reports']:,} reports: measured "
            f"{run['seconds']:.1f} s, simulated {ran.read:.1f} s ({off:+.1%})"
        )
    return worst


def asked(
    name: str, reports: int, rates: dict[str, Any], workers: Sequence[int], chunk: int, near: float
) -> None:
    """Print what it takes to read and load so many reports, a share `near` of them about people who
    move; the loader leaves out in which no figure was found."""
    border, other = rates["border"], rates["other"]
    dice = random.Random(8)

    def one(field: str) -> float:
        return float(near * border[field] + (1 - near) * other[field])

    mean = chunk * (one("read_ms") + one("part_ms")) / 1000
    kept = near * border["with_figures"] * border["load_ms"]
    kept += (1 - near) * other["with_figures"] * other["load_ms"]
    stored = near * border["with_figures"] * border["store_bytes"]
    stored += (1 - near) * other["with_figures"] * other["store_bytes"]
    hours = reports * (one("read_ms") + one("part_ms")) / 3.6e6
    print(
        f"{name}: {reports:,} reports, {near:.0%} of them about borders: {hours:,.0f} core-hours; "
        f"texts {reports * one('line_bytes') / 1e9:,.1f} GB, parts "
        f"{reports * one('part_bytes') / 1e9:,.1f} GB, store "
        f"{reports * stored / 1e9:,.1f} GB; one loader {_span(reports * kept / 1000)}"
    )

    def read() -> float:
        # Parts of many mixed reports spread by about a fifth of their mean.
        return dice.gammavariate(25, mean / 25)

    for many in workers:
        ran = simulate(-(-reports // chunk), many, read, chunk * kept / 1000)
        print(
            f"  {many:5} workers: read in {_span(ran.read)} (busy {ran.busy:.0%}), loaded "
            f"in {_span(ran.loaded)}, at most {ran.waiting:,} parts wait; "
            f"{reports * one('line_bytes') / ran.read / 1e6:,.1f} MB/s in"
        )


def _span(seconds: float) -> str:
    return f"{seconds / 3600:,.1f} h" if seconds >= 5400 else f"{seconds / 60:,.1f} min"


def main(argv: Sequence[str] | None = None) -> int:
    """Hold the model against measured runs, then ask it; 1 where it is too far off."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rates", type=Path, required=True)
    parser.add_argument("--cluster", type=Path)
    parser.add_argument("--workers", default="1,8,64,512,4096")
    parser.add_argument("--chunk", type=int, default=128)
    parser.add_argument("--near", type=float, default=NEAR)
    chosen = parser.parse_args(argv)
    off = 0.0
    if chosen.cluster:
        off = held_against(json.loads(chosen.cluster.read_text(encoding="utf-8")))
        print(f"at most {off:.1%} off (at most {OFF:.0%})")
    rates = json.loads(chosen.rates.read_text(encoding="utf-8"))
    workers = [int(many) for many in chosen.workers.split(",")]
    for name, reports in (("national archive", 10_000_000), ("a day of the world", 500_000)):
        asked(name, reports, rates, workers, chosen.chunk, chosen.near)
    return int(off > OFF)


if __name__ == "__main__":
    sys.exit(main())
