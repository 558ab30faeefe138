"""What each format holds besides the plain rows: headers, dictionaries, selectors, codes."""

from __future__ import annotations

import io
import json
import time
from datetime import date, datetime

import openpyxl
import pyarrow.parquet as pq
import pytest
import shapely

from store import export as x
from store import reconcile
from store.export import export
from store.frame import empty_frame
from tests.store.claims_made import claims
from tests.store.export import read_back
from tests.store.export.read_back import Ledger

HOSTILE = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "'=1", "''+1"]
FRAME = claims(
    [
        {"sentence": 'Plain, "quoted"\nand ümlaut', "nationality": "AT|IT", "count_max": 120},
        *({"sentence": cell, "source": cell, "date": None, "confidence": 0.5} for cell in HOSTILE),
    ]
)
LEDGER = Ledger(FRAME)


def test_csv_has_a_mark_quotes_and_words_for_flags() -> None:
    data = export(FRAME, LEDGER, "csv")
    assert data.startswith(b'\xef\xbb\xbf"record_key",')
    row = read_back.csv_rows(data)[0]
    assert row["sentence"] == FRAME["sentence"][0]
    assert (row["count"], row["count_max"], row["date"]) == ("100", "120", "2023-11-01")
    assert (row["subset"], row["demographic"]) == ("false", "")


def test_no_csv_cell_is_a_formula_and_none_is_lost() -> None:
    rows = read_back.csv_rows(export(FRAME, LEDGER, "csv"))[1:]
    for row, cell in zip(rows, HOSTILE, strict=True):
        assert row["sentence"].startswith("'")
        assert x.restored(row["sentence"]) == x.restored(row["source"]) == cell


def test_codes_stand_in_both_lengths() -> None:
    frame = claims([{"nationality": "AT|IT"}, {"nationality": "", "origin": "XK"}])
    first, second = read_back.from_jsonl(export(frame, Ledger(frame), "jsonl"))
    assert (first["origin"], first["origin_iso3"]) == ("PS", "PSE")
    assert (first["nationality"], first["nationality_iso3"]) == (["AT", "IT"], ["AUT", "ITA"])
    assert (second["origin_iso3"], second["nationality_iso3"]) == (None, [])


def test_the_workbook_types_its_cells_and_explains_its_columns() -> None:
    book = openpyxl.load_workbook(io.BytesIO(export(FRAME, LEDGER, "xlsx")))
    assert book.sheetnames == ["records", "dictionary"]
    head, *rows = book["records"].iter_rows()
    at = {cell.value: n for n, cell in enumerate(head)}
    assert rows[0][at["count"]].value == 100
    assert rows[0][at["date"]].value == datetime(2023, 11, 1)
    assert rows[0][at["date"]].number_format == "yyyy-mm-dd"
    assert rows[1][at["date"]].value is None
    told = list(book["dictionary"].iter_rows(min_row=2, values_only=True))
    assert [line[0] for line in told] == list(at)
    assert all(line[1] and line[2] for line in told)
    assert book["records"].freeze_panes == "B2"


def test_a_text_that_no_cell_holds_is_cut_and_the_workbook_stands() -> None:
    frame = claims([{"sentence": "x" * 40_000}])
    (row,) = read_back.from_xlsx(export(frame, Ledger(frame), "xlsx"))
    assert row["sentence"] == "x" * 32_767


def test_a_workbook_does_not_tell_when_it_was_made() -> None:
    first = export(FRAME, LEDGER, "xlsx")
    time.sleep(1.1)  # the properties of a workbook count seconds
    assert export(FRAME, LEDGER, "xlsx") == first


def test_parquet_tells_types_meanings_and_tags() -> None:
    schema = pq.read_schema(io.BytesIO(export(FRAME, LEDGER, "parquet")))
    assert str(schema.field("date").type) == "date32[day]"
    assert str(schema.field("nationality").type).startswith("list<")
    told = schema.field("count").metadata
    assert told[b"description"].decode() == x.dictionary()["count"]
    assert told[b"hxl"] == b"#affected+count"


