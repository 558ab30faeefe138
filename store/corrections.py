"""What reviewers have said of records: rows of the store, folded into what stands now.

A row is about one field of one record. Rows of one act stand or fall together: an act that a later
one undoes counts no more, and an undoing can be undone. The newest row of a field decides.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from store import schema

FIELDS = (
    "count",
    "count_max",
    "qualifier",
    "unit",
    "group",
    "demographic",
    "nationality",
    "status",
    "scope",
    "subset",
    "date",
    "date_from",
    "crossing",
    "origin",
    "destination",
    "source",
)
"""The fields that a reviewer may correct; the others follow from where the figure stands."""

REVIEW_STATES = ("unreviewed", "accepted", "corrected", "added", "rejected")
_DAYS = ("date", "date_from")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of `corrections` with its act's."""

    act: int
    what: str
    who: str
    at: datetime
    reason: str
    undoes: int | None
    report_key: str
    target: str
    record_key: str
    start: int
    end: int
    field: str
    machine: str | None
    value: str


@dataclass(slots=True)
class Reviewed:
    """What stands of the reviews of one figure.

    `target` is the key of the reading that was reviewed first; `keys` and `spans` are those of
    every reading of it that was. `version` is the newest act about it, also one that was undone.
    `values` holds the reviewer's values by field, `machine` what the rules had read there when
    they were given. `accepted` is the reading that was accepted as a whole, None where none was.
    `added` is true for a figure that the rules had missed; `gone` where adding it was undone.
    `who`, `at` and `reason` are of the newest act that stands.
    """

    target: str
    report_key: str
    keys: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    version: int = 0
    verdict: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    machine: dict[str, Any] = field(default_factory=dict)
    accepted: str | None = None
    added: bool = False
    gone: bool = False
    who: str | None = None
    at: datetime | None = None
    reason: str | None = None


def rows_of(connection: sa.Connection, reports: Sequence[str] | None = None) -> list[Row]:
    """The rows about these reports (None: about all), in the order of their writing."""
    a, c = schema.acts.c, schema.corrections.c
    names: dict[str, sa.ColumnElement[Any]] = {"act": a.id.label("act")}
    for name in Row.__dataclass_fields__:
        if name != "act":
            names[name] = (a if name in a else c)[name] if name != "report_key" else c.report_key
    query = sa.select(*names.values()).join(schema.acts, a.id == c.act).order_by(a.id, c.id)
    if reports is not None:
        query = query.where(c.report_key.in_(reports))
    return [Row(**row) for row in connection.execute(query).mappings()]


def reviewed_reports(connection: sa.Connection) -> list[str]:
    """The keys of the reports of which any record was ever reviewed."""
    return list(connection.execute(sa.select(schema.corrections.c.report_key).distinct()).scalars())


def fold(rows: Iterable[Row]) -> list[Reviewed]:
    """What stands, one for each figure that was ever reviewed, in the order of first review."""
    rows = list(rows)
    undone = undone_acts(rows)
    found: dict[str, Reviewed] = {}
    for row in rows:
        one = found.setdefault(row.target, Reviewed(row.target, row.report_key))
        if row.record_key not in one.keys:
            one.keys.append(row.record_key)
            one.spans.append((row.start, row.end))
        one.version = max(one.version, row.act)
        if row.field == "review" and json.loads(row.value) == "added":
            one.added, one.gone = True, row.act in undone
        if row.act in undone or row.field == "undo":
            continue
        one.who, one.at, one.reason = row.who, row.at, row.reason
        if row.field == "review":
            one.verdict = json.loads(row.value)
            one.accepted = row.record_key if one.verdict == "accepted" else one.accepted
        else:
            one.verdict = "corrected"
            one.values[row.field] = decoded(row.field, row.value)
            one.machine[row.field] = decoded(row.field, row.machine)
    return list(found.values())


def undone_acts(rows: Iterable[Row]) -> set[int]:
    """The acts that count no more: undone by an act that itself was not undone."""
    undoing = {row.act: row.undoes for row in rows if row.undoes is not None}
    undone: set[int] = set()
    for act in sorted(undoing, reverse=True):
        if act not in undone:
            undone.add(undoing[act])
    return undone


def encoded(value: Any) -> str:
    """A field's value as JSON text: days in ISO form."""
    return json.dumps(value.isoformat() if isinstance(value, date) else value, ensure_ascii=False)


def decoded(name: str, text: str | None) -> Any:
    """What `encoded` was given for the field `name`; None for None."""
    if text is None:
        return None
    value = json.loads(text)
    return date.fromisoformat(value) if name in _DAYS and value is not None else value
