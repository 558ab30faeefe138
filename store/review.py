"""What a reviewer does to records: each act is signed, adds rows, and can be taken back.

Every act names the `base` that the reviewer saw, the record's `review_version`. Where somebody
else was quicker the act is refused with what they did, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa

from store import schema
from store.checks import check_records
from store.corrections import FIELDS, Row, encoded, rows_of, undone_acts
from store.engine import reading
from store.gold import articles
from store.marking import Figure, as_record, marked_record, stored
from store.matching import matched
from store.overlay import RawRow
from store.records import REVIEWER, record_rows, reviewed_rows
from store.writes import Pen


class Conflict(RuntimeError):
    """Somebody else reviewed the record first. `rows`: what was said since, as `store.corrections`
    has it; `version`: the record's version now."""

    def __init__(self, rows: Sequence[Row], version: int) -> None:
        self.rows, self.version = tuple(rows), version
        who = ", ".join(dict.fromkeys(row.who for row in rows)) or "somebody"
        super().__init__(f"{who} reviewed this record in the meantime; nothing was written")


__all__ = ["Conflict", "Figure", "Review"]


@dataclass(frozen=True, slots=True)
class Review:
    """The acts of review on one store; get it from `Store.review`.

    All raise NotAllowed without an editor's identity, KeyError for a record or report that is
    not there, Conflict where `base` is not the record's `review_version` any more, ValueError
    for values that RECORD.md does not allow. They give the number of the act.
    """

    pen: Pen

    def accept(
        self,
        record_key: str,
        changes: Mapping[str, Any] | None = None,
        reason: str = "",
        *,
        base: int,
    ) -> int:
        """Vouch for a record as a whole, with `changes` for fields that were wrong."""
        return self._say(record_key, "accept", changes or {}, reason, base, "accepted")

    def correct(
        self, record_key: str, changes: Mapping[str, Any], reason: str = "", *, base: int
    ) -> int:
        """Correct fields of a record, and say nothing of the others. ValueError for no change."""
        if not changes:
            raise ValueError("no field is changed")
        return self._say(record_key, "correct", changes, reason, base, None)

    def reject(self, record_key: str, reason: str = "", *, base: int) -> int:
        """Take a record out of the ledger: it is no figure of people who move over a border."""
        return self._say(record_key, "reject", {}, reason, base, "rejected")

    def add(self, report_key: str, figure: Figure, reason: str = "") -> int:
        """Add a figure that the rules missed."""
        with self.pen.writing() as connection:
            act = self.pen.sign(connection, "mark", report_key, reason=reason)
            self._add(connection, act, report_key, [figure])
        return act

    def split(
        self, record_key: str, parts: Sequence[Figure], reason: str = "", *, base: int
    ) -> int:
        """Put two or more figures in the place of one that the rules read as one.

        What a part does not state is as in the record that is split.
        """
        if len(parts) < 2:
            raise ValueError("a split needs two figures or more")
        with self.pen.writing() as connection:
            row = self._find(connection, record_key, base)
            act = self.pen.sign(connection, "split", row["report_key"], reason=reason)
            _write(connection, act, row, {"review": "rejected"})
            inherited = {name: row[name] for name in FIELDS if name not in ("count", "count_max")}
            whole = [Figure(p.start, p.end, inherited | dict(p.values)) for p in parts]
            self._add(connection, act, row["report_key"], whole)
        return act

    def join(
        self,
        record_key: str,
        other_key: str,
        changes: Mapping[str, Any] | None = None,
        reason: str = "",
        *,
        base: int,
        other_base: int,
    ) -> int:
        """Keep one record, with `changes`, for two of one report that are the same figure."""
        with self.pen.writing() as connection:
            row = self._find(connection, record_key, base)
            other = self._find(connection, other_key, other_base)
            if row["report_key"] != other["report_key"] or record_key == other_key:
                raise ValueError("only two records of one report can be joined")
            act = self.pen.sign(connection, "join", row["report_key"], reason=reason)
            said = _changed(connection, row, changes or {}) | {"review": "accepted"}
            _write(connection, act, row, said)
            _write(connection, act, other, {"review": "rejected"})
        return act

    def undo(self, act: int, reason: str = "") -> int:
        """Take an act back, with all that it said; an undoing can be undone.

        Raises KeyError where there is no such act of review, ValueError where it is undone.
        """
        with self.pen.writing() as connection:
            c = schema.corrections.c
            query = sa.select(c.report_key).where(c.act == act).limit(1)
            report_key = connection.execute(query).scalar()
            if report_key is None:
                raise KeyError(f"no act {act} of review")
            rows = rows_of(connection, [report_key])
            if act in undone_acts(rows):
                raise ValueError("this has been undone already")
            new = self.pen.sign(connection, "undo", report_key, reason=reason, undoes=act)
            touched = {row.target: row for row in rows if row.act == act}
            told = [_correction(new, row, "undo", None, encoded(act)) for row in touched.values()]
            connection.execute(sa.insert(schema.corrections), told)
        return new

    def history(self, record_key: str) -> pd.DataFrame:
        """What was said of a record, oldest first, one row a field.

        Columns: `act` (Int64), `what`, `field`, `machine`, `value` (JSON text), `reason`, `who`
        (str), `at` (datetime64[us], UTC), `undone` (bool). Empty for one never reviewed.
        """
        with reading(self.pen.engine) as connection:
            row = self._current(connection, record_key)
            rows = rows_of(connection, [row["report_key"]])
        undone = undone_acts(rows)
        told = [
            {name: getattr(one, name) for name in _HISTORY} | {"undone": one.act in undone}
            for one in rows
            if one.target == row["review_target"]
        ]
        return pd.DataFrame(told, columns=[*_HISTORY, "undone"]).astype(_HISTORY | {"undone": bool})

    def latest(self, most: int = 30) -> pd.DataFrame:
        """The newest acts of review in the store, newest first.

        Columns: `act` (Int64), `what`, `who`, `at` (datetime64[us], UTC), `reason`, `report_key`,
        `record_key` (the first record that it is about), `fields` (str, joined by ", "),
        `undone` (bool: taken back by a later act that stands).
        """
        c = schema.corrections.c
        with reading(self.pen.engine) as connection:
            newest = sa.select(c.act).distinct().order_by(c.act.desc()).limit(most)
            acts = set(connection.execute(newest).scalars())
            about = sa.select(c.report_key).where(c.act.in_(acts)).distinct()
            rows = rows_of(connection, list(connection.execute(about).scalars()))
        undone = undone_acts(rows)
        told: dict[int, dict[str, Any]] = {}
        for row in rows:
            if row.act in acts:
                one = told.setdefault(row.act, {name: getattr(row, name) for name in _OF_ACT})
                one["fields"] = ", ".join(filter(None, [one.get("fields"), row.field]))
                one["undone"] = row.act in undone
        newest_first = [told[act] for act in sorted(told, reverse=True)]
        return pd.DataFrame(newest_first, columns=[*_LATEST, "undone"]).astype(
            _LATEST | {"undone": bool}
        )

    def gold(self) -> list[dict[str, Any]]:
        """The reports with reviewed records as gold articles (see `store.gold.articles`)."""
        with reading(self.pen.engine) as connection:
            return articles(connection)

    def _say(
        self,
        record_key: str,
        what: str,
        changes: Mapping[str, Any],
        reason: str,
        base: int,
        verdict: str | None,
    ) -> int:
        with self.pen.writing() as connection:
            row = self._find(connection, record_key, base)
            said = _changed(connection, row, changes)
            if verdict is not None:
                said["review"] = verdict
            if not said:
                raise ValueError("no field is changed")
            act = self.pen.sign(connection, what, row["report_key"], reason=reason)
            _write(connection, act, row, said)
        return act

    def _find(self, connection: sa.Connection, record_key: str, base: int) -> RawRow:
        row = self._current(connection, record_key)
        if row["review_version"] != base:
            since = [
                one
                for one in rows_of(connection, [row["report_key"]])
                if one.target == row["review_target"] and one.act > base
            ]
            raise Conflict(since, row["review_version"])
        return row

    def _current(self, connection: sa.Connection, record_key: str) -> RawRow:
        """The record as it stands; of an earlier reading's key the one in its place."""
        r = schema.records.c
        query = sa.select(r.report_key, r.start, r.end).where(r.key == record_key)
        known = connection.execute(query).first()
        if known is not None:
            rows = reviewed_rows(connection, [known.report_key])
            wanted = [(record_key, [record_key], [(known.start, known.end)])]
            key = matched(wanted, rows).get(record_key)
            for row in rows:
                if row["record_key"] == key:
                    return row
        raise KeyError(f"no record {record_key}")

    def _add(
        self, connection: sa.Connection, act: int, report_key: str, figures: Iterable[Figure]
    ) -> None:
        p, r = schema.reports.c, schema.records.c
        query = sa.select(p.text, p.name).where(p.key == report_key, p.removed_at.is_(None))
        report = connection.execute(query).first()
        if report is None:
            raise KeyError(f"no report {report_key}")
        told = sa.select(sa.func.count()).where(r.report_key == report_key, r.extractor == REVIEWER)
        first = int(connection.execute(told).scalar_one())
        records = [marked_record(report.text, report.name, figure) for figure in figures]
        for row in reviewed_rows(connection, [report_key]):
            for one in records if row["review"] != "rejected" else ():
                if one.start < row["end"] and row["start"] < one.end:
                    raise ValueError(f"{row['count_text']!r} is a record already: correct that one")
        check_records(records, report.text)
        rows = record_rows(report_key, REVIEWER, records, first)
        connection.execute(sa.insert(schema.records), rows)
        for row in rows:
            key = {"record_key": row["key"], "review_target": row["key"], "review_machine": None}
            _write(connection, act, row | key, {"review": "added"})


