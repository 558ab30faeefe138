"""the newest reports are found without reading all of them"""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_reports_added_at"), "reports", ["added_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_reports_added_at"), table_name="reports")
