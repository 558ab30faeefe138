"""Parts that a cluster has written (`extraction.catalogue`) into the ledger, each at most once.

One loader writes, a transaction a part. Loading again what is there changes nothing, so that it may
be stopped at any moment, and run while the cluster still writes.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

import sqlalchemy as sa

from extraction.catalogue.part import Folder, Kept
from store import schema
from store.arrivals import Arrival, Prepared, prepared, report_key
from store.engine import reading
from store.keeping import extractor
from store.ledger import Store

_WORDS = {
    "kept": "kept",
    "near_copy": "near copies",
    "already_here": "already here",
    "again": "read again",
    "unread": "kept unread",
    "without": "without a figure left out",
    "failed": "not kept",
}


class Loading:
    """Loads folders of parts into a store and counts what became of their reports."""

    def __init__(self, store: Store, *, only_with_figures: bool = False) -> None:
        self.counts: Counter[str] = Counter()
        self._only_with_figures = only_with_figures
        self._store = store
        self._today = extractor()

    @property
    def failed(self) -> bool:
        """Whether a report was not kept, or kept unread."""
        return bool(self.counts["failed"] or self.counts["unread"])

    def folder(self, address: str) -> None:
        """Load every part of a folder, at a path or any address that fsspec knows.

        On a terminal a bar on standard error shows how far it is. Raises OSError where there is
        no part, ValueError for a file that is none.
        """
        from tqdm import tqdm

        folder = Folder(address)
        names = folder.names()
        if not names:
            raise FileNotFoundError(f"{address}: there is no part in this folder")
        quiet = not sys.stderr.isatty()
        for name in tqdm(names, unit="part", disable=quiet, file=sys.stderr, leave=False):
            self.part(list(folder.read(name)))

    def part(self, reports: Sequence[Kept]) -> None:
        """Load the reports of one part; what cannot be kept is named on standard error.

        A report that is there already, by whatever name, is noted as another upload, once. Where
        it was read by other rules, and the part by today's, their reading takes the place.
        """
        whole = [kept for kept in reports if kept.report is not None and kept.status != "failed"]
        keyed = [(report_key(kept.report.text), kept) for kept in whole if kept.report]
        rules, noted = _known(self._store, [key for key, _ in keyed])
        for kept in reports:
            left_out = kept.status == "unread" and self._only_with_figures
            if kept.status != "read" and not left_out:
                self._tell(kept.name, kept.cause)
                self.counts["failed"] += kept.status == "failed"
        fresh: list[tuple[Kept, Prepared]] = []
        for key, kept in keyed:
            assert kept.report is not None
            if self._only_with_figures and not kept.records:
                self.counts["without"] += 1
                continue
            arrival = Arrival(kept.report, kept.records, kept.extractor, kept.name)
            try:
                if kept.extractor == self._today != rules.get(key, self._today):
                    self._store.read_again(key, kept.records, extractor=self._today)
                    self.counts["again"] += 1
                if (key, kept.report.id, kept.name) in noted:
                    self.counts["already_here"] += 1
                else:
                    fresh.append((kept, prepared(arrival)))
            except ValueError as error:
                self._tell(kept.name, str(error))
                self.counts["failed"] += 1
        done = self._store.add_all([coming for _, coming in fresh]) if fresh else []
        for (kept, _), added in zip(fresh, done, strict=True):
            self.counts["unread" if kept.status == "unread" else added.status] += 1

    def summary(self) -> str:
        """One line: what became of the reports."""
        parts = [f"{self.counts[word]:,} {said}" for word, said in _WORDS.items()]
        return ", ".join(part for part in parts if not part.startswith("0 ")) or "nothing"

    @staticmethod
    def _tell(name: str, cause: str | None) -> None:
        from tqdm import tqdm

        tqdm.write(f"{name}: {cause}", file=sys.stderr)


def _known(
    store: Store, keys: Sequence[str]
) -> tuple[dict[str, str], set[tuple[str, str, str | None]]]:
    """By which rules the reports of these keys were read, and under which names they came in."""
    rules: dict[str, str] = {}
    noted: set[tuple[str, str, str | None]] = set()
    r, u = schema.reports.c, schema.uploads.c
    with reading(store.engine) as connection:
        for first in range(0, len(keys), _AT_ONCE):
            some = keys[first : first + _AT_ONCE]
            for row in connection.execute(sa.select(r.key, r.extractor).where(r.key.in_(some))):
                rules[row.key] = row.extractor
            query = sa.select(u.report_key, u.name, u.filename).where(u.report_key.in_(some))
            noted |= {(row.report_key, row.name, row.filename) for row in connection.execute(query)}
    return rules, noted


_AT_ONCE = 500
"""Databases take so many values in one query, and no more than some ten thousand."""
