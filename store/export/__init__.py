"""Tables as files: pure functions from a frame of this package to bytes.

`export` writes a table of the ledger in a format; `table` explains any frame by its columns, and
the `to_...` functions write it. Unknown is an empty cell or null, days are ISO 8601.
"""

from __future__ import annotations

from store.export.columns import Column, column, dictionary
from store.export.csv_file import to_csv
from store.export.formats import FORMATS, WORDS, Format, export, file_name
from store.export.formulas import neutralised, restored
from store.export.geojson_file import to_geojson
from store.export.jsonl_file import to_jsonl
from store.export.package import schema, to_package
from store.export.parquet_file import to_parquet
from store.export.table import Table, table
from store.export.tables import TABLES
from store.export.xlsx_file import to_xlsx

__all__ = [
    "FORMATS",
    "TABLES",
    "WORDS",
    "Column",
    "Format",
    "Table",
    "column",
    "dictionary",
    "export",
    "file_name",
    "neutralised",
    "restored",
    "schema",
    "table",
    "to_csv",
    "to_geojson",
    "to_jsonl",
    "to_package",
    "to_parquet",
    "to_xlsx",
]
