"""Every format, read back by another library, holds the rows of the store under the filter."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.export import export
from store.query import UNSTATED, Filter
from tests.store.claims_made import claims
from tests.store.export import read_back
from tests.store.export.read_back import Ledger

# Ledgers of a few rows, each under a filter of its own. An export costs what its columns cost,
# whatever the rows, so several go into one file, whose rows are then compared one by one.
EXAMPLES = int(os.environ.get("HYPOTHESIS_EXAMPLES", "60"))
TOGETHER = 10
SEARCH = settings(max_examples=max(1, EXAMPLES // TOGETHER), deadline=None)
DAYS = [date(2023, 10, 30), date(2023, 11, 1), date(2023, 11, 2), None]
LETTERS = st.one_of(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    st.sampled_from("=+-@\t\r\n'\"|,;_x000D_＝１1"),
)
TEXT = st.text(LETTERS, max_size=12)
NAME = st.one_of(st.none(), st.text(LETTERS, min_size=1, max_size=8))

ROW = st.fixed_dictionaries(
    {
        "report": st.sampled_from("abc"),
        "count": st.integers(0, 10**9),
        "count_max": st.one_of(st.none(), st.integers(0, 10**9)),
        "qualifier": st.sampled_from(["exact", "about", "at_least", "at_most"]),
        "count_text": st.text(LETTERS, min_size=1, max_size=8),
        "group": st.sampled_from(["patient", "resident", "returnee"]),
        "demographic": st.sampled_from([None, "women", "children"]),
        "nationality": st.sampled_from(["", "AT", "AT|IT"]),
        "status": st.sampled_from(["crossed", "expected"]),
        "scope": st.sampled_from(["event", "cumulative"]),
        "subset": st.booleans(),
        "date": st.sampled_from(DAYS),
        "date_from": st.sampled_from([None, date(2023, 10, 1)]),
        "crossing": st.sampled_from([None, "Rafah", "Torkham", "Nowhere Gate"]),
        "origin": st.sampled_from([None, "PS", "XK"]),
        "destination": st.sampled_from([None, "EG"]),
        "source": NAME,
        "publisher": NAME,
        "title": NAME,
        "sentence": TEXT,
        "confidence": st.one_of(st.none(), st.floats(0, 1)),
        "inferred": st.sampled_from(["", "crossing", "date|crossing"]),
    }
)
COMPARED = [
    "record_key", "count", "count_max", "qualifier", "count_text", "unit", "group", "demographic",
    "nationality", "status", "scope", "subset", "date", "date_from", "crossing", "origin",
    "destination", "source", "publisher", "title", "sentence", "start", "end", "confidence",
    "inferred", "published", "recommended",
]  # fmt: skip


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    def some(*words: str) -> tuple[str, ...]:
        return tuple(draw(st.lists(st.sampled_from(words), max_size=2, unique=True)))

    return Filter(
        date_from=draw(st.sampled_from([None, None, date(2023, 11, 1)])),
        date_to=draw(st.sampled_from([None, None, date(2023, 11, 1)])),
        groups=some("patient", "resident", "staff"),
        statuses=some("crossed", "expected"),
        scopes=some("event", "cumulative"),
        nationalities=some("AT", "IT", UNSTATED),
        crossings=some("Rafah", "Nowhere Gate", UNSTATED),
        origins=some("PS", UNSTATED),
        reports=some("a", "b"),
        min_confidence=draw(st.sampled_from([None, None, 0.5])),
        text=draw(st.sampled_from([None, None, "=", "1"])),
    )


def several(some: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    """As many as go into one file."""
    return st.lists(some, min_size=TOGETHER, max_size=TOGETHER)


def passes(row: dict[str, Any], chosen: Filter) -> bool:
    """What the filter promises, said once more without pandas."""
    if (chosen.date_from or chosen.date_to) and row["date"] is None:
        return False
    if chosen.date_from and row["date"] < chosen.date_from:
        return False
    if chosen.date_to and row["date"] > chosen.date_to:
        return False
    fields = {"groups": "group", "statuses": "status", "scopes": "scope", "crossings": "crossing"}
    fields |= {"origins": "origin", "reports": "report"}
    for name, field in fields.items():
        words = getattr(chosen, name)
        if words and (row[field] or UNSTATED) not in words:
            return False
    if chosen.nationalities and not set(row["nationality"].split("|")) & set(chosen.nationalities):
        return False
    if chosen.min_confidence is not None and (row["confidence"] or -1) < chosen.min_confidence:
        return False
    searched = ("sentence", "title", "crossing", "source", "publisher")
    return not chosen.text or any(chosen.text in (row[name] or "") for name in searched)


def expected_rows(rows: list[dict[str, Any]], chosen: Filter, first: int) -> list[dict[str, Any]]:
    """The rows that the filter keeps, as plain values; `first` is the first one's number."""
    kept = []
    for n, row in enumerate(rows, first):
        if passes(row, chosen):
            made = row | {"record_key": f"r{n:02}", "unit": "people", "recommended": False}
            made |= {"start": n * 10, "end": n * 10 + 3, "published": date(2023, 11, 1)}
            made["nationality"] = row["nationality"].split("|") if row["nationality"] else []
            made["inferred"] = row["inferred"].split("|") if row["inferred"] else []
            kept.append({name: made[name] for name in COMPARED})
    return kept


