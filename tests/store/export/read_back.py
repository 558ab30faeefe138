"""Exported files read by libraries that the exports know nothing of, and what should be in them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import openpyxl
import pandas as pd
import pyarrow.parquet as pq

from store.export import restored

NUMBERS = ("count", "count_max", "start", "end")
DAYS = ("date", "date_from", "published")
LISTS = ("nationality", "inferred")
FLAGS = ("subset", "recommended")


class Ledger:
    """As much of a store as an export asks: the reports of a frame, and their texts."""

    def __init__(self, frame: pd.DataFrame, texts: dict[str, str] | None = None) -> None:
        self.frame, self.kept = frame, texts or {}

    def reports(self) -> pd.DataFrame:
        rows = self.frame.drop_duplicates("report_key")
        plain = ("filename", "author", "url", "language", "near_copy_of")
        frame = pd.DataFrame({name: pd.Series([None] * len(rows), dtype="str") for name in plain})
        return frame.assign(
            key=rows["report_key"].array,
            name=rows["article"].array,
            title=rows["title"].array,
            publisher=rows["publisher"].array,
            published=rows["published"].array,
            n_records=pd.array([1] * len(rows), dtype="Int64"),
            extractor="test",
            added_at=pd.Timestamp("2023-12-01 10:00:00"),
        )

    def texts(self, keys: Sequence[str]) -> Iterable[tuple[str, str]]:
        return [(key, self.kept[key]) for key in keys if key in self.kept]


def csv_rows(data: bytes) -> list[dict[str, str]]:
    """The rows as they stand in the file, texts with their apostrophes."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def from_csv(data: bytes) -> list[dict[str, Any]]:
    """The rows with their types back."""
    return [_typed({name: restored(cell) for name, cell in row.items()}) for row in csv_rows(data)]


def _typed(row: dict[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {name: cell or None for name, cell in row.items()}
    for name in NUMBERS:
        made[name] = int(row[name]) if row[name] else None
    for name in DAYS:
        made[name] = date.fromisoformat(row[name]) if row[name] else None
    for name in LISTS:
        made[name] = row[name].split("|") if row[name] else []
    for name in FLAGS:
        made[name] = {"true": True, "false": False}[row[name]]
    made["confidence"] = float(row["confidence"]) if row["confidence"] else None
    return made


def from_xlsx(data: bytes, sheet: str = "records") -> list[dict[str, Any]]:
    """The rows of a sheet by openpyxl. Raises AssertionError where a cell is a formula."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    head, *rows = book[sheet].iter_rows()
    names = [cell.value for cell in head]
    assert not [cell for row in rows for cell in row if cell.data_type == "f" or cell.hyperlink]
    made = []
    for row in rows:
        one = {name: _unescaped(cell.value) for name, cell in zip(names, row, strict=True)}
        for name in DAYS:
            one[name] = one[name].date() if isinstance(one[name], datetime) else one[name]
        for name in LISTS:
            one[name] = one[name].split("|") if one[name] else []
        made.append(one)
    return made


def _unescaped(value: Any) -> Any:
    """A cell's text without OOXML's escapes of control characters (ECMA-376, 22.9.2.19)."""
    if not isinstance(value, str):
        return value
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), value)


def from_jsonl(data: bytes) -> list[dict[str, Any]]:
    """The rows by the standard library's json."""
    rows = [json.loads(line) for line in data.decode("utf-8").split("\n") if line]
    for row in rows:
        for name in DAYS:
            row[name] = date.fromisoformat(row[name]) if row[name] else None
    return rows


def from_parquet(data: bytes) -> list[dict[str, Any]]:
    """The rows by pyarrow."""
    rows: list[dict[str, Any]] = pq.read_table(io.BytesIO(data)).to_pylist()
    return rows
