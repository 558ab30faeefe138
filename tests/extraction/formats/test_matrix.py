"""One report, however it comes in: the same records, and what each format states of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from extraction import Record, extract
from extraction.formats.archives import members
from extraction.formats.piece import Piece
from extraction.formats.sandbox import Reader
from tests.extraction.formats import made


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as opened:
        yield opened


def read(reader: Reader, name: str, content: bytes) -> list[Piece]:
    return [piece for one in members(name, content) for piece in reader.read(one.name, one.content)]


def told(record: Record) -> dict[str, Any]:
    """A record's fields but for where it stands, and how sure the reading is."""
    row = record.as_json()
    return {
        name: row[name] for name in row if name not in ("article", "start", "end", "confidence")
    }


@pytest.fixture(scope="module")
def plain() -> list[dict[str, Any]]:
    from extraction import Report

    return [told(r) for r in extract(Report("a", made.TEXT, made.TITLE, made.PUBLISHED))]


@pytest.mark.parametrize("name", made.FORMATS)
def test_a_report_gives_the_same_records_in_every_format(
    reader: Reader, plain: list[dict[str, Any]], name: str
) -> None:
    (piece,) = read(reader, name, made.FORMATS[name]())
    assert piece.report is not None, piece.refusal
    assert piece.report.title == made.TITLE
    assert piece.report.language == "en"
    # Formats differ in whether they state the day; what hangs on it is tested below.
    found = extract(replace(piece.report, published=made.PUBLISHED))
    assert [told(record) for record in found] == plain
    assert len(plain) >= 5
    for record in found:
        assert piece.report.text[record.start : record.end] == record.count_text


@pytest.mark.parametrize(
    ("name", "published", "publisher", "author"),
    [
        ("rafah.txt", None, None, None),
        ("rafah.md", made.PUBLISHED, None, None),
        ("rafah.html", made.PUBLISHED, "Border Post", "A Desk"),
        ("rafah.mhtml", made.PUBLISHED, "Border Post", "A Desk"),
        ("rafah.eml", made.PUBLISHED, None, "Border Post"),
        ("rafah.docx", None, None, "A. Desk"),
        ("rafah.odt", None, None, "A. Desk"),
        ("rafah.rtf", None, None, "A. Desk"),
        ("rafah.pdf", None, None, "A. Desk"),
        ("rafah.csv", made.PUBLISHED, "Border Post", None),
        ("rafah.xlsx", made.PUBLISHED, "Border Post", None),
        ("rafah.jsonl", made.PUBLISHED, None, None),
    ],
)
def test_what_a_format_states_is_read_and_nothing_else(
    reader: Reader, name: str, published: date | None, publisher: str | None, author: str | None
) -> None:
    (piece,) = read(reader, name, made.FORMATS[name]())
    report = piece.report
    assert report is not None
    assert (report.published, report.publisher, report.author) == (published, publisher, author)


def test_the_day_a_pdf_was_made_is_a_guess_and_no_date(reader: Reader) -> None:
    (piece,) = read(reader, "rafah.pdf", made.pdf())
    assert piece.report is not None and piece.report.published is None
    assert (piece.guess, piece.guess_from) == (date(2023, 11, 2), "the day the PDF was made")


def test_a_day_in_a_file_name_is_a_guess(reader: Reader) -> None:
    (piece,) = read(reader, "wires/2023-11-03_rafah.txt", made.text())
    assert (piece.guess, piece.guess_from) == (date(2023, 11, 3), "the file's name")


def test_a_page_without_a_date_in_its_markup_gets_none_from_its_text(reader: Reader) -> None:
    source = made.page().replace(f'content="{made.PUBLISHED}T18:00:00Z"', "")
    source = source.replace("on Wednesday", "on October 28, 2023", 1)
    (piece,) = read(reader, "page.html", source.encode())
    assert piece.report is not None and piece.report.published is None


def test_an_archive_gives_its_files_by_name_and_a_bad_one_stops_no_other(reader: Reader) -> None:
    inner = made.archive({"c.txt": made.text()})
    files = {"a.txt": made.text(), "b.pdf": b"%PDF-1.4 no", "more.zip": inner, "__MACOSX/a": b"x"}
    pieces = read(reader, "day.zip", made.archive(files))
    assert [(p.name, p.refusal is None) for p in pieces] == [
        ("day.zip/a.txt", True),
        ("day.zip/b.pdf", False),
        ("day.zip/more.zip/c.txt", True),
    ]


def test_an_attachment_is_a_report_of_its_own(reader: Reader) -> None:
    from email import message_from_bytes, policy
    from email.message import EmailMessage

    message = message_from_bytes(made.mail(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    message.add_attachment(made.docx(), maintype="application", subtype="x", filename="note.docx")
    message.add_attachment(b"\x7fELF", maintype="application", subtype="x", filename="run.bin")
    pieces = read(reader, "day.eml", message.as_bytes())
    assert [p.name for p in pieces] == ["day.eml", "day.eml, note.docx", "day.eml, run.bin"]
    assert [p.report is not None for p in pieces] == [True, True, False]
    assert pieces[2].refusal == "it is a program"


def test_two_columns_of_a_pdf_are_read_one_after_the_other() -> None:
    from extraction.formats.pdf import Line, paragraphs

    left = [Line("Some 400 people left by", 60, 280, 700, 710)]
    left += [Line("the gate.", 60, 110, 686, 696)]
    right = [Line("Another 31 waited at the", 320, 540, 700, 710)]
    right += [Line("border until nightfall.", 320, 520, 686, 696)]
    assert paragraphs(left + right) == [
        "Some 400 people left by the gate.",
        "Another 31 waited at the border until nightfall.",
    ]
