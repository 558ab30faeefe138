"""Figures that a reviewer marks in a report's text, and what of a record a reviewer may give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from extraction.document import read_document
from extraction.record import Record
from store.corrections import FIELDS


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a reviewer marks: `text[start:end]` of the report, and what it says.

    `values` are fields of `store.corrections.FIELDS`; `count` must be among them. What is not
    given is unknown, or the first of its vocabulary.
    """

    start: int
    end: int
    values: Mapping[str, Any]


def stored(name: str, value: Any) -> Any:
    """A value as the table keeps it: nationalities joined, a moment cut to its day."""
    if name == "nationality" and not isinstance(value, str):
        return "|".join(sorted(value))
    return value.date() if isinstance(value, datetime) else value


def as_record(row: Mapping[str, Any]) -> Record:
    """A row of the table, or one like it, as the record that it holds."""
    values = {name: row[name] for name in Record.__dataclass_fields__}
    codes = tuple(code for code in str(row["nationality"]).split("|") if code)
    inferred = tuple(name for name in str(row["inferred"]).split("|") if name)
    return Record(**values | {"nationality": codes, "inferred": inferred})


def marked_record(text: str, article: str, figure: Figure) -> Record:
    """The record of a figure that was marked in a report's text.

    Raises ValueError for words that are not there, a figure without a count, or another field.
    """
    if not 0 <= figure.start < figure.end <= len(text):
        raise ValueError(f"there is no text from {figure.start} to {figure.end}")
    strange = set(figure.values) - set(FIELDS)
    if strange or "count" not in figure.values:
        raise ValueError(f"a figure has a count, and no {', '.join(sorted(strange)) or 'others'}")
    plain = {
        "count_max": None,
        "qualifier": "exact",
        "unit": "people",
        "group": "unspecified",
        "demographic": None,
        "nationality": "",
        "status": "crossed",
        "scope": "event",
        "subset": False,
    }
    values = dict.fromkeys(FIELDS) | plain
    values |= {name: stored(name, value) for name, value in figure.values.items()}
    values |= {
        "article": article,
        "count_text": text[figure.start : figure.end],
        "sentence": read_document(text).sentence_at(figure.start).text,
        "start": figure.start,
        "end": figure.end,
        "confidence": None,
        "inferred": "",
    }
    return as_record(values)
