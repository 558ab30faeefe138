"""Which figure a subset figure is part of, within its report."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from store.claims import NO_DAY, Claims
from store.codes import Ints, Mask, Nations, order_by, ranges, spread, starts
from store.places import Places

WIDE_GROUPS = ("unspecified",)
"""A figure over people of no named group is one over all groups."""

WIDE_DEMOGRAPHICS = {"children": "women_and_children", "women": "women_and_children"}


@dataclass(frozen=True)
class Pairs:
    """Subset claims (`part`) with each claim (`whole`) that may hold them, the likeliest first.

    Row numbers of the claims. `asks_place`: it may only where its place holds the part's too.
    `fields_hold` and `fields_alike`: all fields but the place hold, are the same.
    """

    part: Ints
    whole: Ints
    asks_place: Mask
    fields_hold: Mask
    fields_alike: Mask


@dataclass(frozen=True)
class Wholes:
    """For subset claims that are part of another (rows): the claim that each is part of.

    `by_fields`: the fields alone tell that it holds the part. `alike`: no field tells them apart
    ("4,200 crossed, 88 of them before noon").
    """

    part: Ints
    whole: Ints
    by_fields: Mask
    alike: Mask


def pairs(c: Claims, nations: Nations) -> Pairs:
    """All pairs of a subset and a figure of its report that may hold it.

    Candidates have the same status and unit, are at least as large and may hold the part (its
    day, place, nationality and demographic lie within theirs); what the part leaves open may be as
    the whole has it. Not so between two subsets: the items of one list are siblings, and one holds
    another only if all its fields do. Best is one in the same sentence, then one whose group
    holds the part's, then the nearest before it, then the nearest after.
    """
    inside = np.flatnonzero(~c.running)
    inside = inside[order_by(c.report[inside])]
    parts = inside[c.subset[inside]]
    owner, position = spread(*ranges(c.report[inside], c.report[parts]))
    part, whole = parts[owner], inside[position]
    for test in (_comparable, _days_hold):
        held = test(c, whole, part)
        part, whole = part[held], whole[held]
    sure = _fields_hold(c, nations, whole, part)
    listed = c.subset[whole]
    held = np.where(listed, sure, _fields_allow(c, nations, whole, part))
    part, whole, sure, listed = part[held], whole[held], sure[held], listed[held]
    distance = c.start[whole] - c.start[part]
    order = order_by(
        part,
        c.sentence[whole] != c.sentence[part],
        ~group_holds(c, whole, part),
        distance > 0,
        np.abs(distance),
        c.low[whole],
        c.line[whole],
    )
    part, whole = part[order], whole[order]
    alike = np.ones(len(part), dtype=bool)
    for values in (c.span, *(c.codes[name] for name in ("group", "peoples", "demographic"))):
        alike &= values[whole] == values[part]
    return Pairs(part, whole, listed[order], sure[order], alike)


def wholes(c: Claims, where: Places, found: Pairs, place: Ints, kept: Mask) -> Wholes:
    """For each kept claim that is a subset the kept claim that it is part of, if there is one."""
    able = kept[found.part] & kept[found.whole]
    asking = np.flatnonzero(able & found.asks_place)
    able[asking] = place_holds(c, where, place, found.whole[asking], found.part[asking])
    rows = np.flatnonzero(able)
    rows = rows[starts(found.part[rows])]
    part, whole = found.part[rows], found.whole[rows]
    by_fields = found.fields_hold[rows]
    sure = np.flatnonzero(by_fields)
    by_fields[sure] = place_holds(c, where, place, whole[sure], part[sure])
    return Wholes(part, whole, by_fields, found.fields_alike[rows] & (place[whole] == place[part]))


def place_holds(c: Claims, where: Places, place: Ints, whole: Ints, part: Ints) -> Mask:
    """Whether the whole's place is the part's or a wider one."""
    origin, destination = c.codes["origin"][part], c.codes["destination"][part]
    chain = where.chain(c, place[part], origin, destination)
    held: Mask = (chain == place[whole][:, None]).any(axis=1)
    return held


def _comparable(c: Claims, whole: Ints, part: Ints) -> Mask:
    larger = (c.low[whole] > c.low[part]) | ((c.low[whole] == c.low[part]) & ~c.subset[whole])
    held: Mask = larger & (whole != part)
    for name in ("status", "unit"):
        held &= c.codes[name][whole] == c.codes[name][part]
    return held


def _days_hold(c: Claims, whole: Ints, part: Ints) -> Mask:
    """Whether the part's days lie within the whole's, as far as both are known."""
    unknown = (c.last[whole] == NO_DAY) | (c.last[part] == NO_DAY)
    held: Mask = unknown | ((c.first[whole] <= c.first[part]) & (c.last[part] <= c.last[whole]))
    return held


def _fields_hold(c: Claims, nations: Nations, whole: Ints, part: Ints) -> Mask:
    """Whether a figure for these people is surely over the part's too, but for the place."""
    known = (c.first[whole] != NO_DAY) & (c.first[part] != NO_DAY)
    held: Mask = known & group_holds(c, whole, part)
    held &= _peoples_hold(c, nations, whole, part)
    held &= _demographic_holds(c, whole, part)
    return held


def _fields_allow(c: Claims, nations: Nations, whole: Ints, part: Ints) -> Mask:
    held: Mask = _crossing_allows(c, whole, part)
    for name in ("origin", "destination"):
        theirs, mine = c.codes[name][whole], c.codes[name][part]
        held &= (mine == 0) | (theirs == 0) | (theirs == mine)
    held &= (c.codes["nationality"][part] == 0) | _peoples_hold(c, nations, whole, part)
    held &= (c.codes["demographic"][part] == 0) | _demographic_holds(c, whole, part)
    return held


def _crossing_allows(c: Claims, whole: Ints, part: Ints) -> Mask:
    words = c.words["crossing"]
    place = {word: i for i, word in enumerate(words)}
    within = [
        place[gate] * len(words) + i
        for i, word in enumerate(words)
        for gate in word.split(" and ")
        if gate in place
    ]
    theirs, mine = c.codes["crossing"][whole], c.codes["crossing"][part]
    among = np.isin(mine * len(words) + theirs, np.array(within, dtype="int64"))
    held: Mask = (mine == 0) | (theirs == 0) | among
    return held


def group_holds(c: Claims, whole: Ints, part: Ints) -> Mask:
    """Whether a figure for the whole's group is surely over the part's group too."""
    wide = np.array([word in WIDE_GROUPS for word in c.words["group"]], dtype=bool)
    theirs = c.codes["group"][whole]
    held: Mask = (theirs == c.codes["group"][part]) | wide[theirs]
    return held


def _peoples_hold(c: Claims, nations: Nations, whole: Ints, part: Ints) -> Mask:
    """Whether the whole's nationalities hold the part's, the place's own people being anybody's."""
    stated = nations.holds(c.codes["nationality"][whole], c.codes["nationality"][part])
    return stated | nations.holds(c.codes["peoples"][whole], c.codes["peoples"][part])


def _demographic_holds(c: Claims, whole: Ints, part: Ints) -> Mask:
    theirs, mine = c.codes["demographic"][whole], c.codes["demographic"][part]
    held: Mask = (theirs == 0) | (theirs == mine) | (wider_demographic(c)[mine] == theirs)
    return held


def wider_demographic(c: Claims) -> Ints:
    """For each word of `demographic` the one that holds it; -1 where only all people do."""
    words = c.words["demographic"]
    return np.array([c.code("demographic", WIDE_DEMOGRAPHICS.get(word, "?")) for word in words])
