"""Pages over a million records in a real browser: `python -m bench.pages [--records N]`.

In one run, by Playwright: our Timeline, a plain Streamlit page that does the same with `read_sql`
and `px` on each rerun (`bench/plain_page.py`), and Datasette's table page with facets on the same
SQLite file, where Datasette is installed (`pip install -r bench/requirements.txt`). Medians of
five. Prints a table in Markdown; exits 1 where a bar is missed.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from bench.server import ROOT, Server, served
from bench.stores import KEPT, copied, made_store
from tests.browser.conftest import FLAGS
from tests.conftest import find_browser

ROUNDS = 5
SMALL = 10_000  # records in the store that a cold start is held against
LONGEST = 240_000  # milliseconds that anything may take
PLAIN = (sys.executable, "-m", "streamlit", "run", str(ROOT / "bench" / "plain_page.py"))
PLAIN += ("--server.headless", "true", "--browser.gatherUsageStats", "false", "--server.port")
GROUPS = (
    ("Foreign nationals", "foreign_national"),
    ("Residents", "resident"),
    ("Returnees", "returnee"),
    ("Staff and journalists", "staff"),
    ("Patients", "patient"),
)
"""What the filter is set to, in our words and in the plain page's."""
_IDLE = """() => document.querySelector('[data-testid=stApp]')
    ?.getAttribute('data-test-script-state') === 'notRunning'"""
_COUNT_PLOTS = """() => {
    window.plots = 0;
    new MutationObserver(() => { window.plots += 1; window.last = performance.now(); })
        .observe(document.body, {subtree: true, childList: true, attributes: true});
}"""


@dataclass
class Seconds:
    """What was timed: each a list of seconds, but for bytes and megabytes."""

    cold: list[float] = field(default_factory=list)
    filtered: list[float] = field(default_factory=list)
    turned: list[float] = field(default_factory=list)
    chart_bytes: int = 0
    megabytes: float = 0.0

    def median(self, name: str) -> float:
        """The median of one of the lists; NaN where nothing was timed."""
        found = getattr(self, name)
        return statistics.median(found) if found else float("nan")


class Wire:
    """Counts the bytes that come over a page's websockets, and the largest message with a chart."""

    def __init__(self, page: Any) -> None:
        self.largest = 0
        page.on("websocket", lambda socket: socket.on("framereceived", self._take))

    def _take(self, payload: str | bytes) -> None:
        # A chart's message carries Plotly's JSON as it is.
        raw = payload if isinstance(payload, bytes) else payload.encode()
        if b'"layout"' in raw and b'"data"' in raw:
            self.largest = max(self.largest, len(raw))


def timed(work: Callable[[], None]) -> float:
    """Seconds that this takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def settled(page: Any) -> None:
    """Wait until the script has run and the chart is drawn: bars there, nothing greyed out."""
    page.wait_for_function(_IDLE, timeout=LONGEST)
    page.locator(".js-plotly-plot .bars, .js-plotly-plot .barlayer").first.wait_for(
        state="attached", timeout=LONGEST
    )
    page.wait_for_function(
        "() => !document.querySelector('[data-stale=true] .js-plotly-plot')", timeout=LONGEST
    )
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))")


def filtering(page: Any, box: str, words: str) -> float:
    """Choose an option of a filter; seconds from the click until the chart is redrawn."""
    page.get_by_role("combobox", name=box).first.click()
    option = page.get_by_role("option").filter(has_text=re.compile(f"^{re.escape(words)}")).first
    option.wait_for(timeout=LONGEST)
    before = _drawn(page)

    def choose() -> None:
        option.click()
        page.wait_for_function(
            "before => (document.querySelector('.js-plotly-plot .barlayer')?.innerHTML.length"
            " ?? 0) !== before || document.querySelector('[data-stale=true]')",
            arg=before,
            timeout=LONGEST,
        )
        settled(page)

    seconds = timed(choose)
    page.keyboard.press("Escape")
    return seconds


def _drawn(page: Any) -> int:
    found: int = page.evaluate(
        "() => document.querySelector('.js-plotly-plot .barlayer')?.innerHTML.length ?? 0"
    )
    return found


def clear(page: Any, box: str) -> None:
    """Empty a filter again."""
    page.get_by_role("combobox", name=box).first.click()
    page.keyboard.press("Backspace")
    page.keyboard.press("Escape")
    settled(page)


def ours(browser: Any, url: str, rounds: int) -> Seconds:
    """Our Timeline: first chart after a cold start, filter changes, page changes."""
    found = Seconds()
    for n in range(rounds):
        with served(url) as server:
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            wire = Wire(page)
            found.cold.append(timed(partial(_open, page, server, "days?leaving=all")))
            if n == rounds - 1:
                for one in range(rounds):
                    found.filtered.append(filtering(page, "Group", GROUPS[one % 5][0]))
                    clear(page, "Group")
                for _ in range(rounds):
                    for name, mark in (("Records", "stDataFrame"), ("Timeline", "stPlotlyChart")):
                        found.turned.append(timed(partial(_turn, page, name, mark)))
                found.chart_bytes = wire.largest
                found.megabytes = server.megabytes()
            page.close()
    return found


def _open(page: Any, server: Server, path: str) -> None:
    page.goto(f"{server.address}/{path}", timeout=LONGEST)
    settled(page)


def _goto(page: Any, address: str) -> None:
    page.goto(address, timeout=LONGEST)


def _turn(page: Any, name: str, mark: str) -> None:
    page.get_by_role("link", name=name, exact=False).first.click()
    page.get_by_role("heading", name=name).first.wait_for(timeout=LONGEST)
    page.locator(f"[data-testid={mark}]").first.wait_for(timeout=LONGEST)
    page.wait_for_function(_IDLE, timeout=LONGEST)


def plain(browser: Any, url: str, rounds: int) -> Seconds:
    """The plain page: the same filter changes."""
    found = Seconds()
    with served(url, PLAIN) as server:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        wire = Wire(page)
        found.cold.append(timed(lambda: _open(page, server, "")))
        for one in range(rounds):
            found.filtered.append(filtering(page, "Group", GROUPS[one % 5][1]))
            clear(page, "Group")
        found.chart_bytes, found.megabytes = wire.largest, server.megabytes()
        page.close()
    return found


def datasette(browser: Any, path: Path, rounds: int) -> Seconds | None:
    """Datasette's table page with three facets, filtered by status; None where it is not there."""
    command = shutil.which("datasette") or shutil.which(
        "datasette", path=str(Path(sys.executable).parent)
    )
    if command is None:
        return None
    limits = ("--setting", "sql_time_limit_ms", "120000")
    limits += ("--setting", "facet_time_limit_ms", "120000")
    found = Seconds()
    with served("", (command, "serve", str(path), *limits, "--port"), "/-/versions.json") as server:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        table = f"{server.address}/{path.stem}/records?_facet=group&_facet=crossing&_facet=status"
        for one in range(rounds + 1):
            address = f"{table}&group={GROUPS[one % 5][1]}"
            seconds = timed(partial(_goto, page, address))
            if one:  # the first one warms up
                found.filtered.append(seconds)
        found.megabytes = server.megabytes()
        page.close()
    return found


