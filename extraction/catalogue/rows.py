"""Reports and records as plain JSON values, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from extraction.record import Record
from extraction.reports import Report


def report_row(report: Report) -> dict[str, Any]:
    """A report as plain JSON values, its date as ISO text."""
    published = report.published
    return asdict(report) | {"published": published.isoformat() if published else None}


def report_of(row: Mapping[str, Any]) -> Report:
    """The report of a row; its date may be a date or ISO text."""
    values = {name: row[name] for name in Report.__dataclass_fields__}
    return Report(**values | {"published": _day(values["published"])})


def record_of(row: Mapping[str, Any]) -> Record:
    """The record of a row; its dates may be dates or ISO text, its tuples lists."""
    values = {name: row[name] for name in Record.__dataclass_fields__}
    for name in ("date", "date_from"):
        values[name] = _day(values[name])
    for name in ("nationality", "inferred"):
        values[name] = tuple(values[name])
    return Record(**values)


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
