"""Every number in a text with a deterministic reading of its value: the candidates.

What is certain to be no count of people (a clock time, a calendar date, money, a share,
a measure, an ordinal, a name with digits) is ruled out here; the rest is weighed later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extraction.lexicon import rows, split

_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f\u2009 ]\d{3})+(?!\d)|\d{1,3}(?:,\d{2})+,\d{3}(?!\d)|\d{1,3}(?:\.\d{3})+(?![\d.]*\d)|\d+(?:\.\d+)?"


RANGE_WIDEST = 12


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that may count people: `text[start:end]` is the figure with its qualifier.

    `number_start:number_end` is the bare number; `form` is digits, words or vague;
    `count_max` is set only where a range is stated.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    count: int
    count_max: int | None
    qualifier: str
    form: str
    more: bool  # "another 289", "3,500 more"


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    value: float
    form: str


def _pairs(name: str) -> dict[str, int]:
    return {
        word: int(value)
        for word, value in (item.split("=") for item in split(rows("numbers")[name]["words"]))
    }


def _alternatives(phrases: list[str]) -> str:
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(p).replace(r"\ ", r"[\s\-]+") for p in ordered)


@cache
def _number_pattern() -> re.Pattern[str]:
    units, tens, scales = _pairs("units"), _pairs("tens"), _pairs("scales")
    vague = _alternatives([*_pairs("vague"), *_pairs("fractions")])
    simple = f"(?:{'|'.join(tens)})(?:[-\\s](?:{'|'.join(list(units)[:9])}))?|{'|'.join(sorted(units, key=len, reverse=True))}"
    scale = "|".join(sorted(scales, key=len, reverse=True))
    spelled = (
        f"(?:(?:a|{simple})[\\s-]+(?:{scale})|{simple}|(?:hundred|thousand|million)(?=\\s+or\\s+so)|dozen(?=\\s))"
        f"(?:(?:\\s+and)?[\\s-]+(?:{simple})(?:[\\s-]+(?:{scale}))?|[\\s-]+(?:{scale}))*"
    )
    mixed = f"(?:{_DIGITS})(?:[\\s-]?(?:{scale}|m|k))?(?![\\w%])"
    return re.compile(
        f"(?<![\\w$€£¥₹#])(?<!\\d[.,:/])(?:(?P<vague>{vague})|(?P<words>{spelled})|(?P<digits>{mixed}))(?![\\w])",
        re.IGNORECASE,
    )


@cache
def _before() -> re.Pattern[str]:
    phrases = {
        phrase: name
        for name in ("about", "at_least", "at_most", "plain")
        for phrase in split(rows("quantifiers")[name]["words"])
        if not (name == "about" and phrase == "or so")
    }
    return re.compile(f"(?<![\\w-])(?P<q>{_alternatives(list(phrases))})[\\s]+$", re.IGNORECASE)


@cache
def _phrase_kind() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for name in ("plain", "about", "at_least", "at_most"):
        for phrase in split(rows("quantifiers")[name]["words"]):
            kinds[phrase] = name
    return kinds


@cache
def _after() -> re.Pattern[str]:
    parts = []
    for name in ("about", "at_least", "at_most"):
        parts.append(
            f"(?P<{name}>{_alternatives(list(split(rows('quantifiers')[name + '_after']['words'])))})"
        )
    return re.compile(f"(?:\\s+|-)(?:{'|'.join(parts)})(?!\\w)", re.IGNORECASE)


@cache
def _estimated() -> re.Pattern[str]:
    phrases = list(split(rows("quantifiers")["about_said"]["words"]))
    return re.compile(f"(?<!\\w)(?:{_alternatives(phrases)})\\s+$", re.IGNORECASE)


# RECORD.md, "Event or cumulative": a rate ("an average of 500 a day") is `about`.
_RATE_AFTER = re.compile(
    r"(?:\s+(?!after|in|for|on|within|over|during)[\w-]+){0,3}?\s+(?:a|per|each|every)\s+(?:day|week|month|night|hour|minute)\b",
    re.IGNORECASE,
)
# ... but a quota or a goal is stated exactly, and so is what is only planned.
_QUOTA_BEFORE = re.compile(
    r"\b(?:quota|goal|target|limit|cap|ceiling|agreed|would|will|plans?|aims?|allow\w*|permit\w*)\b[^.;]{0,50}$",
    re.IGNORECASE,
)
# "has gone up to 7,519" states the figure reached; only a bare "up to" limits it.
_REACHED = re.compile(
    r"\b(?:go(?:es|ne|ing)?|went|r[io]sen?|rising|br(?:ing|ings|inging|ought)|push(?:es|ed|ing)?|tak(?:e|es|ing|en)|took|climb(?:s|ed|ing)?|mov(?:es|ed|ing)|shot|add(?:s|ed|ing)?)\b(?:\s+(?:the|that|this|its|their)(?:\s+\w+){1,2})?\s+$",
    re.IGNORECASE,
)
_MORE = re.compile(r"\s+more(?!\w|\s+than)", re.IGNORECASE)
_JOIN = re.compile(r"\s*[–—−]\s*|\s*-\s*|\s+to\s+|\s+or\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"(?<!\w)(between|from)\s+(?:(?:about|around|some)\s+)?$", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|to)\s+(?:(?:about|around|some)\s+)?$", re.IGNORECASE)

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_MONTH_AFTER = re.compile(
    rf"\s*(?:th|st|nd|rd)?\s*(?:of\s+)?(?:[-–/]\s*\d+\s*)?{_MONTH}", re.IGNORECASE
)
_MONTH_LIST_AFTER = re.compile(
    rf"(?:\s*(?:,|and|or|to|-|–|until|till)\s*\d{{1,2}}(?:st|nd|rd|th)?)+\s+(?:of\s+)?{_MONTH}",
    re.IGNORECASE,
)
_MONTH_BEFORE = re.compile(
    rf"\b{_MONTH}\s*(?:the\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s*(?:,|and|to|-|–|until|or)\s*|\s*,\s*))*$",
    re.IGNORECASE,
)
_MEASURE_AFTER = re.compile(
    r"\s*-?\s*(?:(?:square|sq\.?|cubic)\s+)?(?:%|per\s*cent|percent|percentage|km\b|kms\b|kilomet|mile|met(?:er|re)|feet\b|foot\b|ft\b|"
    r"hectare|acre|ton(?:s|ne|nes)?\b|kg\b|kilo|litre|liter|gallon|degree|dollar|euro|pound|rupee|dinar|rial|rand\b|"
    r"yen\b|peso|U\.?S\.?\s+dollar|USD|US\$|a\.?m\.?\b|p\.?m\.?\b|o[’']clock|hrs?\b|hours?\b|minutes?\b|mins?\b|"
    r"seconds?\b|days?\b|weeks?\b|months?\b|years?\b|yrs?\b|nights?\b|century|centuries|decades?\b|weekends?\b|"
    r"GMT|BST|CET|UTC|IST|st\b|nd\b|rd\b|th\b|°|inch|cm\b|mm\b|knots?\b)",
    re.IGNORECASE,
)
_MEASURE_DEEP = re.compile(
    r"(?:\s+(?:consecutive|straight|full|whole|more|long|working|further|short|good))\s+(?:hours?|days?|weeks?|months?|years?|nights?|kilomet|miles?)",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(r"(?:[$€£¥₹]|\b(?:USD|EUR|GBP|Rs\.?|US\$|PKR|INR))\s*$")
_NAME_BEFORE = re.compile(
    r"(?:\b(?:No|no|Nos|nos|Chapter|Article|Section|flight|Flight|Route|Highway|Resolution|Phase|phase|page|Gate|Terminal|"
    r"aged?|Aged?|Day|Update|Bulletin|Issue|Report|Camp|Division|Brigade|Battalion|Line|line|Group of|Point)"
    r"\.?\s*#?\s*|\b[A-Z]{2,}-|\b[A-Z]-?)$"
)
_AGE_AFTER = re.compile(
    r"-year|-day|-month|-week|-hour|-strong|-mile|-km|-kilomet|-met|-bed|-member|-seat|-point|-storey|-foot|-minute",
    re.IGNORECASE,
)


def find_figures(text: str, start: int = 0, end: int | None = None) -> list[Figure]:
    """The candidate figures of `text[start:end]`, in order, with absolute offsets."""
    end = len(text) if end is None else end
    numbers = [n for m in _number_pattern().finditer(text, start, end) if (n := _value(m))]
    figures: list[Figure] = []
    skip = False
    for position, number in enumerate(numbers):
        if skip:
            skip = False
            continue
        following = numbers[position + 1] if position + 1 < len(numbers) else None
        upper = _range_end(text, start, number, following)
        last = upper or number
        if upper is not None:
            skip = True
        if _ruled_out(text, start, end, number, last):
            continue
        figure = _figure(text, start, end, number, upper)
        if figure:
            figures.append(figure)
    return figures


def _value(match: re.Match[str]) -> _Number | None:
    raw = match.group()
    kind = match.lastgroup or "digits"
    start = match.start()
    lowered = re.sub(r"[\s\-]+", " ", raw.lower()).strip()
    if kind == "vague":
        vague, fractions = _pairs("vague"), _pairs("fractions")
        value = {re.sub(r"[\s\-]+", " ", k): v for k, v in {**vague, **fractions}.items()}[lowered]
        form = "vague" if any(re.sub(r"[\s\-]+", " ", k) == lowered for k in vague) else "words"
        return _Number(start, match.end(), value, form)
    if kind == "words":
        spelled = _spelled(lowered)
        return _Number(start, match.end(), spelled, "words") if spelled else None
    digits = re.match(_DIGITS, raw)
    if not digits:
        return None
    plain = digits.group()
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", plain) and not raw[digits.end() :].strip():
        value = float(plain.replace(".", ""))
    else:
        value = float(re.sub(r"[,\s\u00a0\u202f\u2009]", "", plain))
    unit = raw[digits.end() :].strip(" -\n\t").lower()
    if unit:
        value *= {"m": 1_000_000, "k": 1000}.get(unit) or _pairs("scales")[unit]
    return _Number(start, match.end(), round(value, 3), "digits")


def _spelled(phrase: str) -> int | None:
    """The value of number words, "two hundred and five" -> 205; None when they make none."""
    units, tens, scales = _pairs("units"), _pairs("tens"), _pairs("scales")
    total, current = 0, 0
    for word in phrase.split():
        if word in ("a", "and"):
            continue
        if word in units or word in tens:
            current += units.get(word) or tens[word]
        elif word in ("hundred", "dozen", "score"):
            current = max(current, 1) * scales[word]
        elif word in scales:
            total, current = total + max(current, 1) * scales[word], 0
        else:
            return None
    return total + current or None


def _range_end(text: str, floor: int, low: _Number, high: _Number | None) -> _Number | None:
    """The upper number of a stated range that begins with `low`, or None."""
    if high is None or high.form == "vague" or low.form == "vague":
        return None
    gap = text[low.end : high.start]
    if low.form != high.form and not _AND.fullmatch(gap):
        return None  # "Oct 13 – Thirty-seven people": a dateline, not a range
    if (
        re.search(rf"{_MONTH}\s+$", text[max(floor, low.start - 12) : low.start], re.IGNORECASE)
        and not gap.isspace()
    ):
        return None
    between = _BETWEEN.search(text, max(floor, low.start - 24), low.start)
    joined = _JOIN.fullmatch(gap) or (between and _AND.fullmatch(gap))
    if not joined:
        return None
    # "No 3 – 135 people": a dash joins two of like size; farther apart it only separates.
    return high if low.value < high.value <= low.value * RANGE_WIDEST else None


def _ruled_out(text: str, floor: int, end: int, number: _Number, last: _Number) -> bool:
    value = number.value
    if value != int(value) or value < 1 or value > 1_000_000_000:
        return True
    before = text[max(floor, number.start - 24) : number.start]
    after = text[last.end : min(end, last.end + 30)]
    bare = text[number.start : number.end]
    year = bare.isdigit() and len(bare) == 4 and 1900 <= value <= 2100
    day = bare.isdigit() and value <= 31
    if re.match(r"[:.]\d", after) or re.search(r"\d[:.]$", before):
        return True
    if _MEASURE_AFTER.match(after) or _MEASURE_DEEP.match(after) or _AGE_AFTER.match(after):
        return True
    if _MONEY_BEFORE.search(before) or (_is_age(value, before, after) and number.form == "digits"):
        return True
    if (
        2400 <= value <= 2600
        and bare.isdigit()
        and re.search(rf"{_MONTH}\s*$", before, re.IGNORECASE)
    ):
        return True  # a year of the Buddhist era
    if year and re.match(r"\s*[|/]\s*\d", after) and not text[floor : number.start].strip():
        return True  # the first cell of a table row
    if day and (
        _MONTH_AFTER.match(after) or _MONTH_BEFORE.search(before) or _MONTH_LIST_AFTER.match(after)
    ):
        return True
    if year and (
        re.search(
            rf"(?:{_MONTH}|\b(?:in|since|of|from|until|by|late|early|mid|and|to|during|before|after|the))[\s,-]*$",
            before,
            re.IGNORECASE,
        )
        or re.match(
            r"[-–/]\d{2,4}|\s*[,)]|\s+(?:war|crisis|conflict|election|coup|offensive|revolution)",
            after,
        )
        or re.search(rf"{_MONTH}\s+\d{{1,2}},?\s*$", before, re.IGNORECASE)
        or not after.strip()
    ):
        return not re.search(
            r"(?:about|around|some|than|over|nearly|least|to|the) $", before
        ) or bool(
            re.search(r"(?:since|from|in|of|by) (?:about |around |the )?$", before, re.IGNORECASE)
        )
    if re.match(r"/\d", after) or re.search(r"\d/$", before):
        return True
    return number.form == "digits" and bool(_NAME_BEFORE.search(before))


def _is_age(value: float, before: str, after: str) -> bool:
    """Whether a number between commas behind a name is a person's age: "Keren Gobin, 17, said"."""
    return (
        5 <= value <= 105
        and bool(re.search(r"[A-ZÀ-Þ][\w’'-]+,\s+$", before))
        and bool(re.match(r"\s*[,.]|\s*$", after))
        and not re.match(r",?\s+(?:and|others?)\s", after)
    )


