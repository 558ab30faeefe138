"""near copies are found from either report of a pair, however many pairs there are"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_near_copies_second"), "near_copies", ["second"])


def downgrade() -> None:
    op.drop_index(op.f("ix_near_copies_second"), table_name="near_copies")
