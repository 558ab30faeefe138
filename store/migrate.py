"""Bring a database to the schema of this code, safely when several processes open it at once."""

from __future__ import annotations

import sqlalchemy as sa

from store import schema
from store.engine import ROOT, StoreError, reading, writing


def migrate(engine: sa.Engine) -> None:
    """Make the tables of a new database, or bring an older one up to date.

    Raises StoreError for a database whose schema is newer than this code.
    """
    with reading(engine) as connection:
        if current(connection) == schema.HEAD:
            return
    with writing(engine) as connection:
        # Another process may have done it while this one waited for its turn to write.
        if current(connection) != schema.HEAD:
            _upgrade(connection)


def current(connection: sa.Connection) -> str | None:
    """The schema revision of a database, None where it holds no store."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: sa.Connection) -> None:
    # Imported here because a store that is up to date, the usual case, needs none of it.
    from alembic import command
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config()
    config.set_main_option("script_location", str(ROOT / "store" / "migrations"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StoreError(f"this store was written by a newer version: {error}") from error
