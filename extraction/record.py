"""The movement record: one figure claim, with the vocabularies its fields may take."""

from __future__ import annotations

import datetime
from dataclasses import asdict, dataclass
from typing import Any

QUALIFIERS = ("exact", "about", "at_least", "at_most")
UNITS = ("people", "families")
GROUPS = (
    "foreign_national",
    "resident",
    "returnee",
    "patient",
    "companion",
    "staff",
    "mixed",
    "unspecified",
    "other",
)
DEMOGRAPHICS = ("children", "women", "women_and_children", "elderly", "men")
STATUSES = ("crossed", "expected", "waiting", "refused")
SCOPES = ("event", "cumulative")


@dataclass(frozen=True, slots=True)
class Record:
    """A report's statement that a number of people crossed, will cross, wait or were refused.

    `start` and `end` are character offsets into the report's text, and
    `text[start:end] == count_text` always holds. Countries are ISO 3166-1 alpha-2 codes.
    An unknown is None (or an empty tuple for `nationality`), never a guess.
    `inferred` names the fields that were filled in rather than read.
    """

    article: str
    count: int
    count_max: int | None
    qualifier: str
    count_text: str
    unit: str
    group: str
    demographic: str | None
    nationality: tuple[str, ...]
    status: str
    scope: str
    subset: bool
    date: datetime.date | None
    date_from: datetime.date | None
    crossing: str | None
    origin: str | None
    destination: str | None
    source: str | None
    sentence: str
    start: int
    end: int
    confidence: float | None = None
    inferred: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The record as plain JSON values: ISO dates, lists for tuples."""
        row = asdict(self)
        for name in ("date", "date_from"):
            row[name] = row[name].isoformat() if row[name] else None
        for name in ("nationality", "inferred"):
            row[name] = list(row[name])
        return row
