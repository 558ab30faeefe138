"""Files made to harm: each is refused with its cause, in time, and the others go on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from extraction import extract
from extraction.files import read_pieces
from extraction.formats.archives import members
from extraction.formats.sandbox import MEGABYTES, SECONDS, Reader
from tests.extraction.formats import made
from tests.extraction.formats.hostile import HOSTILE, SLOW


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as opened:
        yield opened


def refusals(reader: Reader, name: str, content: bytes) -> list[str]:
    out = []
    for member in members(name, content):
        if member.refusal:
            out.append(f"{member.name}: {member.refusal}")
            continue
        for piece in reader.read(member.name, member.content):
            assert piece.report is None, piece.report
            out.append(f"{piece.name}: {piece.refusal}")
    return out


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_named_with_its_cause_within_ten_seconds(
    reader: Reader, name: str
) -> None:
    make, cause = HOSTILE[name]
    content = make()
    start = time.monotonic()
    (told,) = refusals(reader, name, content)
    assert time.monotonic() - start < 10
    assert told.startswith(name)
    assert cause in told


def test_there_are_at_least_twenty_hostile_files_and_the_limits_hold_the_bar() -> None:
    assert len(HOSTILE) >= 20
    assert SECONDS < 10 and MEGABYTES < 500


def test_the_files_around_hostile_ones_are_read(tmp_path: Path) -> None:
    for name in ("bomb.pdf", "cut.docx", "deep.json"):
        (tmp_path / name).write_bytes(HOSTILE[name][0]())
    for name in ("a.html", "cz.html", "z.docx"):
        (tmp_path / name).write_bytes(made.docx() if name == "z.docx" else made.html())
    with Reader() as reader:
        pieces = [p for f in sorted(tmp_path.iterdir()) for p in read_pieces(f, reader=reader)]
    assert [piece.name for piece in pieces if piece.report] == ["a.html", "cz.html", "z.docx"]


def test_a_file_that_takes_too_long_is_stopped_and_the_next_is_read() -> None:
    with Reader(seconds=0.2) as reader:
        (slow,) = reader.read("deep.rtf", HOSTILE["deep.rtf"][0]())
        assert slow.refusal == "reading it took more than 0.2 seconds; stopped"
    with Reader() as reader:
        (one,) = reader.read("a.html", made.html())
        assert one.report is not None


def test_no_child_outlives_its_reader() -> None:
    reader = Reader()
    reader.read("a.html", made.html())
    process = reader._process
    assert process is not None and process.poll() is None
    reader.close()
    assert process.poll() is not None


@pytest.mark.parametrize("name", SLOW)
def test_a_text_made_to_be_slow_is_read_within_ten_seconds(reader: Reader, name: str) -> None:
    extract(reader.read("warm.txt", made.text())[0].report)  # type: ignore[arg-type]
    start = time.monotonic()
    (piece,) = reader.read(name, SLOW[name])
    assert piece.report is not None
    assert len(piece.report.text) == len(SLOW[name])
    extract(piece.report)
    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "C:\\x\\day.txt", "a\u202etxt.exe.txt", "x" * 300 + ".txt"]
)
def test_a_name_is_data_and_never_a_path(reader: Reader, name: str, tmp_path: Path) -> None:
    (piece,) = reader.read(name, made.text())
    assert piece.report is not None
    assert "/" not in piece.report.id and "\\" not in piece.report.id
    assert len(piece.report.id) <= 255
