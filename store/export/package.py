"""A data package (Frictionless, tabular-data-package): tables, schemas and sources in one ZIP."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from typing import Any

from store.export.columns import Column, Kind
from store.export.csv_file import to_csv
from store.export.table import Table

_TYPES: dict[Kind, str] = {"list": "string", "object": "string"}
_KEYS = {"records": "record_key", "events": "event_key", "reports": "key", "figures": "figure_id"}
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a ZIP can tell: the same tables give the same bytes


def to_package(tables: Sequence[Table], query: str = "") -> bytes:
    """The tables as CSV with `datapackage.json`; `query` is the filter as in a page's address.

    Cells are neutralised as in CSV for spreadsheets (`store.export.formulas`), and the package
    says so.
    """
    files = {f"data/{table.name}.csv": to_csv(table, mark=False) for table in tables}
    names = {table.name for table in tables}
    resources = [
        _resource(table, path, data, names)
        for table, (path, data) in zip(tables, files.items(), strict=True)
    ]
    descriptor = {
        "profile": "tabular-data-package",
        "name": "crossing-ledger",
        "title": "Crossing Ledger: records of people crossing borders, as reports state them",
        "description": (
            f"Filter: {query or 'none'}. Each record is the claim of one report, not a count; how "
            "claims become counts is told in the project's docs/method.md. A text that a "
            "spreadsheet would run as a formula begins with an added apostrophe."
        ),
        "resources": resources,
    }
    listed = json.dumps(descriptor, ensure_ascii=False, indent=1).encode("utf-8")
    return _zipped({"datapackage.json": listed, **files})


def _resource(table: Table, path: str, data: bytes, names: set[str]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": schema(table, names),
    }


def schema(table: Table, names: set[str] | None = None) -> dict[str, Any]:
    """The table's Table Schema; `names` are the tables it stands beside, to which keys refer."""
    described: dict[str, Any] = {"fields": [_field(column) for column in table.columns]}
    described["missingValues"] = [""]
    if table.name in _KEYS:
        described["primaryKey"] = [_KEYS[table.name]]
    if table.name == "records" and "reports" in (names or set()):
        reference = {"resource": "reports", "fields": ["key"]}
        described["foreignKeys"] = [{"fields": ["report_key"], "reference": reference}]
    return described


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _TYPES.get(column.kind, column.kind)}
    field["description"] = column.meaning
    if column.kind == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    if column.words:
        field["constraints"] = {"enum": list(column.words)}
    if column.hxl:
        field["hxl"] = column.hxl
    return field


def _zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()
