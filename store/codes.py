"""Words and tuples as whole numbers: what lets the rules run over a million claims at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

_ROOM = 2**62


def coded(column: pd.Series) -> tuple[Ints, list[str]]:
    """A column of words as numbers, and the words: sorted, "" (also for a missing one) first.

    So numbers compare as their words do.
    """
    if isinstance(column.dtype, pd.CategoricalDtype):
        found, kinds = column.cat.codes.to_numpy(), column.cat.categories
    else:
        found, kinds = pd.factorize(column)
    names = [str(kind) for kind in kinds]
    words = sorted({"", *names})
    place = {word: i for i, word in enumerate(words)}
    # The last entry is for -1, a missing word.
    table = np.array([*(place[name] for name in names), 0], dtype="int64")
    return table[found], words


def dense(keys: npt.NDArray[np.generic]) -> tuple[Ints, npt.NDArray[np.generic]]:
    """Numbers from 0 for the distinct keys in the order of their first occurrence, and these."""
    ids, kinds = pd.factorize(keys)
    return ids.astype("int64", copy=False), np.asarray(kinds)


def pack(*columns: tuple[Ints, int]) -> Ints:
    """One number for each row of several columns, each with the size of its range (0 to size-1).

    Rows with the same values have the same number, others have others.
    """
    key, room = columns[0]
    key = key.astype("int64")
    for column, size in columns[1:]:
        if room * size >= _ROOM:
            key, kinds = dense(key)
            room = len(kinds)
            if room * size >= _ROOM:
                raise OverflowError("too many kinds of claims to number them")
        key = key * size + column
        room *= size
    return key


def starts(sorted_ids: Ints) -> Ints:
    """Where each run of equal numbers begins."""
    if not len(sorted_ids):
        return np.zeros(0, dtype="int64")
    return np.flatnonzero(np.r_[True, sorted_ids[1:] != sorted_ids[:-1]])


def spread(begin: Ints, count: Ints) -> tuple[Ints, Ints]:
    """All positions of the ranges `begin` to `begin + count - 1`: whose range, and the position."""
    owner = np.repeat(np.arange(len(begin)), count)
    offset = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    return owner, np.repeat(begin, count) + offset


def ranges(sorted_keys: Ints, wanted: Ints) -> tuple[Ints, Ints]:
    """Where each wanted key stands among sorted keys: begin and count (0 where it does not)."""
    begin = np.searchsorted(sorted_keys, wanted, side="left")
    return begin, np.searchsorted(sorted_keys, wanted, side="right") - begin


def order_by(*columns: npt.NDArray[np.generic]) -> Ints:
    """The order of rows by these columns, the first one foremost, all ascending."""
    return np.lexsort(columns[::-1]).astype("int64", copy=False)


def n_distinct(group: Ints, values: Ints, n_groups: int) -> Ints:
    """How many distinct values each of `n_groups` groups has."""
    if not len(group):
        return np.zeros(n_groups, dtype="int64")
    size = int(values.max()) + 1
    pairs = pd.unique(pack((group, n_groups), (values, size)))
    return np.bincount(pairs // size, minlength=n_groups)


class Nations:
    """Which nationalities hold which, by the numbers of their words ("AT|IT" holds "AT")."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = list(words)
        self.several = np.array(["|" in word for word in words], dtype=bool)
        self._sets = [frozenset(word.split("|")) for word in words]
        ranked = sorted(range(len(words)), key=lambda i: (len(words[i]), words[i]))
        self.rank = np.empty(len(words), dtype="int64")
        """The order among several that hold one: the shorter first."""
        self.rank[ranked] = np.arange(len(words))

    def holds(self, whole: Ints, part: Ints) -> Mask:
        """Whether the nationalities of the whole ("" for any) hold those of the part."""
        held: Mask = (whole == 0) | (whole == part)
        open_ = np.flatnonzero(~held & (part != 0) & self.several[whole])
        held[open_] = self.within(whole[open_], part[open_])
        return held

    def within(self, whole: Ints, part: Ints) -> Mask:
        """Whether all codes of the part are among those of the whole."""
        n = len(self.words)
        ids, kinds = dense(whole * n + part)
        sets = self._sets
        found = [sets[kind % n] <= sets[kind // n] for kind in kinds.tolist()]
        return np.array(found, dtype=bool)[ids]
