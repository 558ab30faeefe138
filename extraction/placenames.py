"""Crossings, ports and airports named in a text: the gazetteer's, and those it does not know."""

from __future__ import annotations

import re
from typing import NamedTuple

from extraction.gazetteer import Place, gazetteer

_NAME = r"[A-ZÀ-Þ][\w’'-]+(?:[ \-–](?:al-|el-|as-)?[A-ZÀ-Þ][\w’'-]+){0,3}"
_CUE = (
    r"(?:(?:land|border|sea|river|land border)\s+)?(?:crossings?(?:\s+points?)?|checkpoints?|check\s+posts?|border\s+posts?|"
    r"border\s+points?|border\s+gates?|land\s+ports?|ports?|airports?|airfield|airstrip|air\s+base|air\s+force\s+base|gates?|harbou?r|seaport|"
    r"international\s+airport|entry\s+point)"
)
_UNKNOWN = (
    re.compile(rf"(?P<name>{_NAME})(?:\s+\((?:[^)]{{1,30}})\))?\s+(?P<cue>{_CUE})\b"),
    re.compile(
        rf"\b(?:(?:border\s+)?crossing(?:\s+point)?|checkpoint|border\s+post|border\s+point|port|airport|air\s+base|airfield|airstrip)\s+(?:of|at|in|called|near)\s+(?P<name>{_NAME})"
    ),
)
_NOT_NAMES = {
    "the", "a", "an", "on", "at", "in", "from", "for", "its", "their", "main", "all", "two", "three", "four",
    "international", "european", "official", "some", "other", "this", "that", "border", "land", "north", "south",
    "east", "west", "each", "both", "no", "one", "another", "entry", "egyptian", "israeli", "turkish", "polish",
    "checkpoints", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
}  # fmt: skip


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
    cued = {(start, end) for start, end, _ in known.mentions(text)}
    found = [
        PlaceMention(
            start,
            end,
            text[start:end],
            place.named(text[start:end]),
            place,
            (start, end) in cued and bool(not place.needs_cue or True),
        )
        for start, end, place in known.mentions(text, cue=False)
    ]
    taken = [(m.start, m.end) for m in found]
    for pattern in _UNKNOWN:
        for match in pattern.finditer(text):
            start, end = match.span("name")
            name = match.group("name")
            while (first := name.split(" ", 1))[0].lower() in _NOT_NAMES and len(first) > 1:
                start += len(first[0]) + 1
                name = first[1]
            if name.lower() in _NOT_NAMES or any(a < end and start < b for a, b in taken):
                continue
            taken.append((start, end))
            place = known.find(name)
            found.append(
                PlaceMention(start, end, name, place.named(name) if place else name, place, True)
            )
    return sorted(found, key=lambda m: m.start)
