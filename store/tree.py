"""Rule 4: figures of a day and place form a tree, so that nobody is counted twice.

All people > group > nationality > demographic, and beside these a place within a wider one and a
day within a period. A node's value is the larger of its own best figure and the sum of its
children. Children are summed breakdown by breakdown: those by nationality and those by
demographic are the same people twice, so the larger of the two sums counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from store.cached_property import cached_property
from store.claims import NO_DAY
from store.codes import Ints, Mask, dense, order_by, pack, spread, starts

AXES = ("place", "day", "group", "nationality", "demographic")
"""In what a child differs from its parent: the first of these that does."""

INHERITED = ("crossing", "origin", "destination", "nationality", "demographic")

Range = tuple[int, int, int]
"""low, best, high"""

Names = Callable[[Ints], list[str]]
"""The keys of nodes in words: what decides where sizes do not."""


@dataclass(frozen=True)
class Nodes:
    """The events of people, each a node: its number (`store.keys`), its own figure, its fields.

    `fields`: numbers of words; `nationality` is the one to show and to sum by, `peoples` the one
    that tells it from others. `own`: low, best and high, one row each. `base`: its plain key.
    """

    event: Ints
    base: Ints
    part_of: Ints
    own: Ints
    first: Ints
    last: Ints
    fields: dict[str, Ints]

    def __len__(self) -> int:
        return len(self.event)


@dataclass(frozen=True)
class Forest:
    """All events of people as trees.

    `parent` and `root` by node (parent -1 for a root), `axis` a number of `AXES` (-1), `first`,
    `last` and `fields` with what a part leaves open as its whole has it; `value`, what each node
    counts, its parts considered (low, best, high, one row each); `sums`: for each axis the best
    sum of each node's children (-1 for none). `levels`: the nodes that are parts, the outermost
    first. `twice`: children about the same people as a larger one beside them.
    """

    nodes: Nodes
    parent: Ints
    root: Ints
    axis: Ints
    first: Ints
    last: Ints
    fields: dict[str, Ints]
    value: Ints
    sums: Ints
    levels: list[Ints]
    twice: Mask

    def breakdown(self, prefer: Sequence[str] = ()) -> Ints:
        """The axis to read each node by: the first of `prefer` it has, else the largest; -1."""
        chosen = np.where((self.sums >= 0).any(axis=0), self.sums.argmax(axis=0), -1)
        for name in reversed(prefer):
            if name in AXES:
                chosen = np.where(self.sums[AXES.index(name)] >= 0, AXES.index(name), chosen)
        return chosen

    @cached_property
    def whole(self) -> Mask:
        """The nodes that count their own figure: no breakdown adds up to more."""
        enough: Mask = self.sums.max(axis=0) <= self.nodes.own[1]
        return enough

    def reached(self, axis: Ints, stop: Mask | None = None) -> Mask:
        """The nodes that are come to from the roots by each node's axis, going no further at
        those that `stop`."""
        there = self.parent < 0
        for level in self.levels:
            up = self.parent[level]
            on = there[up] & (self.axis[level] == axis[up]) & ~self.twice[level]
            if stop is not None:
                on &= ~stop[up]
            there[level] = on
        return there

    def makers(self, wanted: Ints) -> tuple[Ints, Ints]:
        """The nodes whose own figures add up to the value of each wanted node: it, or its parts.

        Gives positions in `wanted` and nodes.
        """
        axis, whole = self.breakdown(), self.whole
        order, begin, count = self.children
        at, node = np.arange(len(wanted)), wanted
        found = []
        while len(node):
            done = whole[node]
            found.append((at[done], node[done]))
            at, node = at[~done], node[~done]
            owner, place = spread(begin[node], count[node])
            kids = order[place]
            on = (self.axis[kids] == axis[node[owner]]) & ~self.twice[kids]
            at, node = at[owner[on]], kids[on]
        if not found:
            return at, node
        return np.concatenate([a for a, _ in found]), np.concatenate([n for _, n in found])

    @cached_property
    def children(self) -> tuple[Ints, Ints, Ints]:
        """The nodes by their parent, and where each node's children begin and how many they are."""
        order = np.argsort(self.parent, kind="stable")
        count = np.bincount(self.parent[self.parent >= 0], minlength=len(self.parent))
        n_roots = int((self.parent < 0).sum())
        return order, n_roots + np.cumsum(count) - count, count

    def under(self, nodes: Ints) -> Ints:
        """These nodes and all that is part of them, at any depth; each once."""
        order, begin, count = self.children
        found = []
        while len(nodes):
            found.append(nodes)
            _, at = spread(begin[nodes], count[nodes])
            nodes = order[at]
        return np.unique(np.concatenate(found)) if found else nodes


def grown(nodes: Nodes, parent: Ints, names: Names) -> Forest:
    """The forest over these nodes, given what each is part of by report or fields (-1: nothing).

    Two periods that overlap, for the same people and place, share days: the larger holds.
    """
    parent = _overlapping(nodes, parent, names)
    levels, root = _levels(parent)
    axis = _axes(nodes, parent)
    first, last, fields = _inherited(nodes, parent, levels)
    value, sums, twice = _values(nodes, parent, axis, levels, names)
    return Forest(nodes, parent, root, axis, first, last, fields, value, sums, levels, twice)


