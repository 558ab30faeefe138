"""The formats by name, and one function that writes a table of the ledger in any of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from store.export.csv_file import to_csv
from store.export.geojson_file import to_geojson
from store.export.helix import in_helix_words
from store.export.jsonl_file import to_jsonl
from store.export.package import to_package
from store.export.parquet_file import to_parquet
from store.export.table import Table
from store.export.tables import TABLES
from store.export.xlsx_file import to_xlsx
from store.ledger import Store


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name for a reader, its file suffix and media type, what it can carry."""

    label: str
    suffix: str
    mime: str
    hxl: bool = False
    """Whether a row of HXL tags can stand under its header."""


FORMATS: dict[str, Format] = {
    "csv": Format("CSV", "csv", "text/csv", hxl=True),
    "xlsx": Format(
        "Excel",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        hxl=True,
    ),
    "jsonl": Format("JSON Lines", "jsonl", "application/jsonl"),
    "parquet": Format("Parquet", "parquet", "application/vnd.apache.parquet"),
    "geojson": Format("GeoJSON", "geojson", "application/geo+json"),
    "package": Format("Data package", "zip", "application/zip"),
}

WORDS = ("own", "helix")
"""The vocabulary of records: the ledger's own, or that of IDMC's Helix."""

_PLAIN: dict[str, Callable[[Table], bytes]] = {
    "jsonl": to_jsonl,
    "parquet": to_parquet,
    "geojson": to_geojson,
}
_TAGGED: dict[str, Callable[..., bytes]] = {"csv": to_csv, "xlsx": to_xlsx}
_IN_PACKAGE = ("records", "events", "reports")


def export(
    claims: pd.DataFrame,
    store: Store,
    form: str,
    *,
    what: str = "records",
    words: str = "own",
    hxl: bool = False,
    query: str = "",
) -> bytes:
    """A table of the ledger as a file.

    `claims`: the record frame under the filter; `form`: a key of `FORMATS`; `what`: a key of
    `TABLES`. GeoJSON of records has the events that they tell of; a data package holds
    records, events and reports, and with another `what` that table and the reports. `query` is the
    filter as in a page's address, which a package names. Raises ValueError for what does not go
    together: a row of tags in a format without one, Helix's words for another table than records,
    GeoJSON of a table without places.
    """
    if hxl and not FORMATS[form].hxl:
        raise ValueError(f"{FORMATS[form].label} has no place for a row of HXL tags: take CSV")
    if words == "helix" and (what != "records" or form == "geojson"):
        raise ValueError("only a table of records can be told in Helix's words")
    if form == "geojson" and what == "records":
        what = "events"
    if form == "package" and what == "records" and words == "own":
        return to_package([TABLES[name](claims, store) for name in _IN_PACKAGE], query)
    table = TABLES[what](claims, store)
    if words == "helix":
        table = in_helix_words(table, claims)
    if form == "package":
        tables = [table] if what == "reports" else [table, TABLES["reports"](claims, store)]
        return to_package(tables, query)
    return _TAGGED[form](table, hxl=hxl) if form in _TAGGED else _PLAIN[form](table)


def file_name(form: str, what: str = "records") -> str:
    """The name of the file, e.g. "crossing-ledger-events.csv"."""
    if form == "geojson" and what == "records":
        what = "events"
    return f"crossing-ledger-{what.replace('_', '-')}.{FORMATS[form].suffix}"
