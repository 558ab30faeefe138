"""Tables as files: pure functions from a frame to bytes.

They take any frame of this package (records, judged claims, events, totals). Missing values are
empty cells or null, days are ISO 8601, a list of keys is joined by "|".
"""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

Places = Mapping[str, tuple[float, float]]
"""Crossing to (latitude, longitude) in degrees, WGS 84."""

_LISTS = ("nationality", "inferred")
"""Words joined by "|" in the frame that are lists in JSON, as RECORD.md has them."""

# What makes a spreadsheet read a cell as a formula, full-width forms too (OWASP ASVS 1.2.10).
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")

_XLSX_CELL = 32_767
"""Excel holds no longer text in a cell."""


def neutralised(text: str) -> str:
    """The text with a leading apostrophe where a spreadsheet would run it; else as it is."""
    return f"'{text}" if _FORMULA.match(text) else text


def restored(cell: str) -> str:
    """What `neutralised` was given: it takes off the apostrophe that was put on."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def to_csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with a byte-order mark (Excel needs it), every cell quoted, formulas neutralised."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(frame.columns)
    columns = [_csv_cells(frame[name]) for name in frame]
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue().encode("utf-8-sig")


def _csv_cells(column: pd.Series) -> list[str]:
    return [
        "" if v is None else neutralised(v) if isinstance(v, str) else _plain(v)
        for v in _values(column)
    ]


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def to_xlsx(frame: pd.DataFrame, name: str = "records") -> bytes:
    """A workbook: the frame on sheet `name`, and what its columns mean on sheet "dictionary".

    Text is written as text, so that no cell is a formula or a link; days are dates, counts are
    numbers. Text over 32,767 characters, Excel's limit, is cut.
    """
    out = io.BytesIO()
    options = {"in_memory": True, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(frame), max(len(frame.columns) - 1, 0))
        _fill(sheet, [list(frame.columns)])
        writers = [_writer(sheet, frame[column]) for column in frame]
        columns = [_values(frame[column], iso=False) for column in frame]
        for row, cells in enumerate(zip(*columns, strict=True), start=1):
            for n, value in enumerate(cells):
                if value is not None:
                    writers[n](row, n, value)
        rows = [[column, dictionary().get(column, "")] for column in frame]
        _fill(book.add_worksheet("dictionary"), [["column", "meaning"], *rows])
    return out.getvalue()


def _fill(sheet: Any, rows: list[list[str]]) -> None:
    for n, row in enumerate(rows):
        for m, cell in enumerate(row):
            sheet.write_string(n, m, cell)


def _writer(sheet: Any, column: pd.Series) -> Callable[[int, int, Any], Any]:
    if pd.api.types.is_datetime64_dtype(column):
        return sheet.write_datetime  # type: ignore[no-any-return]
    if pd.api.types.is_bool_dtype(column):
        return sheet.write_boolean  # type: ignore[no-any-return]
    if pd.api.types.is_numeric_dtype(column):
        return sheet.write_number  # type: ignore[no-any-return]
    return lambda row, n, text: sheet.write_string(row, n, text[:_XLSX_CELL])


def to_jsonl(frame: pd.DataFrame) -> bytes:
    """One JSON object a line, UTF-8: `nationality` and `inferred` as lists, unknown as null."""
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in _rows(frame))
    return "".join(lines).encode("utf-8")


def to_geojson(frame: pd.DataFrame, places: Places) -> bytes:
    """A FeatureCollection (RFC 7946) with a feature a row, its columns as properties.

    The geometry is the point of `crossing`, null where `places` does not know it: an unlocated
    figure is told, not put somewhere.
    """
    features = [
        {"type": "Feature", "geometry": _point(row.get("crossing"), places), "properties": row}
        for row in _rows(frame)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False).encode("utf-8")


def _point(crossing: str | None, places: Places) -> dict[str, Any] | None:
    if crossing is None or crossing not in places:
        return None
    latitude, longitude = places[crossing]
    return {"type": "Point", "coordinates": [longitude, latitude]}


def _rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    names = list(frame.columns)
    columns = [_json_values(frame[name], name) for name in names]
    return (dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))


def _json_values(column: pd.Series, name: str) -> list[Any]:
    values = _values(column)
    if name in _LISTS:
        return [value.split("|") if value else [] for value in values]
    return values


def _values(column: pd.Series, *, iso: bool = True) -> list[Any]:
    """The cells as str, int, float, bool or None; tuples joined by "|".

    Days are ISO text, or with `iso` false datetimes.
    """
    if pd.api.types.is_datetime64_dtype(column) and iso:
        column = column.dt.strftime(_day_format(column))
    values = column.astype(object).where(column.notna(), None).tolist()
    return ["|".join(v) if isinstance(v, (tuple, list)) else _unboxed(v) for v in values]


def _unboxed(value: Any) -> Any:
    # numpy's scalars become Python's, which json and csv write as they should.
    return value.item() if hasattr(value, "item") else value


def _day_format(column: pd.Series) -> str:
    days_only = (column.dropna() == column.dropna().dt.normalize()).all()
    return "%Y-%m-%d" if days_only else "%Y-%m-%dT%H:%M:%SZ"


@cache
def dictionary() -> Mapping[str, str]:
    """What each column of this package's frames means, from `dictionary.toml`."""
    text = Path(__file__).with_name("dictionary.toml").read_text(encoding="utf-8")
    return {str(name): str(meaning) for name, meaning in tomllib.loads(text).items()}
