"""What the rules read, beside what a reviewer put in its place."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from store.export.columns import MACHINE

FIELDS = (
    "count", "count_max", "qualifier", "unit", "group", "demographic", "nationality", "status",
    "scope", "subset", "date", "date_from", "crossing", "origin", "destination", "source",
)  # fmt: skip
"""The fields of a record that a reviewer may correct."""

_TYPES = {
    "count": "Int64",
    "count_max": "Int64",
    "subset": "boolean",
    "date": "datetime64[us]",
    "date_from": "datetime64[us]",
}


def with_machine_values(frame: pd.DataFrame) -> pd.DataFrame:
    """The record frame with a column `machine_FIELD` for each field: the machine's value where a
    reviewer's stands in FIELD, else missing.

    They come out of `machine_read` (JSON by field, kept as it is); a frame without that column is
    given back unchanged.
    """
    if f"{MACHINE}read" not in frame:
        return frame
    texts = frame[f"{MACHINE}read"].tolist()
    read = {at: json.loads(text) for at, text in enumerate(texts) if isinstance(text, str)}
    added = {}
    for field in FIELDS:
        cells: list[Any] = [None] * len(frame)
        for at, values in read.items():
            cells[at] = _cell(values.get(field))
        added[MACHINE + field] = pd.Series(cells, frame.index, dtype="object").astype(
            _TYPES.get(field, "str")
        )
    return frame.assign(**added)


def _cell(value: Any) -> Any:
    return "|".join(value) if isinstance(value, list) else value
