"""The words around a number that say how firm it is (RECORD.md, `qualifier`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extraction.lexicon import rows, split
from extraction.numbers import Number

_KINDS = ("plain", "about", "at_least", "at_most")
_MORE_WORDS = ("another", "a further", "further", "an additional", "additional")

# RECORD.md, "Event or cumulative": a rate ("an average of 500 a day") is `about`; "1,012 a
# week earlier" is none.
_RATE_AFTER = re.compile(
    r"(?:\s+(?!after|in|for|on|within|over|during)[\w-]+){0,3}?"
    r"\s+(?:a|per|each|every)\s+(?:day|week|month|night|hour|minute)\b"
    r"(?!\s+(?:ago|before|earlier|later|after|previously|from\s+now))",
    re.IGNORECASE,
)
# "has gone up to 7,519" states the figure reached; only a bare "up to" limits it.
_REACHED = re.compile(
    r"\b(?:go(?:es|ne|ing)?|went|r[io]sen?|rising|br(?:ing|ings|inging|ought)|push(?:es|ed|ing)?|"
    r"tak(?:e|es|ing|en)|took|climb(?:s|ed|ing)?|mov(?:es|ed|ing)|shot|add(?:s|ed|ing)?)\b"
    r"(?:\s+(?:the|that|this|its|their)(?:\s+\w+){1,2})?\s+$",
    re.IGNORECASE,
)
_NOT = re.compile(r"(?<!\bif\s)(?<!\bor\s)(?:(?<!\w)(?P<word>not|never)|n[’']t)\s+$", re.IGNORECASE)
_INSTEAD_BEFORE = re.compile(r"(?:[,;(–—]|\band)\s*$", re.IGNORECASE)
_BUT_AFTER = re.compile(r"(?:\s+\w+){0,3}?,?\s+but\b", re.IGNORECASE)
_WIDE = re.compile(r"(?<!\w)(?:anything|anywhere)\s+(?:from\s+|between\s+)?$", re.IGNORECASE)
_BETWEEN = re.compile(r"(?<!\w)between\s+(?:(?:about|around|some)\s+)?$", re.IGNORECASE)
_MORE = re.compile(r"\s+more(?!\w|\s+than)", re.IGNORECASE)
_OR_MORE_THAN = re.compile(r"\s+or\s+more\s+than", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wording:
    """A number with its qualifying words: `text[start:end]`."""

    start: int
    end: int
    qualifier: str
    more: bool  # "another 289", "3,500 more"


def read_wording(text: str, floor: int, end: int, number: Number, upper: Number | None) -> Wording:
    """The qualifier of a number, or of the range up to `upper`, within `text[floor:end]`."""
    last = upper or number
    start, qualifier, more = _before(text, floor, number, upper)
    finish, behind = _after(text, last.end, end)
    qualifier = behind or qualifier
    if tail := _MORE.match(text, finish, min(end, finish + 16)):
        finish, more = tail.end(), True
    if qualifier == "exact" and _is_estimate(text, floor, end, start, finish, upper is not None):
        qualifier = "about"
    return Wording(start, finish, qualifier, more)


def _before(text: str, floor: int, number: Number, upper: Number | None) -> tuple[int, str, bool]:
    """Where the words before a number begin, what they make of it, and whether it is more."""
    start = number.start
    qualifier = "at_least" if number.form == "vague" else "exact"
    if upper is not None:
        if between := _BETWEEN.search(text, max(floor, start - 24), start):
            start = between.start()
        if wide := _WIDE.search(text, max(floor, start - 24), start):
            return wide.start(), "about", False
    read = False
    while found := _phrase_before().search(text, max(floor, start - 32), start):
        at = found.start("phrase")
        phrase = re.sub(r"[\s\-]+", " ", found.group("phrase").lower())
        kind = _kinds().get(phrase)
        if kind is None or _belongs_to_verb(text, floor, phrase, at):
            break
        if kind == "plain":
            if phrase == "another":
                start = at
            return start, qualifier, phrase in _MORE_WORDS
        if not read or number.form == "vague":
            qualifier, read = kind, True
        start = at
    if negation := _NOT.search(text, max(floor, start - 12), start):
        fewer = not read and number.value > 1 and not _is_correction(text, floor, negation, number)
        if fewer or (read and qualifier == "at_least"):
            qualifier = "at_most"
            start = negation.start("word") if negation.group("word") else start
    return start, qualifier, False


def _is_correction(text: str, floor: int, negation: re.Match[str], number: Number) -> bool:
    """Whether a number is denied for another: "1,044, not 1,034", "not 30 but 40"."""
    instead = _INSTEAD_BEFORE.search(text, max(floor, negation.start() - 6), negation.start())
    return bool(instead or _BUT_AFTER.match(text, number.end, number.end + 40))


def _belongs_to_verb(text: str, floor: int, phrase: str, at: int) -> bool:
    """Whether "up to" or "over" goes with the verb before it: "gone up to", "bring over"."""
    if phrase == "up to":
        return bool(_REACHED.search(text, max(floor, at - 40), at))
    return phrase == "over" and bool(_carried_over().search(text, max(floor, at - 12), at))


def _after(text: str, start: int, end: int) -> tuple[int, str | None]:
    """Where the qualifying words behind a number end, and what they make of it, or None."""
    found = _phrase_after().match(text, start, min(end, start + 24))
    if found is None or _OR_MORE_THAN.match(text, start, end):
        return start, None
    return found.end(), "at_least" if found.lastgroup == "plus" else found.lastgroup


def _is_estimate(text: str, floor: int, end: int, start: int, finish: int, is_range: bool) -> bool:
    """Whether words that are no part of the figure make it an estimate or a rate."""
    if _roughly_behind().match(text, finish, min(end, finish + 40)):
        return True
    if is_range:
        return False  # its bounds tell how firm it is
    rate = _RATE_AFTER.match(text, finish, min(end, finish + 70))
    said = _said_before().search(text, max(floor, start - 24), start)
    return bool(rate or said)


def _alternatives(phrases: list[str]) -> str:
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(p).replace(r"\ ", r"[\s\-]+") for p in ordered)


def _listed(name: str) -> list[str]:
    return list(split(rows("quantifiers")[name]["words"]))


@cache
def _kinds() -> dict[str, str]:
    return {re.sub(r"[\s\-]+", " ", p): kind for kind in _KINDS for p in _listed(kind)}


@cache
def _phrase_before() -> re.Pattern[str]:
    listed = _alternatives([p for kind in _KINDS for p in _listed(kind) if p != "or so"])
    return re.compile(f"(?<![\\w-])(?P<phrase>{listed})\\s+$", re.IGNORECASE)


@cache
def _phrase_after() -> re.Pattern[str]:
    parts = "|".join(
        f"(?P<{kind}>{_alternatives(_listed(kind + '_after'))})" for kind in _KINDS[1:]
    )
    # Of these only some stand behind a comma: "10,000, give or take", not "40, plus 12 others".
    return re.compile(
        f"(?:\\s+|-|,\\s+(?=give\\s|or\\s+(?:more|less|thereabouts)|at\\s))(?:{parts})(?!\\w)"
        r"|(?P<plus>\+)(?!\d)",
        re.IGNORECASE,
    )


@cache
def _said_before() -> re.Pattern[str]:
    return re.compile(f"(?<!\\w)(?:{_alternatives(_listed('about_said'))})\\s+$", re.IGNORECASE)


@cache
def _roughly_behind() -> re.Pattern[str]:
    """Behind the noun: "60 families, give or take"."""
    listed = _alternatives(_listed("about_behind_noun"))
    return re.compile(f"\\s+[\\w-]+,?\\s+(?:{listed})(?!\\w)", re.IGNORECASE)


@cache
def _carried_over() -> re.Pattern[str]:
    return re.compile(f"\\b(?:{_alternatives(_listed('over_verb'))})\\s+$", re.IGNORECASE)
