"""Reports read from files, and errors that name the file and the cause."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from extraction.files import read_pieces, read_reports, report_files
from extraction.reports import Report, UnreadableReport

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


def test_a_line_alone_at_the_top_of_a_text_is_its_title(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "Hundreds leave Gaza\n\nSome 421 left.\n\nThe gate shut.")
    assert [report.title for report in read_reports(path)] == ["Hundreds leave Gaza"]


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
    write(tmp_path / "c.exe", "not asked for")
    (tmp_path / "d").mkdir()
    write(tmp_path / "d" / "e.txt", "Three.")
    assert [r.text for r in read_reports(tmp_path)] == ["One.", "Two.", "Three."]
    assert [path.name for path in report_files(tmp_path)] == ["a.jsonl", "b.txt", "e.txt"]
    assert report_files(tmp_path / "b.txt") == [tmp_path / "b.txt"]


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("a.doc", b"421 left", "a.doc: files that end in .doc are not read; what is read: .txt"),
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


def test_a_damaged_line_stops_no_other_line(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"text": "One."}\nnonsense\n{"text": "Three."}\n')
    pieces = list(read_pieces(path))
    assert [piece.report.text if piece.report else None for piece in pieces] == [
        "One.",
        None,
        "Three.",
    ]
    assert pieces[1].name == "a.jsonl, line 2"
