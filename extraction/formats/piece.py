"""What comes out of a file: pieces, each a report or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from extraction.reports import Report

MOST_BYTES = 20_000_000  # of one file; the dashboard's uploader takes no more either
MOST_CHARACTERS = 200_000  # of one report's text
MOST_UNPACKED = 50_000_000  # bytes that a document or an archive may unpack to
MOST_MEMBERS = 2_000  # of an archive or an office document
MOST_ROWS = 5_000  # reports in one table
MOST_PAGES = 300  # of a PDF


class Refused(ValueError):
    """A file, or a part of one, that is not read; the message says why, and what would help."""


class NoTextColumn(Refused):
    """A table whose text column nobody knows; `columns` are those to choose from."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        super().__init__("it is a table, and which column holds the text is not known")
        self.columns = columns


@dataclass(frozen=True, slots=True)
class Found:
    """What a format's module reads out of a file, before the text is cleaned.

    `guess` is a day that may be the publication's (the file's own date), with where it is from;
    `published` is one that is stated. `hard_lines`: each line break is the author's own;
    `exact`: whoever made the text may know offsets in it, so that no character moves.
    """

    text: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    id: str | None = None
    guess: date | None = None
    guess_from: str | None = None
    hard_lines: bool = True
    exact: bool = False
    part: str | None = None  # where in the file: "row 3", an attachment's name
    refusal: str | None = None  # why this part is no report; its text is then empty


@dataclass(frozen=True, slots=True)
class Piece:
    """A report out of a file, or the reason why there is none; exactly one of the two is set.

    `name` says where it stood: the file, or the file and the row. `columns` are the columns of a
    table to choose the text from. `guess` is a day to offer where `report.published` is None.
    """

    name: str
    report: Report | None = None
    refusal: str | None = None
    guess: date | None = None
    guess_from: str | None = None
    columns: tuple[str, ...] = ()
