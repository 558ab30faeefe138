"""Days as files state them: ISO, mail headers, words; one that may be read two ways is none."""

from __future__ import annotations

import re
from datetime import date, datetime

from dateutil import parser

FIRST_YEAR = 1900
_ISO = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?\s*$")
_NUMBERS = re.compile(r"\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b")
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")


def day_in(value: object) -> date | None:
    """The day that a cell or header states; None where there is none, or two readings of it.

    "3/4/2023" is a day in March or in April: None. "13/4/2023" is one.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value or "").strip()[:60]
    if found := _ISO.match(text):
        return _day(*map(int, found.groups()))
    if found := _NUMBERS.match(text):
        one, other, year = map(int, found.groups())
        if one > 12 or other == one:
            return _day(year, other, one)
        return _day(year, one, other) if other > 12 else None
    if not re.search(r"(?<!\d)\d{4}(?!\d)", text) or not re.search(r"[A-Za-z]{3}", text):
        return None
    # Parsed against two days: what differs was filled in, not stated.
    try:
        one_way = parser.parse(text, default=datetime(2001, 1, 2)).date()
        other_way = parser.parse(text, default=datetime(2002, 3, 4)).date()
    except (ValueError, OverflowError, TypeError):
        return None
    return one_way if one_way == other_way and one_way.year >= FIRST_YEAR else None


def day_in_name(name: str) -> date | None:
    """The day in a file's name ("2023-11-01-rafah.txt", "20231101.pdf"), None without one."""
    for found in _IN_NAME.finditer(name.replace("\\", "/").rsplit("/", 1)[-1]):
        if day := _day(*map(int, found.groups())):
            return day
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= FIRST_YEAR else None
    except ValueError:
        return None
