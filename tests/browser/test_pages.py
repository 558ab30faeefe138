"""Each page in a real browser, and each kind of number on them with the claims behind it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from store.ledger import Store
from tests.browser.conftest import Visit
from tests.ui.conftest import ledger  # noqa: F401 - a fixture: reports at Rafah and at Torkham
from ui.navigation import PAGES

pytestmark = pytest.mark.usefixtures("ledger")

PATHS = ["" if page.default else page.url_path for page in PAGES]
WIDE, PHONE = 1280, 420


def width_fits(page: Page) -> bool:
    """True where nothing makes the page wider than the window."""
    return bool(
        page.evaluate(
            "() => { const main = document.querySelector('[data-testid=stMain]');"
            " return main.scrollWidth <= main.clientWidth + 1 }"
        )
    )


def click_mark(visit: Visit, mark: Locator, told: str | re.Pattern[str]) -> None:
    """Click a mark of a chart until the line over the table tells the claims behind it.

    A chart takes a while to listen, and is drawn anew while the page settles.
    """
    line = visit.page.get_by_text(told)
    for _ in range(10):
        visit.idle()
        expect(mark).to_be_attached(timeout=30_000)
        mark.scroll_into_view_if_needed()
        box = mark.bounding_box()
        if box is None:
            visit.page.wait_for_timeout(500)
            continue
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        visit.page.mouse.move(x - 2, y)
        visit.page.mouse.move(x, y, steps=3)
        visit.page.wait_for_timeout(300)
        visit.page.mouse.click(x, y)
        try:
            expect(line.first).to_be_visible(timeout=4_000)
            return
        except AssertionError:
            continue
    pytest.fail(f"a click on the mark did not tell {told!r}")


def test_each_page_fits_a_desk_and_a_phone(visit: Visit) -> None:
    page = visit.page
    for width in (WIDE, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        for path in PATHS:
            visit.open(path)
            expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=60_000)
            visit.idle()
            assert width_fits(page), (width, path)
            assert page.get_by_test_id("stException").count() == 0, (width, path)
            assert page.get_by_test_id("stAlertContentError").count() == 0, (width, path)
    assert visit.strangers == []


def test_the_numbers_of_the_overview_open_their_claims(visit: Visit) -> None:
    page = visit.page
    visit.open()
    page.locator(".st-key-behind_crossed button").first.click(timeout=60_000)
    tile = page.get_by_test_id("stPopoverBody")
    expect(tile).to_contain_text("Counted: 2 figures")
    expect(tile).to_contain_text("1 figure: part of another figure")
    expect(tile).to_contain_text("1 figure: a running total")
    page.keyboard.press("Escape")

    page.locator(".st-key-behind_change button").first.click()
    expect(page.get_by_test_id("stPopoverBody")).to_contain_text("361 Foreign nationals")
    page.keyboard.press("Escape")

    bars = page.locator(".st-key-rank_crossing .barlayer .point path")
    click_mark(visit, bars.nth(0), "1 claim counted; 2 figures left out: 1 running total, 1 part")
    assert visit.strangers == []


def test_the_marks_of_the_timeline_open_their_claims(visit: Visit) -> None:
    page = visit.page
    chart = page.locator(".st-key-timeline_People_group_D")
    visit.open("days?leaving=PS")
    click_mark(visit, chart.locator(".barlayer .trace .point path").first, "1 claim counted; 1 fig")
    # The rival's dash is drawn last: the 88 of Palestinian sources over Egypt's 81.
    visit.open("days?leaving=PS")
    rival = chart.locator(".barlayer .trace").last.locator(".point path")
    click_mark(visit, rival, "1 claim counted; 1 figure left out: 1 rival figure")

    # A box over the whole chart takes all bars.
    visit.open("days?leaving=PS")
    visit.idle()
    area = chart.locator(".nsewdrag").first
    expect(area).to_be_attached(timeout=30_000)
    area.hover()
    chart.locator("[data-title='Box Select']").click()
    box = area.bounding_box()
    assert box
    page.mouse.move(box["x"] + 2, box["y"] + 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] - 2, steps=8)
    page.mouse.up()
    expect(page.get_by_text("3 claims counted; 2 figures left out")).to_be_visible()

    # The stated running total, and the days added up beside it.
    steps = page.locator(".st-key-running_0 .scatterlayer .trace")
    visit.open("days?leaving=PS")
    click_mark(visit, steps.nth(0).locator(".point"), "0 claims counted; 1 figure left out: 1 run")
    visit.open("days?leaving=PS")
    click_mark(visit, steps.nth(1).locator(".point").first, re.compile("^1 claim counted; 1 figur"))
    assert visit.strangers == []


def test_the_map_opens_its_claims_and_plays_the_days(visit: Visit) -> None:
    page = visit.page
    traces = page.locator(".geolayer .scattergeo")
    visit.open("crossings")
    # Larger marks are drawn first, so that smaller ones lie on them: the last is Rafah's.
    click_mark(
        visit,
        traces.last.locator("path.point").last,
        "1 claim counted; 2 figures left out: 1 running total, 1 part of another.",
    )
    # A line ends in an arrow: 2,000 went from Pakistan to Afghanistan.
    visit.open("crossings")
    arrow = traces.first.locator("path.point").last
    click_mark(visit, arrow, re.compile("1 claim counted, none left out|2 figures left out: 1 run"))

    visit.open("crossings")
    expect(traces.last).to_be_attached(timeout=30_000)
    visit.idle()
    page.get_by_text("▶ Play the days").click()
    expect(page.locator(".infolayer").get_by_text("2 Nov 2023")).to_be_visible(timeout=20_000)
    assert visit.strangers == []

    # Street tiles are asked for only once they are turned on.
    page.get_by_text("Street tiles").click()
    visit.idle()
    page.wait_for_timeout(2_000)
    assert {host.split("/")[2] for host in visit.strangers} <= {"basemaps.cartocdn.com"}
    assert visit.strangers != []


def test_a_rival_that_is_recommended_counts_at_once_and_is_kept(
    visit: Visit,
    ledger: Store,  # noqa: F811 - the fixture
) -> None:
    page = visit.page
    visit.open("differences")
    expect(page.get_by_text("best figure 81")).to_be_visible(timeout=60_000)
    page.locator(".claim", has_text="88").first.click()
    expect(page.locator(".passage.whole mark.current")).to_have_text("88")
    visit.idle()
    page.get_by_text("Recommend a figure").click()
    page.get_by_test_id("stRadio").get_by_text("88").click()
    page.get_by_label("Why").fill("the list names each of them")
    if page.get_by_label("Your name").count():
        page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Count with this figure").click()
    expect(page.get_by_text("best figure 88")).to_be_visible()
    expect(page.get_by_text("the list names each of them").first).to_be_visible()
    assert list(ledger.records().query("recommended")["count"]) == [88]

    visit.open()
    tile = page.get_by_test_id("stMetric").filter(has_text="Expected")
    expect(tile.get_by_test_id("stMetricValue")).to_have_text("488", timeout=30_000)


def test_the_filter_shows_counts_chips_and_an_address_and_is_reset(visit: Visit) -> None:
    page = visit.page
    visit.open("claims")
    status = page.get_by_role("combobox", name="Status")
    expect(status).to_be_visible(timeout=60_000)
    visit.idle()
    status.click()
    page.get_by_role("option", name="Expected · 3").click()
    page.keyboard.press("Escape")
    chip = page.get_by_role("button", name="Status: Expected ✕")
    expect(chip).to_be_visible()
    expect(page).to_have_url(re.compile("status=expected"))
    visit.idle()
    # It goes along to another page, and one click takes it out.
    page.get_by_role("link", name="Map").click()
    expect(page.get_by_role("heading", name="Map", exact=True)).to_be_visible()
    expect(chip).to_be_visible()
    visit.idle()
    chip.click()
    expect(chip).to_have_count(0)
    expect(page).not_to_have_url(re.compile("status="))
    visit.idle()

    visit.open("claims?crossing=Torkham&status=crossed")
    expect(page.get_by_role("button", name="Crossing: Torkham ✕")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Reset the filter").first.click()
    expect(page.get_by_role("button", name="Crossing: Torkham ✕")).to_have_count(0)
