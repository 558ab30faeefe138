"""The situation brief says the same in every form, and runs nothing that a report wrote."""

from __future__ import annotations

import io
from datetime import date

import docx
import pypdf
import pytest

from extraction.reports import Report
from store import reconcile
from store.ledger import Store
from tests.ui.conftest import claim
from ui.publish import brief_page, brief_word, browser
from ui.publish.brief import METHOD, Brief, brief

HOSTILE = "<img src=http://example.org/x onerror=1>\x07 says 70 people crossed."


@pytest.fixture
def made(ledger: Store) -> Brief:
    ledger.add(
        Report("odd", HOSTILE, "<b>Odd</b>\x07", date(2023, 11, 2), url="https://example.org/odd"),
        [claim(HOSTILE, "70", 70, article="odd", sentence=HOSTILE, date=date(2023, 11, 2))],
        extractor="by hand",
    )
    return brief(ledger.records(), ledger.reports(), "Crossing: Rafah")


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", "nowhere")


def test_the_headline_figures_are_the_totals_with_their_ranges(made: Brief, ledger: Store) -> None:
    totals = reconcile.totals(ledger.records()).set_index("status")
    tiles = {tile.label: tile for tile in made.tiles}
    assert tiles["Crossed"].best == f"{totals.loc['crossed', 'best']:,}"
    assert "481–488" in tiles["Expected"].note
    assert tiles["Waiting"].best == "–"


def test_tables_rivals_and_sources_are_those_of_the_claims(made: Brief) -> None:
    groups = {row[0]: row[1:] for row in made.grids[0].rows}
    assert groups["Returnees"][0] == "2,000"
    assert {row[0] for row in made.grids[1].rows} >= {"Afghanistan", "Austria"}
    (rival,) = made.rivals
    assert rival.head.startswith("1 Nov 2023, Rafah: Patients")
    assert rival.claims == ("81, Egypt [1]", "88, Palestinian sources [1]")
    numbered = [str(source) for source in made.footnote.sources]
    assert numbered[0] == "A day at Rafah, Wire desk, 1 Nov 2023"
    assert all(made.quotes[at] for at in range(1, len(numbered) + 1))


def test_the_page_runs_and_fetches_nothing(made: Brief, no_browser: None) -> None:
    page = brief_page.page(made).decode()
    assert "default-src 'none'" in page
    assert "<img src=http" not in page and "&lt;img src=http" in page
    assert "href='https://example.org/odd'" in page
    assert METHOD[:40] in page and "Crossing: Rafah" in page


def test_the_word_file_says_it_all_and_that_charts_are_missing(
    made: Brief, no_browser: None
) -> None:
    document = docx.Document(io.BytesIO(brief_word.word(made)))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert brief_word.NO_PICTURES[:40] in words
    for part in ("Filter: Crossing: Rafah.", "88, Palestinian sources [1]", METHOD[:40]):
        assert part in words
    for tile in made.tiles:
        assert tile.best in cells
    for grid in made.grids:
        assert {cell for row in grid.rows for cell in row} <= set(cells)
    links = {part.target_ref for part in document.part.rels.values() if part.is_external}
    assert links == {"https://example.org/odd"}


def test_without_a_browser_there_is_no_pdf_and_the_reason_is_told(
    made: Brief, no_browser: None
) -> None:
    with pytest.raises(browser.NoBrowser, match="Chromium or Chrome"):
        brief_page.pdf(made)


def test_with_a_browser_the_pdf_has_two_pages_and_the_words_of_the_brief(
    made: Brief, browser_path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", browser_path)
    pdf = pypdf.PdfReader(io.BytesIO(brief_page.pdf(made)))
    words = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert len(pdf.pages) == 2
    for part in ("Filter: Crossing: Rafah.", "Returnees 2,000", "88, Palestinian sources [1]"):
        assert part in words
    assert METHOD in words  # without ligatures, so that it can be searched and copied