def compared(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: row[name] for name in COMPARED} for row in rows]


def blank_as_none(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A flat file has one empty cell for no text and for text of no length."""
    return [row | {"sentence": row["sentence"] or None} for row in rows]


@SEARCH
@given(several(st.tuples(st.lists(ROW, max_size=4), filters())))
def test_each_format_holds_the_rows_under_the_filter(
    drawn: list[tuple[list[dict[str, Any]], Filter]],
) -> None:
    frame = claims([row for rows, _ in drawn for row in rows])
    parts, wanted, first = [], [], 0
    for rows, chosen in drawn:
        part = chosen.apply(frame.iloc[first : first + len(rows)])
        expected = expected_rows(rows, chosen, first)
        assert list(part["record_key"]) == [row["record_key"] for row in expected]
        parts.append(part)
        wanted += expected
        first += len(rows)
    kept, ledger = pd.concat(parts), Ledger(frame)
    assert compared(read_back.from_jsonl(export(kept, ledger, "jsonl"))) == wanted
    assert compared(read_back.from_parquet(export(kept, ledger, "parquet"))) == wanted
    flat = blank_as_none(wanted)
    assert compared(read_back.from_csv(export(kept, ledger, "csv"))) == flat
    assert compared(read_back.from_xlsx(export(kept, ledger, "xlsx"))) == flat


@SEARCH
@given(several(st.lists(ROW, max_size=4)))
def test_no_text_of_a_report_starts_a_formula_in_a_spreadsheet(
    drawn: list[list[dict[str, Any]]],
) -> None:
    frame = claims([row for rows in drawn for row in rows])
    for row in read_back.csv_rows(export(frame, Ledger(frame), "csv")):
        assert not [cell for cell in row.values() if cell[:1] and cell[0] in "=+-@\t\r\n＝＋－＠"]


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "parquet", "geojson", "package"])
def test_an_export_of_nothing_can_be_read(form: str) -> None:
    frame = claims([{}]).head(0)
    data = export(frame, Ledger(frame), form)
    if form in ("csv", "xlsx", "jsonl", "parquet"):
        assert getattr(read_back, f"from_{form}")(data) == []


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl", "parquet", "geojson", "package"])
def test_the_same_rows_are_the_same_bytes(form: str) -> None:
    frame = claims([{"nationality": "AT|IT", "confidence": 0.5}, {"date": None}])
    first = export(frame, Ledger(frame), form)
    assert export(frame.iloc[::-1].iloc[::-1], Ledger(frame), form) == first
