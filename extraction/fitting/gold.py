"""Annotated reports, and which candidate figure each annotation speaks of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from extraction.context import Context, lay_out
from extraction.fitting.notation import read_notation
from extraction.reports import Report

GOLD = Path(__file__).parents[2] / "tests" / "gold" / "reports"
PRACTICE = Path(__file__).parents[2] / "data" / "annotated"


@dataclass(frozen=True, slots=True)
class Annotated:
    """A report laid out, with the annotation of each candidate (None: no record)."""

    context: Context
    labels: tuple[Mapping[str, Any] | None, ...]
    records: tuple[Mapping[str, Any], ...]


def load_gold(paths: Iterable[Path] | None = None) -> list[Annotated]:
    """The annotated reports of `paths` (files; default the published gold set), laid out."""
    files = sorted(GOLD.glob("*.json")) if paths is None else list(paths)
    return _laid_out([json.loads(path.read_text(encoding="utf-8")) for path in files])


def load_practice(folder: Path = PRACTICE) -> list[Annotated]:
    """The practice reports, laid out; ValueError names a file that breaks its notation."""
    return _laid_out([read_notation(path) for path in sorted(folder.glob("*.txt"))])


def _laid_out(rows: list[dict[str, Any]]) -> list[Annotated]:
    contexts = lay_out(
        Report(
            r["id"],
            r["text"],
            r.get("title"),
            date.fromisoformat(r["published"]) if r.get("published") else None,
        )
        for r in rows
    )
    return [
        Annotated(context, align(context, row["records"]), tuple(row["records"]))
        for context, row in zip(contexts, rows, strict=True)
    ]


def span(text: str, record: Mapping[str, Any]) -> tuple[int, int]:
    """Offsets of an annotation's `count_text`, its `occurrence` taken into account."""
    start = -1
    for _ in range(record.get("occurrence", 1)):
        start = text.index(record["count_text"], start + 1)
    return start, start + len(record["count_text"])


def align(
    context: Context, records: Iterable[Mapping[str, Any]]
) -> tuple[Mapping[str, Any] | None, ...]:
    """For each candidate the record that annotates it, or None; each record at most once."""
    labels: list[Mapping[str, Any] | None] = [None] * len(context.candidates)
    for record in records:
        start, end = span(context.document.text, record)
        for candidate in context.candidates:
            figure = candidate.figure
            overlaps = figure.number_start < end and figure.number_end > start
            same = (figure.count, figure.count_max) == (record["count"], record.get("count_max"))
            if overlaps and same and labels[candidate.index] is None:
                labels[candidate.index] = record
                break
    return tuple(labels)
