"""JSON Lines: one object a line, UTF-8, lists as lists, unknown as null."""

from __future__ import annotations

import io

from store.export.table import Table
from store.export.values import json_text, rows


def to_jsonl(table: Table) -> bytes:
    """The table's rows; of records `selector` holds the W3C selectors of the source span."""
    out = io.BytesIO()  # line by line: a long text and its bytes would stand in memory together
    for row in rows(table):
        out.write(f"{json_text(_selected(row))}\n".encode())
    return out.getvalue()


def _selected(row: dict[str, object]) -> dict[str, object]:
    """The row with its span as the selectors of the W3C Web Annotation Data Model (4.2.4, 4.2.5).

    Offsets count Unicode code points, as the model asks.
    """
    if "quote_prefix" not in row:
        return row
    quote = {
        "type": "TextQuoteSelector",
        "exact": row["count_text"],
        "prefix": row["quote_prefix"],
        "suffix": row["quote_suffix"],
    }
    known = {name: value for name, value in quote.items() if value is not None}
    position = {"type": "TextPositionSelector", "start": row["start"], "end": row["end"]}
    return row | {"selector": [position, known]}
