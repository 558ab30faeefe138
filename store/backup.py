"""A copy of a SQLite store in one file, whole and checked, while others write to it."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import sqlalchemy as sa

from store.engine import StoreError, open_engine, reading
from store.migrate import current


def backup(url: str, path: Path) -> int:
    """Write the store at `url` as one file; gives its size in bytes.

    The store is checked first, for a copy of a damaged one is no backup, and the copy after. What
    was committed when the copying begins is in it. The file appears under its name only when it is
    whole. Raises ValueError for PostgreSQL, whose own tools do this, and where `path` is taken;
    StoreError for a store that is damaged or cannot be read.
    """
    engine = open_engine(url)
    if engine.dialect.name != "sqlite":
        raise ValueError(
            "this store is in PostgreSQL: back it up with pg_dump (see docs/running.md)"
        )
    if not path.parent.is_dir():
        raise ValueError(f"{path.parent} is no folder: make it first")
    if path.exists():
        raise ValueError(f"{path} is there already: name another file")
    if not Path(engine.url.database or "").is_file():
        raise StoreError(f"there is no store at {engine.url.database}")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        check(engine)
        _copy(engine, part)
        _settle(part)
        part.rename(path)
    finally:
        engine.dispose()
        for left in path.parent.iterdir():
            if left.name.startswith(part.name):
                left.unlink()
    return path.stat().st_size


def _copy(engine: sa.Engine, part: Path) -> None:
    with reading(engine) as connection:
        if current(connection) is None:
            raise StoreError(f"there is no store at {engine.url.database}")
    # Past SQLAlchemy: VACUUM INTO reads as of one moment, and does not run inside a transaction.
    source = engine.raw_connection()
    try:
        source.cursor().execute("VACUUM INTO ?", (str(part),))
    except sqlite3.Error as error:
        raise StoreError(f"{part.parent} could not take the backup: {error}") from error
    finally:
        source.close()
    copy = open_engine(f"sqlite:///{part}")
    try:
        check(copy)
    finally:
        copy.dispose()


def check(engine: sa.Engine) -> None:
    """Raise StoreError, naming what is wrong, where a SQLite store is damaged.

    A page of the file that went bad shows nowhere else: even a count of rows passes over it.
    """
    with reading(engine) as connection:
        faults = list(connection.exec_driver_sql("PRAGMA integrity_check(5)").scalars())
        faults = [] if faults == ["ok"] else faults
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        faults += [f"a row of {row[0]} points to none of {row[2]}" for row in lost[:5]]
    if faults:
        raise StoreError(f"the store at {engine.url.database} is damaged: {'; '.join(faults)}")


def _settle(path: Path) -> None:
    """See the file on the disk before it gets its name."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
