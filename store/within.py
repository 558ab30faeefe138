"""Which events a wider figure is over: a running total's days, an expectation's crossings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from store.claims import NO_DAY, Claims
from store.codes import Ints, Mask, Nations, spread
from store.parts import wider_demographic
from store.places import Places
from store.tree import Forest

OVER_ALL_GROUPS = ("unspecified", "mixed")
"""A figure over people of no one group is held against all groups."""

NEVER = -NO_DAY
"""Later than any day."""


@dataclass(frozen=True)
class Scopes:
    """The people and days that figures are over, one row a figure: numbers of words.

    `nationality` tells the people from others (`peoples`); `place` is of `store.places`.
    """

    status: Ints
    first: Ints
    last: Ints
    place: Ints
    crossing: Ints
    origin: Ints
    destination: Ints
    group: Ints
    nationality: Ints
    demographic: Ints

    def __len__(self) -> int:
        return len(self.status)

    def take(self, rows: Ints) -> Scopes:
        """Some of the scopes."""
        return Scopes(**{name: values[rows] for name, values in vars(self).items()})


@dataclass(frozen=True)
class Held:
    """Pairs of a scope and an event in it (a node), scope by scope; `held_from` is the first day
    on which a wider event in the scope, which holds this one, has ended (`NEVER`: none does)."""

    scope: Ints
    node: Ints
    held_from: Ints


def held(c: Claims, where: Places, nations: Nations, forest: Forest, scopes: Scopes) -> Held:
    """The events in each scope. Events without a day are in no scope."""
    f, last = forest.fields, forest.last
    dated = np.flatnonzero(last != NO_DAY)
    gate = _gates(c, where)[f["crossing"]]
    at_gate = np.flatnonzero(scopes.crossing > 0)
    # A figure over no place is over none.
    leaving = np.flatnonzero((scopes.crossing == 0) & (scopes.origin > 0))
    going = np.flatnonzero((scopes.crossing == 0) & (scopes.origin == 0) & (scopes.destination > 0))
    found = [
        _join(scopes, forest, at_gate, scopes.place, dated, f["place"]),
        _join(scopes, forest, at_gate, scopes.place, dated[gate[dated] >= 0], gate),
        _join(scopes, forest, leaving, scopes.origin, dated, f["origin"]),
        _join(scopes, forest, going, scopes.destination, dated, f["destination"]),
    ]
    scope, node = (np.concatenate(some) for some in zip(*found, strict=True))
    kept = (forest.first[node] >= scopes.first[scope]) & (last[node] <= scopes.last[scope])
    scope, node = scope[kept], node[kept]
    kept = _over(c, nations, forest, scopes, scope, node)
    pairs = np.unique(scope[kept] * max(len(last), 1) + node[kept])
    scope, node = pairs // max(len(last), 1), pairs % max(len(last), 1)
    held_from = np.full(len(node), NEVER)
    up, at = forest.parent[node], np.arange(len(node))
    while len(at):
        on = up >= 0
        up, at = up[on], at[on]
        wanted = scope[at] * len(last) + up
        place = np.minimum(np.searchsorted(pairs, wanted), max(len(pairs) - 1, 0))
        inside = pairs[place] == wanted
        held_from[at[inside]] = np.minimum(held_from[at[inside]], last[up[inside]])
        up = forest.parent[up]
    return Held(scope, node, held_from)


def _gates(c: Claims, where: Places) -> Ints:
    """For each word of `crossing` the place of that name; -1 where there is none."""
    number = {word: i for i, word in enumerate(where.words)}
    return np.array([number.get(word, -1) if word else -1 for word in c.words["crossing"]])


def _join(
    scopes: Scopes, forest: Forest, asking: Ints, asked: Ints, nodes: Ints, spot: Ints
) -> tuple[Ints, Ints]:
    """Pairs of these scopes and nodes of their status and spot that end on a day in their days."""
    if not len(asking) or not len(nodes):
        return asking[:0], nodes[:0]
    n_spots = int(max(asked.max(), spot.max())) + 1
    zero = int(forest.last[nodes].min())
    room = int(forest.last[nodes].max()) - zero + 2

    def key(status: Ints, at: Ints, day: Ints) -> Ints:
        # A day before all or after all stands at the edge.
        return (status * n_spots + at) * room + np.clip(day - zero, -1, room - 2) + 1

    room += 1
    own = key(forest.fields["status"][nodes], spot[nodes], forest.last[nodes])
    order = np.argsort(own, kind="stable")
    own = own[order]
    status, at = scopes.status[asking], asked[asking]
    begin = np.searchsorted(own, key(status, at, scopes.first[asking]), side="left")
    end = np.searchsorted(own, key(status, at, scopes.last[asking]), side="right")
    owner, position = spread(begin, np.maximum(end - begin, 0))
    return asking[owner], nodes[order[position]]


def _over(
    c: Claims, nations: Nations, forest: Forest, scopes: Scopes, scope: Ints, node: Ints
) -> Mask:
    """Whether the people of each node are among those of the scope beside it."""
    f = forest.fields
    wide = np.array([word in OVER_ALL_GROUPS for word in c.words["group"]], dtype=bool)
    group = scopes.group[scope]
    kept: Mask = (scopes.status[scope] == f["status"][node]) & (
        wide[group] | (group == f["group"][node])
    )
    kept &= nations.holds(scopes.nationality[scope], f["nationality"][node])
    demographic, mine = scopes.demographic[scope], f["demographic"][node]
    kept &= (demographic == 0) | (demographic == mine) | (wider_demographic(c)[mine] == demographic)
    over_place = scopes.crossing[scope] == 0
    for name, stated in (("origin", scopes.origin), ("destination", scopes.destination)):
        kept &= ~over_place | (stated[scope] == 0) | (stated[scope] == f[name][node])
    return kept


@dataclass(frozen=True)
class Sums:
    """What adds up in each scope, day by day."""

    days: Ints
    totals: Ints
    _room: int
    _zero: int

    @classmethod
    def of(cls, scope: Ints, begin: Ints, end: Ints, value: Ints) -> Sums:
        """Values that count in their scope from the day `begin` until before `end`."""
        end = np.maximum(begin, end)
        ended = end < NEVER
        scope = np.concatenate([scope, scope[ended]])
        day = np.concatenate([begin, end[ended]])
        change = np.concatenate([value, -value[ended]])
        zero = int(day.min()) if len(day) else 0
        room = int(day.max()) - zero + 2 if len(day) else 1
        key = scope * room + day - zero
        order = np.argsort(key, kind="stable")
        return cls(key[order], np.cumsum(change[order]), room, zero)

    def by(self, scope: Ints, day: Ints) -> Ints:
        """The sum of each scope up to a day."""
        if not len(self.days):
            return np.zeros(len(scope), dtype="int64")
        whole = np.r_[0, self.totals]
        since = np.searchsorted(self.days, scope * self._room, side="left")
        on = np.clip(day - self._zero, -1, self._room - 2)
        until = np.searchsorted(self.days, scope * self._room + on, side="right")
        return np.where(on < 0, 0, whole[until] - whole[since])
