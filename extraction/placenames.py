"""Crossings, ports and airports named in a text: the gazetteer's, and those it does not know."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extraction.countries import country_names, demonyms
from extraction.gazetteer import Place, gazetteer
from extraction.lexicon import words

_NAME = r"[A-ZÀ-Þ][\w’'-]{1,30}(?:[ \-–](?:al-|el-|as-)?[A-ZÀ-Þ][\w’'-]{1,30}){0,3}"
_CUE = (
    r"(?:(?:land|border|sea|river|land border)\s+)?(?:crossings?(?:\s+points?)?|checkpoints?|"
    r"check\s+posts?|border\s+posts?|border\s+points?|border\s+gates?|land\s+ports?|ports?|"
    r"airports?|airfield|airstrip|air\s+base|air\s+force\s+base|gates?|harbou?r|seaport|"
    r"international\s+airport|entry\s+point)"
)
_UNKNOWN = (
    re.compile(rf"(?P<name>{_NAME})(?:\s+\((?:[^)]{{1,30}})\))?\s+(?P<cue>{_CUE})\b"),
    re.compile(
        r"\b(?:(?:border\s+)?crossing(?:\s+point)?|checkpoint|border\s+post|border\s+point|port|"
        rf"airport|air\s+base|airfield|airstrip)\s+(?:of|at|in|called|near)\s+(?P<name>{_NAME})"
    ),
)
_POSSESSIVE = re.compile(r"['’]s?$")


class PlaceMention(NamedTuple):
    """A crossing named in a text: `text` as it stands, `name` the usual one.

    `place` is None where the gazetteer does not know it; `cued` tells whether the text says
    that a crossing, port or airport is meant.
    """

    start: int
    end: int
    text: str
    name: str
    place: Place | None
    cued: bool


def place_mentions(text: str) -> list[PlaceMention]:
    """The crossings, ports and airports named in `text`, in order, without overlaps."""
    known = gazetteer()
    found = [
        PlaceMention(start, end, text[start:end], place.named(text[start:end]), place, meant)
        for start, end, place, meant in known.cued_mentions(text)
    ]
    taken = [(m.start, m.end) for m in found]
    for pattern in _UNKNOWN:
        for match in pattern.finditer(text):
            start, name = _bare(match.start("name"), match["name"])
            end = start + len(name)
            if not name or any(a < end and start < b for a, b in taken):
                continue
            taken.append((start, end))
            place = known.find(name)
            usual = place.named(name) if place else name
            found.append(PlaceMention(start, end, name, usual, place, True))
    return sorted(found, key=lambda m: m.start)


def _bare(start: int, name: str) -> tuple[int, str]:
    """A name without the words before it that belong to none: "The Egyptian Taba" is "Taba".

    The name is empty where nothing is left.
    """
    name = _POSSESSIVE.sub("", name)
    while name:
        first, _, rest = name.partition(" ")
        if _POSSESSIVE.sub("", first).lower() not in _no_names():
            return start, "" if name.lower() in _no_names() else name
        start += len(first) + 1
        name = rest
    return start, ""


@cache
def _no_names() -> frozenset[str]:
    """Words that name no crossing: "both", and countries and their adjectives."""
    peoples = {name.lower() for name in (*demonyms(), *country_names())}
    return words("not_names", "placenames") | peoples
