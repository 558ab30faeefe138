"""`python -m extraction CATALOGUE --out FOLDER`: with the real reading, from end to end."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from extraction.__main__ import main
from extraction.catalogue import progress
from extraction.catalogue.part import Counts
from extraction.catalogue.progress import Progress
from extraction.catalogue.slices import Slice
from extraction.catalogue.work import Done
from tests.extraction.catalogue.catalogues import kept_in, records_in

TEXT = "On Wednesday {} foreign passport holders left Gaza for Egypt through the Rafah crossing."


def test_a_catalogue_gives_the_records_that_the_plain_command_prints(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n, count in enumerate((421, 32, 77)):
        row = {"id": f"r{n}", "text": TEXT.format(count), "published": "2023-11-02"}
        (folder / f"{n}.json").write_text(json.dumps(row))
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4 no")
    main([str(folder)])
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    out = str(tmp_path / "out")
    arguments = [str(folder), "--out", out, "--workers", "1"]
    assert main(arguments) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "bad.pdf: " in told.err
    assert "4 reports: 3 read, 3 records; 1 failed; 1 parts, 0 of them there before" in told.err
    assert [json.loads(line) for line in records_in(out)] == sorted(
        printed, key=lambda row: json.dumps(row, sort_keys=True)
    )
    assert [kept.status for kept in kept_in(out)] == ["read", "read", "read", "failed"]
    assert main(arguments) == 1
    assert "1 parts, 1 of them there before" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["a", "--engine", "dask"], "--engine needs --out FOLDER"),
        (["a", "b", "--out", "o"], "--out takes one catalogue"),
        (["a", "--out", "o", "--scheduler", "tcp://h:1"], "--scheduler needs --engine dask"),
        (["memory://a", "--out", "o", "--engine", "dask"], "is seen by one process only"),
        (["a", "--out", "o", "--workers", "0"], "--workers"),
    ],
)
def test_arguments_that_do_not_go_together_are_refused(
    capsys: pytest.CaptureFixture[str], arguments: list[str], fault: str
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert fault in capsys.readouterr().err


def test_a_catalogue_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "none"), "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err == f"{tmp_path / 'none'}: there is no such file or folder\n"
    assert not (tmp_path / "out").exists()


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_is_a_bar_on_a_terminal_and_lines_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(progress, "EVERY", 0)
    slices = [Slice("lines", ("a.jsonl",), 50, first=first) for first in (1, 51)]
    failures = (("a.jsonl, line 3", "it died"),)
    told = {}
    for stream in (Terminal(), io.StringIO()):
        shown = Progress(100, stream)
        shown.add(Done(slices[0], Counts(50, 0, 1, 9), ("p",), failures=failures))
        shown.add(Done(slices[1], error="OSError: gone"))
        shown.close()
        assert not shown.whole
        told[stream.isatty()] = stream.getvalue()
    assert "\r" in told[True] and "/100 [" in told[True]
    assert told[False].splitlines()[0] == "a.jsonl, line 3: it died"
    assert told[False].splitlines()[1].startswith("50 of 100, ")
    for text in told.values():
        assert "50 reports: 49 read, 9 records; 1 failed; 1 parts, 0 of them there" in text
        assert "not worked off, run again: a.jsonl from line 51: OSError: gone" in text
