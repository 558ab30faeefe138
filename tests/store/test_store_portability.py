"""What SQLite and PostgreSQL do differently by themselves, the store does alike on both."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from store import schema
from store.engine import StoreError, open_engine, reading, writing
from store.ledger import Store
from tests.postgres import Server
from tests.store.claims_made import record, report

TEXT = "On Wednesday 361 foreigners crossed at Rafah, 31 of them Austrians."
MOST = 1_000_000_000


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    opened = Store(database)
    yield opened
    opened.close()


def test_what_came_in_twice_is_told_both_times(store: Store) -> None:
    # By the count of rows that "on conflict do nothing" wrote, PostgreSQL's driver tells -1.
    told = [store.add(report(TEXT), [record(TEXT, "361")], extractor="1").status for _ in "ab"]
    assert told == ["kept", "already_here"]
    key = store.reports()["key"].iloc[0]
    store.remove(key)
    for unknown in (store.remove, store.restore):
        with pytest.raises(KeyError):
            unknown("no such report")
    assert store.add(report(TEXT), [], extractor="1").status == "kept"


@pytest.mark.parametrize("text", ["361 crossed\0.", "361 crossed \ud800."])
def test_text_that_only_one_database_takes_is_refused_by_both(store: Store, text: str) -> None:
    with pytest.raises(ValueError, match="text"):
        store.add(report(text), [], extractor="1")
    assert store.reports().empty


@pytest.mark.parametrize("count", [3.7, float("nan"), "12 or so", True, -1, 2**31, MOST + 1])
def test_a_count_that_only_one_database_takes_is_refused_by_both(store: Store, count: Any) -> None:
    with pytest.raises(ValueError, match="count"):
        store.add(report(TEXT), [record(TEXT, "361", count=count)], extractor="1")
    assert store.reports().empty


def test_the_largest_count_and_its_double_are_kept_exactly(store: Store) -> None:
    told = [record(TEXT, "361", count=MOST), record(TEXT, "31", count=MOST, confidence=0.1 + 0.2)]
    store.add(report(TEXT), told, extractor="1")
    frame = store.records()
    assert (list(frame["count"]), frame["count"].sum()) == ([MOST, MOST], 2 * MOST)
    assert frame["confidence"].iloc[1] == 0.1 + 0.2


def test_a_moment_is_utc_wherever_server_and_client_think_they_are(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGTZ", "Asia/Tokyo")
    store = Store(database)
    key = store.add(report(TEXT), [], extractor="1").key
    added = store.text(key).added_at
    assert added.tzinfo is UTC
    assert abs((datetime.now(UTC) - added).total_seconds()) < 60


def test_what_is_read_in_one_go_is_of_one_moment(store: Store) -> None:
    count = sa.select(sa.func.count()).select_from(schema.reports)
    with reading(store.engine) as connection:
        before = connection.execute(count).scalar_one()
        store.add(report(TEXT), [], extractor="1")
        assert connection.execute(count).scalar_one() == before == 0
    assert len(store.reports()) == 1


def test_nothing_is_written_by_what_only_reads(store: Store) -> None:
    # SQLite has no such transactions; there the code alone holds it.
    if store.engine.dialect.name == "postgresql":
        with pytest.raises(StoreError), reading(store.engine) as connection:
            connection.execute(sa.delete(schema.uploads))


def test_of_two_who_read_and_then_write_neither_is_refused_and_none_is_lost(store: Store) -> None:
    version = schema.state.c.version
    start = int(store.version().split("-")[1])
    faults: list[Exception] = []

    def add_to_version() -> None:
        try:
            for _ in range(10):
                with writing(store.engine) as connection:
                    seen = connection.execute(sa.select(version)).scalar_one()
                    connection.execute(sa.update(schema.state).values(version=seen + 1))
        except Exception as error:  # noqa: BLE001 - told to the test, which fails by it
            faults.append(error)

    threads = [threading.Thread(target=add_to_version) for _ in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert store.version().endswith(f"-{start + 20}")


def test_acts_and_corrections_are_only_ever_added_to(store: Store) -> None:
    store.add(report(TEXT), [record(TEXT, "361")], extractor="1")
    store.review.accept(store.records()["record_key"].iloc[0], base=0)
    for table in ("acts", "corrections"):
        for change in (f"UPDATE {table} SET id = id + 100", f"DELETE FROM {table}"):
            with (
                pytest.raises(DatabaseError, match=f"{table} are only ever added to"),
                store.engine.begin() as connection,
            ):
                connection.execute(sa.text(change))
    assert store.records()["review"].iloc[0] == "accepted"


def test_a_lost_connection_is_told_and_the_next_one_works(postgres: Server) -> None:
    store = Store(postgres.empty_ledger())
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    with pytest.raises(StoreError, match="failed"), reading(store.engine) as connection:
        postgres.query(f"{others} AND datname LIKE 'ledger%'")
        connection.execute(sa.select(schema.state))
    assert store.reports().empty
    store.add(report(TEXT), [], extractor="1")
    postgres.query(f"{others} AND datname LIKE 'ledger%'")
    assert len(store.reports()) == 1  # the pool asks a connection before it is used
    store.close()


def test_a_server_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"ledger:\*\*\*@") as told:
        Store(f"postgres://ledger:secret@/ledger?host={tmp_path}")
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_an_address_as_hosts_hand_it_out_is_understood(scheme: str) -> None:
    engine = open_engine(f"{scheme}://ana:x@db.example/ledger?sslmode=require")
    assert (engine.dialect.name, engine.dialect.driver) == ("postgresql", "psycopg")


@pytest.mark.parametrize("url", ["mysql://a/b", "ledger.db", ""])
def test_an_address_of_no_store_is_refused(url: str) -> None:
    with pytest.raises((ValueError, sa.exc.NoSuchModuleError)):
        open_engine(url)
