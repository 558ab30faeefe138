"""Days, months and years told by name or number, placed in the calendar.

A day without a year is placed nearest to the report's publication.
"""

from __future__ import annotations

from datetime import date

from dateutil.relativedelta import relativedelta

from extraction.date_lengths import count
from extraction.date_patterns import DAYS, MONTHS
from extraction.dated import DAY, Expression, Parts, Reader, Setting

BUDDHIST_ERA = 543  # years ahead of the common era, as Thai sources count


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


def _half(parts: Parts, setting: Setting, start: int, end: int) -> Expression | None:
    published = setting.published
    assert published is not None
    back = (parts["this"] or "").lower() == "last year"
    year = _year(parts["y"]) or published.year - back
    months = {"half": 6, "quarter": 3}.get((parts["u"] or "").lower()) or count(parts["n"])
    if not 1 <= months <= 12:
        return None
    which = (parts["which"] or "").lower()
    nth = (
        12 // months if which == "last" else ["first", "second", "third", "fourth"].index(which) + 1
    )
    first = date(year, 1, 1) + relativedelta(months=months * (nth - 1))
    return Expression(start, end, "month", first + relativedelta(months=months) - DAY, first)


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


CALENDAR: dict[str, Reader] = {
    "day": _day,
    "numeric": _numeric,
    "span": _span,
    "month": _month,
    "numbered": _numbered,
    "half": _half,
    "holiday": _holiday,
    "year": _year_alone,
}
