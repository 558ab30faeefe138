"""Reports from paths: a file, a folder, an archive; each piece or why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from extraction.formats.archives import members, too_large
from extraction.formats.kinds import SUFFIXES
from extraction.formats.piece import MOST_BYTES, Piece
from extraction.formats.reader import dated, in_language, pieces_of
from extraction.formats.sandbox import Reader
from extraction.reports import Report, UnreadableReport

LINES = (".jsonl", ".ndjson")
"""Files read line by line, however large."""


def report_files(path: Path) -> list[Path]:
    """The files in a folder and its folders that may hold reports, by name; else just the path."""
    if not path.is_dir():
        return [path]
    return sorted(
        inner
        for inner in path.rglob("*")
        if inner.suffix.lower() in SUFFIXES and inner.is_file() and not inner.name.startswith(".")
    )


def read_pieces(
    path: Path,
    published: date | None = None,
    chosen: Mapping[str, str] | None = None,
    reader: Reader | None = None,
) -> Iterator[Piece]:
    """The reports of one file or archive; what cannot be read is a piece with its refusal.

    `published` dates what states no date, `chosen` names a table's columns
    (`formats.tables.read_csv`), `reader` is one that is open already.
    """
    if path.suffix.lower() in LINES:
        yield from dated(_lines(path, chosen or {}), published)
        return
    try:
        content = path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
    except OSError as error:
        yield Piece(str(path), refusal=_cause(error))
        return
    if content is None:
        yield Piece(path.name, refusal=too_large(path.stat().st_size))
        return
    # A name in another encoding than the system's holds halves of characters.
    name = path.name.encode("utf-8", "replace").decode("utf-8")
    own = reader or Reader()
    try:
        yield from pieces_in(name, content, published, chosen, own)
    finally:
        if reader is None:
            own.close()


def pieces_in(
    name: str,
    content: bytes,
    published: date | None,
    chosen: Mapping[str, str] | None,
    reader: Reader,
) -> Iterator[Piece]:
    """The reports of a file's bytes, of an archive's members each (see `read_pieces`)."""
    for member in members(name, content):
        if member.refusal:
            yield Piece(member.name, refusal=member.refusal)
        else:
            yield from dated(reader.read(member.name, member.content, chosen), published)


def _lines(path: Path, chosen: Mapping[str, str]) -> Iterator[Piece]:
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    for piece in in_language(pieces_of(path.name, line, chosen)):
                        yield numbered(piece, path.name, number)
    except OSError as error:
        yield Piece(str(path), refusal=_cause(error))


def numbered(piece: Piece, name: str, number: int) -> Piece:
    """The piece of one line of a file, named by the line's number, as a report without id is."""
    where = f"{name}, line {number}"
    report = piece.report
    if report is not None and report.id.endswith("line 1"):
        report = replace(report, id=where)
    return replace(piece, name=where, report=report)


def _cause(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    return error.strerror or str(error)


def read_reports(path: Path, published: date | None = None) -> Iterator[Report]:
    """The reports of a file, or of each file of a folder (see `read_pieces`).

    Raises UnreadableReport at the first that cannot be read.
    """
    with Reader() as reader:
        for file in report_files(path):
            yield from reports_of(read_pieces(file, published, reader=reader))


def reports_of(pieces: Iterable[Piece]) -> Iterator[Report]:
    """The reports of pieces. Raises UnreadableReport at the first refusal."""
    for piece in pieces:
        if piece.report is None:
            raise UnreadableReport(f"{piece.name}: {piece.refusal}")
        yield piece.report
