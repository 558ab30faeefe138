"""A store goes from one database to another whole, or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from store import keeping, move, schema
from store.__main__ import main
from store.access import local_user
from store.batches import Batches
from store.engine import StoreError, open_engine, reading, writing
from store.ledger import Store
from tests.postgres import Server
from tests.store.claims_made import record, report

TEXT = "On Wednesday 361 foreigners crossed at Rafah, 31 of them Austrians, \u2066٣٦١\u2069 in all."
WIRE = " ".join(f"word{n}" for n in range(60)) + " 361 crossed, 31 of them Austrians."


def filled(url: str) -> Store:
    """A store with something in every table."""
    store = Store(url).signed_by(local_user("Ana"))
    told = [record(TEXT, "361", confidence=0.1 + 0.2), record(TEXT, "31", count=31, date=None)]
    store.add(report(TEXT), told, extractor="1", filename="a.txt")
    for text in (WIRE, f"{WIRE} And a line more."):
        store.add(report(text), [record(text, "361")], extractor="1")
    key, other = store.records()["record_key"].iloc[:2]
    store.review.accept(key, base=0)
    store.review.undo(store.review.correct(other, {"group": "patient"}, "it says so", base=0))
    store.recommend(key, "the ministry's own")
    files = [("b.txt", b"On Friday 12 crossed."), ("c.bin", bytes(range(256)) * 9)]
    batch = Batches(store).new(files, preview=True)
    keeping.work_off(store, batch)
    store.remove(store.reports()["key"].iloc[0])
    return store


def rows(url: str) -> dict[str, list[dict[str, Any]]]:
    """Every row of a store, by table."""
    engine = open_engine(url)
    with reading(engine) as connection:
        found = {
            table.name: [
                dict(row)
                for row in connection.execute(
                    sa.select(table).order_by(*table.primary_key)
                ).mappings()
            ]
            for table in schema.metadata.sorted_tables
        }
    engine.dispose()
    return found


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "read_figures", lambda r: [record(r.text, "12", count=12)])
    monkeypatch.setattr(keeping, "extractor", lambda: "test")


@pytest.mark.usefixtures("plain")
def test_a_store_goes_to_postgresql_and_back_row_by_row(
    postgres: Server, tmp_path: Path, own_ledger: str, capsys: pytest.CaptureFixture[str]
) -> None:
    there, back = postgres.new_database(), f"sqlite:///{tmp_path / 'back.db'}"
    filled(own_ledger)
    before = rows(own_ledger)
    assert all(before.values()), [name for name, found in before.items() if not found]
    assert main(["move", "--to", there]) == 0
    told = capsys.readouterr().out.splitlines()
    n = sum(map(len, before.values()))
    assert told[-1] == f"done: {n} rows are equal on both sides"
    assert len(told) == len(before) + 1
    assert main(["move", "--from", there, "--to", back]) == 0
    assert rows(own_ledger) == rows(there) == rows(back) == before
    # What is written next is numbered after what came along, and is read alike.
    for url in (there, back):
        store = Store(url).signed_by(local_user("Ben"))
        assert store.version() == Store(own_ledger).version()
        store.add(report("Another 12 crossed."), [], extractor="1")
        first = store.records().iloc[0]
        store.review.reject(first["record_key"], base=int(first["review_version"]))
        assert Batches(store).new([("d.txt", b"x")]) == len(before["batches"]) + 1
        after = rows(url)
        assert after["acts"][-1]["id"] == len(before["acts"]) + 2
        assert after["uploads"][-1]["id"] == len(before["uploads"]) + 1


def test_a_target_that_holds_anything_is_refused_and_left_as_it_is(
    fresh: Any, own_ledger: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for url in (own_ledger, target := fresh()):
        Store(url).add(report(f"Report for {url}."), [], extractor="1")
    before = rows(target)
    assert main(["move", "--to", target]) == 1
    assert "not empty: there are" in capsys.readouterr().err
    assert rows(target) == before


def test_a_copy_that_differs_is_not_kept(
    fresh: Any, own_ledger: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store(own_ledger).add(report(TEXT), [record(TEXT, "361")], extractor="1")
    target = fresh()
    Store(target)
    before = rows(target)
    chunks, names = move._chunks, iter(["bent"])

    def bent(connection: sa.Connection, table: sa.Table) -> Any:
        for found in chunks(connection, table):
            name = next(names, None) if table is schema.reports else None
            yield [dict(row) | {"name": name} for row in found] if name else found

    monkeypatch.setattr(move, "_chunks", bent)
    with pytest.raises(StoreError, match="not equal"):
        move.move(own_ledger, target)
    assert rows(target) == before


def test_what_is_no_store_is_not_moved(
    tmp_path: Path, own_ledger: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Store(own_ledger).close()
    target = f"sqlite:///{tmp_path / 'target.db'}"
    assert main(["move", "--from", f"sqlite:///{tmp_path / 'none.db'}", "--to", target]) == 1
    assert "there is no store at" in capsys.readouterr().err
    assert not (tmp_path / "target.db").exists()
    assert main(["move", "--to", own_ledger]) == 1
    assert "the same store" in capsys.readouterr().err


def test_what_comes_in_during_the_move_stays_behind_and_does_no_harm(
    postgres: Server, own_ledger: str
) -> None:
    source = Store(own_ledger)
    source.add(report(TEXT), [record(TEXT, "361")], extractor="1")
    late = iter([report("Too late, 20 crossed.")])

    def told(table: str, rows: int) -> None:
        if one := next(late, None):
            source.add(one, [], extractor="1")

    counts = move.move(own_ledger, postgres.empty_ledger(), told)
    assert counts["reports"] == 1 and len(source.reports()) == 2


def test_the_hash_of_a_table_tells_any_change_and_no_order(own_ledger: str) -> None:
    store = Store(own_ledger)
    store.add(report(TEXT), [record(TEXT, "361"), record(TEXT, "31")], extractor="1")
    with reading(store.engine) as connection:
        before = move.digest(connection, schema.records)
    with writing(store.engine) as connection:
        connection.execute(sa.update(schema.records).values(inferred="date"))
        after = move.digest(connection, schema.records)
    assert before[0] == after[0] == 2 and before[1] != after[1]
