"""The claims behind a number: many numbers share one array of them, and few are ever looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias, overload

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray, ExtensionDtype, register_extension_dtype
from pandas.api.indexers import check_array_indexer

from store.cached_property import cached_property
from store.codes import Ints, Mask

Source: TypeAlias = "tuple[pd.Series, Callable[[int], Ints]]"
"""The column of record keys, and what finds the places behind a number."""


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


@register_extension_dtype
class KeysType(ExtensionDtype):  # type: ignore[misc]
    """The dtype of a column with the record keys behind each row's number."""

    name = "record keys"
    type = Keys
    na_value = None

    @classmethod
    def construct_array_type(cls) -> Any:
        """The array of this dtype."""
        return KeyLists


class KeyLists(ExtensionArray):  # type: ignore[misc]
    """A column of `Keys`, each made when it is looked at: a chart has a thousand numbers, a ledger
    a hundred thousand events, and objects that nobody looks at cost time and memory all the same.
    """

    def __init__(self, sources: Sequence[Source], source: Ints, number: Ints) -> None:
        """For each row which of the `sources` finds its keys (-1: it has none), by what number."""
        self._sources, self._source, self._number = tuple(sources), source, number

    @classmethod
    def of(cls, column: pd.Series, find: Callable[[int], Ints], numbers: Ints) -> KeyLists:
        """The keys that `find` gives for each of these numbers (see `Keys`)."""
        return cls([(column, find)], np.zeros(len(numbers), dtype="int8"), numbers)

    @classmethod
    def _from_sequence(cls, scalars: Any, *, dtype: Any = None, copy: bool = False) -> KeyLists:
        raise TypeError("record keys are found by their numbers, not given")

    @classmethod
    def _from_scalars(cls, scalars: Any, *, dtype: Any = None) -> KeyLists:
        raise TypeError("record keys are found by their numbers, not given")

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[KeyLists]) -> KeyLists:
        sources: list[Source] = []
        which = []
        for one in to_concat:
            which.append(np.where(one._source < 0, -1, one._source + len(sources)))
            sources += one._sources
        return cls(sources, np.concatenate(which), np.concatenate([o._number for o in to_concat]))

    @property
    def dtype(self) -> KeysType:
        """`KeysType`."""
        return KeysType()

    @property
    def nbytes(self) -> int:
        """The bytes of the numbers; what the keys are made of is shared."""
        return int(self._source.nbytes + self._number.nbytes)

    def __len__(self) -> int:
        return len(self._number)

    def __getitem__(self, at: Any) -> Any:
        at = check_array_indexer(self, at)
        if not isinstance(at, int | np.integer):
            return KeyLists(self._sources, self._source[at], self._number[at])
        if self._source[at] < 0:
            return None
        column, find = self._sources[self._source[at]]
        return Keys(column, find, int(self._number[at]))

    def __eq__(self, other: object) -> Any:
        if not isinstance(other, KeyLists | Sequence | np.ndarray) or len(other) != len(self):
            return NotImplemented
        return np.array([one == two for one, two in zip(self, other, strict=True)], dtype=bool)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        # Value by value: numpy would make a table of what reads as sequences.
        values = np.empty(len(self), dtype=object)
        for at, keys in enumerate(self):
            values[at] = keys
        return values

    def astype(self, dtype: Any, copy: bool = True) -> Any:
        """The same for its own dtype, else an array of objects."""
        if isinstance(dtype, KeysType) or dtype == KeysType.name:
            return self.copy() if copy else self
        return np.asarray(self).astype(dtype)

    def isna(self) -> Mask:
        """True where there is no list at all."""
        return self._source < 0

    def take(self, indices: Any, *, allow_fill: bool = False, fill_value: Any = None) -> KeyLists:
        """The rows at these places; with `allow_fill`, -1 stands for one without a list."""
        indices = np.asarray(indices, dtype="int64")
        if not allow_fill:
            return KeyLists(self._sources, self._source[indices], self._number[indices])
        if len(indices) and indices.min() < -1:
            raise ValueError("a place before the first: only -1 stands for none")
        padded = np.append(self._source, -1), np.append(self._number, 0)
        return KeyLists(self._sources, *(values[indices] for values in padded))

    def copy(self) -> KeyLists:
        """The same; nothing in it can be changed."""
        return KeyLists(self._sources, self._source, self._number)


def gathered(
    column: pd.Series, rows: Ints, group: Ints, n_groups: int, wanted: Ints | None = None
) -> KeyLists:
    """The record keys of these rows of the frame for each of `n_groups` groups, or the wanted."""
    groups = _Groups(rows, group, n_groups)
    return KeyLists.of(column, groups.rows_of, np.arange(n_groups) if wanted is None else wanted)


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
