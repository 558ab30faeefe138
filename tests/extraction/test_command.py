"""The command line: one record a line, and errors that do not stop the rest."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from extraction.__main__ import main
from extraction.record import Record

TEXT = "On Wednesday 421 foreign passport holders left Gaza for Egypt through the Rafah crossing."


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[Any], str]:
    """The exit code, the records printed, and what went to the error stream."""
    code = main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    return code, [json.loads(line) for line in printed.out.splitlines()], printed.err


def test_a_text_file_prints_its_records_with_every_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    code, rows, errors = run(capsys, tmp_path / "a.txt")
    assert (code, errors) == (0, "")
    assert [(row["article"], row["count"]) for row in rows] == [("a.txt", 421)]
    assert list(rows[0]) == list(Record.__dataclass_fields__)


def test_the_given_date_dates_what_states_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    _, rows, _ = run(capsys, tmp_path / "a.txt", "--published", "2023-11-02")
    assert rows[0]["date"] == "2023-11-01"


def test_a_date_in_another_form_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        run(capsys, tmp_path, "--published", "1 May")
    assert caught.value.code == 2
    assert "--published" in capsys.readouterr().err


def test_a_folder_and_a_jsonl_file_print_all_their_reports(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.jsonl").write_text(
        "\n".join(json.dumps({"id": i, "text": TEXT}) for i in ("x", "y"))
    )
    code, rows, _ = run(capsys, folder)
    assert code == 0
    assert [row["article"] for row in rows] == ["a.txt", "x", "y"]
    _, rows, _ = run(capsys, folder / "b.jsonl")
    assert [row["article"] for row in rows] == ["x", "y"]


def test_an_unreadable_file_is_named_while_the_others_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b.txt").write_bytes(b"\xff\xfea")
    (tmp_path / "c.txt").write_text(TEXT)
    for given in ([tmp_path], [tmp_path / name for name in ("a.txt", "b.txt", "c.txt")]):
        code, rows, errors = run(capsys, *given)
        assert code == 1
        assert [row["article"] for row in rows] == ["a.txt", "c.txt"]
        assert errors == "b.txt: it is marked as UTF-16, but is not at byte 2\n"


def test_a_report_without_figures_prints_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("The gate stayed shut.")
    assert run(capsys, tmp_path / "a.txt") == (0, [], "")


def test_the_module_runs_as_a_program(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_text("421 left.")
    command = [sys.executable, "-m", "extraction", str(tmp_path / "a.doc")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("a.doc: files that end in .doc are not read")


def test_a_report_in_another_language_is_said_to_be_unread(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(
        "Environ 400 étrangers ont franchi mercredi le poste frontière de Rafah, ont annoncé les "
        "autorités égyptiennes, qui attendent encore 81 blessés palestiniens dans la soirée."
    )
    code, rows, errors = run(capsys, tmp_path / "a.txt")
    assert (code, rows) == (1, [])
    assert errors == "a.txt: it is in French; only English is read\n"


def test_an_empty_folder_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, errors = run(capsys, tmp_path)
    assert code == 1
    assert errors == f"{tmp_path}: there is no report in this folder\n"
