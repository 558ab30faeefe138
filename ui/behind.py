"""Which claims are behind a number, and which of them it leaves out.

Behind a chart may be a million claims. So they are held as places in the frame of all records,
which are the labels of a judged frame's rows, and rows are taken out when they are shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from store.rows import Claims

Labels = np.ndarray
"""Row labels of a judged frame: int64, each once, ascending."""


@dataclass(frozen=True, eq=False)
class Found:
    """Some rows of a judged frame: `at` their positions (None: all), `counted` which of them the
    number counts (None: as `left_out` says)."""

    judged: Claims
    at: np.ndarray | None = None
    counted: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.judged) if self.at is None else len(self.at)

    def column(self, name: str) -> pd.Series:
        """One column of these rows; `left_out` as it is for this number."""
        column = self.judged[name] if self.at is None else self.judged[name].iloc[self.at]
        if name != "left_out" or self.counted is None:
            return column
        # The 31 Austrians of "361, including 31 Austrians" are part of another figure in a total,
        # and counted in a bar of Austrians.
        return column.fillna("part").mask(self.counted)

    def some(self, places: np.ndarray | None) -> Found:
        """Those at these places among them (None: all)."""
        if places is None:
            return self
        at = places if self.at is None else self.at[places]
        return Found(self.judged, at, None if self.counted is None else self.counted[places])

    def rows(self, places: np.ndarray | None = None) -> pd.DataFrame:
        """The rows at these places among them (None: all), with all columns."""
        some = self.some(places)
        frame = self.judged.take(np.arange(len(self.judged)) if some.at is None else some.at)
        return frame if some.counted is None else frame.assign(left_out=some.column("left_out"))

    @property
    def n_counted(self) -> int:
        """How many of them the number counts."""
        return int(self.column("left_out").isna().sum())


@dataclass(frozen=True, eq=False)
class Behind:
    """The claims behind a number: those that it counts, and those that it leaves out."""

    used: Labels
    left: Labels

    @classmethod
    def of(cls, totals: pd.DataFrame, judged: Claims) -> Behind:
        """What is behind rows of `reconcile.totals` or `reconcile.daily`, among judged claims."""
        used = places(totals["record_keys"], judged)
        left = places(totals["left_out_keys"], judged)
        return cls(used, _without(left, used))

    @classmethod
    def among(cls, judged: Claims, record_keys: Iterable[str]) -> Behind:
        """These claims, counted or left out as they are in the whole."""
        return cls.at(judged, places([tuple(record_keys)], judged))

    @classmethod
    def at(cls, judged: Claims, labels: Labels) -> Behind:
        """The claims with these labels, counted or left out as they are in the whole."""
        found = positions(judged, labels)
        out = judged["left_out"].iloc[found].notna().to_numpy()
        here = judged.index.to_numpy()[found]
        return cls(here[~out], here[out])

    def __len__(self) -> int:
        return len(self.used) + len(self.left)

    def found(self, judged: Claims) -> Found:
        """The claims in a judged frame, in its order."""
        index = judged.index.to_numpy()
        size = _room(index, self.used, self.left)
        used = _flags(self.used, size)
        at = np.flatnonzero((used | _flags(self.left, size))[index])
        return Found(judged, at, used[index[at]])

    def claims(self, judged: Claims) -> pd.DataFrame:
        """The claims with `left_out` as it is for this number."""
        return self.found(judged).rows()

    def __or__(self, other: Behind) -> Behind:
        """What is behind two numbers: what one of them counts is counted."""
        used = np.union1d(self.used, other.used)
        return Behind(used, _without(np.union1d(self.left, other.left), used))


def rows_of(keys: Any, judged: Claims) -> Labels:
    """The labels in a judged frame of one list of record keys, in no order."""
    return keys.rows if hasattr(keys, "rows") else places([keys], judged)


def places(lists: Iterable[Any], judged: Claims) -> Labels:
    """The labels in a judged frame of claims given as lists of record keys (`store.behind.Keys`,
    which know their places, or plain tuples)."""
    lists = list(lists)
    known = [one.rows for one in lists if hasattr(one, "rows")]
    named = {key for one in lists if not hasattr(one, "rows") for key in one}
    if named:
        known.append(judged.index[judged["record_key"].isin(named)].to_numpy())
    labels = np.concatenate(known) if known else np.zeros(0, dtype="int64")
    return np.flatnonzero(_flags(labels, _room(labels)))


def _room(*labels: Labels) -> int:
    return max((int(some.max()) + 1 for some in labels if len(some)), default=0)


def _flags(labels: Labels, size: int) -> np.ndarray:
    """True at these labels: over a million of them sets are tenfold slower."""
    flags = np.zeros(size, dtype=bool)
    flags[labels] = True
    return flags


def _without(labels: Labels, others: Labels) -> Labels:
    flags = _flags(labels, _room(labels, others))
    flags[others] = False
    return np.flatnonzero(flags)


def positions(judged: Claims, labels: Labels) -> np.ndarray:
    """Where these labels stand in a judged frame (whose labels ascend); others are passed over."""
    index = judged.index.to_numpy()
    if not len(index):
        return np.zeros(0, dtype="int64")
    at = np.searchsorted(index, labels)
    at = at[at < len(index)]
    return at[index[at] == labels[: len(at)]]


NOTHING = Behind(np.zeros(0, dtype="int64"), np.zeros(0, dtype="int64"))
