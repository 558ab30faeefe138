"""Expressions of date and period in a text, resolved against the report's publication date.

A day without a year is placed nearest to the publication date; a weekday is the last such
day up to it, or the next one where the words look ahead. A period gives its first and last
day (RECORD.md, "Dates again").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from dateutil.relativedelta import relativedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june",
            "jul july", "aug august", "sep sept september", "oct october", "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
DAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon", "tuesday tue tues", "wednesday wed weds", "thursday thu thur thurs",
            "friday fri", "saturday sat", "sunday sun",
        )
    )
    for name in names.split()
}  # fmt: skip
_UNITS = {
    "hour": 1 / 24,
    "day": 1,
    "night": 1,
    "week": 7,
    "fortnight": 14,
    "month": 30,
    "year": 365,
}
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "couple of": 2, "few": 3,
    "several": 3, "24": 1, "fourteen": 14,
}  # fmt: skip

_M = "(?P<m{0}>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_D = r"(?P<d{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_W = "(?P<w{0}>" + "|".join(sorted(DAYS, key=len, reverse=True)) + r")\b\.?"
_Y = r"(?P<y{0}>(?:19|20)\d\d)\b"
_N = (
    r"(?P<n>\d{1,3}|a couple of|couple of|"
    + "|".join(sorted(_NUMBERS, key=len, reverse=True))
    + ")"
)


@dataclass(frozen=True, slots=True)
class Expression:
    """A date or period in a text: `text[start:end]` stands for `first` (or None) to `last`.

    `kind` tells the form: date, weekday, day_of_month, relative, month, year, week, period,
    span (from X to Y), time (a clock time alone).
    """

    start: int
    end: int
    kind: str
    last: date
    first: date | None = None
    ahead: bool = False  # the words look to the future


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    m, d, w, y = _M.format(""), _D.format(""), _W.format(""), _Y.format("")
    rows = (
        ("iso", r"(?P<y>(?:19|20)\d\d)-(?P<mm>\d{2})-(?P<d>\d{2})(?!\d)"),
        (
            "span",
            rf"(?:(?:from|between)\s+)?{_D.format('1')}(?:\s+{_M.format('1')})?\s*(?:to|and|until|till|[-–—])\s*{_D.format('')}\s+(?:of\s+)?{m}(?:,?\s+{y})?",
        ),
        (
            "span",
            rf"(?:(?:from|between)\s+)?{_M.format('1')}\s+{_D.format('1')}\s*(?:to|and|until|till|through|[-–—])\s*(?:{m}\s+)?{_D.format('')}(?!\d|,\d)(?:,?\s+{y})?",
        ),
        ("date", rf"(?:{w},?\s+(?:the\s+)?)?{_D.format('')}\s+(?:of\s+)?{m}(?:,?\s+{y})?"),
        (
            "date",
            rf"(?:{w},?\s+)?{m}\s+{_D.format('')}(?!\d|,\d|\s*(?:people|persons))(?:,?\s+{y})?",
        ),
        (
            "month",
            rf"(?P<part>early|late|mid|mid-|the start of|the end of|the beginning of|last|this|next)?[\s-]*\b{m}\s+(?:of\s+)?{y}",
        ),
        (
            "month",
            rf"(?P<part>early|late|mid|the start of|the end of|the beginning of|last|this|next)[\s-]+{m}(?!\s+\d)",
        ),
        (
            "month",
            rf"(?:\b(?:in|since|during|until|of|from|by|throughout)\s+)(?P<part>early\s+|late\s+|mid-?\s*)?{m}(?!\s+\d)",
        ),
        ("weekdom", rf"{w},?\s+(?:the\s+)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)\b"),
        (
            "dayofmonth",
            r"\b(?:on|by|since|until|till|of|from)\s+the\s+(?P<d>\d{1,2})(?:st|nd|rd|th)\b",
        ),
        (
            "weekday",
            rf"(?P<rel>last|this|next|this past|the previous|the following|the coming)?\s*{w}(?:'s|’s)?(?:\s+(?P<when>of last week|last week|next week|of this week|before last))?",
        ),
        (
            "relative",
            r"(?P<rel>the day before yesterday|day before yesterday|the day after tomorrow|earlier today|later today|today|tonight|yesterday|tomorrow|this morning|this afternoon|this evening|this noon|last night|overnight|at the moment|currently|by now|by midday|by noon|at noon|since dawn|since the morning)",
        ),
        (
            "ago",
            rf"{_N}\s+(?P<u>day|week|month|year|night|hour|fortnight)s?\s+(?:ago|earlier|before)\b",
        ),
        (
            "later",
            rf"(?:{_N}\s+(?P<u>day|week)s?\s+later|(?P<next>the (?:next|following) (?:day|morning)|the day after|the morning after))\b",
        ),
        (
            "eve",
            r"(?P<eve>the (?:day|evening|night) before|the previous (?:day|evening|night)|the eve|a day before)\b",
        ),
        (
            "sameday",
            r"\b(?P<same>(?:on )?(?:the|that) (?:same|very) (?:day|morning|evening|night)|that (?:day|evening|morning|night|afternoon)|the same (?:day|evening|morning))\b",
        ),
        (
            "period",
            rf"(?:in|over|during|within|for|of)\s+(?:just\s+)?(?:the\s+)?(?:space of\s+)?(?:past|last|previous|preceding)\s+(?:{_N}\s+|few\s+|couple of\s+)?(?P<u>hour|day|week|month|year|night|fortnight)s?\b",
        ),
        (
            "period",
            rf"\b(?:the\s+)?(?:past|last|previous)\s+(?:{_N}|few)\s+(?P<u>hour|day|week|month|year|night)s\b",
        ),
        (
            "week",
            r"(?P<rel>last week|this week|next week|the week|past week|last month|this month|next month|last year|this year|next year|in recent days|in recent weeks|recent days)\b",
        ),
        (
            "weekend",
            r"(?:over |at |during |on )?(?P<rel>the weekend|last weekend|this weekend|the past weekend|next weekend)\b",
        ),
        (
            "holiday",
            r"\b(?P<hol>Christmas Day|Christmas Eve|Boxing Day|New Year[’']s Eve|New Year[’']s Day|New Year[’']s)\b",
        ),
        (
            "year",
            rf"\b(?:in|since|of|during|by|from|until|through)\s+(?:early\s+|late\s+|mid-?\s*)?{y}",
        ),
        ("yearrow", rf"^\s*{y}\s*(?=[|/:]|\t)"),
        ("yearhead", rf"\b(?:full[- ]year|year|calendar year)\s+{y}"),
        (
            "clock",
            r"(?:at|by|until|around|before|after|since|from|as of|up to)\s+(?:about\s+|around\s+)?(?:\d{1,2}(?:[.:]\d{2})?\s*(?:a\.?m\.?|p\.?m\.?|GMT|hrs|hours|o[’']clock)|\d{1,2}[.:]\d{2}|noon|midday|midnight|dawn|nightfall|sunset|sunrise)",
        ),
    )
    return tuple((name, re.compile(p, re.IGNORECASE | re.MULTILINE)) for name, p in rows)


def find_dates(text: str, published: date | None) -> list[Expression]:
    """The dated expressions of `text`, in order, without overlaps; the earlier row counts.

    Without `published` only full dates (with a year) are resolved.
    """
    found: list[tuple[int, int, str, re.Match[str]]] = []
    taken = bytearray(len(text))
    for name, pattern in _patterns():
        for match in pattern.finditer(text):
            start, end = match.span()
            if start == end or any(taken[start:end]):
                continue
            if match.groupdict().get("m") and _is_word(match):
                continue
            if match.groupdict().get("w") and not match.group("w")[:1].isupper():
                continue
            taken[start:end] = b"\x01" * (end - start)
            found.append((start, end, name, match))
    found.sort(key=lambda f: f[0])
    out: list[Expression] = []
    for start, end, name, match in found:
        before = text[max(0, start - 24) : start].lower()
        expression = _resolve(name, match, published, out[-1] if out else None, before)
        if expression is not None:
            out.append(expression)
    return out


def _is_word(match: re.Match[str]) -> bool:
    """ "May" and "March" are months with a capital only; "mar", "dec" need it too."""
    return not match.group("m")[:1].isupper()


def _resolve(
    name: str,
    match: re.Match[str],
    published: date | None,
    previous: Expression | None,
    before: str,
) -> Expression | None:
    parts = match.groupdict()
    start, end = match.span()
    if name in ("iso", "date", "span"):
        return _calendar(name, parts, published, start, end)
    if published is None:
        return None
    anchor = previous.last if previous else published
    day = timedelta(days=1)
    if name == "month":
        return _month(parts, published, start, end)
    if name == "dayofmonth" or name == "weekdom":
        number = int(parts["d"])
        for back in range(0, 62):
            candidate = published + timedelta(days=3) - back * day
            if candidate.day == number and (
                name == "dayofmonth" or candidate.weekday() == DAYS[parts["w"].lower()]
            ):
                return Expression(start, end, "date", candidate)
        return None
    if name == "weekday":
        return _weekday(parts, published, start, end, before)
    if name == "relative":
        word = parts["rel"].lower()
        shift = {
            "yesterday": -1,
            "last night": -1,
            "tomorrow": 1,
            "the day before yesterday": -2,
            "day before yesterday": -2,
            "the day after tomorrow": 2,
        }.get(word, 0)
        return Expression(
            start,
            end,
            "relative",
            published + shift * day,
            ahead=shift > 0 or word in ("later today", "tonight"),
        )
    if name == "ago":
        size = _NUMBERS.get(parts["n"].lower()) or (int(parts["n"]) if parts["n"].isdigit() else 1)
        earlier = not match.group().lower().endswith("ago")
        base = anchor if earlier else published
        shift_by = {
            "day": relativedelta(days=size),
            "night": relativedelta(days=size),
            "week": relativedelta(weeks=size),
            "fortnight": relativedelta(weeks=2 * size),
            "month": relativedelta(months=size),
            "year": relativedelta(years=size),
            "hour": relativedelta(hours=0),
        }[parts["u"].lower()]
        return Expression(start, end, "ago", base - shift_by)
    if name == "later":
        if previous is None:
            return None
        size = (
            1
            if parts.get("next")
            else _NUMBERS.get((parts["n"] or "a").lower())
            or (int(parts["n"]) if (parts["n"] or "").isdigit() else 1)
        )
        unit = 7 if (parts.get("u") or "day").lower() == "week" else 1
        return Expression(start, end, "later", anchor + size * unit * day)
    if name == "eve":
        return Expression(start, end, "later", anchor - day)
    if name == "sameday":
        return Expression(start, end, "sameday", anchor) if previous else None
    if name == "period":
        raw = (parts.get("n") or "a").lower()
        size = _NUMBERS.get(raw) if not raw.isdigit() else int(raw)
        unit = parts["u"].lower()
        if unit == "hour":
            length = max(1, round((int(raw) if raw.isdigit() else 24) / 24)) * day
            return Expression(start, end, "period", published, published - length)
        if unit == "month":
            return Expression(
                start, end, "period", published, published - relativedelta(months=size or 1)
            )
        if unit == "year":
            return Expression(
                start, end, "period", published, published - relativedelta(years=size or 1)
            )
        length = int((size or 1) * _UNITS[unit]) * day
        return Expression(start, end, "period", published, published - length)
    if name == "week":
        return _week(parts["rel"].lower(), published, start, end)
    if name == "weekend":
        ahead = parts["rel"].lower() == "next weekend"
        sunday = (
            published + (6 - published.weekday()) * day
            if ahead
            else published - ((published.weekday() + 1) % 7) * day
        )
        return Expression(start, end, "weekend", sunday, sunday - day, ahead=ahead)
    if name == "holiday":
        month, number = {
            "christmas day": (12, 25),
            "christmas eve": (12, 24),
            "boxing day": (12, 26),
        }.get(
            parts["hol"].lower().replace("'", "’"),
            (12, 31) if "eve" in parts["hol"].lower() else (1, 1),
        )
        return Expression(start, end, "date", _nearest(published, month, number))
    if name in ("year", "yearrow", "yearhead"):
        year = int(parts["y"])
        last = date(year, 12, 31)
        return Expression(
            start, end, "year", published if year == published.year else last, date(year, 1, 1)
        )
    if name == "clock":
        return Expression(start, end, "clock", published)
    return None


def _calendar(
    name: str, parts: dict[str, str | None], published: date | None, start: int, end: int
) -> Expression | None:
    month = (
        int(parts["mm"] or 0)
        if name == "iso"
        else MONTHS.get((parts.get("m") or parts.get("m1") or "").lower(), 0)
    )
    number = int(parts["d"] or 0)
    year = int(parts["y"]) if parts.get("y") else None
    if year is not None and published and year > published.year + 100:
        year -= 543  # Thailand's Buddhist era
    try:
        if year is None:
            if published is None:
                return None
            last = _nearest(published, month, number, DAYS.get((parts.get("w") or "").lower()))
        else:
            last = date(year, month, number)
        if name != "span":
            return Expression(start, end, "date", last, ahead=bool(published and last > published))
        first_month = MONTHS.get((parts.get("m1") or parts.get("m") or "").lower(), month)
        first = date(
            last.year if first_month <= last.month else last.year - 1,
            first_month,
            int(parts["d1"] or 1),
        )
    except ValueError:
        return None
    return Expression(start, end, "span", last, first)


def _nearest(published: date, month: int, number: int, weekday: int | None = None) -> date:
    """The day of that month nearest to publication; a stated weekday pins the year."""
    options = []
    for year in range(
        published.year - 6 if weekday is not None else published.year - 1, published.year + 2
    ):
        try:
            options.append(date(year, month, number))
        except ValueError:
            continue
    if not options:
        raise ValueError(f"no day {number} in month {month}")
    if weekday is not None:
        options = [o for o in options if o.weekday() == weekday] or options
    # News looks back: a day up to two months ahead is future, beyond that it is last year's.
    return min(
        options, key=lambda o: abs((o - published).days) + (180 if (o - published).days > 62 else 0)
    )


def _month(
    parts: dict[str, str | None], published: date, start: int, end: int
) -> Expression | None:
    month = MONTHS[(parts["m"] or "").lower()]
    part = (parts.get("part") or "").strip().lower()
    year = int(parts["y"]) if parts.get("y") else published.year
    if not parts.get("y"):
        if part == "last":
            year = published.year - (month >= published.month)
        elif month > published.month + 2:
            year -= 1
    first = date(year, month, 1)
    last = first + relativedelta(months=1) - timedelta(days=1)
    if part in ("early", "the start of", "the beginning of"):
        last = first + timedelta(days=9)
    elif part in ("late", "the end of"):
        first = first + timedelta(days=20)
    elif part.startswith("mid"):
        first, last = first + timedelta(days=10), first + timedelta(days=19)
    if first <= published < last:
        last = published
    return Expression(start, end, "month", last, first, ahead=first > published)


def _weekday(
    parts: dict[str, str | None], published: date, start: int, end: int, before: str
) -> Expression | None:
    number = DAYS[(parts["w"] or "").lower()]
    rel = (parts.get("rel") or "").lower()
    when = (parts.get("when") or "").lower()
    back = (published.weekday() - number) % 7
    last = published - timedelta(days=back)
    ahead = False
    if rel in ("next", "the following", "the coming") or when == "next week":
        last, ahead = published + timedelta(days=(number - published.weekday()) % 7 or 7), True
    elif (rel in ("last", "the previous") and back == 0) or when in ("of last week", "last week"):
        last = published - timedelta(days=back or 7)
        if when and last > published - timedelta(days=published.weekday() + 1):
            last -= timedelta(days=7)
    elif when == "before last":
        last -= timedelta(days=7)
    return Expression(start, end, "weekday", last, ahead=ahead)


def _week(rel: str, published: date, start: int, end: int) -> Expression:
    week = timedelta(days=7)
    monday = published - timedelta(days=published.weekday())
    month_start = published.replace(day=1)
    if rel in ("last week", "past week", "the week"):
        return Expression(start, end, "week", published, published - week)
    if rel == "this week":
        return Expression(start, end, "week", published, monday)
    if rel == "next week":
        return Expression(
            start, end, "week", monday + 2 * week - timedelta(days=1), monday + week, True
        )
    if rel == "last month":
        first = month_start - relativedelta(months=1)
        return Expression(start, end, "month", month_start - timedelta(days=1), first)
    if rel == "this month":
        return Expression(start, end, "month", published, month_start)
    if rel == "next month":
        first = month_start + relativedelta(months=1)
        return Expression(
            start, end, "month", first + relativedelta(months=1) - timedelta(days=1), first, True
        )
    if rel == "last year":
        return Expression(
            start, end, "year", date(published.year - 1, 12, 31), date(published.year - 1, 1, 1)
        )
    if rel == "this year":
        return Expression(start, end, "year", published, date(published.year, 1, 1))
    if rel == "next year":
        return Expression(
            start,
            end,
            "year",
            date(published.year + 1, 12, 31),
            date(published.year + 1, 1, 1),
            True,
        )
    return Expression(start, end, "recent", published)


def next_after(published: date, resolved: date, kind: str) -> date:
    """The same weekday looking ahead: the first one on or after publication."""
    if kind != "weekday" or resolved > published:
        return resolved
    return resolved if resolved == published else resolved + timedelta(days=7)


def infer_published(text: str) -> date | None:
    """The publication date that the text itself pins, or None.

    A stated full date in the first lines counts, else a day with its weekday ("Wednesday,
    November 1"), whose year is the latest on which both agree.
    """
    full = [e for e in find_dates(text, None) if e.kind == "date"]
    if full and full[0].start < 400:
        return full[0].last
    w, d, m = _W.format(""), _D.format(""), _M.format("")
    pattern = (
        re.compile(rf"{w},?\s+(?:{m}\s+{d}|{d}\s+{m})(?!,?\s+\d{{4}})", re.IGNORECASE)
        if False
        else re.compile(
            rf"(?P<w>{'|'.join(DAYS)})\.?,?\s+(?:(?P<m>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?\s+(?P<d>\d{{1,2}})|(?P<d2>\d{{1,2}})\s+(?P<m2>{'|'.join(sorted(MONTHS, key=len, reverse=True))}))\b",
            re.IGNORECASE,
        )
    )
    match = pattern.search(text)
    if not match:
        return full[0].last if full else None
    month = MONTHS[(match.group("m") or match.group("m2")).lower()]
    number = int(match.group("d") or match.group("d2"))
    weekday = DAYS[match.group("w").lower()]
    for year in range(date.today().year, 1989, -1):
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if day.weekday() == weekday and day <= date.today():
            return day
    return None
