"""The connection to the database: where it lies, how it is opened, how it is written to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DataError,
    IntegrityError,
    ProgrammingError,
)

try:
    import fcntl
except ImportError:  # Windows: SQLite's own busy handler has to do
    fcntl = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent.parent
_BUSY_SECONDS = 30
_REACH_SECONDS = 10
_LOCK_ID = 4_077_301
"""Any number that no other program on the same PostgreSQL database locks."""


class StoreError(RuntimeError):
    """The database cannot be reached, read or written; the message names the cause."""


def database_url(url: str | None = None) -> str:
    """`url`, else the environment's DATABASE_URL, else SQLite in `data/ledger.db`."""
    return url or os.environ.get("DATABASE_URL") or f"sqlite:///{ROOT / 'data' / 'ledger.db'}"


def sqlite_file(url: str) -> Path | None:
    """The file of an SQLite database; None for another database."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    return Path(parsed.database)


def open_engine(url: str) -> sa.Engine:
    """An engine for `url`; for SQLite its folder is made and its pragmas are set.

    Raises ValueError for SQLite in memory, which no second connection could see, and for any
    database but SQLite and PostgreSQL.
    """
    parsed = _parsed(url)
    if parsed.get_backend_name() == "postgresql":
        waits = {} if "connect_timeout" in parsed.query else {"connect_timeout": _REACH_SECONDS}
        return sa.create_engine(parsed, pool_pre_ping=True, connect_args=waits)
    if not parsed.database or parsed.database == ":memory:":
        raise ValueError("a store in memory cannot be shared: name a file")
    try:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"cannot make the folder of {parsed.database}: {error}") from error
    engine = sa.create_engine(parsed, connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _parsed(url: str) -> sa.URL:
    """The URL with PostgreSQL's driver in it, which hosts that hand out URLs leave away."""
    try:
        parsed = sa.make_url(url)
    except ArgumentError as error:
        raise ValueError("DATABASE_URL is no database's address") from error
    if parsed.drivername in ("postgres", "postgresql"):
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise ValueError(f"a store lies in SQLite or PostgreSQL, not in {parsed.drivername}")
    return parsed


def _set_pragmas(connection: Any, _record: Any) -> None:
    # The driver's own BEGIN comes late and only before a write; _begin sends it instead.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={_BUSY_SECONDS * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",  # a commit that was acknowledged survives a power cut
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    # A transaction that reads first and then writes may be refused when another writer came
    # between, and busy_timeout does not cover that: a writer takes the lock at once.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection in one transaction, so that all it reads is of one moment."""
    with _told(engine), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            # By default each statement there sees what was committed when it began.
            connection = connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection in one write transaction: all of it is kept, or nothing.

    Writers take turns, so that each sees what the last one kept: of two processes that bring
    copies of one story at the same moment, the second finds the first's.
    """
    with _told(engine), _queue(engine), engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK_ID)))
            yield connection


@contextmanager
def _queue(engine: sa.Engine) -> Iterator[None]:
    """Writers to one SQLite file wait in the kernel's queue for a lock file.

    SQLite's busy handler sleeps and tries again, which lets an unlucky writer wait for seconds;
    the kernel is fair, and frees the lock of a process that was killed.
    """
    if engine.dialect.name != "sqlite" or fcntl is None:
        yield
        return
    with Path(f"{engine.url.database}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _told(engine: sa.Engine) -> Iterator[None]:
    try:
        yield
    except (DataError, IntegrityError, ProgrammingError):
        raise  # a fault in the values or the code, not in the store
    except DatabaseError as error:
        place = engine.url.render_as_string(hide_password=True)
        raise StoreError(f"the store at {place} failed: {error.orig}") from error
    except PermissionError as error:
        raise StoreError(f"the store at {engine.url.database} is not writable") from error
