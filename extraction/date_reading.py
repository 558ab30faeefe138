"""What a matched form says: the first and last day it stands for, given the publication date.

A day without a year is placed nearest to publication, a weekday is the last such day up to
it; other days that the words could mean are kept beside (`Expression.others`). A period gives
its first and last day (RECORD.md, "Dates again").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from extraction.date_patterns import DAYS, MONTHS, NUMBERS

DAY = timedelta(days=1)
ANCHOR_REACH = 300  # characters over which "the day before" looks back to a day told
BUDDHIST_ERA = 543  # years ahead of the common era, as Thai sources count


@dataclass(frozen=True, slots=True)
class Expression:
    """A date or period in a text: `text[start:end]` stands for `first` (or None) to `last`.

    `kind` tells the form. `others` holds further readings as (name, last, first). A length
    ("the past three days", "those four days") has `back`: its first day is so much before
    its last, and kind "length" where the last day is left open.
    """

    start: int
    end: int
    kind: str
    last: date
    first: date | None = None
    ahead: bool = False  # the words look to the future
    others: tuple[tuple[str, date, date | None], ...] = ()
    back: relativedelta | None = None
    year_told: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What a match is read against; `previous` is the dated expression before it."""

    published: date | None
    previous: Expression | None
    year: int | None = None  # the year that the same sentence has told, or None
    same_sentence: bool = False  # `previous` stands in the same sentence


Parts = dict[str, str | None]
Reader = Callable[[Parts, Setting, int, int], Expression | None]


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


def _year(told: str | None) -> int | None:
    if told is None:
        return None
    return int(told) - BUDDHIST_ERA if int(told) >= 2400 else int(told)


