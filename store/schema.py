"""The tables of the store, the same on SQLite and PostgreSQL.

Nothing is overwritten: a report that is removed keeps its rows, a recommendation is a row that a
later row withdraws, a correction is a row that a later one replaces or takes back, and the records
of a second extraction stand beside those of the first under another `extractor`.

Checks repeat in the database what `store.checks` asks of the values, because
SQLite by itself stores any value in any column.
"""

from __future__ import annotations

import sqlalchemy as sa

from extraction.record import DEMOGRAPHICS, GROUPS, QUALIFIERS, SCOPES, STATUSES, UNITS

HEAD = "0007"
"""The revision that this code reads and writes: the newest file in `store/migrations/versions`."""

COUNT_LIMIT = 1_000_000_000
"""No movement of people is larger; what is, was misread."""

metadata = sa.MetaData(
    naming_convention={
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)


def _one_of(column: str, words: tuple[str, ...], *, optional: bool = False) -> sa.CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    rule = f'"{column}" IN ({listed})'
    return sa.CheckConstraint(f"{column} IS NULL OR {rule}" if optional else rule, name=column)


def _number(column: str, *, optional: bool = False) -> sa.CheckConstraint:
    rule = f'"{column}" BETWEEN 0 AND {COUNT_LIMIT}'
    rule = f'"{column}" IS NULL OR {rule}' if optional else rule
    return sa.CheckConstraint(rule, name=column)


def _sqlite_only(rule: str, name: str) -> sa.CheckConstraint:
    """A check that only SQLite needs: PostgreSQL refuses such a value by the column's type."""
    check = sa.CheckConstraint(rule, name=name)
    check.ddl_if(dialect="sqlite")
    return check


reports = sa.Table(
    "reports",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),  # sha256 of the NFC-normalised text
    sa.Column("text", sa.Text, nullable=False),  # as it was read: offsets refer to it
    sa.Column("name", sa.Text, nullable=False),  # Report.id
    sa.Column("filename", sa.Text),
    sa.Column("title", sa.Text),
    sa.Column("published", sa.Date),
    sa.Column("publisher", sa.Text),
    sa.Column("author", sa.Text),
    sa.Column("url", sa.Text),
    sa.Column("language", sa.Text),
    sa.Column("extractor", sa.Text, nullable=False),  # whose records are the current ones
    sa.Column("n_records", sa.Integer, nullable=False),
    sa.Column("signature", sa.LargeBinary, nullable=False),  # MinHash of the text's shingles
    sa.Column("added_at", sa.DateTime, nullable=False, index=True),  # UTC
    sa.Column("removed_at", sa.DateTime),  # UTC; NULL for a report that stands
    _sqlite_only("instr(text, char(0)) = 0", "nul"),
)

