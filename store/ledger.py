"""The store: reports come in once, their records come out as frames."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

import pandas as pd
import sqlalchemy as sa

from extraction.record import Record
from extraction.reports import Report
from store import schema
from store.checks import check_records, check_report
from store.engine import database_url, open_engine, reading, writing
from store.families import families
from store.frame import record_frame
from store.migrate import migrate
from store.near_copies import copies_among, fingerprint
from store.query import Filter


@dataclass(frozen=True)
class Added:
    """What became of a report: `status` is "kept", "already_here" (the same text was there) or
    "near_copy" (kept, and told to be a copy of `near_copy_of`)."""

    key: str
    status: Literal["kept", "already_here", "near_copy"]
    n_records: int
    near_copy_of: str | None = None


@dataclass(frozen=True)
class StoredReport:
    """A report as it is stored: `text` is what the records' offsets refer to."""

    key: str
    text: str
    name: str
    filename: str | None
    title: str | None
    published: date | None
    publisher: str | None
    author: str | None
    url: str | None
    language: str | None
    extractor: str
    n_records: int
    added_at: datetime
    removed_at: datetime | None


def report_key(text: str) -> str:
    """The key of a report: sha256 of its NFC-normalised text, so that one text is one report."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode("utf-8")).hexdigest()


class Store:
    """The ledger in a database.

    Opening it makes the tables or brings them up to date. One store may be opened by many
    threads and processes at once; every write is one transaction.
    """

    def __init__(self, url: str | None = None) -> None:
        """Open the store at `url`, by default DATABASE_URL, else `data/ledger.db`.

        Raises StoreError where it cannot be opened, or was written by newer code.
        """
        self.url = database_url(url)
        self._engine = open_engine(self.url)
        migrate(self._engine)

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

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
    ) -> Added:
        """Keep a report and its records, all or nothing.

        The same text again changes nothing but is noted as another upload; of a report that
        was removed it brings the report back. `extractor` names the version of the rules that
        read the records. Raises ValueError for values that RECORD.md does not allow, StoreError
        when the database fails.
        """
        check_report(report)
        check_records(records, report.text)
        key = report_key(report.text)
        print_ = fingerprint(report.text)
        now = _now()
        with writing(self._engine) as connection:
            known = connection.execute(
                sa.select(schema.reports.c.removed_at, schema.reports.c.n_records).where(
                    schema.reports.c.key == key
                )
            ).first()
            if known is None:
                row = _report_row(report, key, extractor, filename, len(records), now)
                connection.execute(sa.insert(schema.reports), row | {"signature": print_.signature})
                if records:
                    connection.execute(
                        sa.insert(schema.records), _record_rows(key, extractor, records)
                    )
                copies_among(connection, key, report.text, print_)
            elif known.removed_at is not None:
                _set_removed(connection, key, None)
            upload = {"report_key": key, "name": report.id, "filename": filename, "at": now}
            connection.execute(sa.insert(schema.uploads), upload)
            _touch(connection)
            lead = families(connection).get(key)
        if known is not None and known.removed_at is None:
            return Added(key, "already_here", known.n_records, lead)
        n_records = len(records) if known is None else known.n_records
        return Added(key, "near_copy" if lead else "kept", n_records, lead)

    def records(self, filter: Filter = Filter()) -> pd.DataFrame:  # noqa: B008 - it is frozen
        """The current records of the reports that stand, as a record frame (`store.frame`).

        Ordered by report (publication date, then key) and place in the text.
        """
        with reading(self._engine) as connection:
            frame = pd.read_sql(_record_query(filter), connection)
            leads = families(connection)
            chosen = _recommended(connection)
        frame["near_copy_of"] = frame["report_key"].map(leads)
        frame["recommended"] = frame["record_key"].isin(chosen)
        frame["recommended_reason"] = frame["record_key"].map(chosen)
        return filter.apply(record_frame(frame)).reset_index(drop=True)

    def reports(self, *, removed: bool = False) -> pd.DataFrame:
        """One row a report that stands, or with `removed` one that was removed; newest first.

        Columns: `key`, `name`, `filename`, `title`, `publisher`, `author`, `url`, `language`,
        `extractor`, `near_copy_of` (str, NaN when unknown), `published`, `added_at`,
        `removed_at` (datetime64[us], the last two in UTC), `n_records`, `n_uploads` (Int64).
        """
        c = schema.reports.c
        uploads = (
            sa.select(sa.func.count())
            .where(schema.uploads.c.report_key == c.key)
            .scalar_subquery()
            .label("n_uploads")
        )
        stands = c.removed_at.is_not(None) if removed else c.removed_at.is_(None)
        query = (
            sa.select(*[c[name] for name in _REPORT_COLUMNS], uploads)
            .where(stands)
            .order_by(c.added_at.desc(), c.key)
        )
        with reading(self._engine) as connection:
            frame = pd.read_sql(query, connection)
            leads = families(connection)
        frame["near_copy_of"] = frame["key"].map(leads)
        return frame.astype(_REPORT_COLUMNS | {"n_uploads": "Int64", "near_copy_of": "str"})

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

    def remove(self, key: str) -> None:
        """Take a report and its records out of every frame; `restore` brings them back.

        Raises KeyError where there is no report of this key.
        """
        with writing(self._engine) as connection:
            _set_removed(connection, key, _now())
            _touch(connection)

    def restore(self, key: str) -> None:
        """Undo `remove`. Raises KeyError where there is no report of this key."""
        with writing(self._engine) as connection:
            _set_removed(connection, key, None)
            _touch(connection)

    def recommend(self, record_key: str, reason: str, who: str) -> None:
        """Mark a record as the figure that its event is to be counted with.

        Raises KeyError where there is no record of this key, ValueError without a reason.
        """
        if not reason.strip():
            raise ValueError("a recommendation needs a reason")
        self._say(record_key, True, reason, who)

    def unrecommend(self, record_key: str, who: str, reason: str = "") -> None:
        """Withdraw a recommendation; it stays on record. Raises KeyError as `recommend` does."""
        self._say(record_key, False, reason, who)

    def _say(self, record_key: str, recommended: bool, reason: str, who: str) -> None:
        row = {"record_key": record_key, "recommended": recommended, "reason": reason, "who": who}
        with writing(self._engine) as connection:
            found = sa.select(schema.records.c.key).where(schema.records.c.key == record_key)
            if connection.execute(found).first() is None:
                raise KeyError(f"no record {record_key}")
            connection.execute(sa.insert(schema.recommendations), row | {"at": _now()})
            _touch(connection)


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


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _touch(connection: sa.Connection) -> None:
    version = schema.state.c.version
    connection.execute(sa.update(schema.state).values(version=version + 1))


def _set_removed(connection: sa.Connection, key: str, at: datetime | None) -> None:
    done = connection.execute(
        sa.update(schema.reports).where(schema.reports.c.key == key).values(removed_at=at)
    )
    if done.rowcount == 0:
        raise KeyError(f"no report {key}")


def _report_row(
    report: Report, key: str, extractor: str, filename: str | None, n: int, now: datetime
) -> dict[str, Any]:
    row = asdict(report)
    row["name"] = row.pop("id")
    return row | {
        "key": key,
        "extractor": extractor,
        "filename": filename,
        "n_records": n,
        "added_at": now,
    }


def _record_rows(key: str, extractor: str, records: Sequence[Record]) -> list[dict[str, Any]]:
    rows = []
    for ordinal, record in enumerate(records):
        row = asdict(record)
        row["nationality"] = "|".join(sorted(record.nationality))
        row["inferred"] = "|".join(record.inferred)
        name = f"{key}|{extractor}|{ordinal}"
        row["key"] = hashlib.sha256(name.encode("utf-8")).hexdigest()[:32]
        rows.append(row | {"report_key": key, "extractor": extractor, "ordinal": ordinal})
    return rows


def _record_query(filter: Filter) -> sa.Select[Any]:
    """What the database can cut cheaply; `Filter.apply` does the rest."""
    r, p = schema.records.c, schema.reports.c
    columns = [column for column in r if column.name not in ("key", "extractor", "ordinal")]
    query = (
        sa.select(r.key.label("record_key"), *columns, p.title, p.publisher, p.published)
        .join(schema.reports, (p.key == r.report_key) & (p.extractor == r.extractor))
        .where(p.removed_at.is_(None))
        .order_by(p.published.is_(None), p.published, p.key, r.start, r.ordinal)
    )
    if filter.date_from is not None:
        query = query.where(r.date >= filter.date_from)
    if filter.date_to is not None:
        query = query.where(r.date <= filter.date_to)
    if filter.reports:
        query = query.where(r.report_key.in_(filter.reports))
    return query


def _recommended(connection: sa.Connection) -> dict[str, str]:
    """Record key to reason, where the newest word on a record recommends it."""
    c = schema.recommendations.c
    rows = connection.execute(sa.select(c.record_key, c.recommended, c.reason).order_by(c.id))
    newest = {row.record_key: row for row in rows}
    return {key: row.reason for key, row in newest.items() if row.recommended}
