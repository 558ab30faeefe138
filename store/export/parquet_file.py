"""Parquet: typed columns, each with its meaning and its HXL tag in the field's metadata."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

from store.export.columns import Column, Kind
from store.export.table import Table
from store.export.values import column_values, json_text

_TYPES: dict[Kind, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us", tz="UTC"),
    "list": pa.list_(pa.string()),
    "object": pa.string(),
}


def to_parquet(table: Table) -> bytes:
    """The table in one file, compressed with Zstandard; lists are lists, unknown is null."""
    arrays = [_array(table, column) for column in table.columns]
    schema = pa.schema([_field(column) for column in table.columns])
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="zstd")
    return out.getvalue()


def _field(column: Column) -> pa.Field:
    told = {"description": column.meaning} | ({"hxl": column.hxl} if column.hxl else {})
    return pa.field(column.name, _TYPES[column.kind], metadata=told)


def _array(table: Table, column: Column) -> pa.Array:
    if column.kind in ("date", "datetime"):
        # Frames hold UTC without saying so.
        days = table.frame[column.name].dt.tz_localize("UTC")
        stamps = pa.Array.from_pandas(days, type=_TYPES["datetime"])
        return stamps.cast(_TYPES[column.kind])
    cells = column_values(table, column)
    if column.kind == "object":
        cells = [None if cell is None else json_text(cell) for cell in cells]
    return pa.array(cells, type=_TYPES[column.kind])
