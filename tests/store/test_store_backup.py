"""A backup is whole, and a damaged store makes none."""

from __future__ import annotations

import re
import shlex
import subprocess
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from store.__main__ import main
from store.ledger import Store
from tests.postgres import Server
from tests.store.claims_made import record, report
from tests.store.test_store_move import rows

ROOT = Path(__file__).parents[2]


def text(n: int) -> str:
    return f"Report {n}: on Wednesday 361 foreigners crossed at Rafah."


def add(store: Store, n: int) -> None:
    store.add(report(text(n)), [record(text(n), "361")], extractor="1")


def test_a_backup_taken_while_others_write_is_whole_and_opens_as_a_store(
    own_ledger: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, done = Store(own_ledger), threading.Event()
    for n in range(5):
        add(store, n)

    def go_on() -> None:
        n = 5
        while not done.is_set():
            add(store, n)
            n += 1

    writer = threading.Thread(target=go_on)
    writer.start()
    kept = tmp_path / "kept.db"
    try:
        assert main(["backup", str(kept)]) == 0
    finally:
        done.set()
        writer.join()
    assert re.fullmatch(rf"{kept}: [\d,]+ bytes, checked\n", capsys.readouterr().out)
    copy = Store(f"sqlite:///{kept}")
    assert 5 <= len(copy.records()) == len(copy.reports()) <= len(store.reports())
    copy.close()
    assert [path.name for path in tmp_path.glob("*kept*")] == ["kept.db"]


def test_a_damaged_store_makes_no_backup(
    own_ledger: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = Store(own_ledger)
    for n in range(60):
        add(store, n)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    path = Path(sa.make_url(own_ledger).database or "")
    content = bytearray(path.read_bytes())
    place = content.index(b"Report 30: on")
    content[place - 2000 : place + 2000] = b"\xa5" * 4000
    path.write_bytes(content)
    assert main(["backup", str(tmp_path / "kept.db")]) == 1
    told = capsys.readouterr().err
    assert "damaged" in told or "malformed" in told
    assert list(tmp_path.glob("*kept*")) == []


def test_a_backup_overwrites_nothing_and_names_what_is_missing(
    own_ledger: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.db"
    kept.write_text("last week's")
    assert main(["backup", str(kept)]) == 1
    assert "is there already" in capsys.readouterr().err and kept.read_text() == "last week's"
    assert main(["backup", str(tmp_path / "new.db")]) == 1
    assert "there is no store" in capsys.readouterr().err
    Store(own_ledger).close()
    assert main(["backup", str(tmp_path / "no" / "folder.db")]) == 1
    assert "folder" in capsys.readouterr().err


def test_a_postgresql_store_is_told_to_pg_dump(
    postgres: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", postgres.url("any"))
    assert main(["backup", "x.db"]) == 1
    assert "pg_dump" in capsys.readouterr().err


def documented(program: str) -> list[str]:
    """The line that docs/running.md gives for a program of PostgreSQL's."""
    lines = (ROOT / "docs" / "running.md").read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if line.strip().startswith(f"{program} ")]
    return shlex.split(line)


def test_the_documented_dump_and_restore_bring_every_row_back(
    postgres: Server, tmp_path: Path
) -> None:
    source, target = postgres.empty_ledger(), postgres.new_database()
    store = Store(source)
    for n in range(3):
        add(store, n)
    store.review.accept(store.records()["record_key"].iloc[0], base=0)
    store.close()
    kept = str(tmp_path / "ledger.dump")
    for program, url in (("pg_dump", source), ("pg_restore", target)):
        told = {"postgresql://ledger@db.example/ledger": url.replace("+psycopg", "")}
        told["ledger.dump"] = kept
        command = [str(postgres.programs / program)]
        for word in documented(program)[1:]:
            name, _, value = word.partition("=")
            command.append(f"{name}={told.get(value, value)}" if value else told.get(word, word))
        assert not {"ledger.dump", "db.example"} & set(" ".join(command).split())
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    assert rows(target) == rows(source)
    restored = Store(target)
    add(restored, 4)
    with pytest.raises(sa.exc.DatabaseError), restored.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM acts"))
