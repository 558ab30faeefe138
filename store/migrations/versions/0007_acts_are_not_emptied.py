"""acts and corrections are not emptied either"""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_KEPT = ("acts", "corrections")


def upgrade() -> None:
    # TRUNCATE deletes no single row, so the triggers of 0003 do not see it. SQLite has no TRUNCATE.
    if op.get_bind().dialect.name == "postgresql":
        for table in _KEPT:
            op.execute(
                f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION only_added_to()"
            )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in _KEPT:
            op.execute(f"DROP TRIGGER {table}_not_emptied ON {table}")
