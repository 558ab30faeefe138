"""`python -m store`: reports in, tables out."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from extraction.reports import Report
from store.__main__ import main
from store.ledger import Store
from tests.store.claims_made import record


@pytest.fixture(autouse=True)
def plain_extraction(monkeypatch: pytest.MonkeyPatch) -> None:
    """An extraction that reads 31 where the report says it: the real one has its own tests."""

    def extract(report: Report) -> list:  # type: ignore[type-arg]
        return [record(report.text, "31", count=31, date=report.published)]

    stand_in = ModuleType("extraction")
    stand_in.__dict__.update(extract=extract, VERSION="test")
    monkeypatch.setitem(sys.modules, "extraction", stand_in)


def test_a_folder_is_added_and_exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("On Monday 31 crossed.", encoding="utf-8-sig")
    fields = {"id": "b", "text": "On Friday 31 crossed.", "published": "2023-11-03"}
    (tmp_path / "b.jsonl").write_text(json.dumps(fields) + "\n\n")
    (tmp_path / "c.json").write_text(json.dumps(fields | {"text": "31 left.", "title": "Gone"}))
    (tmp_path / "d.exe").write_bytes(b"\x00")
    assert main(["add", str(tmp_path), "--published", "2023-11-01"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "a.txt: kept, 1 records"
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
    assert told.out == "good.txt: kept, 1 records\n"
    assert len(Store().reports()) == 1


def test_a_report_keeps_what_its_file_states(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"text": "31", "published": "2023-11-03", "publisher": "Desk"}))
    assert main(["add", str(path), "--published", "2020-01-01"]) == 0
    (found,) = Store().reports().to_dict("records")
    assert (found["name"], found["publisher"]) == ("a.json", "Desk")
    assert found["published"].date() == date(2023, 11, 3)
