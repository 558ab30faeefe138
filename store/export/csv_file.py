"""CSV: RFC 4180, UTF-8, every cell quoted, no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from typing import Any

from store.export.columns import Column
from store.export.formulas import neutralised
from store.export.table import Table
from store.export.values import column_values, flat


def to_csv(table: Table, *, hxl: bool = False, mark: bool = True) -> bytes:
    """The table with a header; with `hxl` a row of HXL tags under it.

    `mark` sets a byte-order mark, without which Excel misreads UTF-8. Unknown is an empty cell.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    if hxl:
        writer.writerow([column.hxl for column in table.columns])
    writer.writerows(zip(*[_cells(table, column) for column in table.columns], strict=True))
    return out.getvalue().encode("utf-8-sig" if mark else "utf-8")


def _cells(table: Table, column: Column) -> list[str]:
    cells = flat(column_values(table, column), column.kind)
    if column.kind in ("string", "list", "object"):
        return ["" if cell is None else neutralised(cell) for cell in cells]
    return ["" if cell is None else _plain(cell) for cell in cells]


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
