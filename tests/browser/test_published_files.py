"""Published pages open from a disk with the network closed: on a desk, on a phone, on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

from store import reconcile
from store.ledger import Store
from tests.ui.conftest import ledger  # noqa: F401 - a fixture: reports at Rafah and at Torkham
from ui.figures.crossings import play
from ui.publish import brief_page, charts, narrow
from ui.publish.brief import brief

WINDOWS = {"desk": 1280, "phone": 420, "paper": 720}  # A4 between its margins
HEIGHTS = (440, narrow.MAP_HEIGHT)
BARS, CROSSINGS = ".barlayer .point path", ".geolayer .scattergeo path.point"
OUTLINES = ".geolayer .countries path"


@dataclass
class Offline:
    """A page with no network, and what it asked for or complained of."""

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def open(self, file: Path, window: str) -> None:
        """Open a file in a window of that kind, as paper where that is wanted."""
        self.page.set_viewport_size({"width": WINDOWS[window], "height": 900})
        self.page.emulate_media(media="print" if window == "paper" else "screen")
        self.page.goto(file.as_uri())

    def fits(self) -> bool:
        """True where nothing makes the page wider than its window."""
        return bool(
            self.page.evaluate(
                "() => { const page = document.documentElement;"
                " return page.scrollWidth <= page.clientWidth }"
            )
        )


@pytest.fixture
def offline(browser: Browser) -> Iterator[Offline]:
    """A browser whose network is closed, with a new page."""
    context = browser.new_context(offline=True)
    opened = Offline(context.new_page())

    def note(request: Request) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            opened.asked.append(request.url)

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            opened.said.append(message.text)

    opened.page.on("request", note)
    opened.page.on("console", hear)
    opened.page.on("pageerror", lambda error: opened.said.append(str(error)))
    yield opened
    context.close()


@pytest.fixture
def files(
    ledger: Store,  # noqa: F811 - the fixture
    browser_path: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> dict[str, Path]:
    """A timeline, a map that plays its days, and a brief, as files on the disk."""
    monkeypatch.setenv("BROWSER_PATH", browser_path)
    records = ledger.records()
    made = brief(records, ledger.reports(), "From country: Palestine")
    (line, timeline), (places, crossings) = made.charts
    days = reconcile.totals(records, ["date", "crossing"])
    days = days[(days["status"] == "crossed") & days["crossing"].notna() & days["best"].notna()]
    played = play(crossings, days)
    pages = {
        "timeline": charts.page(timeline, line, made.footnote),
        "map": charts.page(played, places, made.footnote),
        "brief": brief_page.page(made),
    }
    for name, page in pages.items():
        (tmp_path / f"{name}.html").write_bytes(page)
    return {name: tmp_path / f"{name}.html" for name in pages}


def footnote_is_there(page: Page) -> None:
    """Filter, date of the data, what was left out, and the numbered sources."""
    told = page.locator(".notes")
    for words in ("Filter: From country: Palestine.", "Data as of", "figures left out"):
        expect(told.filter(has_text=words).first).to_be_visible()
    sources = page.locator("ol.sources li")
    expect(sources).to_have_text([re.compile("^A day at Rafah, Wire desk"), re.compile("^Back")])


def test_published_pages_open_with_no_network_on_a_desk_a_phone_and_paper(
    files: dict[str, Path], offline: Offline
) -> None:
    page = offline.page
    for window in WINDOWS:
        offline.open(files["timeline"], window)
        expect(page.locator(BARS)).to_have_count(5)  # of four claims, and one for their range
        expect(page.locator(BARS).first).to_be_visible()
        footnote_is_there(page)
        assert offline.fits(), ("timeline", window)

        offline.open(files["map"], window)
        expect(page.locator(CROSSINGS).last).to_be_visible()
        expect(page.locator(OUTLINES).first).to_be_attached()
        expect(page.locator(".updatemenu-container")).to_be_visible(visible=window != "paper")
        drawn = page.locator(".main-svg").first
        expect(drawn).to_have_css("height", f"{HEIGHTS[window == 'phone']}px")
        footnote_is_there(page)
        assert offline.fits(), ("map", window)

        offline.open(files["brief"], window)
        pictures = page.locator("figure img")
        expect(pictures).to_have_count(2)
        for picture in pictures.all():
            assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") > 400
        footnote_is_there(page)
        expect(page.locator("ol.sources blockquote").first).to_be_visible()
        assert offline.fits(), ("brief", window)
    assert offline.asked == []
    assert offline.said == []
