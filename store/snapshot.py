"""The current records in memory, brought up to date by reading only the reports that changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import sqlalchemy as sa

from store import schema
from store.codes import Mask
from store.engine import reading
from store.families import families, leads
from store.frame import record_frame
from store.query import Filter
from store.records import read_frame, recommended

_AT_ONCE = 500
"""Databases take so many values in one query, and no more than some ten thousand."""


@dataclass(frozen=True)
class Snapshot:
    """The records of a store at one moment: what `Store.records(rejected=True)` gives.

    `version` is the store's (`Store.version`); `act` and `recommendation` number the newest that
    are in it.
    """

    version: str
    act: int
    recommendation: int
    frame: pd.DataFrame


def taken(engine: sa.Engine) -> Snapshot:
    """All current records, read at one moment."""
    with reading(engine) as connection:
        version, act, recommendation = _moment(connection)
        frame = framed(connection, Filter(), families(connection))
    return Snapshot(version, act, recommendation, frame)


def renewed(engine: sa.Engine, old: Snapshot) -> Snapshot:
    """The records as they are now, where only reports that changed since are read anew.

    What `taken` gives, but for unused categories.
    """
    with reading(engine) as connection:
        version, act, recommendation = _moment(connection)
        if version == old.version:
            return old
        if version.partition("-")[0] != old.version.partition("-")[0]:
            return taken(engine)  # another store under the same address
        changed, copies = _families_of(connection, _changed(connection, old))
        if not changed:
            return Snapshot(version, act, recommendation, old.frame)
        parts = [
            framed(connection, Filter(reports=tuple(some)), copies)
            for some in _portions(sorted(changed))
        ]
    kept = ~old.frame["report_key"].isin(changed).to_numpy()
    fresh = parts[0]
    for part in parts[1:]:
        fresh = merged(fresh, part)
    return Snapshot(version, act, recommendation, merged(old.frame, fresh, kept))


def framed(connection: sa.Connection, filter: Filter, copies: dict[str, str]) -> pd.DataFrame:
    """The records that may pass a filter as a record frame; `copies`: copy to lead."""
    frame = read_frame(connection, filter)
    chosen = recommended(connection, frame)
    frame["near_copy_of"] = frame["report_key"].map(copies)
    frame["recommended"] = frame["record_key"].isin(chosen)
    frame["recommended_reason"] = frame["record_key"].map(chosen)
    return record_frame(frame)


def merged(frame: pd.DataFrame, fresh: pd.DataFrame, kept: Mask | None = None) -> pd.DataFrame:
    """Two record frames of different reports as one, in the order of `Store.records`.

    `kept`: which rows of the first are taken (None: all).
    """
    rows = slice(None) if kept is None else kept
    columns = {}
    for name in frame:
        one, other = frame[name], fresh[name]
        if isinstance(one.dtype, pd.CategoricalDtype):
            one, other = _used(one, rows), _used(other)
            kinds = frame[name].cat.categories
            if not kinds.equals(fresh[name].cat.categories):
                kinds = one.cat.categories.union(other.cat.categories)
            one, other = (part.cat.set_categories(kinds) for part in (one, other))
        columns[name] = pd.concat([one, other], ignore_index=True)
    both = pd.DataFrame(columns)
    # Unknown days come last.
    day = both["published"].fillna(pd.Timestamp.max.as_unit("us")).to_numpy()
    keys, kinds = pd.factorize(both["report_key"])
    rank = np.empty(len(kinds), dtype="int64")
    rank[pd.Index(kinds).argsort()] = np.arange(len(kinds))
    order = np.lexsort((rank[keys], day))
    if kept is not None:
        stays = np.append(kept, np.ones(len(fresh), dtype=bool))
        order = order[stays[order]]
    # All columns are copied here, and only here: over a million rows each copy takes a second.
    both = both.take(order)
    both.index = pd.RangeIndex(len(both))
    return both


def _used(column: pd.Series, rows: slice | Mask = slice(None)) -> pd.Series:
    """A column without the categories that none of these rows has (pandas sorts the rows to find
    them); a category that only other rows have becomes missing there."""
    codes, kinds = column.cat.codes.to_numpy()[rows], column.cat.categories
    used = np.bincount(codes[codes >= 0], minlength=len(kinds)) > 0
    return column if used.all() else column.cat.set_categories(kinds[used])


def _moment(connection: sa.Connection) -> tuple[str, int, int]:
    """The store's version, and the newest act and recommendation."""
    s, a, r = schema.state.c, schema.acts.c, schema.recommendations.c
    identity, version = connection.execute(sa.select(s.identity, s.version)).one()
    newest = [connection.execute(sa.select(sa.func.max(one.id))).scalar() or 0 for one in (a, r)]
    return f"{identity}-{version}", newest[0], newest[1]


def _changed(connection: sa.Connection, old: Snapshot) -> set[str]:
    """The reports of which an act or a recommendation tells that is newer than the snapshot."""
    a, r, c = schema.acts.c, schema.records.c, schema.recommendations.c
    acts = sa.select(a.report_key).where(a.id > old.act, a.report_key.is_not(None)).distinct()
    chosen = (
        sa.select(r.report_key)
        .join(schema.recommendations, c.record_key == r.key)
        .where(c.id > old.recommendation)
        .distinct()
    )
    return {key for query in (acts, chosen) for key in connection.execute(query).scalars()}


def _families_of(connection: sa.Connection, keys: Iterable[str]) -> tuple[set[str], dict[str, str]]:
    """These reports with all of their families, and copy to lead among them.

    A report that comes or goes may give its whole family another lead.
    """
    p, first, second = schema.near_copies, schema.reports.alias("a"), schema.reports.alias("b")
    stand = sa.and_(first.c.removed_at.is_(None), second.c.removed_at.is_(None))
    query = (
        sa.select(p.c.first, p.c.second, first.c.published, second.c.published, stand)
        .join(first, first.c.key == p.c.first)
        .join(second, second.c.key == p.c.second)
    )
    found = set(keys)
    open_ = sorted(found)
    links: set[tuple[str, str]] = set()
    published: dict[str, date | None] = {}
    while open_:
        near: set[str] = set()
        for some in _portions(open_):
            for column in (p.c.first, p.c.second):
                for one, other, day, other_day, both in connection.execute(
                    query.where(column.in_(some))
                ):
                    near |= {one, other}
                    if both:
                        links.add((one, other))
                        published |= {one: day, other: other_day}
        open_ = sorted(near - found)
        found |= near
    return found, leads(sorted(links), published)


def _portions(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(keys), _AT_ONCE):
        yield keys[first : first + _AT_ONCE]
