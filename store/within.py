"""Which events a wider figure is over: a running total's days, an expectation's crossings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from store.claims import NO_DAY
from store.parts import demographic_holds, nationality_holds
from store.tree import Node, Range

OVER_ALL_GROUPS = ("unspecified", "mixed")
"""A figure over people of no one group is held against all groups."""


@dataclass(frozen=True)
class Scope:
    """The people that a figure is over; words are "" and days `NO_DAY` where nothing is stated."""

    status: str
    first: int
    last: int
    place: str
    crossing: str
    origin: str
    destination: str
    group: str
    nationality: str
    demographic: str

    def holds(self, node: Node) -> bool:
        """Whether the people of an event with a day are among them."""
        return (
            node.last != NO_DAY
            and node.status == self.status
            and self.first <= node.first
            and node.last <= self.last
            and (self.group in OVER_ALL_GROUPS or self.group == node.group)
            and nationality_holds(self.nationality, node.nationality)
            and demographic_holds(self.demographic, node.demographic)
            and self._holds_place(node)
        )

    def _holds_place(self, node: Node) -> bool:
        if self.crossing:
            return self.place in (node.place, node.crossing)
        stated = [(self.origin, node.origin), (self.destination, node.destination)]
        return any(mine for mine, _ in stated) and all(mine in ("", its) for mine, its in stated)


def tops(nodes: list[Node], scope: Scope) -> list[int]:
    """The events in the scope that are part of no other in it: their values hold the others'."""
    inside = {i for i, node in enumerate(nodes) if scope.holds(node)}
    return [i for i in sorted(inside) if not _is_under(nodes, i, inside)]


def _is_under(nodes: list[Node], i: int, inside: set[int]) -> bool:
    up = nodes[i].parent
    while up is not None:
        if up in inside:
            return True
        up = nodes[up].parent
    return False


def value_of(nodes: list[Node], chosen: Iterable[int]) -> Range:
    """The sum of the values of nodes that hold nobody twice."""
    low = best = high = 0
    for i in chosen:
        low, best, high = (
            low + nodes[i].value[0],
            best + nodes[i].value[1],
            high + nodes[i].value[2],
        )
    return low, best, high