uploads = sa.Table(
    "uploads",  # each time a text came in, so that one text under two names is told
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("report_key", sa.ForeignKey("reports.key"), nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("filename", sa.Text),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("file_hash", sa.ForeignKey("files.hash")),  # what it was read out of, where kept
)

files = sa.Table(
    "files",  # what came in, byte for byte: an archive's members each, a table once for its rows
    metadata,
    sa.Column("hash", sa.String(64), primary_key=True),  # sha256 of the bytes
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("added_at", sa.DateTime, nullable=False),
)

batches = sa.Table(
    "batches",  # files brought together, read one after another by whoever holds the batch
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("who", sa.Text, nullable=False),  # JSON: the editor in whose name it is read
    sa.Column("preview", sa.Boolean, nullable=False),  # each report is looked at before it is kept
    sa.Column("cancelled_at", sa.DateTime),  # NULL again once it goes on
    sa.Column("worker", sa.Text),  # who reads it, and when that was last seen
    sa.Column("worker_seen", sa.DateTime),
)

batch_files = sa.Table(
    "batch_files",
    metadata,
    sa.Column("batch_id", sa.ForeignKey("batches.id"), primary_key=True),
    sa.Column("ordinal", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("file_hash", sa.ForeignKey("files.hash")),  # NULL where it could not be unpacked
    sa.Column("chosen", sa.Text, nullable=False),  # JSON: a table's columns as a user picked them
    sa.Column("done", sa.Boolean, nullable=False),
)

outcomes = sa.Table(
    "outcomes",  # what came of each report in each file; written with the report, all or nothing
    metadata,
    sa.Column("batch_id", sa.Integer, primary_key=True),
    sa.Column("ordinal", sa.Integer, primary_key=True),
    sa.Column("part", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("cause", sa.Text),
    sa.Column("report_key", sa.ForeignKey("reports.key")),
    sa.Column("copy_of", sa.ForeignKey("reports.key")),
    sa.Column("figures", sa.Integer, nullable=False),
    sa.Column("guess", sa.Date),
    sa.Column("guess_from", sa.Text),
    sa.Column("columns", sa.Text, nullable=False),  # JSON: those to pick the text from
    sa.ForeignKeyConstraint(
        ["batch_id", "ordinal"], ["batch_files.batch_id", "batch_files.ordinal"]
    ),
)

bands = sa.Table(
    "bands",  # the buckets of locality-sensitive hashing: near copies share one
    metadata,
    sa.Column("band", sa.Integer, primary_key=True),
    sa.Column("hash", sa.String(16), primary_key=True),
    sa.Column("report_key", sa.ForeignKey("reports.key"), primary_key=True),
)

near_copies = sa.Table(
    "near_copies",  # every pair found, first < second, so that the order of arrival leaves no mark
    metadata,
    sa.Column("first", sa.ForeignKey("reports.key"), primary_key=True),
    sa.Column("second", sa.ForeignKey("reports.key"), primary_key=True, index=True),
    sa.Column("shared", sa.Float, nullable=False),  # share of the shorter text found in the longer
    sa.CheckConstraint('"first" < "second"', name="order"),
)

records = sa.Table(
    "records",
    metadata,
    sa.Column("key", sa.String(32), primary_key=True),  # of report, extractor and ordinal
    sa.Column("report_key", sa.ForeignKey("reports.key"), nullable=False),
    sa.Column("extractor", sa.Text, nullable=False),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("article", sa.Text, nullable=False),
    sa.Column("count", sa.BigInteger, nullable=False),
    sa.Column("count_max", sa.BigInteger),
    sa.Column("qualifier", sa.String(20), nullable=False),
    sa.Column("count_text", sa.Text, nullable=False),
    sa.Column("unit", sa.String(20), nullable=False),
    sa.Column("group", sa.String(20), nullable=False),
    sa.Column("demographic", sa.String(20)),
    sa.Column("nationality", sa.Text, nullable=False),  # "AT|IT", "" where none is named
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("scope", sa.String(20), nullable=False),
    sa.Column("subset", sa.Boolean, nullable=False),
    sa.Column("date", sa.Date, index=True),
    sa.Column("date_from", sa.Date),
    sa.Column("crossing", sa.Text),
    sa.Column("origin", sa.String(2)),
    sa.Column("destination", sa.String(2)),
    sa.Column("source", sa.Text),
    sa.Column("sentence", sa.Text, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("confidence", sa.Float),
    sa.Column("inferred", sa.Text, nullable=False),  # field names joined by "|"
    sa.UniqueConstraint("report_key", "extractor", "ordinal"),
    _number("count"),
    _number("count_max", optional=True),
    _sqlite_only("typeof(\"count\") = 'integer'", "count_type"),
    _sqlite_only("typeof(count_max) IN ('integer', 'null')", "count_max_type"),
    _one_of("qualifier", QUALIFIERS),
    _one_of("unit", UNITS),
    _one_of("group", GROUPS),
    _one_of("demographic", DEMOGRAPHICS, optional=True),
    _one_of("status", STATUSES),
    _one_of("scope", SCOPES),
    sa.CheckConstraint('0 <= "start" AND "start" < "end"', name="span"),
)

recommendations = sa.Table(
    "recommendations",  # the newest row of a record decides; an older one is never changed
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("record_key", sa.ForeignKey("records.key"), nullable=False, index=True),
    sa.Column("recommended", sa.Boolean, nullable=False),  # False withdraws
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
)

acts = sa.Table(
    "acts",  # one row a signed write; acts and corrections are never changed (triggers hold it)
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("what", sa.String(20), nullable=False),  # "add", "accept", "correct", "undo", ...
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),  # UTC
    sa.Column("report_key", sa.ForeignKey("reports.key"), index=True),
    sa.Column("undoes", sa.ForeignKey("acts.id")),
)

corrections = sa.Table(
    "corrections",  # what an act says of one field of one record
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("act", sa.ForeignKey("acts.id"), nullable=False, index=True),
    sa.Column("report_key", sa.ForeignKey("reports.key"), nullable=False, index=True),
    # The reading that was reviewed first: all rows about one figure share it, whatever the rules.
    sa.Column("target", sa.ForeignKey("records.key"), nullable=False),
    sa.Column("record_key", sa.ForeignKey("records.key"), nullable=False),  # the one reviewed now
    sa.Column("start", sa.Integer, nullable=False),  # its place in the text
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("field", sa.String(20), nullable=False),  # of the record, or "review", or "undo"
    sa.Column("machine", sa.Text),  # JSON; NULL where the rules read no such figure
    sa.Column("value", sa.Text, nullable=False),  # JSON
)

state = sa.Table(
    "state",  # one row: what store this is, and how often it was written to
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("identity", sa.String(32), nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
)
