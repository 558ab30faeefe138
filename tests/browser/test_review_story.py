"""The story of review: correct, reject, add; totals, charts and files follow; new rules; undo."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
from playwright.sync_api import Page, expect

from extraction import extract
from extraction.record import Record
from extraction.reports import Report
from store.ledger import Store
from tests.browser.conftest import Visit

TEXT = (
    "RAFAH, Nov 1 - The first foreign passport holders left Gaza for Egypt on Wednesday, "
    "November 1, 2023, through the Rafah crossing.\n\n"
    "Some 400 foreigners and dual nationals were expected to make the crossing on Wednesday.\n\n"
    "Egypt said 81 wounded Palestinians would be allowed in for treatment on Wednesday. "
    "Palestinian sources said they expected 88 people to be taken across for treatment.\n\n"
    "Of medical teams 7 stood by.\n"
)


def changed_rules(report: Report) -> Sequence[Record]:
    """What new rules make of a report: all foreigners are residents, and 400 lost its "some"."""
    return [
        replace(
            one,
            group="resident" if one.group == "foreign_national" else one.group,
            start=one.end - len(one.count_text.split()[-1]),
            count_text=one.count_text.split()[-1],
        )
        for one in extract(report)
    ]


def tile(visit: Visit, label: str) -> str:
    """The number on a tile of the Overview."""
    visit.open(visit.view)
    box = visit.page.get_by_test_id("stMetric").filter(has_text=label)
    expect(box).to_be_visible(timeout=30_000)
    return box.get_by_test_id("stMetricValue").inner_text()


def call(visit: Visit, store: Store, count: int) -> None:
    """Open the record of a figure in the queue."""
    frame = frame_of(store, visit.view.removeprefix("?report="))
    key = frame.loc[frame["count"] == count, "record_key"].iloc[0]
    visit.open(f"doubts{visit.view}&record={key}")
    expect(visit.page.locator(".passage.whole mark.current")).to_contain_text(str(count))
    visit.idle()


def choose(page: Page, label: str, option: str) -> None:
    main = page.get_by_test_id("stMain")
    main.get_by_role("combobox", name=label, exact=True).click()
    page.get_by_role("option", name=option).click()


def said(visit: Visit, words: str) -> None:
    expect(visit.page.get_by_test_id("stToast").filter(has_text=words).first).to_be_visible()
    visit.idle()


def press(visit: Visit, key: str, words: str) -> None:
    """Press a shortcut until the page says what came of it: it takes a while to listen."""
    told = visit.page.get_by_test_id("stToast").filter(has_text=words).first
    for _ in range(3):
        visit.idle()
        visit.page.locator("h1").click()
        visit.page.keyboard.press(key)
        try:
            expect(told).to_be_visible(timeout=8_000)
            break
        except AssertionError:
            continue
    said(visit, words)


def mark(page: Page, words: str) -> None:
    """Drag the mouse over words of the report."""
    box = page.locator(".passage.whole").evaluate(
        """(box, words) => {
          const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT)
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(words)
            if (at < 0) continue
            const range = document.createRange()
            range.setStart(node, at); range.setEnd(node, at + words.length)
            node.parentElement.scrollIntoView({block: "center"})
            const r = range.getBoundingClientRect()
            return [r.left, r.right, (r.top + r.bottom) / 2]
          }
        }""",
        words,
    )
    left, right, middle = box
    page.mouse.move(left + 1, middle)
    page.mouse.down()
    page.mouse.move(right - 1, middle, steps=4)
    page.mouse.up()


def test_what_a_reviewer_says_counts_stands_and_can_be_taken_back(
    visit: Visit, own_ledger: str, tmp_path: Path
) -> None:
    page = visit.page
    path = tmp_path / "morning.txt"
    path.write_text(TEXT, encoding="utf-8")
    visit.open()
    expect(page.get_by_role("heading", name="Overview", exact=True)).to_be_visible(timeout=120_000)
    page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files(path)
    expect(page.get_by_text("figures read from 1 report")).to_be_visible(timeout=60_000)
    store = Store(own_ledger)
    reports = store.reports()
    report_key = str(reports.loc[reports["filename"] == "morning.txt", "key"].iloc[0])
    visit.view = f"?report={report_key}"
    first = frame_of(store, report_key)
    before = tile(visit, "Expected")

    # Out of the queue: one figure is of another group, one is no figure, one was missed.
    call(visit, store, 400)
    choose(page, "Group", "Staff and journalists")
    visit.idle()
    page.get_by_role("button", name="Accept").click()
    said(visit, "Corrected: Group")
    call(visit, store, 88)
    press(visit, "x", "Rejected")
    page.get_by_role("radio", name="Missed figures").click()
    visit.idle()
    choose(page, "Report", "morning.txt")
    visit.idle()
    mark(page, "7")
    expect(page.get_by_label("Words of the figure")).to_have_value("7")
    choose(page, "Status", "Waiting")
    visit.idle()
    page.get_by_role("button", name="Add this figure").click()
    said(visit, "Added to the ledger")

    # Totals, charts and files follow.
    assert tile(visit, "Expected") != before
    assert tile(visit, "Waiting") == "7"
    visit.open(f"days{visit.view}")
    expect(page.locator(".js-plotly-plot").first).to_contain_text("Staff and journalists")
    visit.open(f"claims{visit.view}")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    download.value.save_as(tmp_path / "records.csv")
    text = (tmp_path / "records.csv").read_text(encoding="utf-8-sig")
    rows = {int(row["count"]): row for row in csv.DictReader(io.StringIO(text))}
    assert set(rows) == set(first["count"]) - {88} | {7}
    assert (rows[400]["group"], rows[400]["review"]) == ("staff", "corrected")
    assert rows[400]["machine_read"] == '{"group": "foreign_national"}'
    assert rows[7]["review"] == "added"

    # New rules: what was said stands, and is told where it fits no longer.
    records = changed_rules(Report(path.name, TEXT))
    assert store.read_again(report_key, records, extractor="next")
    again = frame_of(store, report_key).set_index("count")
    assert (again.loc[400, "group"], again.loc[400, "count_text"]) == ("staff", "400")
    assert 88 not in again.index and 7 in again.index
    call(visit, store, 400)
    expect(page.get_by_text("Look again: the rules now read it otherwise")).to_be_visible()

    # Everything is taken back, under the first rules: the first state.
    store.read_again(report_key, [], extractor=str(reports["extractor"].iloc[0]))
    visit.open(f"doubts{visit.view}")
    page.get_by_role("radio", name="History").click()
    visit.idle()
    for done in (1, 2, 3):
        page.get_by_role("button", name="Take back").last.click()
        # The words of an act that was taken back are struck out: the page is drawn anew.
        expect(page.locator("[data-testid=stMarkdownContainer] del")).to_have_count(done)
        visit.idle()
        # An undoing can be undone, so each leaves a button of its own above those of the acts.
        expect(page.get_by_role("button", name="Take back")).to_have_count(3)
    pd.testing.assert_frame_equal(frame_of(store, report_key), first)
    assert tile(visit, "Expected") == before
    assert page.locator("[data-testid=stException]").count() == 0
    assert visit.strangers == []


def frame_of(store: Store, report_key: str) -> pd.DataFrame:
    """The report's records, but for the number of the newest act on each."""
    frame = store.records()
    frame = frame[frame["report_key"] == report_key].reset_index(drop=True)
    return frame.drop(columns="review_version")
