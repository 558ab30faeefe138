"""The cells of a frame as plain values, the same for all formats."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pandas as pd

from store.behind import Keys
from store.export.columns import Column, Kind
from store.export.table import Table


def values(series: pd.Series, kind: Kind) -> list[Any]:
    """The cells as str, int, float, bool, list, dict or None (unknown).

    Days and times are ISO 8601 text, in UTC. Texts joined by "|" are lists.
    """
    if kind in ("date", "datetime"):
        return _by_code(series, "%Y-%m-%d" if kind == "date" else "%Y-%m-%dT%H:%M:%SZ")
    if isinstance(series.dtype, pd.CategoricalDtype):
        # Few values occur, so each is made once and not once a row.
        made = [_made(value, kind) for value in series.cat.categories.astype("object")]
        missing = _made(None, kind)
        return [made[code] if code >= 0 else missing for code in series.cat.codes.tolist()]
    cells = series.astype("object").where(series.notna(), None).tolist()
    if kind == "string" and pd.api.types.is_string_dtype(series.dtype):
        return cells  # type: ignore[no-any-return]
    return [_made(value, kind) for value in cells]


def _by_code(series: pd.Series, pattern: str) -> list[str | None]:
    codes, days = pd.factorize(series)
    told = [*pd.DatetimeIndex(days).strftime(pattern), None]
    return [told[code] for code in codes.tolist()]  # -1, the unknown, is the last


def _made(value: Any, kind: Kind) -> Any:
    if kind == "list":
        if isinstance(value, (tuple, list, Keys)):
            return [str(one) for one in value]
        return str(value).split("|") if value else []
    if value is None:
        return None
    if kind == "object":
        return json.loads(value) if isinstance(value, str) else value
    if kind == "integer":
        return int(value)
    if kind == "number":
        return float(value)
    return bool(value) if kind == "boolean" else str(value)


def flat(cells: list[Any], kind: Kind) -> list[Any]:
    """The same for a file without lists: lists joined by "|", objects as JSON text."""
    if kind == "list":
        return ["|".join(cell) for cell in cells]
    if kind == "object":
        return [None if cell is None else json_text(cell) for cell in cells]
    return cells


def json_text(value: Any) -> str:
    """A value as JSON on one line; Unicode stands as it is."""
    return json.dumps(value, ensure_ascii=False)


def column_values(table: Table, column: Column) -> list[Any]:
    """The cells of one column of a table (see `values`)."""
    return values(table.frame[column.name], column.kind)


def rows(table: Table) -> Iterator[dict[str, Any]]:
    """The rows of a table as dicts of plain values."""
    names = [column.name for column in table.columns]
    columns = [column_values(table, column) for column in table.columns]
    return (dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True))
