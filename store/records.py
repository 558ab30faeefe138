"""Records out of the database: the rules' current reading, with the reviewers' word laid over."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import sqlalchemy as sa

from extraction.record import Record
from store import schema
from store.corrections import fold, reviewed_reports, rows_of
from store.matching import matched
from store.overlay import RawRow, laid_over
from store.query import Filter

REVIEWER = "review"
"""The `extractor` of figures that a reviewer added: no version of the rules is called so."""


def read_frame(connection: sa.Connection, filter: Filter) -> pd.DataFrame:
    """The records that may pass the filter, as `store.frame.record_frame` takes them.

    What the database can cut cheaply is cut; `Filter.apply` does the rest.
    Ordered by report (publication date, then key) and place in the text.
    """
    c = schema.corrections.c
    reviewed = [key for key in reviewed_reports(connection) if _asked(filter, key)]
    query = _cut(filter).where(
        schema.records.c.report_key.not_in(sa.select(c.report_key).distinct())
    )
    frame = pd.read_sql(query, connection)
    if not reviewed:
        return frame
    rows = sorted(reviewed_rows(connection, reviewed), key=_order)
    if not rows:
        return frame
    if frame.empty:
        return pd.DataFrame.from_records(rows)
    both = pd.concat([frame, pd.DataFrame.from_records(rows)], ignore_index=True)
    place = np.concatenate([np.arange(len(frame)), _places(frame, rows)])
    return both.iloc[np.argsort(place, kind="stable")].reset_index(drop=True)


def _order(row: Mapping[str, Any]) -> tuple[date, str]:
    return row["published"] or date.max, row["report_key"]


def _places(frame: pd.DataFrame, rows: Sequence[RawRow]) -> np.ndarray:
    """Between which rows of the (ordered) frame these belong: half numbers."""
    firsts = frame.drop_duplicates("report_key")[["published", "report_key"]]
    known = firsts.astype(object).where(firsts.notna(), None)
    orders = [_order(row) for row in known.to_dict("records")]
    ends = [*firsts.index, len(frame)]
    return np.array([ends[bisect_left(orders, _order(row))] - 0.5 for row in rows])


def reviewed_rows(connection: sa.Connection, reports: Sequence[str]) -> list[RawRow]:
    """The records of these reports as rows with the reviewers' word (see `store.overlay`).

    Of a removed report there are none.
    """
    rows: list[RawRow] = []
    for first in range(0, len(reports), _AT_ONCE):
        rows += _reviewed_rows(connection, reports[first : first + _AT_ONCE])
    return rows


_AT_ONCE = 500
"""Databases take so many values in one query, and no more than some ten thousand."""


def _reviewed_rows(connection: sa.Connection, reports: Sequence[str]) -> list[RawRow]:
    r = schema.records.c
    current: dict[str, list[RawRow]] = {key: [] for key in reports}
    for row in connection.execute(_cut(Filter(reports=tuple(reports)))).mappings():
        current[row["report_key"]].append(dict(row))
    reviews: dict[str, list[Any]] = {key: [] for key in reports}
    for one in fold(rows_of(connection, reports)):
        reviews[one.report_key].append(one)

    def base(keys: Sequence[str]) -> Mapping[str, RawRow]:
        if not keys:
            return {}
        found = connection.execute(_columns(any_reading=True).where(r.key.in_(keys))).mappings()
        return {row["record_key"]: dict(row) for row in found}

    return [row for key in reports for row in laid_over(current[key], reviews[key], base)]


def recommended(connection: sa.Connection, frame: pd.DataFrame) -> dict[str, str]:
    """Record key to reason, where the newest word on a record recommends it.

    A recommendation of an earlier reading is carried to the record that stands in its place.
    """
    c, r = schema.recommendations.c, schema.records.c
    query = (
        sa.select(c.record_key, c.recommended, c.reason, r.report_key, r.extractor, r.start, r.end)
        .join(schema.records, r.key == c.record_key)
        .order_by(c.id)
    )
    newest = {row.record_key: row for row in connection.execute(query)}
    chosen = {key: row for key, row in newest.items() if row.recommended}
    here = set(frame.loc[frame["record_key"].isin(chosen), "record_key"])
    lost = [row for key, row in chosen.items() if key not in here]
    found = {key: row.reason for key, row in chosen.items()}
    for row in lost:
        rows = frame.loc[frame["report_key"] == row.report_key, ["record_key", "start", "end"]]
        wanted = [(row.record_key, [row.record_key], [(row.start, row.end)])]
        for key, now in matched(wanted, rows.to_dict("records")).items():
            found[now] = found.pop(key)
    return found


def record_rows(
    key: str, extractor: str, records: Sequence[Record], first: int = 0
) -> list[dict[str, Any]]:
    """Records of the report `key` as rows of the table, numbered from `first`."""
    rows = []
    for ordinal, record in enumerate(records, start=first):
        row = asdict(record)
        row["nationality"] = "|".join(sorted(record.nationality))
        row["inferred"] = "|".join(record.inferred)
        name = f"{key}|{extractor}|{ordinal}"
        row["key"] = hashlib.sha256(name.encode("utf-8")).hexdigest()[:32]
        rows.append(row | {"report_key": key, "extractor": extractor, "ordinal": ordinal})
    return rows


def _asked(filter: Filter, report_key: str) -> bool:
    return not filter.reports or report_key in filter.reports


def _columns(*, any_reading: bool = False) -> sa.Select[Any]:
    """The columns of the record frame, of reports that stand, of their rules' reading."""
    r, p = schema.records.c, schema.reports.c
    columns = [column for column in r if column.name not in ("key", "extractor", "ordinal")]
    joined = p.key == r.report_key
    if not any_reading:
        joined &= p.extractor == r.extractor
    return (
        sa.select(r.key.label("record_key"), *columns, p.title, p.publisher, p.published)
        .join(schema.reports, joined)
        .where(p.removed_at.is_(None))
        .order_by(p.published.is_(None), p.published, p.key, r.start, r.ordinal)
    )


def _cut(filter: Filter) -> sa.Select[Any]:
    r, query = schema.records.c, _columns()
    if filter.date_from is not None:
        query = query.where(r.date >= filter.date_from)
    if filter.date_to is not None:
        query = query.where(r.date <= filter.date_to)
    if filter.reports:
        query = query.where(r.report_key.in_(filter.reports))
    return query
