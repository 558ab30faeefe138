"""Excel workbooks: the table on one sheet, and what its columns mean on another."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import pandas as pd
import xlsxturbo

from store.export.columns import Column
from store.export.table import Table
from store.export.values import column_values, flat

MOST_ROWS = 1_048_574
"""Excel's rows less a header and a row of tags."""

_MOST_TEXT = 32_767  # Excel holds no longer text in a cell
_FORMATS = {"date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm:ss"}
_WIDTHS = {"string": 18, "list": 18, "object": 18, "date": 12, "datetime": 20}
_WIDE = {"sentence": 60, "title": 40}


def to_xlsx(table: Table, *, hxl: bool = False) -> bytes:
    """A workbook: the table on a sheet of its name, and the data dictionary on "dictionary".

    Text is written as text, so that no cell is a formula or a link; days are dates, figures are
    numbers. Text over 32,767 characters, Excel's limit, is cut. The same table gives the same
    bytes. Raises ValueError for more rows than a sheet holds.
    """
    if len(table) > MOST_ROWS:
        raise ValueError(
            f"{len(table):,} rows are more than an Excel sheet holds ({MOST_ROWS:,}): "
            "narrow the filter, or take CSV or Parquet"
        )
    names = [column.name for column in table.columns]
    frame = pd.DataFrame({column.name: _cells(table, column) for column in table.columns})
    of_sheet: dict[str, Any] = {
        "freeze_panes": (2 if hxl else 1, 1),
        "column_widths": {n: _width(column) for n, column in enumerate(table.columns)},
    }
    of_cells: dict[str, Any] = {
        "column_formats": {
            column.name: {"num_format": _FORMATS[column.kind]}
            for column in table.columns
            if column.kind in _FORMATS
        }
    }
    sheets: list[Any]
    if hxl:
        tags = pd.DataFrame([[column.hxl or None for column in table.columns]], columns=names)
        under = {"header": False, "startrow": 2}
        sheets = [(tags, table.name, of_sheet), (frame, table.name, of_cells | under)]
    else:
        sheets = [(frame, table.name, of_sheet | of_cells | {"autofilter": True})]
    sheets.append((_dictionary(table), "dictionary", {"column_widths": {0: 22, 1: 10, 2: 90}}))
    out = io.BytesIO()
    xlsxturbo.dfs_to_xlsx(sheets, out, constant_memory=True)
    return _undated(out)


def _width(column: Column) -> int:
    return _WIDE.get(column.name, _WIDTHS.get(column.kind, 10))


def _cells(table: Table, column: Column) -> pd.Series:
    if column.kind in ("date", "datetime"):
        return table.frame[column.name].reset_index(drop=True)
    cells = flat(column_values(table, column), column.kind)
    if column.kind in ("string", "list", "object"):
        cells = [cell[:_MOST_TEXT] if cell else None for cell in cells]
    return pd.Series(cells, dtype="object")


def _dictionary(table: Table) -> pd.DataFrame:
    rows = [(c.name, c.kind, c.meaning, c.hxl, " | ".join(c.words)) for c in table.columns]
    return pd.DataFrame(rows, columns=["column", "type", "meaning", "HXL tag", "values"])


def _undated(book: io.BytesIO) -> bytes:
    """The workbook without the time at which it was made, so that one table is one file.

    The document's properties are the last members of the archive, and are written anew there.
    """
    with zipfile.ZipFile(book, "a") as archive:
        *_, core, app = archive.filelist
        if core.filename != "docProps/core.xml":
            raise RuntimeError(f"{core.filename} stands where the properties should")
        kept = {one.filename: archive.read(one) for one in (core, app)}
        for one in (core, app):
            archive.filelist.remove(one)
            del archive.NameToInfo[one.filename]
        archive.start_dir = core.header_offset
        day = datetime(1980, 1, 1)
        for name, text in kept.items():
            info = zipfile.ZipInfo(name, day.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, _without_times(text) if name == core.filename else text)
    return book.getvalue()


def _without_times(xml: bytes) -> bytes:
    start, end = xml.index(b"<dcterms:created"), xml.index(b"</dcterms:modified>")
    return xml[:start] + xml[end + len(b"</dcterms:modified>") :]
