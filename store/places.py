"""Where a claim's movement took place, for telling events apart and for setting one in another."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from store.claims import Claims
from store.codes import Ints, Mask, dense, order_by, pack, starts

_NEVER = np.iinfo(np.int64).max


@dataclass
class Places:
    """The keys of the places of all claims, and which places are within which.

    `words`: the keys. `plain`: each claim's place where its crossing is passed in one direction.
    Where claims of one day and crossing may tell of two directions, they stand in `turning`
    (rows, day by day and crossing by crossing, `begin` each), and `out` and `back` are what their
    place then is.
    """

    words: list[str]
    plain: Ints
    turning: Ints
    begin: Ints
    out: Ints
    back: Ints
    _number: dict[str, int] = field(init=False)
    _wider: dict[tuple[int, int, int], tuple[int, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self._number = {word: i for i, word in enumerate(self.words)}
        self._wider = {}

    def of(self, c: Claims, kept: Mask) -> Ints:
        """The place of each claim among those kept: the crossing, else "origin>destination".

        A crossing that is passed in both directions on the same day is two places, told apart by
        the origin: people who leave are not those who return. A claim that states no origin goes
        with the one direction on record, unless its destination says that it goes the other way.
        """
        place = self.plain
        if not len(self.turning):
            return place
        rows = self.turning
        origin, here = c.codes["origin"][rows], kept[rows]
        told = here & (origin != 0)
        least = np.minimum.reduceat(np.where(told, origin, _NEVER), self.begin)
        most = np.maximum.reduceat(np.where(told, origin, -1), self.begin)
        size = np.diff(np.r_[self.begin, len(rows)])
        only = np.repeat(np.where(least == most, least, -1), size)
        both_ways = np.repeat(least < most, size)
        heads = c.into("destination", "origin")[c.codes["destination"][rows]]
        turned = np.where(both_ways & (origin != 0), self.out, self.plain[rows])
        home = (only >= 0) & (origin == 0) & (heads == only)
        place = place.copy()
        place[rows] = np.where(home, self.back, turned)
        return place

    def chain(self, c: Claims, place: Ints, origin: Ints, destination: Ints) -> Ints:
        """For each row its place and those that it is a part of, nearest first; -1 for no more."""
        key = pack(
            (place, len(self.words)),
            (origin, c.size("origin")),
            (destination, c.size("destination")),
        )
        ids, _ = dense(key)
        first = np.zeros(int(ids.max()) + 1 if len(ids) else 0, dtype="int64")
        first[ids[::-1]] = np.arange(len(ids))[::-1]
        table = np.full((len(first), 5), -1, dtype="int64")
        kinds = zip(
            place[first].tolist(), origin[first].tolist(), destination[first].tolist(), strict=True
        )
        for i, kind in enumerate(kinds):
            found = self._wider.get(kind)
            if found is None:
                found = self._wider[kind] = self._chain(c, *kind)
            table[i, : len(found)] = found
        return table[ids]

    def _chain(self, c: Claims, place: int, origin: int, destination: int) -> tuple[int, ...]:
        words = wider_places(
            self.words[place], c.words["origin"][origin], c.words["destination"][destination]
        )
        known = [self._number[word] for word in words if word in self._number]
        return (place, *known)


def places(c: Claims) -> Places:
    """The places of prepared claims (`store.claims`), of whatever part of them is kept."""
    crossing, origin = c.codes["crossing"], c.codes["origin"]
    destination = c.codes["destination"]
    words: list[str] = []
    number: dict[str, int] = {}
    gates, origins, destinations = (c.words[n] for n in ("crossing", "origin", "destination"))

    def numbered(one: Ints, other: Ints, join: str, left: list[str], right: list[str]) -> Ints:
        """The place of each row whose key is a word, `join`, and another word."""
        ids, kinds = dense(one * len(right) + other)
        names = [f"{left[k // len(right)]}{join}{right[k % len(right)]}" for k in kinds.tolist()]
        found = [number.setdefault(name, len(number)) for name in names]
        words.extend(list(number)[len(words) :])
        return np.array(found, dtype="int64")[ids]

    named = crossing != 0
    plain = np.empty(len(c), dtype="int64")
    plain[named] = numbered(crossing[named], np.zeros_like(crossing[named]), "", gates, [""])
    plain[~named] = numbered(origin[~named], destination[~named], ">", origins, destinations)
    rows, begin = _turning(c)
    gate, source, goal = crossing[rows], origin[rows], destination[rows]
    out = numbered(gate, source, " from ", gates, origins)
    back = numbered(gate, goal, " to ", gates, destinations)
    return Places(words, plain, rows, begin, out, back)


def _turning(c: Claims) -> tuple[Ints, Ints]:
    """The claims whose place other claims of the day decide, by day and crossing."""
    rows = np.flatnonzero(c.codes["crossing"] != 0)
    if not len(rows):
        return rows, rows
    gate = pack(
        (c.running[rows].astype("int64"), 2),
        (c.span[rows], len(c.spans)),
        (c.codes["crossing"][rows], c.size("crossing")),
    )
    gate, kinds = dense(gate)
    origin = c.codes["origin"][rows]
    least = np.full(len(kinds), _NEVER)
    most = np.full(len(kinds), -1)
    told = origin != 0
    np.minimum.at(least, gate[told], origin[told])
    np.maximum.at(most, gate[told], origin[told])
    open_ = np.zeros(len(kinds), dtype=bool)
    open_[gate[(origin == 0) & (c.codes["destination"][rows] != 0)]] = True
    several = ((least < most) | (open_ & (most >= 0)))[gate]
    rows, gate = rows[several], gate[several]
    order = order_by(gate)
    return rows[order], starts(gate[order])


def wider_places(place: str, origin: str, destination: str) -> list[str]:
    """The places that a figure for this place is a part of, nearest first.

    `origin` and `destination` are "" when unknown. A figure with no place at all says nothing
    about which others it holds, so the unknown place is never among them.
    """
    wider = [place.rsplit(" from ", 1)[0]] if " from " in place else []
    wider += [f"{origin}>{destination}", f"{origin}>", f">{destination}"]
    return [key for key in dict.fromkeys(wider) if key not in (place, ">")]
