"""`python -m store`: reports in, tables out."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from extraction.reports import Report
from store import keeping, schema
from store.__main__ import main
from store.engine import reading
from store.folders import watched
from store.ledger import Store
from tests.store.claims_made import record


@pytest.fixture(autouse=True)
def plain_extraction(monkeypatch: pytest.MonkeyPatch) -> None:
    """An extraction that reads 31 where the report says it: the real one has its own tests."""

    def read(report: Report) -> list:  # type: ignore[type-arg]
        return [record(report.text, "31", count=31, date=report.published)]

    monkeypatch.setattr(keeping, "read_figures", read)
    monkeypatch.setattr(keeping, "extractor", lambda: "test")


def test_a_folder_is_added_and_exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("On Monday 31 crossed.", encoding="utf-8-sig")
    fields = {"id": "b", "text": "On Friday 31 crossed.", "published": "2023-11-03"}
    (tmp_path / "b.jsonl").write_text(json.dumps(fields) + "\n\n")
    (tmp_path / "c.json").write_text(json.dumps(fields | {"text": "31 left.", "title": "Gone"}))
    (tmp_path / "d.exe").write_bytes(b"\x00")
    assert main(["add", str(tmp_path), "--published", "2023-11-01"]) == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[0] == "a.txt: kept, 1 record"
    assert told.err == "3 files: 3 kept; 3 new records\n"
    frame = Store().records()
    assert sorted(frame["date"].dt.strftime("%m-%d")) == ["11-01", "11-03", "11-03"]
    out = tmp_path / "all.csv"
    assert main(["export", "--format", "csv", "--out", str(out)]) == 0
    assert out.read_bytes().count(b"\r\n") == 4


def test_a_bad_file_is_named_and_the_others_are_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, good = tmp_path / "bad.json", tmp_path / "good.txt"
    bad.write_text('{"title": "no text"}')
    good.write_text("On Monday 31 crossed.")
    strange = tmp_path / "x.pkl"
    strange.write_bytes(b"x")
    assert main(["add", str(bad), str(strange), str(tmp_path / "none.txt"), str(good)]) == 1
    told = capsys.readouterr()
    assert "bad.json: needs an object with a 'text'" in told.err
    assert "x.pkl: files that end in .pkl" in told.err and "none.txt" in told.err
    assert told.out == "good.txt: kept, 1 record\n"
    assert told.err.endswith("4 files: 1 kept, 3 not kept; 1 new record\n")
    assert len(Store().reports()) == 1


def test_a_report_keeps_what_its_file_states(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"text": "31", "published": "2023-11-03", "publisher": "Desk"}))
    assert main(["add", str(path), "--published", "2020-01-01"]) == 0
    (found,) = Store().reports().to_dict("records")
    assert (found["name"], found["publisher"]) == ("a.json", "Desk")
    assert found["published"].date() == date(2023, 11, 3)


def test_what_is_there_already_is_told_and_the_bytes_of_a_file_are_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"On Monday 31 crossed.\r\n")
    assert main(["add", str(path), str(path)]) == 0
    told = capsys.readouterr()
    assert "a.txt: already here, 1 record" in told.out
    assert told.err == "2 files: 1 kept, 1 already here; 1 new record\n"
    store = Store()
    with reading(store.engine) as connection:
        kept = connection.execute(sa.select(schema.files.c.content)).scalars().all()
        hashes = connection.execute(sa.select(schema.uploads.c.file_hash)).scalars().all()
    assert kept == [b"On Monday 31 crossed.\r\n"]
    assert len(hashes) == 2 and len(set(hashes)) == 1 and None not in hashes


def test_a_watched_folder_gives_each_file_once_and_none_that_still_grows(tmp_path: Path) -> None:
    looks: list[list[str]] = []

    def between():  # type: ignore[no-untyped-def]
        yield
        (tmp_path / "a.txt").write_text("On Monday")
        yield
        (tmp_path / "a.txt").write_text("On Monday 31 crossed.")
        yield
        yield
        (tmp_path / "b.txt").write_text("On Friday 31 crossed.")
        yield
        yield
        yield

    for files in watched(tmp_path, every=0, looks=between()):
        looks.append([path.name for path in files])
    assert looks == [["a.txt"], ["b.txt"]]


def test_a_watched_folder_that_is_not_there_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["add", "--watch", str(tmp_path / "none")]) == 1
    assert "there is no such folder" in capsys.readouterr().err


def test_no_path_is_a_wrong_argument(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["add"])
    assert caught.value.code == 2
