"""The story: a reader drops in this morning's report and cites a figure out of it."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

REPORT = (
    "RAFAH, Nov 1 - The first foreign passport holders left Gaza for Egypt on Wednesday, "
    "November 1, 2023, through the Rafah crossing.\n\n"
    "Some 400 foreigners and dual nationals were expected to make the crossing on Wednesday.\n\n"
    "Egypt said 81 wounded Palestinians would be allowed in for treatment on Wednesday. "
    "Palestinian sources said they expected 88 people to be taken across for treatment.\n\n"
    "A convoy of 40 ambulances waited at the gate. Citizens of 44 countries live in the strip.\n"
    "<img src=http://example.org/picture onerror=\"document.title='stolen'\"> "
    "![](http://example.org/pixel)\n"
)


def open_row(visit: Visit, row: int) -> None:
    """Click a cell of a row of the first table, until it opens: a table takes a while to listen."""
    page = visit.page
    table = page.locator("[data-testid=stDataFrame]").first
    expect(table.locator("canvas").first).to_be_visible()
    for _ in range(10):
        box = table.bounding_box()
        if box is None:  # the page is being drawn anew
            page.wait_for_timeout(1_000)
            continue
        page.mouse.click(box["x"] + 70, box["y"] + 35 * (row + 1) + 14)
        try:
            expect(page.get_by_role("button", name="Close")).to_be_visible(timeout=5_000)
            return
        except AssertionError:
            continue
    pytest.fail("the row did not open")


def test_a_report_becomes_records_that_open_on_their_sentence(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    report = tmp_path / "this <b>![morning].txt"
    report.write_text(REPORT, encoding="utf-8")

    # The samples are there, and a report that is dropped in shows its figures at once.
    visit.open()
    expect(page.get_by_role("heading", name="Overview", exact=True)).to_be_visible(timeout=120_000)
    expect(page.get_by_test_id("stMetricValue").first).to_have_text(re.compile(r"\d"))
    page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files(report)
    expect(page.get_by_text("figures read from 1 report")).to_be_visible(timeout=60_000)
    cards = page.locator(".claim")
    expect(cards.filter(has_text="81").filter(has_text="Egypt").first).to_be_visible()
    expect(cards.filter(has_text="88").filter(has_text="Palestinian sources").first).to_be_visible()
    expect(cards.filter(has_text="400").first).to_contain_text("Expected")
    expect(page.locator(".claim .figure", has_text="ambulances")).to_have_count(0)

    # A tile opens the claims behind its number, and what it left out, in one click.
    page.locator(".st-key-behind_crossed button").first.click()
    popover = page.get_by_test_id("stPopoverBody")
    expect(popover).to_contain_text("Counted:")
    expect(popover).to_contain_text("Left out")
    page.keyboard.press("Escape")

    # The same figures are on the Records page; the filter keeps one, and stands in the address.
    page.get_by_role("link", name="Records").click()
    expect(page.get_by_role("heading", name="Records", exact=True)).to_be_visible()
    visit.idle()
    page.get_by_label("Words in the sentence, title or names").fill("Palestinian sources said")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Download 1 record:")).to_be_visible()
    assert "q=Palestinian+sources+said" in page.url
    open_row(visit, 0)
    current = page.locator(".passage.whole mark.current")
    expect(current).to_have_text("88")
    box, mark = page.locator(".passage.whole").bounding_box(), current.bounding_box()
    assert box and mark and box["y"] <= mark["y"] <= box["y"] + box["height"]
    expect(page.locator(".passage.whole")).to_contain_text("<img src=http://example.org/picture")

    # It leaves as CSV with its speaker and its sentence.
    visit.idle()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    saved = tmp_path / "records.csv"
    download.value.save_as(saved)
    rows = list(csv.DictReader(io.StringIO(saved.read_text(encoding="utf-8-sig"))))
    assert [row["count"] for row in rows] == ["88"]
    assert rows[0]["source"] == "Palestinian sources"

    # A link reopens the view in another session, on the record.
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    expect(page.get_by_text("Download 1 record:")).to_be_visible(timeout=30_000)
    expect(page.locator(".passage.whole mark.current")).to_have_text("88")

    # The map draws its outlines and marks.
    visit.open("crossings")
    expect(page.locator(".geolayer path").first).to_be_attached(timeout=30_000)
    assert page.locator(".geolayer .scattergeo path.point").count() > 0
    assert page.title() != "stolen"
    assert visit.strangers == []
