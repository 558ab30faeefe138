"""Reports that hold given words."""

from __future__ import annotations

import sqlalchemy as sa

from store import schema
from store.engine import reading
from store.ledger import Store

_FIELDS = ("title", "publisher", "author", "filename", "name", "url", "text")


def matching(store: Store, words: str) -> set[str]:
    """The keys of the reports that stand and hold every word, in whatever field, in any case."""
    c = schema.reports.c
    query = sa.select(c.key).where(c.removed_at.is_(None))
    for word in words.split():
        query = query.where(sa.or_(*[c[name].icontains(word, autoescape=True) for name in _FIELDS]))
    with reading(store.engine) as connection:
        return set(connection.execute(query).scalars())