def _figure(
    text: str, floor: int, end: int, number: _Number, upper: _Number | None
) -> Figure | None:
    begin, finish = number.start, (upper or number).end
    qualifier = "at_least" if number.form == "vague" else "exact"
    more = False
    between = _BETWEEN.search(text, max(floor, begin - 24), begin)
    if upper is not None and between and between.group(1).lower() == "between":
        begin = between.start()
    while found := _before().search(text, max(floor, begin - 32), begin):
        phrase = re.sub(r"[\s\-]+", " ", found.group("q").lower())
        kind = _phrase_kind().get(phrase) or _phrase_kind().get(found.group("q").lower())
        if kind is None:
            break
        if phrase == "up to" and _REACHED.search(
            text, max(floor, found.start("q") - 40), found.start("q")
        ):
            break
        if kind == "plain":
            if phrase in ("another", "a further", "further", "an additional", "additional"):
                more = True
            if phrase == "another":
                begin = found.start("q")
            break
        if qualifier == "exact" or number.form == "vague":
            qualifier = kind
        begin = found.start("q")
    if after := _after().match(text, finish, min(end, finish + 24)):
        kind = after.lastgroup or "about"
        if not re.match(r"\s+or\s+more\s+than", text[finish:end]):
            qualifier, finish = kind, after.end()
    if tail := _MORE.match(text, finish, min(end, finish + 8)):
        finish, more = tail.end(), True
    if (
        qualifier == "exact"
        and upper is None
        and (
            _RATE_AFTER.match(text, finish, min(end, finish + 60))
            or _estimated().search(text, max(floor, begin - 24), begin)
        )
    ):
        qualifier = "about"
    return Figure(
        begin,
        finish,
        number.start,
        (upper or number).end,
        int(number.value),
        int(upper.value) if upper else None,
        qualifier,
        number.form,
        more,
    )
