"""Which figures may hold which by their fields: the candidates for a figure's place in a tree."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from store.claims import NO_DAY, Claims
from store.codes import Ints, Mask, Nations, order_by, ranges, spread
from store.parts import wider_demographic
from store.places import Places


@dataclass(frozen=True)
class Kind:
    """What figures are about, as numbers of words (`store.claims`, `store.places`)."""

    status: Ints
    place: Ints
    span: Ints
    first: Ints
    last: Ints
    group: Ints
    peoples: Ints
    demographic: Ints

    def __len__(self) -> int:
        return len(self.status)


@dataclass(frozen=True)
class Holders:
    """Figures (`part`) with those that may hold them (`whole`), the nearest first for each part."""

    part: Ints
    whole: Ints


def holders(
    c: Claims,
    where: Places,
    nations: Nations,
    part: Kind,
    usual: dict[str, Ints],
    whole: Kind,
) -> Holders:
    """Which of the wholes may hold each part: nearest by place, then days, group, people.

    `usual` are `origin`, `destination` and `nationality` of the parts (`store.events.USUAL`). A
    figure may hold itself here. What is left to ask is whether a mixed figure is large enough, and
    whether both go the same way.
    """
    sorted_ = np.argsort(_cell(c, where, whole.status, whole.place, whole.span), kind="stable")
    cells = _cell(c, where, whole.status, whole.place, whole.span)[sorted_]
    chain = where.chain(c, part.place, usual["origin"], usual["destination"])
    found = [
        *_same_days(c, where, part, chain, cells),
        _in_periods(c, where, part, chain, whole, sorted_, cells),
    ]
    child, position, near, days = (np.concatenate(some) for some in zip(*found, strict=True))
    parent = sorted_[position]
    groups = _groups(c, part.group[child], whole.group[parent])
    at = np.flatnonzero(groups >= 0)
    kinds = _demographics(c, part.demographic[child[at]], whole.demographic[parent[at]])
    at = at[kinds >= 0]
    people = _people(
        nations, part.peoples[child[at]], usual["nationality"][child[at]], whole.peoples[parent[at]]
    )
    fits = people >= 0
    at, people = at[fits], people[fits]
    child, parent = child[at], parent[at]
    kind = _demographics(c, part.demographic[child], whole.demographic[parent])
    order = order_by(child, near[at], days[at], groups[at], people, kind)
    return Holders(child[order], parent[order])


def _cell(c: Claims, where: Places, status: Ints, place: Ints, span: Ints) -> Ints:
    return (status * len(where.words) + place) * len(c.spans) + span


Found = tuple[Ints, Ints, Ints, Ints]
"""Part, position among the wholes sorted by cell, distance in places, distance in days."""


def _same_days(c: Claims, where: Places, part: Kind, chain: Ints, cells: Ints) -> list[Found]:
    found = []
    for near in range(chain.shape[1]):
        rows = np.flatnonzero(chain[:, near] >= 0)
        wanted = _cell(c, where, part.status[rows], chain[rows, near], part.span[rows])
        owner, position = spread(*ranges(cells, wanted))
        none = np.zeros(len(owner), dtype="int64")
        found.append((rows[owner], position, none + near, none))
    return found


def _in_periods(
    c: Claims,
    where: Places,
    part: Kind,
    chain: Ints,
    whole: Kind,
    sorted_: Ints,
    cells: Ints,
) -> Found:
    """Parts whose days lie within a longer period that is stated for their place or a wider one."""
    nothing = np.zeros(0, dtype="int64")
    is_period = (whole.first < whole.last) & (whole.first != NO_DAY)
    _, one = np.unique(cells[is_period[sorted_]], return_index=True)
    periods = sorted_[np.flatnonzero(is_period[sorted_])[one]]
    if not len(periods):
        return nothing, nothing, nothing, nothing
    n_places = len(where.words)
    spot = whole.status[periods] * n_places + whole.place[periods]
    wanted = np.zeros(c.size("status") * n_places, dtype=bool)
    wanted[spot] = True
    rows, nears, spots = [], [], []
    for near in range(chain.shape[1]):
        able = np.flatnonzero((chain[:, near] >= 0) & (part.last != NO_DAY))
        here = part.status[able] * n_places + chain[able, near]
        able, here = able[wanted[here]], here[wanted[here]]
        rows.append(able)
        nears.append(np.full(len(able), near))
        spots.append(here)
    row, near_, here = (np.concatenate(some) for some in (rows, nears, spots))
    if not len(row):
        return nothing, nothing, nothing, nothing
    zero = int(min(part.first[row].min(), whole.first[periods].min()))
    room = int(max(part.last[row].max(), whole.last[periods].max())) - zero + 1
    key = here * room + part.first[row] - zero
    order = np.argsort(key, kind="stable")
    row, near_, key = row[order], near_[order], key[order]
    begin = np.searchsorted(key, spot * room + whole.first[periods] - zero, side="left")
    end = np.searchsorted(key, spot * room + whole.last[periods] - zero, side="right")
    owner, at = spread(begin, end - begin)
    period, child = periods[owner], row[at]
    inside = (part.last[child] <= whole.last[period]) & (part.span[child] != whole.span[period])
    period, child, near_ = period[inside], child[inside], near_[at[inside]]
    # The shorter period is the nearer, then the earlier.
    length = whole.last[period] - whole.first[period]
    days = 1 + length * room + whole.first[period] - zero
    wanted_cells = _cell(c, where, whole.status[period], whole.place[period], whole.span[period])
    owner, position = spread(*ranges(cells, wanted_cells))
    return child[owner], position, near_[owner], days[owner]


def _groups(c: Claims, part: Ints, whole: Ints) -> Ints:
    """How near the whole's group is: its own, mixed, unspecified; -1 for none of these."""
    mixed, unspecified = c.code("group", "mixed"), c.code("group", "unspecified")
    over = (part != unspecified) & (whole == mixed)
    return np.select(
        [part == whole, over, whole == unspecified],
        [0, 1, 2],
        -1,
    )


def _demographics(c: Claims, part: Ints, whole: Ints) -> Ints:
    wider = wider_demographic(c)
    return np.select([part == whole, wider[part] == whole, whole == 0], [0, 1, 2], -1)


def _people(nations: Nations, peoples: Ints, nationality: Ints, whole: Ints) -> Ints:
    """How near the whole's nationalities are to the part's; -1 where they do not hold them."""
    stated = nationality > 0
    several: Mask = stated & nations.several[whole] & (whole != peoples) & (whole != nationality)
    at = np.flatnonzero(several)
    wide = np.zeros(len(whole), dtype=bool)
    wide[at] = nations.within(whole[at], nationality[at])
    last = len(nations.words) + 2
    return np.select(
        [stated & (whole == peoples), stated & (whole == nationality), wide, whole == 0],
        [0, 1, 2 + nations.rank[whole], last],
        -1,
    )
