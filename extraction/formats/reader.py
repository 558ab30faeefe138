"""A file's bytes in, its reports out: the table of who reads what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from extraction.formats import mail, markup, office, pdf, plain, tables
from extraction.formats.clean import cleaned
from extraction.formats.kinds import NAMES, kind_of
from extraction.formats.language import language_of
from extraction.formats.piece import Found, NoTextColumn, Piece, Refused
from extraction.formats.values import day_in_name
from extraction.reports import Report

SAFE = frozenset(("text", "json", "jsonl", "csv"))
"""Kinds that need no other process: their reading takes time and memory by the file's size."""

LONGEST_NAME = 255


def pieces_of(name: str, content: bytes, chosen: Mapping[str, str] | None = None) -> list[Piece]:
    """The reports of one file (no archive), each with its cleaned text, or why there are none.

    `name` is data, never a path that is opened. `chosen` is what a user says of the file: a
    table's columns (see `tables.read_csv`), the "address" it was fetched from. Nothing is raised
    for what stands in the file: whatever goes wrong is a piece with its refusal.
    """
    try:
        kind = kind_of(name, content)
    except Refused as refusal:
        return [Piece(name, refusal=str(refusal))]
    try:
        said = chosen or {}
        return [
            _piece(name, found, said.get("address"))
            for found in found_in(kind, name, content, said)
        ]
    except NoTextColumn as refusal:
        return [Piece(name, refusal=str(refusal), columns=refusal.columns)]
    except Refused as refusal:
        return [Piece(name, refusal=str(refusal))]
    except MemoryError:
        raise
    except RecursionError:
        return [Piece(name, refusal=f"it is nested too deeply for {NAMES[kind]}")]
    except Exception as error:  # noqa: BLE001 - libraries raise of their own; one file stops no other
        return [Piece(name, refusal=f"it is damaged as {NAMES[kind]} ({type(error).__name__})")]


def found_in(kind: str, name: str, content: bytes, chosen: Mapping[str, str]) -> Iterable[Found]:
    """What the format's module finds in a file of this kind. Raises Refused and its own errors."""
    match kind:
        case "text":
            return [plain.read_text(content)]
        case "markdown":
            return [plain.read_markdown(content)]
        case "html":
            return [markup.read_html(content)]
        case "mhtml":
            return [markup.read_mhtml(content)]
        case "mail":
            return mail.read_mail(content, _attached)
        case "pdf":
            return [pdf.read_pdf(content)]
        case "docx":
            return [office.read_docx(content)]
        case "odt":
            return [office.read_odt(content)]
        case "rtf":
            return [office.read_rtf(content)]
        case "csv":
            return list(tables.read_csv(content, chosen))
        case "xlsx":
            return list(tables.read_xlsx(content, chosen))
        case "json":
            return list(tables.read_json(content, chosen))
        case "jsonl":
            return list(tables.read_jsonl(content, chosen))
    raise Refused("archives in e-mails are not opened; save it as a file of its own")


def _attached(name: str, content: bytes) -> list[Found]:
    kind = kind_of(name, content)
    if kind == "mail":
        raise Refused("e-mails in e-mails are not opened; save it as a file of its own")
    return list(found_in(kind, name, content, {}))


def _piece(name: str, found: Found, address: str | None) -> Piece:
    where = f"{name}, {found.part}" if found.part else name
    try:
        if found.refusal:
            raise Refused(found.refusal)
        text = cleaned(found.text, hard_lines=found.hard_lines, exact=found.exact)
    except Refused as refusal:
        return Piece(where, refusal=str(refusal))
    guess, guess_from = found.guess, found.guess_from
    if found.published is None and (named := day_in_name(name)):
        guess, guess_from = named, "the file's name"
    report = Report(
        id=_plain(found.id) or short(where),
        text=text,
        title=_plain(found.title),
        published=found.published,
        publisher=_plain(found.publisher),
        author=_plain(found.author),
        url=_plain(found.url or address),
        language=_plain(found.language),
    )
    return Piece(where, report, guess=guess, guess_from=guess_from)


def piece_of_object(
    name: str, row: Mapping[str, Any], chosen: Mapping[str, str], part: str
) -> Piece:
    """The report of a row of a table whose cells are values; `part` says which ("row 3")."""
    return _piece(name, tables.of_object(dict(row), chosen, part), None)


def short(name: str) -> str:
    """A file's name without folders of another machine, as the name of its report."""
    return name.replace("\\", "/").rsplit("/", 1)[-1][-LONGEST_NAME:].strip() or "report"


def _plain(value: str | None) -> str | None:
    """A stated value on one line, without control characters; None where nothing is left."""
    if value is None:
        return None
    line = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    return line[:1_000] or None


def in_language(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, each report with the language that its text is in, else the one it states.

    Apart from `pieces_of`, because the detector's memory is no business of a process with limits.
    """
    out = []
    for piece in pieces:
        if piece.report is not None:
            language = language_of(piece.report.text) or piece.report.language
            piece = replace(piece, report=replace(piece.report, language=language))
        out.append(piece)
    return out


def dated(pieces: Iterable[Piece], published: date | None) -> Iterator[Piece]:
    """The pieces, those whose report states no publication date with this one."""
    for piece in pieces:
        if published and piece.report and piece.report.published is None:
            yield replace(piece, report=replace(piece.report, published=published))
        else:
            yield piece