def _overlapping(nodes: Nodes, parent: Ints, names: Names) -> Ints:
    rows = np.flatnonzero((parent < 0) & (nodes.first < nodes.last) & (nodes.first != NO_DAY))
    if len(rows) < 2:
        return parent
    f = nodes.fields
    columns = [f[n][rows] for n in ("status", "place", "group", "peoples", "demographic")]
    alike, _ = dense(pack(*((one, int(one.max()) + 1) for one in columns)))
    order = order_by(alike, nodes.first[rows])
    rows, alike = rows[order], alike[order]
    first = nodes.first[rows] - nodes.first[rows].min()
    last = nodes.last[rows] - nodes.first[rows].min()
    room = int(last.max()) + 1
    reach = np.maximum.accumulate(alike * room + last)
    meets = np.r_[False, (alike[1:] == alike[:-1]) & (alike[1:] * room + first[1:] <= reach[:-1])]
    cluster = np.cumsum(~meets)
    several = np.bincount(cluster)[cluster] > 1
    parent = parent.copy()
    rows, cluster = rows[several], cluster[several]
    best = nodes.own[1]
    key = dict(zip(rows.tolist(), names(rows), strict=True))
    for some in np.split(rows, starts(cluster)[1:]) if len(rows) else ():
        kept: list[int] = []
        for i in sorted(some.tolist(), key=lambda i: (-best[i], key[i])):
            over = (
                k
                for k in kept
                if nodes.first[k] <= nodes.last[i] and nodes.first[i] <= nodes.last[k]
            )
            parent[i] = next(over, -1)
            if parent[i] < 0:
                kept.append(i)
    return parent


def _levels(parent: Ints) -> tuple[list[Ints], Ints]:
    """The nodes that are parts, level by level from the roots down, and each node's root."""
    root = np.where(parent < 0, np.arange(len(parent)), -1)
    levels = []
    left = np.flatnonzero(parent >= 0)
    while len(left):
        ready = root[parent[left]] >= 0
        if not ready.any():
            break  # nothing can be part of itself
        now = left[ready]
        levels.append(now)
        left = left[~ready]
        root[now] = root[parent[now]]
    return levels, root


def _axes(nodes: Nodes, parent: Ints) -> Ints:
    rows = np.flatnonzero(parent >= 0)
    up, f = parent[rows], nodes.fields
    differs = [
        f["place"][up] != f["place"][rows],
        (nodes.first[up] != nodes.first[rows]) | (nodes.last[up] != nodes.last[rows]),
        f["group"][up] != f["group"][rows],
        f["nationality"][up] != f["nationality"][rows],
    ]
    axis = np.full(len(parent), -1)
    axis[rows] = np.select(differs, range(4), 4)
    return axis


def _inherited(
    nodes: Nodes, parent: Ints, levels: list[Ints]
) -> tuple[Ints, Ints, dict[str, Ints]]:
    """What a part leaves open is as its whole has it: it counts in the same column."""
    first, last = nodes.first.copy(), nodes.last.copy()
    fields = nodes.fields | {name: nodes.fields[name].copy() for name in INHERITED}
    for level in levels:
        up = parent[level]
        for name in INHERITED:
            mine = fields[name]
            mine[level] = np.where(mine[level] == 0, mine[up], mine[level])
        unknown = last[level] == NO_DAY
        rows, up = level[unknown], up[unknown]
        first[rows], last[rows] = first[up], last[up]
    return first, last, fields


def _values(
    nodes: Nodes, parent: Ints, axis: Ints, levels: list[Ints], names: Names
) -> tuple[Ints, Ints, Mask]:
    n = len(nodes)
    value = nodes.own.copy()
    totals = np.zeros((3, len(AXES) * n), dtype="int64")
    has = np.zeros(len(AXES) * n, dtype=bool)
    group = _same_people(nodes, parent, axis)
    twice = np.zeros(n, dtype=bool)
    for level in reversed(levels):
        twice[level] = _smaller(level, group[level], value, names)
        level = level[~twice[level]]
        up = axis[level] * n + parent[level]
        has[up] = True
        for of, total in zip(value, totals, strict=True):
            np.add.at(total, up, of[level])
        ups = np.unique(parent[level])
        for of, total in zip(value, totals, strict=True):
            of[ups] = np.maximum(of[ups], total.reshape(len(AXES), n)[:, ups].max(axis=0))
    sums = np.where(has, totals[1], -1).reshape(len(AXES), n)
    return value, sums, twice


def _same_people(nodes: Nodes, parent: Ints, axis: Ints) -> Ints:
    """A number for children of one parent and axis with the same plain key; -1 for the others."""
    group = np.full(len(nodes), -1)
    rows = np.flatnonzero(parent >= 0)
    if not len(rows):
        return group
    size = int(nodes.base.max()) + 1
    rows = rows[np.bincount(nodes.base, minlength=size)[nodes.base[rows]] > 1]
    if len(rows):
        key = pack((parent[rows], len(nodes)), (axis[rows], len(AXES)), (nodes.base[rows], size))
        ids, kinds = dense(key)
        several = np.bincount(ids, minlength=len(kinds))[ids] > 1
        group[rows[several]] = ids[several]
    return group


def _smaller(level: Ints, group: Ints, value: Ints, names: Names) -> Mask:
    """Of children about the same people (a part told in two ways) all but the largest."""
    smaller = np.zeros(len(level), dtype=bool)
    at = np.flatnonzero(group >= 0)
    if not len(at):
        return smaller
    low, best, high = value[:, level[at]]
    key = np.unique(np.array(names(level[at]), dtype=object), return_inverse=True)[1]
    order = order_by(group[at], -best, -high, -low, -key)
    smaller[at] = True
    smaller[at[order[starts(group[at][order])]]] = False
    return smaller


def counted(forest: Forest) -> tuple[Mask, Mask]:
    """For each node whether a sum over all counts its own figure, and if not, whether its parts
    exceed it: the sum of these is counted in its place. Others are part of a figure that is
    counted, or of the same people in a smaller breakdown."""
    whole = forest.whole
    active = forest.reached(forest.breakdown(), whole)
    return active & whole, active & ~whole
