"""What a matched form says: the first and last day it stands for, given the publication date.

A weekday is the last such day up to publication; other days that the words could mean are
kept beside (`Expression.others`).
"""

from __future__ import annotations

import re
from datetime import date

from dateutil.relativedelta import relativedelta

from extraction.date_calendar import CALENDAR
from extraction.date_lengths import LENGTHS, count, length
from extraction.date_patterns import DAYS
from extraction.dated import DAY, Expression, Parts, Reader, Setting

ANCHOR_REACH = 300  # characters over which "the day before" looks back to a day told


def read_match(reads: str, match: re.Match[str], setting: Setting) -> Expression | None:
    """The expression for a match of a row with that `reads`; None where it makes no day.

    Without a publication date only full dates (with a year) are read.
    """
    if setting.published is None and reads not in ("day", "span", "numeric"):
        return None
    start, end = match.span()
    try:
        return _READERS[reads](match.groupdict(), setting, start, end)
    except ValueError:  # no such day: 31 June, month 13
        return None


def _weekday(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    published, previous = setting.published, setting.previous
    assert published is not None
    number = DAYS[(parts["w"] or "").lower()]
    rel, when = (parts.get("rel") or "").lower(), (parts.get("when") or "").lower()
    back = (published.weekday() - number) % 7
    last = published - back * DAY
    if when == "before" and previous is not None:  # "on the Saturday before"
        gap = (previous.last.weekday() - number) % 7 or 7
        return Expression(start, end, "weekday", previous.last - gap * DAY)
    if rel.endswith("following") and previous is not None:
        gap = (number - previous.last.weekday()) % 7 or 7
        return Expression(start, end, "weekday", previous.last + gap * DAY)
    if rel in ("next", "the coming") or when.endswith("next week") or when == "next":
        gap = (number - published.weekday()) % 7 or 7
        return Expression(start, end, "weekday", published + gap * DAY, ahead=True)
    if when in ("of last week", "last week"):
        monday = published - (published.weekday() + 7) * DAY
        day = monday + number * DAY
        # A day just gone would be told by its name: the week before began on Sunday there.
        return Expression(start, end, "weekday", day - 7 * DAY * ((published - day).days <= 2))
    if when.endswith("before last"):
        return Expression(start, end, "weekday", last - 7 * DAY)
    if previous is not None and previous.kind == "same" and start - previous.end <= 3:
        same = previous.last.weekday() == number  # "by that day, Monday"
        return Expression(start, end, "weekday", previous.last if same else last)
    if rel in ("last", "the previous") or when == "last":
        return Expression(start, end, "weekday", published - (back or 7) * DAY)
    others: list[tuple[str, date, date | None]] = []
    if back:
        others.append(("next", last + 7 * DAY, None))
    # "set out on Sunday of last week, and on Monday": the week told before carries on.
    if previous is not None and previous.last < last - 2 * DAY:
        carried = previous.last + ((number - previous.last.weekday()) % 7) * DAY
        if setting.same_sentence and (carried - previous.last).days in (1, 2):
            others.append(("published", last, None))
            return Expression(start, end, "weekday", carried, others=tuple(others))
        if carried < last and (published - carried).days <= 31:
            others.append(("carried", carried, None))
    return Expression(start, end, "weekday", last, others=tuple(others))


_SHIFTS = {
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "day before yesterday": -2,
    "the day after tomorrow": 2,
}


def _relative(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    assert setting.published is not None
    word = (parts["rel"] or "").lower()
    shift = _SHIFTS.get(word, 0)
    ahead = shift > 0 or word in ("later today", "tonight")
    kind = "shift" if shift else "relative"
    return Expression(start, end, kind, setting.published + shift * DAY, ahead=ahead)


def _shifted(setting: Setting, start: int, end: int, back: relativedelta) -> Expression:
    """So much before the day told last; before publication where that was far away."""
    assert setting.published is not None
    previous = setting.previous
    if previous is None:
        return Expression(start, end, "shifted", setting.published - back)
    far = start - previous.end > ANCHOR_REACH
    others = (("published", setting.published - back, None),) if far else ()
    return Expression(start, end, "shifted", previous.last - back, others=others)


def _ago(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    assert setting.published is not None
    unit = (parts["u"] or "").lower()
    back = relativedelta() if unit == "hour" else length(count(parts["n"]), unit)
    if (parts["way"] or "").lower() == "ago":
        return Expression(start, end, "ago", setting.published - back)
    return _shifted(setting, start, end, back)


def _later(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    if setting.previous is None:
        return None
    size = length(count(parts.get("n")), parts.get("u") or "day")
    return Expression(start, end, "shifted", setting.previous.last + size)


def _eve(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    return _shifted(setting, start, end, relativedelta(days=1))


def _same(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    if setting.previous is None:
        return None
    return Expression(start, end, "same", setting.previous.last)


def _clock(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    assert setting.published is not None
    return Expression(start, end, "clock", setting.published)


_READERS: dict[str, Reader] = {
    **CALENDAR,
    **LENGTHS,
    "weekday": _weekday,
    "relative": _relative,
    "ago": _ago,
    "later": _later,
    "eve": _eve,
    "same": _same,
    "clock": _clock,
}
