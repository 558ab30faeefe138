"""Which events a wider figure is over: a running total's days, an expectation's crossings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from operator import eq

import numpy as np
import numpy.typing as npt

from tests.store.plain.claims import MOVEMENT, NO_DAY
from tests.store.plain.parts import demographic_holds, nationality_holds
from tests.store.plain.tree import Node, Range

Mask = npt.NDArray[np.bool_]

OVER_ALL_GROUPS = ("unspecified", "mixed")
"""A figure over people of no one group is held against all groups."""


_WORDS = ("status", "place", *MOVEMENT)


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


class Held:
    """Finds the events that a figure is over, among the nodes of a forest."""

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self._first = np.array([node.first for node in nodes], dtype="int64")
        self._last = np.array([node.last for node in nodes], dtype="int64")
        # Words as numbers: comparing these is what makes thousands of figures quick.
        self._words = {
            name: np.unique([getattr(node, name) for node in nodes], return_inverse=True)
            for name in _WORDS
            if nodes
        }

    def tops(self, scope: Scope) -> list[int]:
        """The events in the scope that are part of no other in it: their values hold the others'.

        Events without a day are in no scope.
        """
        if not self.nodes:
            return []
        inside = set(np.flatnonzero(self._inside(scope)).tolist())
        return [i for i in sorted(inside) if not self._is_under(i, inside)]

    def steps(self, scope: Scope) -> list[tuple[int, int, list[int]]]:
        """How the people in the scope add up, day by day, in the order of the days.

        For each day on which it changes: the day, the sum up to it (as `tops` and `value` of the
        scope that ends on it give), and the events that end on it.
        """
        if not self.nodes:
            return []
        inside = set(np.flatnonzero(self._inside(scope)).tolist())
        change: dict[int, int] = defaultdict(int)
        ending: dict[int, list[int]] = defaultdict(list)
        for i in sorted(inside):
            node = self.nodes[i]
            ending[node.last].append(i)
            # A day counts until the last day of a period that holds it: then the period does.
            held_from = min(
                (self.nodes[up].last for up in self._above(i) if up in inside), default=None
            )
            if held_from is None or held_from > node.last:
                change[node.last] += node.value[1]
                if held_from is not None:
                    change[held_from] -= node.value[1]
        days = sorted(ending)
        sums = accumulate(change[day] for day in days)
        return [(day, total, ending[day]) for day, total in zip(days, sums, strict=True)]

    def _inside(self, scope: Scope) -> Mask:
        held: Mask = (
            (self._last != NO_DAY) & (self._last <= scope.last) & (self._first >= scope.first)
        )
        held &= self._where("status", lambda word: word == scope.status)
        if scope.group not in OVER_ALL_GROUPS:
            held &= self._where("group", lambda word: word == scope.group)
        held &= self._where("nationality", lambda n: nationality_holds(scope.nationality, n))
        held &= self._where("demographic", lambda d: demographic_holds(scope.demographic, d))
        if scope.crossing:
            at_gate = self._where("crossing", lambda word: word == scope.place)
            return held & (at_gate | self._where("place", lambda word: word == scope.place))
        if not scope.origin and not scope.destination:
            return np.zeros(len(self.nodes), dtype=bool)  # a figure over no place is over none
        for name, stated in (("origin", scope.origin), ("destination", scope.destination)):
            if stated:
                held &= self._where(name, partial(eq, stated))
        return held

    def _where(self, name: str, test: Callable[[str], bool]) -> Mask:
        words, code = self._words[name]
        passed: Mask = np.array([test(word) for word in words.tolist()], dtype=bool)[code]
        return passed

    def _is_under(self, i: int, inside: set[int]) -> bool:
        return any(up in inside for up in self._above(i))

    def _above(self, i: int) -> Iterator[int]:
        up = self.nodes[i].parent
        while up is not None:
            yield up
            up = self.nodes[up].parent

    def value(self, chosen: Iterable[int]) -> Range:
        """The sum of the values of nodes that hold nobody twice."""
        values = [self.nodes[i].value for i in chosen]
        low, best, high = (sum(part) for part in zip((0, 0, 0), *values, strict=True))
        return low, best, high
