"""The claims behind a number: many numbers share one array of them, and few are ever looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import overload

import numpy as np
import pandas as pd

from store.codes import Ints


class Keys(Sequence[str]):
    """Record keys, sorted, as a tuple would hold them; made out of the rows only when asked for."""

    __slots__ = ("_column", "_find", "_number", "_told")

    def __init__(self, column: pd.Series, find: Callable[[int], Ints], number: int = 0) -> None:
        """`find` gives for this `number` the places of the records in the frame, in no order;
        `column` is the frame's `record_key`."""
        self._column = column
        self._find = find
        self._number = number
        self._told: tuple[str, ...] | None = None

    @property
    def rows(self) -> Ints:
        """The places of the records in the frame, in no order."""
        return self._find(self._number)

    def _keys(self) -> tuple[str, ...]:
        if self._told is None:
            self._told = tuple(sorted(self._column.iloc[self.rows]))
        return self._told

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys())

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...
    def __getitem__(self, at: int | slice) -> str | tuple[str, ...]:
        return self._keys()[at]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Keys | tuple):
            return self._keys() == tuple(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._keys())

    def __add__(self, other: Keys | tuple[str, ...]) -> tuple[str, ...]:
        return (*self._keys(), *other)

    def __repr__(self) -> str:
        return repr(self._keys())


def gathered(
    column: pd.Series, rows: Ints, group: Ints, n_groups: int, wanted: Ints | None = None
) -> list[Keys]:
    """The record keys of these rows of the frame for each of `n_groups` groups, or the wanted."""
    groups = _Groups(rows, group, n_groups)
    numbers = range(n_groups) if wanted is None else wanted.tolist()
    return [Keys(column, groups.rows_of, i) for i in numbers]


class _Groups:
    """Rows by group, put in that order when the first of them is asked for."""

    def __init__(self, rows: Ints, group: Ints, n_groups: int) -> None:
        self._rows, self._group, self._n_groups = rows, group, n_groups

    @cached_property
    def _ordered(self) -> tuple[Ints, Ints]:
        ends = np.cumsum(np.bincount(self._group, minlength=self._n_groups))
        return self._rows[np.argsort(self._group, kind="stable")], np.r_[0, ends]

    def rows_of(self, i: int) -> Ints:
        """The rows of one group."""
        rows, ends = self._ordered
        found: Ints = rows[ends[i] : ends[i + 1]]
        return found
