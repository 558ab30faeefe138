"""Rule 2: claims about the same thing are one event, and the key of an event says what thing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from store.claims import Claims
from store.codes import Ints, dense, pack
from store.parts import Wholes
from store.places import Places

_FIELDS = ("group", "peoples", "demographic", "status", "unit")


@dataclass(frozen=True)
class Plain:
    """The keys that claims have by their fields: day or period, place, people, status and unit.

    `of` is each claim's where its place is the plain one; `out` and `back` are those of the claims
    in `Places.turning` whose place is that one. `row` and `place` say what a key is made of: the
    fields of a claim, at a place.
    """

    of: Ints
    out: Ints
    back: Ints
    row: Ints
    place: Ints

    def __len__(self) -> int:
        return len(self.row)

    def at(self, where: Places, place: Ints) -> Ints:
        """The key of each claim where its place is what `Places.of` gives."""
        if not len(where.turning):
            return self.of
        rows, keys = where.turning, self.of.copy()
        turned = np.where(place[rows] == where.back, self.back, keys[rows])
        keys[rows] = np.where(place[rows] == where.out, self.out, turned)
        return keys


def plain(c: Claims, where: Places) -> Plain:
    """All keys that the claims can have, whichever of them a filter keeps."""
    n, turning = len(c), where.turning
    rows = np.concatenate([np.arange(n), turning, turning])
    place = np.concatenate([where.plain, where.out, where.back])
    fields = [(c.codes[name][rows], c.size(name)) for name in _FIELDS]
    first = (c.running[rows].astype("int64"), 2), (c.span[rows], len(c.spans))
    ids, kinds = dense(pack(*first, (place, len(where.words)), *fields))
    row = np.empty(len(kinds), dtype="int64")
    at = np.empty(len(kinds), dtype="int64")
    row[ids[::-1]], at[ids[::-1]] = rows[::-1], place[::-1]
    return Plain(ids[:n], ids[n : n + len(turning)], ids[n + len(turning) :], row, at)


@dataclass(frozen=True)
class Parts:
    """The events that are parts which no plain key tells from what they are part of.

    Their numbers begin at `first`, the number of plain keys: each has its own plain key (`base`),
    its size (-1: not needed) and the event that it is part of (`inside`).
    """

    first: int
    base: Ints
    size: Ints
    inside: Ints

    @property
    def n_events(self) -> int:
        """How many numbers of events there are."""
        return self.first + len(self.base)


@dataclass(frozen=True)
class Keyed:
    """The event of each claim as a number: a plain key, or one of `parts`; `plain` and `part_of`
    (-1 for none) are each claim's own plain key and the event that it is part of."""

    event: Ints
    plain: Ints
    part_of: Ints
    parts: Parts


def keyed(c: Claims, own: Ints, n_plain: int, found: Wholes, told_by: Ints) -> Keyed:
    """The events of the claims; `own` are their plain keys, `told_by` is of `store.copies`.

    A part whose whole is another kind of figure ("500 foreigners, of whom 40 are staff"), or the
    same kind ("4,200, of whom 88 before noon"), is an event of its own, told from one that stands
    alone by the event it is part of: without that it would be added to its whole, or taken for
    a rival of it.
    """
    inner = found.alike | ~found.by_fields
    rows, whole, alike = found.part[inner], found.whole[inner], found.alike[inner]
    event, part_of = own, np.full(len(own), -1)
    bases, sizes, insides = [], [], []
    if len(rows):
        event = own.copy()
        event[rows] = -1
        n = n_plain
        while len(rows):
            # From the outermost in: a part's key is made of that of its whole.
            ready = event[whole] >= 0
            row, inside = rows[ready], event[whole[ready]]
            # Parts that no field tells apart are told apart by their size.
            size = np.where(alike[ready], c.low[row], -1)
            ids, kinds = dense(pack((inside, n), (own[row], n_plain), (dense(size)[0], len(row))))
            first = np.empty(len(kinds), dtype="int64")
            first[ids[::-1]] = np.arange(len(ids))[::-1]
            event[row], part_of[row] = n + ids, inside
            bases.append(own[row][first])
            sizes.append(size[first])
            insides.append(inside[first])
            n += len(kinds)
            rows, whole, alike = rows[~ready], whole[~ready], alike[~ready]
    # A copy may be cut: what its claim is part of is told by the claim that it repeats.
    event = event[told_by]
    base, size, inside = (_joined(some) for some in (bases, sizes, insides))
    return Keyed(event, own, part_of, Parts(n_plain, base, size, inside))


def _joined(some: list[Ints]) -> Ints:
    return np.concatenate(some) if some else np.zeros(0, dtype="int64")


def names(c: Claims, where: Places, keys: Plain, parts: Parts, wanted: Ints) -> list[str]:
    """The keys of events in words, as pages and links hold them."""
    plain = wanted[wanted < parts.first]
    known = dict(zip(plain.tolist(), _plain_names(c, where, keys, plain), strict=True))

    def name(number: int) -> str:
        found = known.get(number)
        if found is None:
            if number < parts.first:
                (found,) = _plain_names(c, where, keys, np.array([number]))
            else:
                i = number - parts.first
                size = f" ({parts.size[i]})" if parts.size[i] >= 0 else ""
                found = f"{name(int(parts.base[i]))}{size} in ({name(int(parts.inside[i]))})"
            known[number] = found
        return found

    return [name(number) for number in wanted.tolist()]


def _plain_names(c: Claims, where: Places, keys: Plain, wanted: Ints) -> list[str]:
    row = keys.row[wanted]
    columns = [_said(["event", "cumulative"], c.running[row].astype("int64"))]
    for days in (c.first[row], c.last[row]):
        numbers, kinds = dense(days)
        columns.append(_said([str(day) for day in kinds.tolist()], numbers))
    columns.append(_said(where.words, keys.place[wanted]))
    for field in _FIELDS:
        words = c.words["nationality" if field == "peoples" else field]
        columns.append(_said(words, c.codes[field][row]))
    mark = pa.scalar("|", pa.large_string())
    told: list[str] = pc.binary_join_element_wise(*columns, mark).to_pylist()
    return told


def _said(words: list[str], codes: Ints) -> pa.Array:
    return pa.array(words, pa.large_string()).take(pa.array(codes))
