"""A chart as a file: what stands under it, and that nothing in it runs or is fetched."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from store import reconcile
from store.ledger import Store
from ui.figures import crossings, ranking
from ui.publish import browser, charts, footnote, markup, narrow
from ui.publish.citation import citation
from ui.publish.footnote import Footnote, Source

NOTE = Footnote(
    "Group: <b>Patients</b>",
    (Source("<i>Wire</i>", "Desk", date(2023, 11, 1), "https://example.org/a?b=1&c='2'"),),
    "2 figures left out",
    (date(2023, 11, 1), date(2023, 11, 2)),
    datetime(2023, 11, 3),
)


def bars(ledger: Store) -> charts.go.Figure:
    return ranking.bars(reconcile.totals(ledger.records(), ["group"]), "group")


def test_a_chart_leaves_as_a_page_that_opens_with_no_network(ledger: Store) -> None:
    page = charts.page(bars(ledger), "Groups", NOTE).decode()
    assert "<script src=" not in page and "<link" not in page
    assert "default-src 'none'" in page
    assert "&lt;b&gt;Patients&lt;/b&gt;" in page and "<i>Wire" not in page
    assert "&lt;i&gt;Wire" in page and "2 figures left out" in page
    assert "href='https://example.org/a?b=1&amp;c=&#x27;2&#x27;'" in page
    assert "Figures of 1 Nov 2023 – 2 Nov 2023. Data as of 3 Nov 2023" in page


def test_a_map_keeps_on_a_phone_the_names_that_neither_overlap_nor_are_cut_off() -> None:
    # Erez is 40 km from Rafah, where more crossed; Torkham's name would end outside.
    spots = pd.DataFrame(
        {
            "crossing": ["Erez", "Rafah", "Medyka", "Torkham"],
            "lat": [31.55, 31.25, 49.8, 34.1],
            "lon": [34.54, 34.25, 22.9, 71.1],
            "best": [10, 400, 90, 80],
        }
    )
    spots = spots.assign(low=spots["best"], high=spots["best"], n_claims=1)
    wide = crossings.crossings_map(spots, pd.DataFrame(), {}, "crossed")
    wide.data[-1].text = list(spots["crossing"])
    small = charts.bare(wide, (440, narrow.MAP_HEIGHT))
    assert list(small.data[-1].text) == ["", "Rafah", "Medyka", ""]
    assert max(small.data[-1].marker.size) < max(wide.data[-1].marker.size)
    assert list(wide.data[-1].text) == list(spots["crossing"])


def test_no_name_on_a_map_ends_the_script_of_its_page() -> None:
    spots = pd.DataFrame({"crossing": ["</script><b>"], "lat": [1.0], "lon": [1.0], "best": [9]})
    spots = spots.assign(low=9, high=9, n_claims=1)
    drawn = crossings.crossings_map(spots, pd.DataFrame(), {}, "crossed")
    drawn.data[-1].text = ["</script><b>"]
    assert "</script>" not in narrow.script(drawn)
    assert "</script><b>" not in charts.page(drawn, "Map", NOTE).decode()


def test_only_addresses_of_the_web_become_links() -> None:
    assert markup.link("javascript:alert(1)") == "javascript:alert(1)"
    assert markup.link(None) == ""


def test_sources_are_numbered_once_each_oldest_first(ledger: Store) -> None:
    note = footnote.footnote(ledger.records(), "none", "", ledger.reports())
    assert note.cited() == [
        "Sources:",
        "[1] A day at Rafah, Wire desk, 1 Nov 2023",
        "[2] Back through Torkham, Border Post, 3 Nov 2023",
    ]
    assert note.cited(1)[-1] == "and 1 more, in the rows."
    assert note.days == (date(2023, 11, 1), date(2023, 11, 2))


def test_an_image_carries_title_filter_date_sources_and_what_was_left_out(ledger: Store) -> None:
    drawn = charts.with_notes(bars(ledger), "Groups <b>", NOTE)
    words = drawn.layout.annotations[-1].text
    assert drawn.layout.title.text == "<b>Groups &lt;b&gt;</b>"
    assert "Filter: Group: &lt;b&gt;Patients" in words and "2 figures left out." in words
    assert "Sources: [1] &lt;i&gt;Wire&lt;/i&gt;, Desk, 1 Nov 2023." in words
    assert drawn.layout.margin.b > 40 and drawn.layout.height > bars(ledger).layout.height


@pytest.mark.parametrize(
    ("form", "start"), [("png", b"\x89PNG"), ("svg", b"<svg"), ("pdf", b"%PDF")]
)
def test_a_browser_on_the_machine_draws_images(
    form: str, start: bytes, ledger: Store, browser_path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", browser_path)
    data = charts.image(bars(ledger), "Groups", NOTE, form)
    assert data.startswith(start)
    if form == "png":
        assert int.from_bytes(data[16:20]) == 2 * charts.WIDTH


def test_without_a_browser_the_reader_is_told_what_is_missing(
    ledger: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", "nowhere")
    assert browser.path() is None
    with pytest.raises(browser.NoBrowser, match="apt-get install chromium"):
        charts.image(bars(ledger), "Groups", NOTE, "png")


def test_a_citation_has_figure_speaker_publisher_date_and_link(ledger: Store) -> None:
    told = ledger.records().set_index("count_text").loc["88"].to_dict()
    text = citation(told, "https://example.org/a", "http://127.0.0.1/claims?record=r1")
    for part in (
        "88 (Patients; expected; 1 Nov 2023, Rafah), according to Palestinian sources.",
        "“A day at Rafah”, Wire desk, 1 Nov 2023.",
        "https://example.org/a Crossing Ledger: http://127.0.0.1/claims?record=r1",
    ):
        assert part in text
