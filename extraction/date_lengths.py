"""Lengths of time and whole weeks, months and years around publication (RECORD.md, "Dates
again"): the past three days, those four days, last week, this year, the weekend."""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta

from extraction.date_patterns import NUMBERS
from extraction.dated import DAY, Expression, Parts, Reader, Setting


def count(word: str | None) -> int:
    """The value of a number word or digits in a date form; 1 where it is dropped."""
    text = (word or "a").lower().removeprefix("a ") or "a"
    return int(text) if text.isdigit() else NUMBERS[text]


def length(number: int, unit: str, inclusive: bool = False) -> relativedelta:
    """How far the first day of `number` units lies before the last.

    `inclusive`: the days themselves are told ("in those four days"), so four span three.
    """
    unit = unit.lower()
    if unit == "hour":
        return relativedelta(days=max(1, round(number / 24)))
    if unit in ("day", "night"):
        return relativedelta(days=number - 1 if inclusive else number)
    if unit == "fortnight":
        return relativedelta(weeks=2 * number)
    return relativedelta(**{unit + "s": number})


def _past(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    published = setting.published
    assert published is not None
    back = length(count(parts["n"]), parts["u"] or parts["u1"] or "day")
    return Expression(start, end, "period", published, published - back, back=back)


def _coming(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    published = setting.published
    assert published is not None
    size = length(count(parts["n"] or parts["n1"]), parts["u"] or "day")
    return Expression(start, end, "coming", published + size, ahead=True)


def _length(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    assert setting.published is not None
    back = length(count(parts["n"]), parts["u"] or "day", inclusive=True)
    return Expression(start, end, "length", setting.published, back=back)


def _whole(published: date, unit: str, shift: int) -> tuple[date, date]:
    """First and last day of the week, month or year `shift` units from publication's."""
    if unit == "week":
        first = published - published.weekday() * DAY + relativedelta(weeks=shift)
        return first, first + 6 * DAY
    first = published.replace(day=1) if unit == "month" else date(published.year, 1, 1)
    size = relativedelta(months=1) if unit == "month" else relativedelta(years=1)
    first += shift * size
    return first, first + size - DAY


def _week(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    published = setting.published
    assert published is not None
    words = (parts["rel"] or "").lower().split()
    rel, unit = words[0], words[1]
    if rel == "recent":
        return Expression(start, end, "recent", published)
    if (rel, unit) in (("last", "week"), ("the", "week")):
        return Expression(start, end, "week", published, published - 7 * DAY)
    first, last = _whole(published, unit, {"last": -1, "next": 1}.get(rel, 0))
    if rel == "this":
        return Expression(start, end, unit, published, first)
    return Expression(start, end, unit, last, first, rel == "next", year_told=unit == "year")


def _edge(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    assert setting.published is not None
    shift = 1 if (parts["this"] or "").lower() == "next" else 0
    first, last = _whole(setting.published, (parts["u"] or "").lower(), shift)
    if (parts["edge"] or "").lower() != "end":
        return Expression(start, end, "date", first, ahead=first > setting.published)
    return Expression(start, end, "date", last, ahead=last > setting.published)


def _weekend(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    published = setting.published
    assert published is not None
    coming = published + (6 - published.weekday()) * DAY
    if (parts["rel"] or "").lower() == "next weekend":
        return Expression(start, end, "weekend", coming, coming - DAY, ahead=True)
    sunday = published - ((published.weekday() + 1) % 7) * DAY
    others = () if sunday == coming else (("next", coming, coming - DAY),)
    return Expression(start, end, "weekend", sunday, sunday - DAY, others=others)


LENGTHS: dict[str, Reader] = {
    "past": _past,
    "coming": _coming,
    "length": _length,
    "week": _week,
    "edge": _edge,
    "weekend": _weekend,
}
