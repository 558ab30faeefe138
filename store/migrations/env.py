"""Alembic's entry: run the migrations on the connection that is given, else on DATABASE_URL."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context

from store.engine import database_url, open_engine, writing
from store.schema import metadata


def _run(connection: sa.Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    with writing(open_engine(database_url())) as connection:
        _run(connection)
