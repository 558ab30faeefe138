"""The claims behind a number: many numbers share one array of them, and few are ever looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import overload

import numpy as np
import pandas as pd

from store.codes import Ints


class Keys(Sequence[str]):
    """Record keys, sorted, as a tuple would hold them; made out of the rows only when asked for.

    `rows` are places in `column`, the frame's `record_key`, or what finds them.
    """

    __slots__ = ("_column", "_rows", "_told")

    def __init__(self, column: pd.Series, rows: Ints | Callable[[], Ints]) -> None:
        self._column = column
        self._told: tuple[str, ...] | None = None
        self._rows = rows

    @property
    def rows(self) -> Ints:
        """The places of the records in the frame, in no order."""
        if callable(self._rows):
            self._rows = self._rows()
        return self._rows

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


def gathered(column: pd.Series, rows: Ints, group: Ints, n_groups: int) -> list[Keys]:
    """The record keys of these rows of the frame for each of `n_groups` groups."""
    order = np.argsort(group, kind="stable")
    ends = np.cumsum(np.bincount(group, minlength=n_groups))[:-1] if n_groups else []
    return [Keys(column, some) for some in np.split(rows[order], ends)][:n_groups]
