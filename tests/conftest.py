"""What all tests share: a ledger of their own, PostgreSQL, a browser to drive, and a free port."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Server, find_programs

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def find_browser() -> str | None:
    """The path of Chromium or Chrome: BROWSER_PATH, else one on PATH, else None.

    A BROWSER_PATH that names no file counts as none, so that a typing error is seen.
    """
    named = os.environ.get("BROWSER_PATH")
    if named:
        return named if Path(named).is_file() else None
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    return MAC_CHROME if Path(MAC_CHROME).is_file() else None


@pytest.fixture(autouse=True)
def own_ledger(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every test has an empty ledger of its own: the URL that DATABASE_URL names while it runs.

    So no test reads or writes the ledger under data/.
    """
    url = f"sqlite:///{tmp_path_factory.mktemp('ledger') / 'ledger.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    return url


@pytest.fixture(scope="session")
def browser_path() -> str:
    """A browser to drive. Without one the test is skipped; with CI=true it fails."""
    if path := find_browser():
        return path
    reason = "no Chromium or Chrome: put one on PATH or name it in BROWSER_PATH"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server. Without its programs the test is skipped; with CI=true it fails."""
    programs = find_programs()
    if programs is None:
        reason = "no PostgreSQL: install requirements-dev.txt, or name its programs' folder, PG_BIN"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    server = Server(programs)
    yield server
    server.close()


@pytest.fixture
def free_port() -> int:
    """A port of this machine that nothing listens on."""
    return port_to_use()


def port_to_use() -> int:
    """A port of this machine that nothing listens on, at each call."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
