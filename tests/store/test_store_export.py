"""Exports read back by independent readers give the rows, and no cell is a formula."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime

import openpyxl
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from store import export, reconcile
from store.frame import DTYPES, empty_frame
from tests.store.claims_made import claims

HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "'=1", "''+1"]
FRAME = claims(
    [
        {"sentence": 'Plain, "quoted"\nand ümlaut', "nationality": "AT|IT", "count_max": 120},
        *({"sentence": cell, "source": cell, "date": None, "confidence": 0.5} for cell in HOSTILE),
    ]
)


def csv_rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_has_a_mark_quotes_and_the_rows() -> None:
    data = export.to_csv(FRAME)
    assert data.startswith(b'\xef\xbb\xbf"record_key",')
    rows = csv_rows(data)
    assert list(rows[0]) == list(DTYPES)
    assert rows[0]["sentence"] == FRAME["sentence"][0]
    assert (rows[0]["count"], rows[0]["count_max"], rows[0]["date"]) == ("100", "120", "2023-11-01")
    assert (rows[0]["subset"], rows[0]["demographic"], rows[1]["date"]) == ("false", "", "")


def test_no_csv_cell_is_a_formula_and_none_is_lost() -> None:
    rows = csv_rows(export.to_csv(FRAME))[1:]
    for row, cell in zip(rows, HOSTILE, strict=True):
        assert row["sentence"].startswith("'")
        assert export.restored(row["sentence"]) == export.restored(row["source"]) == cell


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\nab１＝"), max_size=6))
def test_every_text_comes_back_from_its_neutralised_form(text: str) -> None:
    cell = export.neutralised(text)
    assert export.restored(cell) == text
    assert not cell or cell[0] not in "=+-@\t\r\n＝＋－＠"


def test_a_negative_number_stays_a_number() -> None:
    frame = pd.DataFrame({"difference": pd.array([-5], dtype="Int64")})
    assert csv_rows(export.to_csv(frame)) == [{"difference": "-5"}]


def test_the_workbook_has_text_numbers_days_and_a_dictionary() -> None:
    book = openpyxl.load_workbook(io.BytesIO(export.to_xlsx(FRAME)))
    assert book.sheetnames == ["records", "dictionary"]
    head, *rows = book["records"].iter_rows()
    at = {cell.value: n for n, cell in enumerate(head)}
    assert list(at) == list(DTYPES)
    assert rows[0][at["count"]].value == 100
    assert rows[0][at["date"]].value == datetime(2023, 11, 1)
    assert rows[1][at["date"]].value is None
    for row, cell in zip(rows[1:], HOSTILE, strict=True):
        assert row[at["sentence"]].data_type == "s"
        assert row[at["sentence"]].value.replace("_x000D_", "\r") == cell
    meanings = {row[0].value: row[1].value for row in book["dictionary"].iter_rows(min_row=2)}
    assert list(meanings) == list(DTYPES)
    assert all(meanings.values())


def test_json_lines_are_the_records_as_the_contract_has_them() -> None:
    rows = [json.loads(line) for line in export.to_jsonl(FRAME).decode("utf-8").splitlines()]
    assert len(rows) == len(FRAME)
    assert (rows[0]["nationality"], rows[1]["nationality"]) == (["AT", "IT"], [])
    assert (rows[0]["date"], rows[1]["date"], rows[0]["source"]) == ("2023-11-01", None, None)
    assert (rows[0]["count"], rows[0]["subset"], rows[1]["confidence"]) == (100, False, 0.5)
    assert [row["sentence"] for row in rows] == list(FRAME["sentence"])


def test_geojson_locates_what_is_known_and_tells_what_is_not() -> None:
    frame = claims([{"crossing": "Rafah"}, {"crossing": "Nowhere"}, {"crossing": None}])
    collection = json.loads(export.to_geojson(frame, {"Rafah": (31.24, 34.26)}))
    assert collection["type"] == "FeatureCollection"
    points = [feature["geometry"] for feature in collection["features"]]
    assert points == [{"type": "Point", "coordinates": [34.26, 31.24]}, None, None]
    assert collection["features"][1]["properties"]["crossing"] == "Nowhere"


def test_every_frame_of_the_store_can_be_exported_and_is_explained() -> None:
    frame = claims([{"count": 10}, {"count": 20, "scope": "cumulative"}, {"status": "expected"}])
    views = [
        empty_frame(),
        reconcile.judge(frame),
        reconcile.events(frame),
        reconcile.totals(frame, ["date", "group"]),
        reconcile.running_totals(frame),
        reconcile.expected_against_crossed(frame),
        reconcile.rivals(frame),
    ]
    for view in views:
        assert len(csv_rows(export.to_csv(view))) == len(view)
        assert export.to_jsonl(view).count(b"\n") == len(view)
        assert openpyxl.load_workbook(io.BytesIO(export.to_xlsx(view))).sheetnames
        assert set(view.columns) <= set(export.dictionary())


def test_keys_of_a_total_are_one_cell() -> None:
    frame = claims([{"nationality": "AT"}, {"nationality": "IT", "date": date(2023, 11, 2)}])
    (row,) = csv_rows(export.to_csv(reconcile.totals(frame)))
    assert row["record_keys"] == "r00|r01"
