"""Reports read from files, and errors that name the file and the cause."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from extraction.reports import Report, UnreadableReport, read_reports, report_files

DAY = date(2023, 11, 1)


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def error(path: Path) -> str:
    with pytest.raises(UnreadableReport) as caught:
        list(read_reports(path))
    return str(caught.value)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "A.TXT"])
def test_a_text_file_is_one_report_under_its_name(tmp_path: Path, name: str) -> None:
    path = write(tmp_path / name, "Some 421 left “Gaza”.")
    assert list(read_reports(path)) == [Report(name, "Some 421 left “Gaza”.")]


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", b"\xef\xbb\xbf421 left.")
    assert next(read_reports(path)).text == "421 left."


def test_a_json_file_is_one_report_with_what_it_states(tmp_path: Path) -> None:
    row = {"id": "x1", "text": "421 left.", "title": "Out", "published": "2023-11-02", "url": "u"}
    path = write(tmp_path / "a.json", json.dumps(row))
    assert list(read_reports(path, DAY)) == [
        Report("x1", "421 left.", title="Out", published=date(2023, 11, 2), url="u")
    ]


def test_a_jsonl_file_has_a_report_a_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"id": 7, "text": "One."}\n\n{"text": "Two."}\n')
    assert [(r.id, r.text) for r in read_reports(path)] == [
        ("7", "One."),
        ("a.jsonl, line 3", "Two."),
    ]


def test_a_line_separator_inside_a_json_text_does_not_end_the_line(tmp_path: Path) -> None:
    row = json.dumps({"text": "One.\u2028Two."}, ensure_ascii=False)
    (report,) = read_reports(write(tmp_path / "a.jsonl", row))
    assert report.text == "One.\u2028Two."


def test_a_given_date_is_that_of_what_states_none(tmp_path: Path) -> None:
    text = write(tmp_path / "a.txt", "421 left.")
    lines = write(tmp_path / "b.jsonl", '{"text": "1"}\n{"text": "2", "published": "2023-11-09"}')
    assert [r.published for r in read_reports(text, DAY)] == [DAY]
    assert [r.published for r in read_reports(lines, DAY)] == [DAY, date(2023, 11, 9)]
    assert [r.published for r in read_reports(text)] == [None]


def test_a_folder_gives_the_reports_of_its_files_by_name(tmp_path: Path) -> None:
    write(tmp_path / "b.txt", "Two.")
    write(tmp_path / "a.jsonl", '{"id": "1", "text": "One."}')
    write(tmp_path / "c.pdf", "not asked for")
    assert [r.text for r in read_reports(tmp_path)] == ["One.", "Two."]
    assert [path.name for path in report_files(tmp_path)] == ["a.jsonl", "b.txt"]
    assert report_files(tmp_path / "b.txt") == [tmp_path / "b.txt"]


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("a.txt", b"421 left \xff Gaza", "a.txt: not UTF-8 at byte 9; save it as UTF-8 text"),
        ("a.doc", b"421 left", "a.doc: reports are read from .txt, .md, .json and .jsonl files"),
        ("a.json", b"{", "a.json: not JSON"),
        ("a.json", b"[]", "a.json: needs an object with a 'text'"),
        ("a.json", b'{"text": 4}', "a.json: needs an object with a 'text'"),
        ("a.jsonl", b'{"text": "1"}\nnonsense', "a.jsonl, line 2: not JSON"),
        (
            "a.json",
            b'{"text": "1", "published": "1 May"}',
            "a.json: 'published' is '1 May', not YYYY-MM-DD",
        ),
        ("a.json", b'{"text": "1", "published": 3}', "a.json: 'published' is 3, not YYYY-MM-DD"),
    ],
)
def test_an_unreadable_file_is_named_with_the_cause(
    tmp_path: Path, name: str, content: bytes, cause: str
) -> None:
    assert error(write(tmp_path / name, content)).startswith(cause)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gone.txt"
    assert error(path) == f"{path}: there is no such file"
