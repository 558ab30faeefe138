"""Families of near copies: which report leads, and which are its copies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from store import schema


def families(connection: sa.Connection) -> dict[str, str]:
    """Copy to lead, over the pairs of near copies that both stand."""
    pairs = schema.near_copies
    first, second = schema.reports.alias("a"), schema.reports.alias("b")
    query = (
        sa.select(pairs.c.first, pairs.c.second, first.c.published, second.c.published)
        .join(first, (first.c.key == pairs.c.first) & first.c.removed_at.is_(None))
        .join(second, (second.c.key == pairs.c.second) & second.c.removed_at.is_(None))
    )
    links: list[tuple[str, str]] = []
    published: dict[str, date | None] = {}
    for one, other, day, other_day in connection.execute(query):
        links.append((one, other))
        published |= {one: day, other: other_day}
    return leads(links, published)


def lead_of(connection: sa.Connection, key: str) -> str | None:
    """The lead of one report's family, as `families` has it; None where it leads or has no copy.

    Only that family is read, so that the cost does not grow with the store.
    """
    pairs = schema.near_copies
    first, second = schema.reports.alias("a"), schema.reports.alias("b")
    links: list[tuple[str, str]] = []
    published: dict[str, date | None] = {}
    known, found = {key}, [key]
    while found:
        # Two queries, for each has an index; "or" over both columns would read the whole table.
        near: list[Any] = []
        for column in (pairs.c.first, pairs.c.second):
            query = (
                sa.select(pairs.c.first, pairs.c.second, first.c.published, second.c.published)
                .join(first, (first.c.key == pairs.c.first) & first.c.removed_at.is_(None))
                .join(second, (second.c.key == pairs.c.second) & second.c.removed_at.is_(None))
                .where(column.in_(found[:_AT_ONCE]))
            )
            near += connection.execute(query).all()
        found = found[_AT_ONCE:]
        for one, other, day, other_day in near:
            links.append((one, other))
            published |= {one: day, other: other_day}
            fresh = {one, other} - known
            known |= fresh
            found += sorted(fresh)
    return leads(links, published).get(key)


_AT_ONCE = 500
"""Databases take so many values in one query, and no more than some ten thousand."""


def leads(pairs: Iterable[tuple[str, str]], published: Mapping[str, date | None]) -> dict[str, str]:
    """Copy to lead: who is linked by any chain of pairs is one family.

    The lead is the one published first (an unknown day comes last), then the one with the
    smallest key; so the order in which reports arrived does not matter.
    """
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    def rank(key: str) -> tuple[date, str]:
        return published.get(key) or date.max, key

    for one, other in pairs:
        a, b = sorted((root(one), root(other)), key=rank)
        parent[b] = a
    return {key: root(key) for key in parent if root(key) != key}
