"""Reports as they come in: a text and what is known about it, and how they are read from files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

TEXT_FILES = (".txt", ".md")


@dataclass(frozen=True, slots=True)
class Report:
    """One report: `text` is what every offset refers to; an unknown field is None."""

    id: str
    text: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None


class UnreadableReport(Exception):
    """A file that cannot be read as reports; the message names the file, the cause, the mend."""


def report_files(path: Path) -> list[Path]:
    """The files in a folder that may hold reports, by name; of anything else just itself."""
    if not path.is_dir():
        return [path]
    known = (*TEXT_FILES, ".json", ".jsonl")
    return sorted(p for p in path.iterdir() if p.suffix.lower() in known)


def read_reports(path: Path, published: date | None = None) -> Iterator[Report]:
    """The reports of a text file, a JSON or JSONL file, or of each such file in a folder.

    `published` is the date of what states none. Raises UnreadableReport.
    """
    if path.is_dir():
        for inner in report_files(path):
            yield from read_reports(inner, published)
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UnreadableReport(f"{path}: there is no such file") from error
    except UnicodeDecodeError as error:
        raise UnreadableReport(
            f"{path.name}: not UTF-8 at byte {error.start}; save it as UTF-8 text"
        ) from error
    except OSError as error:
        raise UnreadableReport(f"{path}: {error.strerror or error}") from error
    kind = path.suffix.lower()
    if kind == ".jsonl":
        # Not splitlines(): a line separator of Unicode may stand inside a JSON text.
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield _from_json(line, f"{path.name}, line {number}", published)
    elif kind == ".json":
        yield _from_json(text, path.name, published)
    elif kind in TEXT_FILES:
        yield Report(path.name, text, published=published)
    else:
        raise UnreadableReport(
            f"{path.name}: reports are read from .txt, .md, .json and .jsonl files"
        )


def _from_json(text: str, where: str, published: date | None) -> Report:
    try:
        row = json.loads(text)
    except ValueError as error:
        raise UnreadableReport(f"{where}: not JSON ({error})") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise UnreadableReport(f"{where}: needs an object with a 'text'")
    stated = row.get("published")
    try:
        day = date.fromisoformat(stated) if stated else published
    except (TypeError, ValueError) as error:
        raise UnreadableReport(f"{where}: 'published' is {stated!r}, not YYYY-MM-DD") from error
    return Report(
        id=str(row.get("id") or where),
        text=row["text"],
        title=row.get("title"),
        published=day,
        publisher=row.get("publisher"),
        author=row.get("author"),
        url=row.get("url"),
        language=row.get("language"),
    )
