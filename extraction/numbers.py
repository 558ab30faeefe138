"""Numbers as they are written, with their values: digits, words, both mixed, vague plurals."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from extraction.lexicon import rows, split, words

DIGITS_MOST = 15  # longer runs are identifiers, and floats no longer hold them exactly
RANGE_WIDEST = 12  # how many times the lower bound an upper bound may be

_DIGITS = (
    r"\d{1,3}(?:[,\u00a0\u202f\u2009 ]\d{3})+(?!\d)"  # 12,000; 12 000
    r"|\d{1,3}(?:,\d{2})+,\d{3}(?!\d)"  # 1,50,000
    r"|\d{1,3}(?:\.\d{3})+(?![\d.]*\d)"  # 12.000
    r"|\d+(?:\.\d+)?"
)
_DOTTED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_SEPARATORS = re.compile(r"[,\s\u00a0\u202f\u2009]")
_SHORT_SCALES = {"m": 1_000_000, "k": 1000}
_PARTS = {"half": 0.5, "quarter": 0.25}
_ROUND = ("dozen", "score")  # no further number joins them: "two dozen and five" are two

_JOIN = re.compile(r"\s*[–—−]\s*|\s*-\s*|\s+to\s+|\s+or\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"(?<!\w)(?:between|from)\s+(?:(?:about|around|some)\s+)?$", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|to)\s+(?:(?:about|around|some)\s+)?", re.IGNORECASE)
_AFTER_MONTH = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?\s+$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number: `text[start:end]` has the `value`; `form` is digits, words or vague.

    `scale` is what a word of scale at its end multiplies by ("fourteen thousand": 1000).
    """

    start: int
    end: int
    value: float
    form: str
    scale: float = 1


def find_numbers(text: str, start: int, end: int) -> list[Number]:
    """Every number of `text[start:end]` in order, with absolute offsets."""
    return [n for m in _pattern().finditer(text, start, end) if (n := _read(m)) is not None]


def read_range(
    text: str, floor: int, low: Number, high: Number | None
) -> tuple[Number, Number] | None:
    """Both bounds where `low` and `high`, the number after it, state a range; else None.

    A scale told once holds for both: "twelve to fourteen thousand" begins at 12,000.
    `floor` is where the sentence begins.
    """
    if high is None or high.form == "vague" or low.form == "vague":
        return None
    gap = text[low.end : high.start]
    if low.form != high.form and not _AND.fullmatch(gap):
        return None  # "Oct 13 – Thirty-seven people": a dateline, not a range
    if _AFTER_MONTH.search(text, max(floor, low.start - 12), low.start) and not gap.isspace():
        return None
    between = _BETWEEN.search(text, max(floor, low.start - 24), low.start)
    if not (_JOIN.fullmatch(gap) or (between and _AND.fullmatch(gap))):
        return None
    if low.scale == 1 < high.scale and low.value < high.value / high.scale:
        low = replace(low, value=round(low.value * high.scale, 3), scale=high.scale)
    # "No 3 – 135 people": a dash joins two of like size; farther apart it only separates.
    return (low, high) if low.value < high.value <= low.value * RANGE_WIDEST else None


@cache
def _pairs(name: str) -> dict[str, int]:
    listed = split(rows("numbers")[name]["words"])
    return {word: int(value) for word, value in (item.split("=") for item in listed)}


@cache
def _phrases() -> dict[str, tuple[int, str]]:
    """Fixed phrases by their words, one blank between, with value and form."""
    return {
        _plain(phrase): (value, form)
        for name, form in (("fractions", "words"), ("vague", "vague"))
        for phrase, value in _pairs(name).items()
    }


def _plain(phrase: str) -> str:
    return re.sub(r"[\s,\-]+", " ", phrase.lower()).strip()


def _longest_first(listed: list[str]) -> str:
    ordered = sorted(listed, key=len, reverse=True)
    return "|".join(
        re.escape(p).replace(r"\ ", r"[\s\-]+").replace(" ", r"[\s\-]+") for p in ordered
    )


