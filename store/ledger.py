"""The store: reports come in once, their records come out as frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from datetime import UTC
from typing import Any

import pandas as pd
import sqlalchemy as sa

from extraction.record import Record
from extraction.reports import Report
from store import schema
from store.access import Access, Identity, configured
from store.arrivals import Arrival, Prepared, arrive, prepared, report_key, set_removed
from store.checks import check_records
from store.engine import database_url, open_engine, reading
from store.families import families, lead_of
from store.migrate import migrate
from store.query import Filter
from store.records import REVIEWER, record_rows
from store.review import Review
from store.snapshot import framed
from store.stored import Added, StoredReport
from store.writes import Pen, now

__all__ = ["Added", "Store", "StoredReport", "report_key"]


class Store:
    """The ledger in a database.

    Opening it makes the tables or brings them up to date. One store may be opened by many
    threads and processes at once; every write is one transaction, signed with an editor's name.
    """

    def __init__(self, url: str | None = None, access: Access | None = None) -> None:
        """Open the store at `url`, by default DATABASE_URL, else `data/ledger.db`.

        `access` says who may write, by default what `store.access.configured` reads. Where that
        has visitors sign in, a store writes nothing before `signed_by` names an editor; else it
        writes in the name of whoever sits at this machine.
        Raises StoreError where it cannot be opened, or was written by newer code.
        """
        self.url = database_url(url)
        self._engine = open_engine(self.url)
        self._pen = Pen(self._engine, configured() if access is None else access)
        migrate(self._engine)

    def signed_by(self, who: Identity | None, access: Access | None = None) -> Store:
        """The same store, written to in this person's name, by other rules where some are given.

        It shares the connections. A person who is no editor may be named too: every write then
        raises NotAllowed.
        """
        other = copy(self)
        other._pen = Pen(self._engine, access or self.access, who)
        return other

    def editor(self) -> Identity:
        """In whose name this store writes; raises NotAllowed where that is no editor."""
        return self._pen.access.editor(self._pen.identity)

    @property
    def access(self) -> Access:
        """Who may write."""
        return self._pen.access

    @property
    def review(self) -> Review:
        """What a reviewer does to records (see `store.review`)."""
        return Review(self._pen)

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    @property
    def engine(self) -> sa.Engine:
        """For the store's own modules."""
        return self._engine

    def version(self) -> str:
        """A cheap key for caches: it changes with every write, by whatever process."""
        with reading(self._engine) as connection:
            identity, version = connection.execute(
                sa.select(schema.state.c.identity, schema.state.c.version)
            ).one()
        return f"{identity}-{version}"

    def add(
        self,
        report: Report,
        records: Sequence[Record],
        *,
        extractor: str,
        filename: str | None = None,
        file_hash: str | None = None,
        also: Callable[[sa.Connection, Added], None] | None = None,
    ) -> Added:
        """Keep a report and its records, all or nothing.

        The same text again changes nothing but is noted as another upload; of a report that
        was removed it brings the report back. `extractor` names the version of the rules that
        read the records, `file_hash` the stored file (`store.batches`) that it was read out of;
        `also` writes more in the same transaction. Raises ValueError for values that RECORD.md
        does not allow, StoreError when the database fails, NotAllowed (as every write does)
        without an editor's identity.
        """
        arrival = Arrival(report, tuple(records), extractor, filename, file_hash)
        (added,) = self.add_all([prepared(arrival)], also=also)
        return added

    def add_all(
        self,
        arrivals: Sequence[Prepared],
        also: Callable[[sa.Connection, Added], None] | None = None,
    ) -> list[Added]:
        """Keep reports as `add` does, in one transaction: all of them or none."""
        done = []
        with self._pen.writing() as connection:
            for arrival in arrivals:
                done.append(arrive(connection, self._pen, arrival))
                if also is not None:
                    also(connection, done[-1])
        return done

    def read_again(self, key: str, records: Sequence[Record], *, extractor: str) -> bool:
        """Put the records that new rules read out of a report in the place of the current ones.

        Those stay beside them, and what reviewers said is carried over (`store.matching`). Gives
        False, and changes nothing, where this `extractor`'s records are the current ones already.
        Raises KeyError where there is no report of this key, ValueError as `add` does.
        """
        if extractor == REVIEWER:
            raise ValueError(f"no rules may be called {REVIEWER!r}")
        check_records(records, self.text(key).text)
        c, r = schema.reports.c, schema.records.c
        with self._pen.writing() as connection:
            if connection.execute(sa.select(c.extractor).where(c.key == key)).scalar() == extractor:
                return False
            kept = sa.select(sa.func.count()).where(r.report_key == key, r.extractor == extractor)
            n = int(connection.execute(kept).scalar_one())
            if n == 0 and records:
                connection.execute(sa.insert(schema.records), record_rows(key, extractor, records))
                n = len(records)
            values = {"extractor": extractor, "n_records": n}
            connection.execute(sa.update(schema.reports).where(c.key == key).values(values))
            self._pen.sign(connection, "read_again", key, reason=extractor)
        return True

    def records(
        self,
        filter: Filter = Filter(),  # noqa: B008 - it is frozen
        *,
        rejected: bool = False,
    ) -> pd.DataFrame:
        """The current records of the reports that stand, as a record frame (`store.frame`).

        Where a reviewer has corrected a record these are the reviewer's values. Rejected records
        are left out unless the filter names them, or with `rejected` and no filter.
        Ordered by report (publication date, then key) and place in the text.
        """
        with reading(self._engine) as connection:
            found = framed(connection, filter, families(connection))
        if rejected and not filter:
            return found
        return filter.apply(found).reset_index(drop=True)

    def reports(self, *, removed: bool = False) -> pd.DataFrame:
        """One row a report that stands, or with `removed` one that was removed; newest first.

        Columns: `key`, `name`, `filename`, `title`, `publisher`, `author`, `url`, `language`,
        `extractor`, `near_copy_of` (str, NaN when unknown), `published`, `added_at`,
        `removed_at` (datetime64[us], the last two in UTC), `n_records`, `n_uploads` (Int64).
        """
        with reading(self._engine) as connection:
            frame = pd.read_sql(_reports(removed), connection)
            leads = families(connection)
        return _report_frame(frame, leads)

    def newest(self, most: int) -> pd.DataFrame:
        """The first `most` rows of `reports`, without reading the others."""
        with reading(self._engine) as connection:
            frame = pd.read_sql(_reports(removed=False).limit(most), connection)
            leads = {key: lead_of(connection, key) for key in frame["key"]}
        return _report_frame(frame, leads)

    def text(self, key: str) -> StoredReport:
        """One report with its text. Raises KeyError where there is none of this key."""
        names = list(StoredReport.__dataclass_fields__)
        query = sa.select(*[schema.reports.c[name] for name in names]).where(
            schema.reports.c.key == key
        )
        with reading(self._engine) as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            raise KeyError(f"no report {key}")
        values = dict(row)
        for name in ("added_at", "removed_at"):
            values[name] = values[name].replace(tzinfo=UTC) if values[name] else None
        return StoredReport(**values)

    def texts(self, keys: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Key and text of the reports with these keys, in no order; an unknown key gives none."""
        c = schema.reports.c
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(c.key, c.text).where(c.key.in_(list(keys))))
            yield from ((row.key, row.text) for row in rows)

    def remove(self, key: str) -> None:
        """Take a report and its records out of every frame; `restore` brings them back.

        Raises KeyError where there is no report of this key.
        """
        with self._pen.writing() as connection:
            set_removed(connection, key, now())
            self._pen.sign(connection, "remove", key)

    def restore(self, key: str) -> None:
        """Undo `remove`. Raises KeyError where there is no report of this key."""
        with self._pen.writing() as connection:
            set_removed(connection, key, None)
            self._pen.sign(connection, "restore", key)

    def recommend(self, record_key: str, reason: str) -> None:
        """Mark a record as the figure that its event is to be counted with.

        Raises KeyError where there is no record of this key, ValueError without a reason.
        """
        if not reason.strip():
            raise ValueError("a recommendation needs a reason")
        self._say(record_key, True, reason)

    def unrecommend(self, record_key: str, reason: str = "") -> None:
        """Withdraw a recommendation; it stays on record. Raises KeyError as `recommend` does."""
        self._say(record_key, False, reason)

    def _say(self, record_key: str, recommended: bool, reason: str) -> None:
        row = {"record_key": record_key, "recommended": recommended, "reason": reason}
        with self._pen.writing() as connection:
            found = sa.select(schema.records.c.key).where(schema.records.c.key == record_key)
            if connection.execute(found).first() is None:
                raise KeyError(f"no record {record_key}")
            signed = {"who": self._pen.signature, "at": now()}
            connection.execute(sa.insert(schema.recommendations), row | signed)


_REPORT_COLUMNS = {
    "key": "str",
    "name": "str",
    "filename": "str",
    "title": "str",
    "publisher": "str",
    "author": "str",
    "url": "str",
    "language": "str",
    "extractor": "str",
    "published": "datetime64[us]",
    "added_at": "datetime64[us]",
    "removed_at": "datetime64[us]",
    "n_records": "Int64",
}


def _reports(removed: bool) -> sa.Select[Any]:
    """The reports that stand, or those that were removed, newest first."""
    c = schema.reports.c
    uploads = (
        sa.select(sa.func.count())
        .where(schema.uploads.c.report_key == c.key)
        .scalar_subquery()
        .label("n_uploads")
    )
    return (
        sa.select(*[c[name] for name in _REPORT_COLUMNS], uploads)
        .where(c.removed_at.is_not(None) if removed else c.removed_at.is_(None))
        .order_by(c.added_at.desc(), c.key)
    )


def _report_frame(frame: pd.DataFrame, leads: Mapping[str, str | None]) -> pd.DataFrame:
    frame["near_copy_of"] = frame["key"].map(leads)
    return frame.astype(_REPORT_COLUMNS | {"n_uploads": "Int64", "near_copy_of": "str"})