@dataclass(frozen=True)
class Measured:
    """All that one run measures, and the table of it."""

    records: int
    ours: Seconds
    small: Seconds
    plain: Seconds
    datasette: Seconds | None

    def rows(self) -> list[tuple[str, float, str, bool | None]]:
        """What, its figure, its bar in words, and whether it is met (None: no bar)."""
        filtered, cold = self.ours.median("filtered"), self.ours.median("cold")
        plain = self.plain.median("filtered")
        other = self.datasette.median("filtered") if self.datasette else float("nan")
        ratio = cold / self.small.median("cold")
        turned = self.ours.median("turned")
        sent = self.ours.chart_bytes / 1000
        return [
            ("filter change to redrawn chart, s", filtered, "< 1.0", filtered < 1.0),
            ("the same on the plain page, s", plain, "", None),
            ("plain page against ours, times", plain / filtered, "≥ 5", plain / filtered >= 5),
            ("Datasette's facet page, s", other, "> ours", other > filtered),
            ("page change, s", turned, "< 1.5", turned < 1.5),
            ("first chart after a cold start, s", cold, "", None),
            ("the same against 10,000 records, times", ratio, "≤ 1.2", ratio <= 1.2),
            ("largest chart, kB", sent, "< 150", sent < 150),
            ("the plain page's chart, kB", self.plain.chart_bytes / 1000, "", None),
            ("server's memory with one session, MB", self.ours.megabytes, "", None),
            ("the plain page's, MB", self.plain.megabytes, "", None),
        ]

    def told(self) -> str:
        """The table in Markdown."""
        lines = [f"| {self.records:,} records | figure | bar | met |", "| --- | --- | --- | --- |"]
        for what, figure, bar, met in self.rows():
            word = "" if met is None else "yes" if met else "no"
            lines.append(f"| {what} | {figure:.2f} | {bar} | {word} |")
        if self.datasette is None:
            lines.append("\nDatasette is not installed: `pip install -r bench/requirements.txt`.")
        return "\n".join(lines)

    @property
    def met(self) -> bool:
        """True where every bar that could be measured is met."""
        skipped = {"Datasette's facet page, s"} if self.datasette is None else set()
        return all(met is not False for what, _, _, met in self.rows() if what not in skipped)


def main() -> int:
    """Measure all in one run, print the table; 1 where a bar is missed, 2 without a browser."""
    parser = argparse.ArgumentParser(prog="python -m bench.pages", description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--stores", type=Path, default=KEPT, help="where made-up stores are kept")
    chosen = parser.parse_args()
    if (executable := find_browser()) is None:
        print("no Chromium or Chrome on PATH", file=sys.stderr)
        return 2
    made = [made_store(size, chosen.stores) for size in (chosen.records, SMALL)]
    with tempfile.TemporaryDirectory(dir=chosen.stores.parent) as folder, sync_playwright() as p:
        large, small = (copied(path, Path(folder)) for path in made)
        browser = p.chromium.launch(executable_path=executable, args=FLAGS)
        found = Measured(
            chosen.records,
            ours(browser, large, chosen.rounds),
            ours(browser, small, chosen.rounds),
            plain(browser, large, chosen.rounds),
            datasette(browser, Path(folder) / made[0].name, chosen.rounds),
        )
        browser.close()
    print(found.told())
    return int(not found.met)


if __name__ == "__main__":
    sys.exit(main())