_OF_ACT = ("act", "what", "who", "at", "reason", "report_key", "record_key")
_HISTORY: dict[str, Any] = {
    "act": "Int64",
    "what": "str",
    "field": "str",
    "machine": "str",
    "value": "str",
    "reason": "str",
    "who": "str",
    "at": "datetime64[us]",
}


_LATEST = {name: _HISTORY.get(name, "str") for name in (*_OF_ACT, "fields")}


def _changed(connection: sa.Connection, row: RawRow, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes that differ from the record, checked together as the record that they make."""
    strange = set(changes) - set(FIELDS)
    if strange:
        raise ValueError(f"{', '.join(sorted(strange))} cannot be corrected")
    new = {name: stored(name, value) for name, value in changes.items()}
    text = connection.execute(
        sa.select(schema.reports.c.text).where(schema.reports.c.key == row["report_key"])
    ).scalar_one()
    check_records([as_record(row | new)], text)
    return {name: value for name, value in new.items() if value != row[name]}


def _write(connection: sa.Connection, act: int, row: RawRow, said: Mapping[str, Any]) -> None:
    """Rows of what an act says of one record: its fields, and the verdict under "review"."""
    machine = row["review_machine"]
    told = []
    for name, value in said.items():
        read = encoded(machine[name]) if machine is not None and name in FIELDS else None
        told.append(_correction(act, row, name, read, encoded(value)))
    connection.execute(sa.insert(schema.corrections), told)


def _correction(
    act: int, row: RawRow | Row, field: str, machine: str | None, value: str
) -> dict[str, Any]:
    if isinstance(row, Row):
        target, of = row.target, {n: getattr(row, n) for n in _PLACE}
    else:
        target, of = row["review_target"], {name: row[name] for name in _PLACE}
    return {"act": act, "target": target, "field": field, "machine": machine, "value": value} | of


_PLACE = ("report_key", "record_key", "start", "end")
