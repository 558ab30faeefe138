"""Rule 4: figures of a day and place form a tree, so that nobody is counted twice.

All people > group > nationality > demographic, and beside these a place within a wider one and a
day within a period. A node's value is the larger of its own best figure and the sum of its
children. Children are summed breakdown by breakdown: those by nationality and those by
demographic are the same people twice, so the larger of the two sums counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

import pandas as pd

from tests.store.plain.claims import MOVEMENT, NO_DAY
from tests.store.plain.parts import WIDE_DEMOGRAPHICS
from tests.store.plain.places import wider_places

AXES = ("place", "day", "group", "nationality", "demographic")
"""In what a child differs from its parent: the first of these that does."""

_FIELDS = ("base", "first", "last", "place", "peoples", "status", *MOVEMENT)

_INHERITED = ("crossing", "origin", "destination", "nationality", "demographic")

Range = tuple[int, int, int]
"""low, best, high"""

Span = tuple[int, int]
"""First and last day."""


@dataclass
class Node:
    """An event's place in the tree. `value` is what it counts, its parts considered.

    `nationality` is the one to show and to sum by, `peoples` the one that tells it from others.
    """

    key: str
    own: Range
    base: str
    first: int
    last: int
    place: str
    origin: str
    destination: str
    crossing: str
    group: str
    nationality: str
    peoples: str
    demographic: str
    status: str
    parent: int | None = None
    axis: str | None = None
    value: Range = (0, 0, 0)
    children: dict[str, list[int]] = field(default_factory=dict)

    @property
    def is_period(self) -> bool:
        """Whether the event is stated for more than a day."""
        return self.first < self.last


@dataclass(frozen=True)
class Forest:
    """All events of people as trees; the nodes stand in the order of the event table."""

    nodes: list[Node]

    def roots(self) -> list[int]:
        """The nodes that are part of no other: their values add up to the total."""
        return [i for i, node in enumerate(self.nodes) if node.parent is None]

    def sums(self, i: int) -> dict[str, Range]:
        """The sum of the children's values for each breakdown of node `i`."""
        return {axis: _sum(self.nodes, kids) for axis, kids in self.nodes[i].children.items()}

    def breakdown(self, i: int, prefer: Sequence[str] = ()) -> str | None:
        """The breakdown to read node `i` by: the first of `prefer` it has, else the largest."""
        for axis in prefer:
            if axis in self.nodes[i].children:
                return axis
        sums = self.sums(i)
        return max(sums, key=lambda axis: (sums[axis][1], -AXES.index(axis)), default=None)

    def counted_children(self, i: int, axis: str) -> list[int]:
        """The children that a breakdown's sum counts: of two for the same people the larger."""
        return list(_distinct(self.nodes, self.nodes[i].children[axis]).values())

    def makers(self, i: int) -> Iterator[int]:
        """The nodes whose own figures add up to the value of node `i`: it, or its parts."""
        axis = self.breakdown(i)
        if axis is None or self.sums(i)[axis][1] <= self.nodes[i].own[1]:
            yield i
            return
        for child in self.counted_children(i, axis):
            yield from self.makers(child)

    def under(self, i: int) -> Iterator[int]:
        """Node `i` and all that is part of it, at any depth."""
        yield i
        for kids in self.nodes[i].children.values():
            for kid in kids:
                yield from self.under(kid)


def build(events: pd.DataFrame) -> Forest:
    """The forest over an event table (`store.events`) of people."""
    nodes = list(_nodes(events))
    _link_parts(nodes, events["part_of"].tolist())
    finder = _Finder(nodes)
    for node in nodes:
        if node.parent is None:
            node.parent = finder.nearest(node)
    _link_overlapping(nodes)
    for i, node in enumerate(nodes):
        if node.parent is not None:
            parent = nodes[node.parent]
            node.axis = _axis(parent, node)
            parent.children.setdefault(node.axis, []).append(i)
    order = _children_first(nodes)
    for i in reversed(order):
        _inherit(nodes, nodes[i])
    for i in order:
        sums = [_sum(nodes, kids) for kids in nodes[i].children.values()]
        low, best, high = (max(values) for values in zip(nodes[i].own, *sums, strict=True))
        nodes[i].value = (low, best, high)
    return Forest(nodes)


def _nodes(events: pd.DataFrame) -> Iterator[Node]:
    owns = zip(*(events[name].tolist() for name in ("low", "best", "high")), strict=True)
    columns = [events[name].tolist() for name in _FIELDS]
    for key, own, *values in zip(events.index.tolist(), owns, *columns, strict=True):
        yield Node(key, own, **dict(zip(_FIELDS, values, strict=True)))


def _link_parts(nodes: list[Node], part_of: list[str]) -> None:
    at = {node.key: i for i, node in enumerate(nodes)}
    for node, whole in zip(nodes, part_of, strict=True):
        node.parent = at.get(whole)