def _day(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    month = int(parts["mm"] or 0) if parts.get("mm") else MONTHS[(parts["m"] or "").lower()]
    number = int(parts["d"] or 0)
    last = _placed(setting, month, number, _year(parts.get("y")), parts.get("w"))
    if last is None:
        return None
    ahead = bool(setting.published and last > setting.published)
    return Expression(start, end, "date", last, ahead=ahead, year_told=bool(parts.get("y")))


def _placed(
    setting: Setting, month: int, number: int, year: int | None, weekday: str | None
) -> date | None:
    year = year or setting.year
    if year is not None:
        return date(year, month, number)
    if setting.published is None:
        return None
    return nearest(setting.published, month, number, DAYS.get((weekday or "").lower()))


def nearest(published: date, month: int, number: int, weekday: int | None = None) -> date:
    """The day of that month nearest to publication; a stated weekday pins the year.

    Raises ValueError where there is no such day.
    """
    options = []
    reach = 6 if weekday is not None else 1
    for year in range(published.year - reach, published.year + 2):
        try:
            options.append(date(year, month, number))
        except ValueError:
            continue
    if not options:
        raise ValueError(f"no day {number} in month {month}")
    if weekday is not None:
        options = [o for o in options if o.weekday() == weekday] or options

    # News looks back: a day up to two months ahead is future, beyond that it is last year's.
    def distance(day: date) -> int:
        gap = (day - published).days
        return abs(gap) + (180 if gap > 62 else 0)

    return min(options, key=distance)


def _numeric(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    a, b, year = int(parts["a"] or 0), int(parts["b"] or 0), _year(parts["y"])
    assert year is not None
    options = [date(year, m, d) for d, m in {(a, b), (b, a)} if 1 <= m <= 12 and 1 <= d <= 31]
    if not options:
        return None
    near = setting.published
    last = min(options, key=lambda o: abs((o - near).days)) if near else options[0]
    if near is None and len(options) > 1 and a != b:
        last = date(year, b, a)  # the day first, as most of the world writes
    return Expression(start, end, "date", last, year_told=True)


def _span(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    month1 = MONTHS[(parts.get("m1") or parts.get("m") or "").lower()]
    month = MONTHS[(parts.get("m") or parts.get("m1") or "").lower()]
    year = _year(parts.get("y"))
    last = _placed(setting, month, int(parts["d"] or 0), year, parts.get("w"))
    if last is None:
        return None
    told = _year(parts.get("y1"))
    first = date(told or last.year - (month1 > month), month1, int(parts["d1"] or 1))
    if first >= last:
        return Expression(start, end, "date", last)
    return Expression(start, end, "span", last, first, year_told=year is not None)


def _month(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    published = setting.published
    assert published is not None
    month = MONTHS[(parts["m"] or "").lower()]
    part = (parts.get("part") or "").strip().lower()
    year = _year(parts.get("y")) or setting.year
    told = year is not None
    if year is None:
        year = published.year
        if part == "last":
            year -= month >= published.month
        elif month > published.month + 2:
            year -= 1
    first = date(year, month, 1)
    before = setting.previous
    if parts.get("y") is None and setting.year and before and before.kind != "year":
        # "from December 2022 to the end of July": the months run on into the next year.
        first += relativedelta(years=first < before.last.replace(day=1))
    last = first + relativedelta(months=1) - DAY
    if part in ("early", "the start of", "the beginning of"):
        last = first + 9 * DAY
    elif part in ("late", "the end of"):
        first = first + 20 * DAY
    elif part == "mid":
        first, last = first + 14 * DAY, first + 19 * DAY
    if first <= published < last and part != "the end of":
        last = published
    return Expression(start, end, "month", last, first, first > published, year_told=told)


def _numbered(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    published = setting.published
    assert published is not None
    number, weekday = int(parts["d"] or 0), DAYS.get((parts.get("w") or "").lower())
    near = setting.previous.last if setting.previous else published
    days = [published + (3 - back) * DAY for back in range(93)]
    days = [d for d in days if d.day == number and weekday in (None, d.weekday())]
    if not days:
        return None
    # "died on 21 December, and by the 25th": the month told before counts where it fits.
    if setting.previous and (near.year, near.month) != (published.year, published.month):
        for day in days:
            if (day.year, day.month) == (near.year, near.month):
                return Expression(start, end, "date", day)
    return Expression(start, end, "date", days[0])


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
    _, last = _whole(setting.published, (parts["u"] or "").lower(), shift)
    return Expression(start, end, "date", last, ahead=True)


def _half(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    published = setting.published
    assert published is not None
    back = (parts["this"] or "").lower() == "last year"
    year = _year(parts["y"]) or published.year - back
    months = 6 if (parts["u"] or "").lower() == "half" else 3
    which = (parts["which"] or "").lower()
    nth = (
        12 // months if which == "last" else ["first", "second", "third", "fourth"].index(which) + 1
    )
    first = date(year, 1, 1) + relativedelta(months=months * (nth - 1))
    return Expression(start, end, "month", first + relativedelta(months=months) - DAY, first)


def _weekend(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    published = setting.published
    assert published is not None
    coming = published + (6 - published.weekday()) * DAY
    if (parts["rel"] or "").lower() == "next weekend":
        return Expression(start, end, "weekend", coming, coming - DAY, ahead=True)
    sunday = published - ((published.weekday() + 1) % 7) * DAY
    others = () if sunday == coming else (("next", coming, coming - DAY),)
    return Expression(start, end, "weekend", sunday, sunday - DAY, others=others)


def _holiday(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    assert setting.published is not None
    name = (parts["hol"] or "").lower()
    month, number = {"ch": (12, 25), "bo": (12, 26), "ne": (1, 1)}[name[:2]]
    if name.endswith("eve"):
        month, number = (12, 24) if name[:2] == "ch" else (12, 31)
    return Expression(start, end, "date", nearest(setting.published, month, number))


def _year_alone(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    assert setting.published is not None
    year = _year(parts["y"])
    assert year is not None
    last = setting.published if year == setting.published.year else date(year, 12, 31)
    return Expression(start, end, "year", last, date(year, 1, 1), year_told=True)


def _clock(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    assert setting.published is not None
    return Expression(start, end, "clock", setting.published)


_READERS: dict[str, Reader] = {
    "day": _day,
    "numeric": _numeric,
    "span": _span,
    "month": _month,
    "numbered": _numbered,
    "weekday": _weekday,
    "relative": _relative,
    "ago": _ago,
    "later": _later,
    "eve": _eve,
    "same": _same,
    "past": _past,
    "coming": _coming,
    "length": _length,
    "edge": _edge,
    "half": _half,
    "week": _week,
    "weekend": _weekend,
    "holiday": _holiday,
    "year": _year_alone,
    "clock": _clock,
}
