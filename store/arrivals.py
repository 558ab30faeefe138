"""A report's arrival in the store: checked before any lock is taken, then written."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa

from extraction.record import Record
from extraction.reports import Report
from store import schema
from store.checks import check_records, check_report
from store.families import lead_of
from store.near_copies import Fingerprint, copies_among, fingerprint
from store.records import record_rows
from store.stored import Added
from store.writes import Pen, now


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report with its records, as `Store.add` takes them."""

    report: Report
    records: tuple[Record, ...]
    extractor: str
    filename: str | None = None
    file_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """An arrival that is checked, with its key and what near copies are found by."""

    arrival: Arrival
    key: str
    print_: Fingerprint


def report_key(text: str) -> str:
    """The key of a report: sha256 of its NFC-normalised text, so that one text is one report."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode("utf-8")).hexdigest()


def prepared(arrival: Arrival) -> Prepared:
    """Check an arrival. Raises ValueError for values that RECORD.md does not allow."""
    report = arrival.report
    check_report(report)
    check_records(arrival.records, report.text)
    return Prepared(arrival, report_key(report.text), fingerprint(report.text))


def arrive(connection: sa.Connection, pen: Pen, coming: Prepared) -> Added:
    """Write an arrival in a transaction (see `Store.add`)."""
    arrival, key, at = coming.arrival, coming.key, now()
    report, n_records = arrival.report, len(arrival.records)
    known = connection.execute(
        sa.select(schema.reports.c.removed_at, schema.reports.c.n_records).where(
            schema.reports.c.key == key
        )
    ).first()
    if known is None:
        row = asdict(report) | {
            "key": key,
            "extractor": arrival.extractor,
            "filename": arrival.filename,
            "n_records": n_records,
            "added_at": at,
            "signature": coming.print_.signature,
        }
        row["name"] = row.pop("id")
        connection.execute(sa.insert(schema.reports), row)
        if n_records:
            rows = record_rows(key, arrival.extractor, arrival.records)
            connection.execute(sa.insert(schema.records), rows)
        copies_among(connection, key, report.text, coming.print_)
    elif known.removed_at is not None:
        set_removed(connection, key, None)
    upload = {"report_key": key, "name": report.id, "filename": arrival.filename, "at": at}
    upload["file_hash"] = arrival.file_hash
    connection.execute(sa.insert(schema.uploads), upload)
    pen.sign(connection, "add", key)
    lead = lead_of(connection, key)
    if known is not None and known.removed_at is None:
        return Added(key, "already_here", known.n_records, lead)
    if known is not None:
        n_records = known.n_records
    return Added(key, "near_copy" if lead else "kept", n_records, lead)


def set_removed(connection: sa.Connection, key: str, at: datetime | None) -> None:
    """Say since when a report is removed, None for one that stands.

    Raises KeyError where there is no report of this key.
    """
    done = connection.execute(
        sa.update(schema.reports).where(schema.reports.c.key == key).values(removed_at=at)
    )
    if done.rowcount == 0:
        raise KeyError(f"no report {key}")
