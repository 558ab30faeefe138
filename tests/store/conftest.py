"""The databases that the tests of the store run on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Fresh = Callable[[], str]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, own_ledger: str, monkeypatch: pytest.MonkeyPatch
) -> str:
    """The URL of an empty ledger, which DATABASE_URL names too: the test runs on each database.

    Asked for where the subject is what a database keeps, and how; what is done with a frame that
    was read runs on SQLite alone.
    """
    if request.param == "sqlite":
        return own_ledger
    url: str = request.getfixturevalue("postgres").empty_ledger()
    monkeypatch.setenv("DATABASE_URL", url)
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Fresh:
    """Gives the URL of another new database, without tables, at each call; on each kind."""
    if request.param == "postgresql":
        new: Fresh = request.getfixturevalue("postgres").new_database
        return new
    urls = (f"sqlite:///{tmp_path / f'{n}.db'}" for n in range(100))
    return lambda: next(urls)
