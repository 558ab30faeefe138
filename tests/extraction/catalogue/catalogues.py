"""Catalogues for tests, and what was read of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from extraction.catalogue.part import Folder, Kept


def rows_of(texts: Sequence[str]) -> list[dict[str, str]]:
    """A report for each text, as a row of a table."""
    return [
        {"id": f"r{n}", "published": "2023-11-02", "title": f"Report {n}", "text": text}
        for n, text in enumerate(texts)
    ]


def write_lines(path: Path, texts: Sequence[str]) -> str:
    """A JSON Lines file of these texts; gives its path."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows_of(texts)), encoding="utf-8")
    return str(path)


def kept_in(folder: str) -> list[Kept]:
    """The reports of all parts, by name."""
    out = Folder(folder)
    return sorted((kept for name in out.names() for kept in out.read(name)), key=lambda k: k.name)


def records_in(folder: str) -> list[str]:
    """The records of all parts as JSON lines, sorted."""
    return sorted(
        json.dumps(record.as_json(), sort_keys=True)
        for kept in kept_in(folder)
        for record in kept.records
    )


def bytes_in(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}
