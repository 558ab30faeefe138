"""the first tables"""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _sqlite_only(rule: str, name: str) -> list[sa.CheckConstraint]:
    return (
        [sa.CheckConstraint(rule, name=op.f(name))]
        if op.get_bind().dialect.name == "sqlite"
        else []
    )


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("n_records", sa.Integer(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_reports")),
        *_sqlite_only("instr(text, char(0)) = 0", "ck_reports_nul"),
    )
    op.create_table(
        "state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(length=32), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state")),
    )
    op.execute(
        sa.text("INSERT INTO state (id, identity, version) VALUES (1, :identity, 0)").bindparams(
            identity=uuid.uuid4().hex
        )
    )
    op.create_table(
        "bands",
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=16), nullable=False),
        sa.Column("report_key", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["report_key"], ["reports.key"], name=op.f("fk_bands_report_key")),
        sa.PrimaryKeyConstraint("band", "hash", "report_key", name=op.f("pk_bands")),
    )
    op.create_table(
        "near_copies",
        sa.Column("first", sa.String(length=64), nullable=False),
        sa.Column("second", sa.String(length=64), nullable=False),
        sa.Column("shared", sa.Float(), nullable=False),
        sa.CheckConstraint('"first" < "second"', name=op.f("ck_near_copies_order")),
        sa.ForeignKeyConstraint(["first"], ["reports.key"], name=op.f("fk_near_copies_first")),
        sa.ForeignKeyConstraint(["second"], ["reports.key"], name=op.f("fk_near_copies_second")),
        sa.PrimaryKeyConstraint("first", "second", name=op.f("pk_near_copies")),
    )
    op.create_table(
        "records",
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("report_key", sa.String(length=64), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("article", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("count_max", sa.BigInteger(), nullable=True),
        sa.Column("qualifier", sa.String(length=20), nullable=False),
        sa.Column("count_text", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("group", sa.String(length=20), nullable=False),
        sa.Column("demographic", sa.String(length=20), nullable=True),
        sa.Column("nationality", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("subset", sa.Boolean(), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("date_from", sa.Date(), nullable=True),
        sa.Column("crossing", sa.Text(), nullable=True),
        sa.Column("origin", sa.String(length=2), nullable=True),
        sa.Column("destination", sa.String(length=2), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("inferred", sa.Text(), nullable=False),
        sa.CheckConstraint('"count" BETWEEN 0 AND 1000000000', name=op.f("ck_records_count")),
        sa.CheckConstraint(
            '"count_max" IS NULL OR "count_max" BETWEEN 0 AND 1000000000',
            name=op.f("ck_records_count_max"),
        ),
        sa.CheckConstraint(
            "\"group\" IN ('foreign_national', 'resident', 'returnee', 'patient', 'companion', "
            "'staff', 'mixed', 'unspecified', 'other')",
            name=op.f("ck_records_group"),
        ),
        sa.CheckConstraint(
            "qualifier IN ('exact', 'about', 'at_least', 'at_most')",
            name=op.f("ck_records_qualifier"),
        ),
        sa.CheckConstraint("scope IN ('event', 'cumulative')", name=op.f("ck_records_scope")),
        sa.CheckConstraint(
            "status IN ('crossed', 'expected', 'waiting', 'refused')",
            name=op.f("ck_records_status"),
        ),
        sa.CheckConstraint("unit IN ('people', 'families')", name=op.f("ck_records_unit")),
        *_sqlite_only("typeof(\"count\") = 'integer'", "ck_records_count_type"),
        *_sqlite_only("typeof(count_max) IN ('integer', 'null')", "ck_records_count_max_type"),
        sa.CheckConstraint('0 <= "start" AND "start" < "end"', name=op.f("ck_records_span")),
        sa.CheckConstraint(
            "demographic IS NULL OR "
            "demographic IN ('children', 'women', 'women_and_children', 'elderly', 'men')",
            name=op.f("ck_records_demographic"),
        ),
        sa.ForeignKeyConstraint(
            ["report_key"], ["reports.key"], name=op.f("fk_records_report_key")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_records")),
        sa.UniqueConstraint(
            "report_key", "extractor", "ordinal", name=op.f("uq_records_report_key")
        ),
    )
    op.create_index(op.f("ix_records_date"), "records", ["date"])
    op.create_table(
        "uploads",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("report_key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report_key"], ["reports.key"], name=op.f("fk_uploads_report_key")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
    )
    op.create_index(op.f("ix_uploads_report_key"), "uploads", ["report_key"])
    op.create_table(
        "recommendations",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("record_key", sa.String(length=32), nullable=False),
        sa.Column("recommended", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_key"], ["records.key"], name=op.f("fk_recommendations_record_key")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendations")),
    )
    op.create_index(op.f("ix_recommendations_record_key"), "recommendations", ["record_key"])


def downgrade() -> None:
    for table in ("recommendations", "records", "near_copies", "bands", "uploads", "state"):
        op.drop_table(table)
    op.drop_table("reports")