@cache
def _pattern() -> re.Pattern[str]:
    units, tens, scales = _pairs("units"), _pairs("tens"), _pairs("scales")
    digits_words = "|".join(list(units)[:9])
    simple = f"(?:(?:{'|'.join(tens)})(?:[-\\s](?:{digits_words}))?|{_longest_first(list(units))})"
    scale = f"(?:{_longest_first(list(scales))})"
    # "two hundred", "a hundred", but also "another hundred", "hundred or so", "dozen people"
    bare = "|".join(f"(?<=\\b{word}\\s)" for word in sorted(words("before_scale", "numbers")))
    first = (
        f"(?:(?:a|{simple})[\\s-]+{scale}|{simple}|(?:hundred|thousand|million)(?=\\s+or\\s+so)"
        f"|(?=hundred|thousand|million)(?:{bare})(?:hundred|thousand|million)|dozen(?=\\s))"
    )
    # After a scale a smaller number goes on, with "and" or not; never one of the same scale:
    # "between one hundred and two hundred" are two numbers.
    further = "|".join(
        f"(?<={s})(?:\\s+and)?[\\s-]+{simple}(?![\\s-]+{s}\\b)(?:[\\s-]+{scale})?"
        for s in scales
        if s not in _ROUND
    )
    # "One thousand, one hundred and eighty-eight"
    rest = f"{simple}\\s+hundred(?:\\s+and\\s+{simple}|\\s+thousand)"
    comma = f"(?:(?<=thousand)|(?<=million)),\\s+{rest}"
    spelled = f"{first}(?:[\\s-]+{scale}|{further}|{comma})*"
    part = f"(?:{simple}|\\d{{1,3}})\\s+and\\s+(?:a|one)[\\s-]+(?:half|quarter)(?:\\s+{scale})?"
    mixed = f"(?:{_DIGITS})(?:[\\s-]?(?:{scale}|m|k))?(?![\\w%])"
    # Most places of a text are left at their first letter, most others at their third.
    spelled_out = (*units, *tens, *_phrases(), "hundred", "thousand", "million", "dozen")
    beginnings = {word[:3] for word in spelled_out if " " not in word[:3]}
    initials = "".join(sorted({word[0] for word in beginnings}))
    return re.compile(
        f"(?=[\\da{initials}])(?<![\\w$€£¥₹#])(?<!\\d[.,:/])"
        f"(?=\\d|a[\\s\\-]|{'|'.join(sorted(beginnings))})"
        f"(?:(?P<phrase>{_longest_first(list(_phrases()))})"
        f"|(?P<part>{part})|(?P<words>{spelled})|(?P<digits>{mixed}))(?!\\w)",
        re.IGNORECASE,
    )


def _read(match: re.Match[str]) -> Number | None:
    raw = match.group()
    plain = _plain(raw)
    if match.lastgroup == "phrase":
        known = _phrases().get(plain)  # none for a letter that only looks alike, as "dozenſ"
        return Number(*match.span(), *known) if known else None
    if match.lastgroup == "part":
        return _with_part(match, plain)
    if match.lastgroup == "words":
        value = _spelled(plain)
        return Number(*match.span(), value, "words", _scale(plain)) if value else None
    return _in_digits(match, raw)


def _in_digits(match: re.Match[str], raw: str) -> Number | None:
    digits = re.match(_DIGITS, raw)
    if digits is None or digits.end() > DIGITS_MOST:
        return None
    plain, unit = digits.group(), raw[digits.end() :].strip(" -\n\t").lower()
    if _DOTTED.fullmatch(plain) and not unit:
        value = float(plain.replace(".", ""))
    else:
        value = float(_SEPARATORS.sub("", plain))
    if not unit:
        return Number(*match.span(), value, "digits")
    scale = _SHORT_SCALES.get(unit) or _pairs("scales").get(unit)
    return Number(*match.span(), round(value * scale, 3), "digits", scale) if scale else None


def _with_part(match: re.Match[str], plain: str) -> Number | None:
    """ "two and a half thousand" -> 2500; without a scale it is no whole number."""
    head, _, tail = plain.partition(" and ")
    whole = int(head) if head.isdigit() else _spelled(head)
    part, *scales = tail.split()[1:]
    if whole is None or part not in _PARTS:
        return None
    scale = _pairs("scales").get(scales[0]) if scales else 1
    return Number(*match.span(), (whole + _PARTS[part]) * scale, "words", scale) if scale else None


def _spelled(phrase: str) -> int | None:
    """The value of number words, "two hundred and five" -> 205; None when they make none."""
    units, tens, scales = _pairs("units"), _pairs("tens"), _pairs("scales")
    total, current = 0, 0
    for word in phrase.split():
        if word in ("a", "and"):
            continue
        if word in units or word in tens:
            current += units.get(word) or tens[word]
        elif word in ("hundred", *_ROUND):
            current = max(current, 1) * scales[word]
        elif word in scales:
            total, current = total + max(current, 1) * scales[word], 0
        else:
            return None
    return total + current or None


def _scale(phrase: str) -> float:
    """What the scales behind a simple number multiply by: "three hundred thousand" -> 100,000."""
    scales = _pairs("scales")
    listed = phrase.split()
    out = 1.0
    while listed and listed[-1] in scales:
        out *= scales[listed.pop()]
    return out if listed and not any(word in scales for word in listed) else 1.0
