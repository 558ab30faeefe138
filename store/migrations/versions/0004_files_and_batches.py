"""files as they came in, and batches that go on where they stopped"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "files",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_files")),
    )
    with op.batch_alter_table("uploads") as uploads:
        uploads.add_column(sa.Column("file_hash", sa.String(length=64), nullable=True))
        uploads.create_foreign_key(op.f("fk_uploads_file_hash"), "files", ["file_hash"], ["hash"])
    op.create_table(
        "batches",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("preview", sa.Boolean(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.Column("worker", sa.Text(), nullable=True),
        sa.Column("worker_seen", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
    )
    op.create_table(
        "batch_files",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=True),
        sa.Column("chosen", sa.Text(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_batch_files_batch_id")),
        sa.ForeignKeyConstraint(
            ["file_hash"], ["files.hash"], name=op.f("fk_batch_files_file_hash")
        ),
        sa.PrimaryKeyConstraint("batch_id", "ordinal", name=op.f("pk_batch_files")),
    )
    op.create_table(
        "outcomes",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("report_key", sa.String(length=64), nullable=True),
        sa.Column("copy_of", sa.String(length=64), nullable=True),
        sa.Column("figures", sa.Integer(), nullable=False),
        sa.Column("guess", sa.Date(), nullable=True),
        sa.Column("guess_from", sa.Text(), nullable=True),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id", "ordinal"],
            ["batch_files.batch_id", "batch_files.ordinal"],
            name=op.f("fk_outcomes_batch_id"),
        ),
        sa.ForeignKeyConstraint(
            ["report_key"], ["reports.key"], name=op.f("fk_outcomes_report_key")
        ),
        sa.ForeignKeyConstraint(["copy_of"], ["reports.key"], name=op.f("fk_outcomes_copy_of")),
        sa.PrimaryKeyConstraint("batch_id", "ordinal", "part", name=op.f("pk_outcomes")),
    )


def downgrade() -> None:
    for table in ("outcomes", "batch_files", "batches"):
        op.drop_table(table)
    with op.batch_alter_table("uploads") as uploads:
        uploads.drop_constraint(op.f("fk_uploads_file_hash"), type_="foreignkey")
        uploads.drop_column("file_hash")
    op.drop_table("files")
