"""The dates and periods that a text tells, in order, resolved against its publication date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from extraction.date_patterns import DAYS, MONTHS, date_matches
from extraction.date_reading import read_match
from extraction.dated import Expression, Setting
from extraction.lexicon import words

DATELINE = 400  # characters in which a report's own date stands
EARLIEST = 1990
LONGEST_SPAN = 1100  # days
# Kinds that name no day of their own, from which "the day before" cannot be reckoned.
OPEN_KINDS = frozenset({"clock", "length", "period", "coming", "recent", "relative", "dateline"})
_YEAR_REACH = 160  # characters over which a told year or week carries in its sentence

_JOINS = re.compile(
    r"\s*(?P<how>,?\s*(?:and|to|till|until|through)\s|,|[-–—])\s*(?:(?:from|the|on|late|early)\s+){0,2}",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\s+(?:to|until|till|ending|ended|up to|through|before)\s+(?:\S{1,12}\s+){0,3}?(?:on\s+)?"
)
_FROM = re.compile(r"\s+(?:from|since|starting|beginning|after)\s+(?:on\s+)?")
_SAY_REACH = 34  # characters before a date in which a verb of saying makes it the speech's day
DATELINE_START = 90  # characters in which a dateline begins
_DATELINE_END = re.compile(r"\.?\s{0,2}(?:\([^)\n]{1,40}\))?\s{0,2}(?:[-–—]|:\s|\|)")
_SENTENCE_BREAK = re.compile(r"[.!?]\s+[A-Z“\"]|\n")
_BETWEEN = re.compile(r"\bbetween\s+(?:late\s+|early\s+)?$", re.IGNORECASE)
_PINNED = re.compile(
    rf"\b(?P<w>{'|'.join(DAYS)})\.?,?\s+(?:(?P<m>{'|'.join(MONTHS)})\.?\s+(?P<d>\d{{1,2}})"
    rf"|(?P<d2>\d{{1,2}})\s+(?P<m2>{'|'.join(MONTHS)}))\b",
    re.IGNORECASE,
)


def find_dates(text: str, published: date | None) -> list[Expression]:
    """The dated expressions of `text`, in order; pairs that make a span are given besides.

    Without `published` only full dates (with a year) are resolved.
    """
    return list(_found(text, published))


@lru_cache(maxsize=4)  # one report is asked for its dates by more than one reader
def _found(text: str, published: date | None) -> tuple[Expression, ...]:
    found: list[Expression] = []
    previous: Expression | None = None
    for row, match in date_matches(text):
        near = previous is not None and _same_sentence(text, previous, match.start())
        year = previous.last.year if near and previous and previous.year_told else None
        expression = read_match(row.reads, match, Setting(published, previous, year, near))
        if expression is None:
            continue
        if published == expression.last and _in_dateline(text, expression):
            expression = replace(expression, kind="dateline")
        found.append(expression)
        if expression.kind in OPEN_KINDS or (near and says(text, expression.start)):
            continue  # the day of the speech does not displace the day it speaks of
        previous = expression
    return tuple(_with_spans(text, found))


def _in_dateline(text: str, expression: Expression) -> bool:
    """Whether the report's own date stands there: "NAIROBI, 28 October 2010 (IRIN) - "."""
    return expression.start < DATELINE_START and bool(_DATELINE_END.match(text, expression.end))


def says(text: str, offset: int) -> bool:
    """Whether a verb of saying stands shortly before `offset` ("told the Council on Friday")."""
    before = text[max(0, offset - _SAY_REACH) : offset].lower().replace(",", " ")
    return not words("speech", "speech").isdisjoint(before.split()[-5:])


def _same_sentence(text: str, previous: Expression, start: int) -> bool:
    """Whether the sentence of `previous` goes on to `start`: its year and week carry on."""
    if start - previous.end > _YEAR_REACH:
        return False
    return _SENTENCE_BREAK.search(text, previous.end, start) is None


def _with_spans(text: str, found: Sequence[Expression]) -> list[Expression]:
    out: list[Expression] = []
    chain: Expression | None = None  # the span that the last expressions make
    for i, expression in enumerate(found):
        before = found[i - 1] if i else None
        joined = None
        if before is not None and expression.start - before.end <= 40:
            gap = text[before.end : expression.start]
            joined = _measured(before, expression, gap) or _joined(
                text, before, chain, expression, gap
            )
        if joined is not None and chain is not None:
            out.remove(chain)
        if joined is not None and joined.kind == "span":
            # Its ends are no days of their own; those of a list ("Friday and Saturday") are.
            out = [e for e in out if e.start < joined.start or e.kind == "length"]
        else:
            out.append(expression)
        if joined is not None:
            out.append(joined)
        chain = joined
    return out


def _measured(before: Expression, after: Expression, gap: str) -> Expression | None:
    """ "the five days to 19 November", "the four days from April 24"."""
    if before.kind != "length" or before.back is None or after.kind in OPEN_KINDS:
        return None
    if _TO.fullmatch(gap):
        return Expression(before.start, after.end, "span", after.last, after.last - before.back)
    if _FROM.fullmatch(gap):
        first = after.first or after.last
        return Expression(before.start, after.end, "span", first + before.back, first)
    return None


def _joined(
    text: str, before: Expression, chain: Expression | None, after: Expression, gap: str
) -> Expression | None:
    """ "Friday to Sunday", "April, May and June", "between Saturday and today"."""
    join = _JOINS.fullmatch(gap)
    ends = OPEN_KINDS - {"relative"}
    if join is None or before.kind in ends or after.kind in ends:
        return None
    if "," in gap and "and" not in gap and before.kind != after.kind:
        return None
    listed = join.group("how").strip(" ,").lower() in ("and", "")
    if listed and _BETWEEN.search(text, max(0, before.start - 20), before.start):
        listed = False
    head = chain or before
    first, last = head.first or head.last, after.last
    if first >= last and before.kind == "weekday":
        first -= timedelta(days=7)
    if not 0 < (last - first).days <= LONGEST_SPAN:
        return None
    others: list[tuple[str, date, date | None]] = []
    ahead = {n: d for n, d, _ in before.others}.get("next")
    for name, day, _ in after.others:
        if name == "next" and ahead is not None and ahead < day:
            others.append((name, day, ahead))
    kind = "list" if listed else "span"
    return Expression(head.start, after.end, kind, last, first, after.ahead, tuple(others))


def infer_published(text: str, latest: date | None = None) -> date | None:
    """The publication date that the text itself pins, or None.

    A stated full date in the first lines counts, else a day with its weekday ("Wednesday,
    November 1"), whose year is the last on which both agree. Days after `latest` (today when
    it is None) are not taken.
    """
    latest = latest or date.today()
    full = [e.last for e in find_dates(text[:DATELINE], None) if e.last <= latest]
    if full:
        return full[0]
    match = _PINNED.search(text)
    if match:
        return _latest_agreeing(match, latest)
    later = [e.last for e in find_dates(text, None) if e.last <= latest]
    return later[0] if later else None


def _latest_agreeing(match: re.Match[str], latest: date) -> date | None:
    month = MONTHS[(match.group("m") or match.group("m2")).lower()]
    number = int(match.group("d") or match.group("d2"))
    weekday = DAYS[match.group("w").lower()]
    for year in range(latest.year, EARLIEST - 1, -1):
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if day.weekday() == weekday and day <= latest:
            return day
    return None
