"""The highlighted report: every piece is the text's own, and nothing in a text can act."""

from __future__ import annotations

import json
import re

import pytest

from extraction.reports import Report
from store.ledger import Store
from tests.ui.conftest import DAY, RECORDS, TEXT, Run, claim
from ui import evidence, safe

HOSTILE = (
    "<img src=http://example.org/x onerror=alert(1)> ![](http://example.org/y) "
    "<script>window.stolen = 1</script> 300 people crossed at <b>Rafah</b>."
)


def rows(text: str) -> list[dict[str, object]]:
    return [
        {**record.as_json(), "record_key": str(at)}
        for at, record in enumerate(RECORDS)
        if text == TEXT
    ]


def test_the_pieces_join_to_the_text_again() -> None:
    marks = evidence.marks(TEXT, rows(TEXT), current="2")
    pieces = evidence.pieces(TEXT, marks)
    assert "".join(piece["text"] for piece in pieces) == TEXT


def test_each_figure_is_a_piece_of_its_own_with_its_record() -> None:
    pieces = evidence.pieces(TEXT, evidence.marks(TEXT, rows(TEXT), current="2"))
    marked = {piece["key"]: piece for piece in pieces if "key" in piece}
    assert marked["2"]["text"] == "88" and marked["2"]["current"]
    assert marked["1"]["text"] == "81" and not marked["1"]["current"]


def test_the_open_figures_sentence_is_shaded_and_no_other() -> None:
    pieces = evidence.pieces(TEXT, evidence.marks(TEXT, rows(TEXT), current="2"))
    shaded = "".join(piece["text"] for piece in pieces if piece.get("shade"))
    assert shaded == "Palestinian sources spoke of 88 patients."


def test_a_quotation_is_the_figures_sentence() -> None:
    mark = evidence.marks(TEXT, rows(TEXT), current="1")[1]
    quoted = "".join(piece["text"] for piece in evidence.quote(TEXT, mark))
    assert quoted == "Egypt said 81 patients would be let in."


def test_offsets_outside_the_text_are_left_out() -> None:
    assert evidence.marks("short", rows(TEXT)) == []


def test_a_hostile_text_stays_text_on_every_page(own_ledger: str, dashboard: Run) -> None:
    store = Store(own_ledger)
    record = claim(HOSTILE, "300", 300, source="![](http://example.org/z)")
    report = Report(
        "![](http://example.org/n).txt", HOSTILE, HOSTILE[:60], DAY, "[x](http://e.org)"
    )
    store.add(report, [record], extractor="by hand", filename="<img src=http://example.org/f>.txt")
    key = store.records()["record_key"].iloc[0]
    at = dashboard()
    for page in ("overview", "timeline", "map", "rivals", "records", "reports"):
        at.query_params["record"] = [key]
        at.query_params["open"] = [store.reports()["key"].iloc[0]]
        at.switch_page(f"pages/{page}.py").run()
        assert not at.exception
        for kind in ("markdown", "caption", "warning", "info", "subheader"):
            for element in at.get(kind):
                assert not re.search(r"(?<!\\)(!\[|<img|<script|\]\(http)", str(element.value))
        assert not at.get("html")


def test_the_passage_carries_a_hostile_text_unchanged_as_data(
    own_ledger: str, dashboard: Run
) -> None:
    store = Store(own_ledger)
    store.add(Report("h", HOSTILE, published=DAY), [claim(HOSTILE, "300", 300)], extractor="hand")
    at = dashboard()
    at.query_params["record"] = [store.records()["record_key"].iloc[0]]
    at.switch_page("pages/records.py").run()
    sent = [json.loads(block.proto.json) for block in at.get("bidi_component") if block.proto.json]
    whole = [data for data in sent if data.get("height")]
    assert "".join(piece["text"] for piece in whole[0]["pieces"]) == HOSTILE


@pytest.mark.parametrize(
    "text",
    ["![](http://h/x)", "[a](http://h)", "<b>x</b>", "**bold** `code` $x$ :red[x]", "# head"],
)
def test_markdown_of_unknown_origin_is_escaped(text: str) -> None:
    escaped = safe.markdown(text)
    assert not any(sign in escaped.replace("\\" + sign, "") for sign in "![]()<>*`$:#")


def test_addresses_do_not_become_links() -> None:
    assert "www." not in safe.markdown("www.example.org").replace("\\", "")
    assert "http:" not in safe.markdown("http://example.org").replace("\\", "")


def test_control_and_direction_characters_are_dropped() -> None:
    assert safe.plain("a\u202eb\x00c\nd") == "a b c d"
