"""Numbers that certainly count no people: times, dates, money, shares, measures, ages, names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from extraction.countries import demonyms
from extraction.numbers import Number

LARGEST = 1_000_000_000
REACH_BEFORE, REACH_AFTER = 24, 30  # characters looked at on either side

# May and March are months only with a capital: "20 may follow", "400 march to the border".
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|(?-i:Mar(?:ch)?|MAR(?:CH)?)|apr(?:il)?|(?-i:May|MAY)|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_LINK = r"\s*(?:,\s*and|,|and|to|-|–|until|till|or)\s*"
_MONTH_AFTER = re.compile(
    rf"\s*(?:th|st|nd|rd)?\s*(?:of\s+)?(?:[-–/]\s*\d+\s*)?{_MONTH}", re.IGNORECASE
)
_MONTH_LIST_AFTER = re.compile(rf"(?:{_LINK}{_DAY}){{1,8}}\s+(?:of\s+)?{_MONTH}", re.IGNORECASE)
_MONTH_BEFORE = re.compile(rf"\b{_MONTH}\s*(?:the\s+)?$", re.IGNORECASE)
_DAYS_BEFORE = re.compile(
    rf"\b{_MONTH}\s*(?:the\s+)?{_DAY}(?:{_LINK}{_DAY}){{0,8}}(?P<link>{_LINK})$", re.IGNORECASE
)
# Behind "April 19, " and "April 19 – " a count is as likely as a day.
_LOOSE_LINK = re.compile(r"\s*,\s*|\s+[-–]\s+")
_DATE_GOES_ON = re.compile(
    rf"(?:st|nd|rd|th)\b|{_LINK}\d{{1,2}}(?![\d.]|,\d)|,?\s*(?:19|20)\d\d\b", re.IGNORECASE
)

_CLOCK_BEFORE, _CLOCK_AFTER = re.compile(r"\d[:.]$"), re.compile(r"[:.]\d")
_SLASH_BEFORE, _SLASH_AFTER = re.compile(r"\d/$"), re.compile(r"/\d")
_ISO_BEFORE = re.compile(r"\b(?:19|20)\d\d-(?:\d{1,2}-)?$")

_MEASURE_AFTER = re.compile(
    r"\s*-?\s*(?:(?:square|sq\.?|cubic)\s+)?(?:%|per\s*cent|percent|percentage|km\b|kms\b|kilomet|"
    r"mile|met(?:er|re)|feet\b|foot\b(?!\s+(?:passenger|travell?er|traffic|crosser|soldier))|ft\b|"
    r"hectare|acre|ton(?:s|ne|nes)?\b|kg\b|kilo|litre|liter|gallon|degree|dollar|euros?\b|pound|rupee|"
    r"dinar|rial|rand\b|yen\b|peso|U\.?S\.?\s+dollar|USD|US\$|a\.?m\.?\b|p\.?m\.?\b|o[’']clock|"
    r"hrs?\b|hours?\b|minutes?\b|mins?\b|seconds?\b|days?\b(?![\s-]+(?:labou?r|tripper|visitor))|"
    r"weeks?\b|months?\b|years?\b|yrs?\b|nights?\b|century|centuries|decades?\b|weekends?\b|"
    r"GMT|BST|CET|UTC|IST|st\b|nd\b|rd\b|th\b|°|inch|cm\b|mm\b|knots?\b)",
    re.IGNORECASE,
)
_MEASURE_DEEP = re.compile(
    r"\s+(?:consecutive|straight|full|whole|more|long|working|further|short|good)"
    r"\s+(?:hours?|days?|weeks?|months?|years?|nights?|kilomet|miles?)",
    re.IGNORECASE,
)
_MONEY_BEFORE = re.compile(r"(?:[$€£¥₹]|\b(?:USD|EUR|GBP|Rs\.?|US\$|PKR|INR))\s*$")
_NAME_BEFORE = re.compile(
    r"(?:\b(?:No|no|Nos|nos|Chapter|Article|Section|flight|Flight|Route|Highway|Resolution|Phase|"
    r"phase|page|Gate|Terminal|aged?|Aged?|Day|Update|Bulletin|Issue|Report|Camp|Division|Brigade|"
    r"Battalion|Line|Group of|Point)\.?\s*#?\s*|\b[A-Z]{2,}-|\b[A-Z]-?)$"
)
_COMPOUND_AFTER = re.compile(
    r"-year|-day|-month|-week|-hour|-mile|-km|-kilomet|-met|-bed|-member|-seat|-point|"
    r"-storey|-foot|-minute",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    rf"(?:{_MONTH}|\b(?:in|since|of|from|until|by|late|early|mid|and|to|during|before|after|the|"
    rf"through|throughout))"
    rf"[\s,-]*$|{_MONTH}\s+\d{{1,2}},?\s*$",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(r"[-–/]\d{2,4}|\s*[,)]|\s*$")
_YEARLY_AFTER = re.compile(r"\s+(?:war|crisis|conflict|election|coup|offensive|revolution)\b")
# A share in words, "three in four" or "one out of every ten": neither number counts anybody.
_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_OF_SO_MANY = rf"(?:{'|'.join(_WORDS[2:])}|twenty|\d{{1,3}})"
_SHARE_AFTER = re.compile(
    rf"\s+(?:in|out\s+of)\s+(?:every\s+)?(?P<of>{_OF_SO_MANY})\b(?!,\d)", re.IGNORECASE
)
_SHARE_BEFORE = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|\d{1,2})\s+(?:in|out\s+of)\s+(?:every\s+)?$",
    re.IGNORECASE,
)
_LARGEST_SHARE = 9
# "Two-thirds of them": the part of a share that no word of scale follows.
_PARTS_AFTER = re.compile(
    r"[-\s](?:thirds?|quarters?|fifths?|sixths?|eighths?|tenths?)\b", re.IGNORECASE
)
# "Children under twelve", "those aged over 60": ages, unless more is said of the number.
_AGED_BEFORE = re.compile(
    r"\b(?:children|kids|boys|girls|minors|infants|youngsters|youths|men|women|adults|people|those|"
    r"anyone|everyone|aged?)\s+(?:aged?\s+)?(?:under|below|over|above)(?:\s+the\s+age\s+of)?\s+$",
    re.IGNORECASE,
)
_AGE_LAST = ("er", "ow", "ve", "of")  # how the words before an age end
_AGE_ENDS = re.compile(
    r"\s*(?:[.,;:)–—]|$|(?:and|or|who|were|are|was|to|from|on|in|with|had|have)\b)"
)
_DAY_OF_BEFORE = re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}\s+$", re.IGNORECASE)
_COUNTED_AFTER = re.compile(r"\s+[a-z]{3,}")
_PERSON_OF = re.compile(
    r"\b(?:m[ae]n|wom[ae]n|boys?|girls?|child|daughter|son)\s+of\s+$", re.IGNORECASE
)
_COUNT_BEFORE = re.compile(r"(?:about|around|some|than|over|nearly|least|to|the) $")
_TIME_BEFORE = re.compile(r"(?:since|from|in|of|by) (?:about |around |the )?$", re.IGNORECASE)


_NAME_COMMA = re.compile(r"([A-ZÀ-Þ][\w’'-]+),\s+$")


@cache
def _peoples() -> frozenset[str]:
    return frozenset(name.lower() for name in demonyms())


@dataclass(frozen=True)
class _Spot:
    """A number, as written in `bare`, and what stands on either side of it on its line."""

    number: Number
    bare: str
    before: str
    after: str
    opens: bool  # nothing stands before it in the sentence

    @cached_property
    def last(self) -> str:
        """The two characters that stand before it, in lower case, white space passed over.

        Searches that end behind the same few words are spared by them.
        """
        return self.before.rstrip()[-2:].lower()


def counts_nothing(text: str, floor: int, end: int, number: Number, last: Number) -> bool:
    """Whether the number (or the range from `number` to `last`) is certainly no count of people.

    `floor` and `end` are the bounds of its sentence.
    """
    value = number.value
    if value != int(value) or not 1 <= value <= LARGEST:
        return True
    spot = _Spot(
        number,
        text[number.start : number.end],
        text[max(floor, number.start - REACH_BEFORE) : number.start].rpartition("\n")[2],
        text[last.end : min(end, last.end + REACH_AFTER)].partition("\n")[0],
        not text[floor : number.start].strip(),
    )
    return (
        _is_time(spot)
        or _is_measure(spot)
        or _is_money(spot)
        or _is_share(spot)
        or _is_age(spot)
        or _is_day(spot)
        or _is_year(spot)
        or _is_name(spot)
    )


def _is_time(spot: _Spot) -> bool:
    return bool(_CLOCK_AFTER.match(spot.after) or _CLOCK_BEFORE.match(spot.before[-2:]))


def _is_measure(spot: _Spot) -> bool:
    return bool(
        _MEASURE_AFTER.match(spot.after)
        or _MEASURE_DEEP.match(spot.after)
        or _COMPOUND_AFTER.match(spot.after)
    )


def _is_money(spot: _Spot) -> bool:
    return bool(_MONEY_BEFORE.search(spot.before))


def _is_share(spot: _Spot) -> bool:
    """Whether it is one of the two numbers of a share: "three in four", "one out of ten"."""
    value = spot.number.value
    if value <= _LARGEST_SHARE and _PARTS_AFTER.match(spot.after):
        return True
    of = _SHARE_AFTER.match(spot.after)
    if of is not None and value <= _LARGEST_SHARE:
        whole = of.group("of").lower()
        return value < (_WORDS.index(whole) + 1 if whole in _WORDS else 20)
    if not 2 < value <= 100 or spot.last not in ("in", "of", "ry"):
        return False
    return bool(_SHARE_BEFORE.search(spot.before))


def _is_age(spot: _Spot) -> bool:
    """Whether it is an age: "a boy of 15", "Keren Gobin, 17, said"."""
    if not 1 <= spot.number.value <= 105:
        return False
    if spot.last == "of" and _PERSON_OF.search(spot.before):
        return True
    if spot.last in _AGE_LAST and _AGED_BEFORE.search(spot.before) and _AGE_ENDS.match(spot.after):
        return True
    name = _NAME_COMMA.search(spot.before) if spot.last.endswith(",") else None
    if name is None or name.group(1).lower() in _peoples():
        return False  # "Eritreans, 81, and Nigerians, 69" is a list
    return (
        spot.number.form == "digits"
        and spot.number.value >= 5
        and bool(re.match(r"\s*[,.]|\s*$", spot.after))
        and not re.match(r",?\s+(?:and|others?)\s", spot.after)
        and not re.search(rf"\b{_MONTH}", spot.before, re.IGNORECASE)
    )


def _is_day(spot: _Spot) -> bool:
    """Whether it is the day of a month, or one of two numbers with a slash between."""
    if _SLASH_AFTER.match(spot.after) or _SLASH_BEFORE.match(spot.before[-2:]):
        return True
    if spot.before.endswith("-") and _ISO_BEFORE.search(spot.before):
        return True
    if not spot.bare.isdigit() or spot.number.value > 31:
        return False
    if _MONTH_AFTER.match(spot.after) or _MONTH_LIST_AFTER.match(spot.after):
        return True
    if _MONTH_BEFORE.search(spot.before):
        # "On 5 January 21 patients left": the month has its day already.
        dated = _DAY_OF_BEFORE.search(spot.before)
        return not dated or not _COUNTED_AFTER.match(spot.after)
    days = _DAYS_BEFORE.search(spot.before)
    if days is None:
        return False
    loose = _LOOSE_LINK.fullmatch(days.group("link"))
    return not loose or bool(_DATE_GOES_ON.match(spot.after))


def _is_year(spot: _Spot) -> bool:
    value, before, after = spot.number.value, spot.before, spot.after
    if not spot.bare.isdigit() or len(spot.bare) != 4:
        return False
    if 2400 <= value <= 2600:  # of the Buddhist era
        return bool(re.search(rf"{_MONTH}\s*$", before, re.IGNORECASE))
    if not 1900 <= value <= 2100:
        return False
    if re.match(r"\s*[|/]\s*\d", after) and spot.opens:
        return True  # the first cell of a table row
    if _YEARLY_AFTER.match(after):
        return True
    if _YEAR_BEFORE.search(before) or _YEAR_AFTER.match(after):
        return not _COUNT_BEFORE.search(before) or bool(_TIME_BEFORE.search(before))
    return False


def _is_name(spot: _Spot) -> bool:
    """Whether it is part of a name: "Flight 73", "A-320". A thousands separator makes a count."""
    return (
        spot.number.form == "digits"
        and not re.search(r"[,\s]", spot.bare)
        and bool(_NAME_BEFORE.search(spot.before))
    )
