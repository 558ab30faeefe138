"""A whole store from one database to another: from SQLite to PostgreSQL, and back.

All is copied in one transaction of the target, then read back from both and compared; so the
target holds everything or nothing. Who uses the source meanwhile is not in the way, but what comes
in after the copy has begun stays behind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from store import schema
from store.engine import StoreError, open_engine, reading, writing
from store.migrate import migrate

_AT_ONCE = 1_000
_BULKY_AT_ONCE = 4
"""Rows that hold whole files come in fours: they may have twenty megabytes each."""

Told = Callable[[str, int], None]


def move(source: str, target: str, told: Told | None = None) -> dict[str, int]:
    """Copy the store at the URL `source` into the new or empty one at `target`.

    Gives the number of rows by table, and tells `told` each table when it is copied and compared.
    Raises ValueError where the target holds anything already or is the source, StoreError where
    the source holds no store, either cannot be opened, or the copy is not equal to its source.
    """
    one, other = open_engine(source), open_engine(target)
    try:
        if one.url == other.url:
            raise ValueError("source and target are the same store")
        _check_source(one)
        migrate(other)
        with reading(one) as out, writing(other) as into:
            _check_empty(into)
            counts = {}
            for table in schema.metadata.sorted_tables:
                counts[table.name] = _copy(out, into, table)
                if told is not None:
                    told(table.name, counts[table.name])
            _go_on_counting(into)
        return counts
    finally:
        one.dispose()
        other.dispose()


def _check_source(engine: sa.Engine) -> None:
    """Open the source as its own code would, which brings an older one up to date."""
    place = engine.url.render_as_string(hide_password=True)
    if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").is_file():
        raise StoreError(f"there is no store at {place}")  # and reading would make an empty one
    with reading(engine) as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            raise StoreError(f"there is no store at {place}")
    migrate(engine)


def _check_empty(connection: sa.Connection) -> None:
    """What a new store holds is its state alone."""
    for table in schema.metadata.sorted_tables:
        if table is not schema.state and connection.execute(sa.select(table).limit(1)).first():
            raise ValueError(
                f"the target is not empty: there are {table.name} in it. "
                "Name a new database; nothing was changed"
            )
    connection.execute(sa.delete(schema.state))


def _copy(out: sa.Connection, into: sa.Connection, table: sa.Table) -> int:
    """Copy one table, then compare what is in both; gives the number of rows."""
    for rows in _chunks(out, table):
        into.execute(sa.insert(table), [dict(row) for row in rows])
    before, after = digest(out, table), digest(into, table)
    if before != after:
        raise StoreError(
            f"{table.name}: {before[0]:,} rows were read and {after[0]:,} written, and they are "
            "not equal; nothing was kept in the target"
        )
    return before[0]


def digest(connection: sa.Connection, table: sa.Table) -> tuple[int, str]:
    """The number of a table's rows, and a hash of them all, whatever their order.

    Two databases sort texts differently, so the rows' own hashes are added up.
    """
    n, total = 0, 0
    for rows in _chunks(connection, table):
        n += len(rows)
        for row in rows:
            told = repr([_told(value) for value in row.values()]).encode("utf-8")
            total += int.from_bytes(hashlib.sha256(told).digest())
    return n, f"{total % 2**256:064x}"


def _told(value: Any) -> Any:
    """A value as it is hashed: of whole files their hash, not four letters for each byte."""
    return hashlib.sha256(value).digest() if isinstance(value, bytes) else value


def _chunks(connection: sa.Connection, table: sa.Table) -> Iterator[list[sa.RowMapping]]:
    """A table's rows in the order of its key, so that what points back finds what it points to."""
    bulky = "content" in table.c
    query = sa.select(table).order_by(*table.primary_key)
    options: dict[str, Any] = {"yield_per": _BULKY_AT_ONCE if bulky else _AT_ONCE}
    result = connection.execute(query, execution_options=options)
    for rows in result.mappings().partitions():
        yield list(rows)


def _go_on_counting(connection: sa.Connection) -> None:
    """Let new rows be numbered after those that came with their numbers.

    SQLite does so by itself; PostgreSQL counts apart from the rows.
    """
    if connection.dialect.name != "postgresql":
        return
    for table in schema.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        last = connection.execute(sa.select(sa.func.max(column))).scalar()
        name = connection.execute(
            sa.select(sa.func.pg_get_serial_sequence(f'"{table.name}"', column.name))
        ).scalar()
        if last is not None and name is not None:
            connection.execute(sa.select(sa.func.setval(name, last)))
