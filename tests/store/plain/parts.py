"""Which figure a subset figure is part of, within its report."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import pandas as pd

from tests.store.plain.claims import NO_DAY
from tests.store.plain.places import wider_places

WIDE_GROUPS = ("unspecified",)
"""A figure over people of no named group is one over all groups."""

WIDE_DEMOGRAPHICS = {"children": "women_and_children", "women": "women_and_children"}


class Claim(NamedTuple):
    """What finding the whole of a part needs to know of a claim."""

    row: int
    report_key: str
    low: int
    subset: bool
    first: int
    last: int
    crossing: str
    place: str
    origin: str
    destination: str
    group: str
    nationality: str
    peoples: str
    demographic: str
    status: str
    unit: str
    sentence: str
    start: int


class Part(NamedTuple):
    """A subset claim's whole: the row of it, and how their fields stand to each other.

    `by_fields`: the fields alone tell that it holds the part. `alike`: no field tells them apart
    ("4,200 crossed, 88 of them before noon").
    """

    whole: int
    by_fields: bool
    alike: bool


def wholes(c: pd.DataFrame) -> dict[int, Part]:
    """For each prepared claim that is a subset, by row: the claim that it is part of.

    Rows without a whole on record are not in it. Candidates stand in the same report with the
    same status and unit, are at least as large and may hold the part (its day, place,
    nationality and demographic lie within theirs). Best is one in the same sentence, then one
    whose group holds the part's, then the nearest before it, then the nearest after.
    """
    inside = c[~c["running"]]
    reports = inside.loc[inside["subset"], "report_key"].unique()
    inside = inside[inside["report_key"].isin(reports)]
    inside = inside.sort_values(["report_key", "start", "record_key"])
    rows = inside.assign(row=inside.index)[list(Claim._fields)].itertuples(index=False, name=None)
    found: dict[int, Part] = {}
    for _, told in groupby(map(Claim._make, rows), key=attrgetter("report_key")):
        claims = list(told)
        for part in claims:
            whole = _whole_of(part, claims) if part.subset else None
            if whole is not None:
                found[part.row] = Part(
                    whole.row, holds(whole, part), _fields(whole) == _fields(part)
                )
    return found


def _whole_of(part: Claim, told: list[Claim]) -> Claim | None:
    candidates = [whole for whole in told if may_hold(whole, part)]
    return min(candidates, key=lambda whole: _distance(whole, part), default=None)


def _distance(whole: Claim, part: Claim) -> tuple[bool, bool, bool, int, int]:
    return (
        whole.sentence != part.sentence,
        not group_holds(whole.group, part.group),
        whole.start > part.start,
        abs(whole.start - part.start),
        whole.low,
    )


def may_hold(whole: Claim, part: Claim) -> bool:
    """Whether the part's people may be among those of the whole.

    What the part leaves open may be as the whole has it. Not so between two subsets: the items
    of one list are siblings, and one holds another only if all its fields do.
    """
    larger = whole.low > part.low or (whole.low == part.low and not whole.subset)
    return (
        whole.row != part.row
        and larger
        and whole.status == part.status
        and whole.unit == part.unit
        and days_hold(whole, part)
        and (_fields_allow(whole, part) if not whole.subset else holds(whole, part))
    )


def holds(whole: Claim, part: Claim) -> bool:
    """Whether a figure for these people is, by its fields, surely over the part's people too."""
    return (
        days_hold(whole, part)
        and whole.first != NO_DAY != part.first
        and whole.place in (part.place, *wider_places(part.place, part.origin, part.destination))
        and group_holds(whole.group, part.group)
        and peoples_hold(whole, part)
        and demographic_holds(whole.demographic, part.demographic)
    )


def _fields_allow(whole: Claim, part: Claim) -> bool:
    return (
        (
            part.crossing == ""
            or part.crossing in whole.crossing.split(" and ")
            or not whole.crossing
        )
        and (part.origin == "" or whole.origin in ("", part.origin))
        and (part.destination == "" or whole.destination in ("", part.destination))
        and (part.nationality == "" or peoples_hold(whole, part))
        and (part.demographic == "" or demographic_holds(whole.demographic, part.demographic))
    )


def days_hold(whole: Claim, part: Claim) -> bool:
    """Whether the part's days lie within the whole's, as far as both are known."""
    if NO_DAY in (whole.last, part.last):
        return True
    return whole.first <= part.first and part.last <= whole.last


def _fields(claim: Claim) -> tuple[object, ...]:
    c = claim
    return c.first, c.last, c.place, c.group, c.peoples, c.demographic


def group_holds(whole: str, part: str) -> bool:
    """Whether a figure for the group `whole` is surely over the group `part` too."""
    return whole == part or whole in WIDE_GROUPS


def peoples_hold(whole: Claim, part: Claim) -> bool:
    """Whether the whole's nationalities hold the part's, the place's own people being anybody's."""
    stated = nationality_holds(whole.nationality, part.nationality)
    return stated or nationality_holds(whole.peoples, part.peoples)


def nationality_holds(whole: str, part: str) -> bool:
    """Whether the nationalities of the whole ("" for any) hold those of the part."""
    return whole in ("", part) or (part != "" and set(part.split("|")) <= set(whole.split("|")))


def demographic_holds(whole: str, part: str) -> bool:
    """Whether the demographic of the whole ("" for any) holds that of the part."""
    return whole in ("", part) or WIDE_DEMOGRAPHICS.get(part) == whole