def test_the_selectors_of_a_record_find_its_figure_in_the_text() -> None:
    text = "Früh um acht: 88 gingen, 88 blieben. " * 3
    start = text.rindex("88 blieben")
    frame = claims([{"count_text": "88", "start": start, "end": start + 2}])
    (row,) = read_back.from_jsonl(export(frame, Ledger(frame, {"a": text}), "jsonl"))
    position, quote = row["selector"]
    assert position == {"type": "TextPositionSelector", "start": start, "end": start + 2}
    assert text[position["start"] : position["end"]] == quote["exact"] == "88"
    assert text[:start].endswith(quote["prefix"]) and len(quote["prefix"]) == 32
    assert text[start + 2 :].startswith(quote["suffix"])


def test_geojson_has_a_feature_for_each_event_at_its_crossing() -> None:
    rows = [{"source": "A"}, {"source": "B", "count": 120}, {"crossing": "Nowhere Gate"}]
    frame = claims([*rows, {"crossing": None}])
    collection = json.loads(export(frame, Ledger(frame), "geojson"))
    assert len(collection["features"]) == len(reconcile.events(frame)) == 3
    known = [one for one in collection["features"] if one["geometry"]]
    point = shapely.from_geojson(json.dumps(known[0]["geometry"]))
    assert (round(point.x, 2), round(point.y, 2)) == (34.26, 31.25)
    assert len(known) == 1 and known[0]["properties"]["precision"] == "town"
    assert (known[0]["properties"]["low"], known[0]["properties"]["high"]) == (100, 120)
    assert {one["properties"]["crossing"] for one in collection["features"]} == {
        "Rafah", "Nowhere Gate", None,
    }  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "parquet"])
@pytest.mark.parametrize("what", list(x.TABLES))
def test_every_table_goes_into_every_format(what: str, form: str) -> None:
    rows = [{"count": 10}, {"count": 20, "source": "B"}, {"count": 20, "scope": "cumulative"}]
    frame = claims([*rows, {"status": "expected"}])
    assert export(frame, Ledger(frame), form, what=what)
    assert isinstance(export(empty_frame(), Ledger(frame), form, what=what), bytes)


def test_every_frame_of_the_store_is_explained() -> None:
    frame = claims([{"count": 10}, {"count": 20, "scope": "cumulative"}, {"status": "expected"}])
    views = [
        empty_frame(),
        reconcile.judge(frame),
        reconcile.totals(frame, ["date", "group"]),
        reconcile.daily(frame),
    ]
    for view in views:
        table = x.table("view", view)
        assert all(column.meaning for column in table.columns)
        assert len(read_back.csv_rows(x.to_csv(table))) == len(view)


def test_keys_of_a_total_are_one_cell() -> None:
    frame = claims([{"nationality": "AT"}, {"nationality": "IT", "date": date(2023, 11, 2)}])
    (row,) = read_back.csv_rows(x.to_csv(x.table("totals", reconcile.totals(frame))))
    assert row["record_keys"] == "r00|r01"


@pytest.mark.parametrize(
    ("form", "options"),
    [
        ("jsonl", {"hxl": True}),
        ("csv", {"what": "events", "words": "helix"}),
        ("geojson", {"what": "running_totals"}),
        ("geojson", {"words": "helix"}),
    ],
)
def test_what_does_not_go_together_is_refused(form: str, options: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"HXL|Helix|places"):
        export(FRAME, LEDGER, form, **options)


def test_a_reviewer_s_value_stands_beside_what_the_rules_read() -> None:
    read = json.dumps({"count": 80, "nationality": ["DE"], "date": "2023-11-02", "subset": True})
    frame = claims([{"count": 88}, {"count": 31}]).assign(machine_read=[read, None])
    first, second = read_back.from_jsonl(export(frame, Ledger(frame), "jsonl"))
    assert (first["count"], first["machine_count"], first["machine_subset"]) == (88, 80, True)
    assert (first["machine_nationality"], first["machine_date"]) == (["DE"], "2023-11-02")
    assert first["machine_read"]["count"] == 80
    assert second["machine_count"] is None and second["machine_read"] is None
    (row, _) = read_back.csv_rows(export(frame, Ledger(frame), "csv"))
    assert row["machine_nationality"] == "DE" and json.loads(row["machine_read"])["count"] == 80
