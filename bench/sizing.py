"""What a ledger of some size needs: `python -m bench.sizing [--records 10000 100000 1000000]`.

Makes a store of each size, starts the dashboard on it and visits it by websockets, as
`bench.sessions` does. Prints a table in Markdown, with `--out docs/running.md` into that file,
between its marks.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.ingest import SEED
from bench.made_reports import made_reports
from bench.million import EXTRACTOR
from bench.server import Server, served
from bench.stores import KEPT, copied, made_store
from bench.visitor import Visitor
from store.ledger import Store

PAGE = "days"
BEGIN, END = "<!-- sizing:begin -->\n", "<!-- sizing:end -->"
HEAD = """Measured by `make sizing` on {machine}, {day}. The stores are made up: eight records to \
a report of about 1,200 characters (`bench/made_reports.py`). "First page" is the Timeline over \
all records in a new server, without the browser's share; "filter change" the server's share when \
its status filter changes, median of {rounds}.

"""


@dataclass(frozen=True, slots=True)
class Size:
    """One line of the table; seconds, megabytes, milliseconds as the names say."""

    records: int
    file_megabytes: float
    started: float
    first_page: float
    rerun: float
    processor: float
    megabytes_one: float
    megabytes_many: float
    add_milliseconds: float


def measured(made: Path, url: str, records: int, sessions: int, rounds: int) -> Size:
    """Visit a dashboard over the store at `url`, a copy of the file `made`."""
    with served(url) as server:
        first, again, used, one, many = asyncio.run(_visits(server, sessions, rounds))
        started = server.started
    store = Store(url)
    seconds = []
    for report, figures in list(made_reports(400, SEED + 1)):
        begun = time.perf_counter()
        store.add(report, figures, extractor=EXTRACTOR)
        seconds.append(time.perf_counter() - begun)
    return Size(
        records,
        made.stat().st_size / 1e6,
        started,
        first,
        statistics.median(again),
        statistics.median(used),
        one,
        many,
        statistics.median(seconds) * 1000,
    )


async def _visits(
    server: Server, sessions: int, rounds: int
) -> tuple[float, list[float], list[float], float, float]:
    """Seconds of a first visit and of filter changes, by the clock and of processor time;
    megabytes with one session and with many."""
    async with Visitor(server.address, PAGE, "leaving=all", longest=600) as visitor:
        drawn = await visitor.draw()
        first, again, used = drawn.seconds, [], []
        for n in range(rounds):
            widget, options = drawn.choices["Status"]
            before = server.processor()
            drawn = await visitor.choose(widget, [options[n % len(options)]])
            again.append(drawn.seconds)
            used.append(server.processor() - before)
            drawn = await visitor.choose(widget, [])
        one = server.megabytes()
        async with AsyncExitStack() as stack:
            for n in range(sessions):
                other = Visitor(server.address, PAGE, "leaving=all", longest=600)
                await stack.enter_async_context(other)
                shown = await other.draw()
                widget, options = shown.choices["Group"]
                await other.choose(widget, [options[n % len(options)]])
            return first, again, used, one, server.megabytes()


def table(sizes: list[Size], sessions: int) -> str:
    """The sizes as a table in Markdown."""
    lines = [
        "| records | file, MB | server answers, s | first page, s | filter change, s "
        "| its processor time, s "
        f"| memory, MB | with {sessions} sessions, MB | keeping a report, ms |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {s.records:,} | {s.file_megabytes:,.0f} | {s.started:.1f} | {s.first_page:.1f} "
        f"| {s.rerun:.2f} | {s.processor:.2f} | {s.megabytes_one:,.0f} | {s.megabytes_many:,.0f} "
        f"| {s.add_milliseconds:.0f} |"
        for s in sizes
    ]
    return "\n".join(lines) + "\n"


def put(text: str, page: str) -> str:
    """The page with the text between its marks. Raises ValueError for a page without them."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"the page has no {BEGIN.strip()} and {END}")
    return before + begin + text + end + after


def main() -> int:
    """Print the table, or write it to a file."""
    parser = argparse.ArgumentParser(prog="python -m bench.sizing", description=__doc__)
    parser.add_argument("--records", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--stores", type=Path, default=KEPT, help="where made-up stores are kept")
    parser.add_argument("--out", type=Path, help="the page whose table is replaced")
    chosen = parser.parse_args()
    sizes = []
    for records in chosen.records:
        made = made_store(records, chosen.stores)
        with tempfile.TemporaryDirectory(dir=chosen.stores.parent) as folder:
            url = copied(made, Path(folder))
            sizes.append(measured(made, url, records, chosen.sessions, chosen.rounds))
    text = table(sizes, chosen.sessions)
    print(text, end="")
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"load average {load:.1f} on {os.cpu_count()} cores")
    if chosen.out:
        machine = f"{os.cpu_count()} cores (load average {load:.1f} at the end)"
        day = f"{datetime.now(UTC):%Y-%m-%d}"
        head = HEAD.format(machine=machine, day=day, rounds=chosen.rounds)
        page = put(head + text, chosen.out.read_text(encoding="utf-8"))
        chosen.out.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
