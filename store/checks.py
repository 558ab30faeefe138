"""What a report and its records must fulfil before they are stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from extraction.record import (
    DEMOGRAPHICS,
    GROUPS,
    QUALIFIERS,
    SCOPES,
    STATUSES,
    UNITS,
    Record,
)
from extraction.reports import Report
from store.schema import COUNT_LIMIT

_VOCABULARIES = {
    "qualifier": QUALIFIERS,
    "unit": UNITS,
    "group": GROUPS,
    "status": STATUSES,
    "scope": SCOPES,
    "demographic": (None, *DEMOGRAPHICS),
}
_STATED = ("title", "publisher", "author", "url", "language")
_SAID = ("article", "count_text", "crossing", "origin", "destination", "source", "sentence")


def check_report(report: Report) -> None:
    """Raise ValueError, naming the report, for what the databases would refuse or bend."""
    if not report.text.strip():
        raise ValueError(f"{report.id}: there is no text")
    for name in ("id", "text", *_STATED):
        _check_text(getattr(report, name), f"{report.id}: {name}")
    _check_day(report.published, f"{report.id}: published")


def check_records(records: Sequence[Record], text: str) -> None:
    """Raise ValueError, naming record and field, for a record that RECORD.md does not allow.

    Databases differ in what they let through (a fraction, text in a number's column), so the
    values are checked before either sees them.
    """
    for n, record in enumerate(records):
        where = f"{record.article}: record {n}"
        _check_count(record.count, f"{where}: count")
        if record.count_max is not None:
            _check_count(record.count_max, f"{where}: count_max")
            if record.count_max < record.count:
                raise ValueError(f"{where}: count_max {record.count_max} is under {record.count}")
        for name, words in _VOCABULARIES.items():
            if getattr(record, name) not in words:
                raise ValueError(f"{where}: {name} {getattr(record, name)!r} is no such word")
        for name in _SAID:
            _check_text(getattr(record, name), f"{where}: {name}")
        for name in ("origin", "destination"):
            _check_code(getattr(record, name), f"{where}: {name}", optional=True)
        for code in record.nationality:
            _check_code(code, f"{where}: nationality")
        for name in ("date", "date_from"):
            _check_day(getattr(record, name), f"{where}: {name}")
        if record.confidence is not None and not 0 <= record.confidence <= 1:
            raise ValueError(f"{where}: confidence {record.confidence} is not between 0 and 1")
        if not 0 <= record.start < record.end or (
            text[record.start : record.end] != record.count_text
        ):
            raise ValueError(f"{where}: {record.count_text!r} is not at {record.start} in the text")


def _check_count(value: object, where: str) -> None:
    # bool is an int to Python, and no count.
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{where} {value!r} is no whole number")
    if not 0 <= value <= COUNT_LIMIT:
        raise ValueError(f"{where} {value} is not between 0 and {COUNT_LIMIT}")


def _check_text(value: str | None, where: str) -> None:
    if value is None:
        return
    if "\0" in value:
        raise ValueError(f"{where} holds a NUL character")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(f"{where} is not valid Unicode at {error.start}") from error


def _check_code(value: str | None, where: str, *, optional: bool = False) -> None:
    if value is None and optional:
        return
    if value is None or len(value) != 2 or not (value.isascii() and value.isupper()):
        raise ValueError(f"{where} {value!r} is no alpha-2 code")


def _check_day(value: date | None, where: str) -> None:
    if value is not None and type(value) is not date:
        raise ValueError(f"{where} {value!r} is no date")