class _Finder:
    """Finds for a node the nearest figure that holds it by its fields."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.at: dict[tuple[object, ...], int] = {}
        self.spans: dict[tuple[str, str], set[Span]] = defaultdict(set)
        self.periods: dict[tuple[str, str], set[Span]] = defaultdict(set)
        self.several: dict[tuple[object, ...], set[str]] = defaultdict(set)
        for i, n in enumerate(nodes):
            if n.key != n.base:
                continue  # a part of another kind of figure holds nothing but by its report's word
            span = n.first, n.last
            self.at[n.status, n.place, span, n.group, n.peoples, n.demographic] = i
            self.spans[n.status, n.place].add(span)
            if n.is_period:
                self.periods[n.status, n.place].add(span)
            if "|" in n.peoples:
                self.several[n.status, n.place, span].add(n.peoples)

    def nearest(self, node: Node) -> int | None:
        """The nearest by place, then by days, group, nationality and demographic."""
        groups = dict.fromkeys((node.group, "mixed", "unspecified"))
        if node.group == "unspecified":
            groups = {"unspecified": None}
        demographics = (node.demographic, WIDE_DEMOGRAPHICS.get(node.demographic, ""), "")
        kinds = list(dict.fromkeys(demographics))
        for place in (node.place, *wider_places(node.place, node.origin, node.destination)):
            for span in self._spans_holding(node, (node.status, place)):
                peoples = self._nationalities_holding(node, (node.status, place, span))
                for group, people, kind in product(groups, peoples, kinds):
                    i = self.at.get((node.status, place, span, group, people, kind))
                    if i is not None and self._holds(self.nodes[i], node):
                        return i
        return None

    def _holds(self, whole: Node, part: Node) -> bool:
        # "76 patients and companions" cannot hold the 400 foreigners of the same day: a mixed
        # figure does not say which groups it is over, so its size has to.
        fits = whole.group != "mixed" or part.group == "mixed" or whole.own[1] >= part.own[1]
        # A gate's direction may be told on one day and not on another: none holds its opposite.
        same_way = not (whole.origin and part.origin) or whole.origin == part.origin
        return whole is not part and fits and same_way

    def _spans_holding(self, node: Node, where: tuple[str, str]) -> list[Span]:
        own = node.first, node.last
        holding = [own] if own in self.spans.get(where, ()) else []
        if node.last != NO_DAY:
            wider = [
                span
                for span in self.periods.get(where, ())
                if span != own and span[0] <= node.first and node.last <= span[1]
            ]
            holding += sorted(wider, key=lambda span: (span[1] - span[0], span))
        return holding

    def _nationalities_holding(self, node: Node, where: tuple[object, ...]) -> list[str]:
        if not node.nationality:
            return [""]
        several = self.several.get(where, ())
        mine = set(node.nationality.split("|")) if several else set()
        wider = [kind for kind in several if mine < set(kind.split("|"))]
        wider.sort(key=lambda kind: (len(kind), kind))
        return list(dict.fromkeys((node.peoples, node.nationality, *wider, "")))


def _link_overlapping(nodes: list[Node]) -> None:
    """Two periods that overlap, for the same people and place, share days: the larger holds."""
    kept: dict[tuple[str, ...], list[int]] = defaultdict(list)
    periods = [i for i, node in enumerate(nodes) if node.parent is None and node.is_period]
    for i in sorted(periods, key=lambda i: (-nodes[i].own[1], nodes[i].key)):
        n = nodes[i]
        if n.first == NO_DAY:
            continue
        alike = kept[n.status, n.place, n.group, n.peoples, n.demographic]
        n.parent = next(
            (k for k in alike if nodes[k].first <= n.last and n.first <= nodes[k].last), None
        )
        if n.parent is None:
            alike.append(i)


def _axis(parent: Node, child: Node) -> str:
    if parent.place != child.place:
        return "place"
    if (parent.first, parent.last) != (child.first, child.last):
        return "day"
    if parent.group != child.group:
        return "group"
    return "nationality" if parent.nationality != child.nationality else "demographic"


def _inherit(nodes: list[Node], node: Node) -> None:
    """What a part leaves open is as its whole has it: it counts in the same column."""
    if node.parent is None:
        return
    whole = nodes[node.parent]
    for name in _INHERITED:
        if not getattr(node, name):
            setattr(node, name, getattr(whole, name))
    if node.last == NO_DAY:
        node.first, node.last = whole.first, whole.last


def _distinct(nodes: list[Node], kids: list[int]) -> dict[str, int]:
    """Of children about the same people (a part told in two ways) the larger one, by base key."""
    largest: dict[str, int] = {}
    for i in kids:
        held = largest.get(nodes[i].base)
        if held is None or _rank(nodes[i]) > _rank(nodes[held]):
            largest[nodes[i].base] = i
    return largest


def _rank(node: Node) -> tuple[int, int, int, str]:
    low, best, high = node.value
    return best, high, low, node.key


def _sum(nodes: list[Node], kids: list[int]) -> Range:
    values = [nodes[i].value for i in _distinct(nodes, kids).values()]
    low, best, high = (sum(part) for part in zip(*values, strict=True))
    return low, best, high


def _children_first(nodes: list[Node]) -> list[int]:
    order: list[int] = []
    stack = [i for i, node in enumerate(nodes) if node.parent is None]
    while stack:
        i = stack.pop()
        order.append(i)
        for kids in nodes[i].children.values():
            stack.extend(kids)
    return order[::-1]


def counted(forest: Forest) -> list[str]:
    """For each node whether a sum over all counts its own figure, and if not, why.

    "counted"; "part" of a figure that is counted or of the same people in a smaller breakdown;
    "exceeded" by the sum of its parts, which is counted in its place.
    """
    verdict = ["part"] * len(forest.nodes)
    for root in forest.roots():
        for i in forest.makers(root):
            verdict[i] = "counted"
            up = forest.nodes[i].parent
            while up is not None:
                verdict[up] = "exceeded"
                up = forest.nodes[up].parent
    return verdict
