"""Some rows of a large frame, whose columns are taken out when they are asked for.

A filter may keep most of a million records. To hold them with all their columns would take
hundreds of megabytes for each filter, of which a page looks at a few bytes a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias, overload

import numpy as np
import pandas as pd

from store.codes import Ints, Mask


class Rows:
    """Rows of a frame, with columns of their own; reads as the frame that it stands for.

    `rows["status"]` is a column, `rows[["date", "count"]]` a frame of these, `rows[mask]` the frame
    of those rows with all columns. Nothing in it is ever changed.
    """

    def __init__(
        self,
        frame: pd.DataFrame,
        at: Ints | None = None,
        own: Mapping[str, Any] | None = None,
        attrs: Mapping[str, Any] | None = None,
    ) -> None:
        """`at`: the rows' positions in `frame`, ascending (None: all). `own`: arrays with a value
        for each row. `attrs` are those of each frame that is taken out."""
        self._frame, self._at = frame, at
        self._own = dict(own or {})
        self.attrs = dict(attrs or {})
        self.index: pd.Index = frame.index if at is None else frame.index.take(at)

    def __len__(self) -> int:
        return len(self.index)

    def __contains__(self, name: str) -> bool:
        return name in self._own or name in self._frame

    @property
    def empty(self) -> bool:
        """True where there is no row."""
        return not len(self)

    @property
    def columns(self) -> list[str]:
        """The names of the frame's columns, then of its own."""
        return [*(name for name in self._frame.columns if name not in self._own), *self._own]

    @overload
    def __getitem__(self, wanted: str) -> pd.Series: ...
    @overload
    def __getitem__(self, wanted: list[str] | Mask | pd.Series) -> pd.DataFrame: ...
    def __getitem__(self, wanted: str | list[str] | Mask | pd.Series) -> pd.Series | pd.DataFrame:
        """A column; or a frame of some columns, or of the rows where a mask is true."""
        if isinstance(wanted, str):
            return self._column(wanted)
        if isinstance(wanted, list):
            return self._framed({name: self._column(name) for name in wanted}, self.index)
        return self.take(np.flatnonzero(np.asarray(wanted, dtype=bool)))

    def take(self, positions: Ints) -> pd.DataFrame:
        """The rows at these positions, in this order, with all columns."""
        positions = np.asarray(positions, dtype="int64")
        at = positions if self._at is None else self._at[positions]
        taken = self._frame.take(at)
        own = {name: values[positions] for name, values in self._own.items()}
        return self._framed(dict(taken.items()) | own, taken.index)

    def head(self, n: int) -> pd.DataFrame:
        """The first `n` rows with all columns."""
        return self.take(np.arange(min(n, len(self))))

    def frame(self) -> pd.DataFrame:
        """All rows with all columns: large where there are many."""
        if self._at is None:
            return self._framed(dict(self._frame.items()) | self._own, self.index)
        return self.take(np.arange(len(self)))

    def _column(self, name: str) -> pd.Series:
        if name in self._own:
            return pd.Series(self._own[name], index=self.index, name=name, copy=False)
        if self._at is None:
            return self._frame[name]
        values = self._frame[name].array.take(self._at)
        return pd.Series(values, index=self.index, name=name, copy=False)

    def _framed(self, columns: Mapping[str, Any], index: pd.Index) -> pd.DataFrame:
        frame = pd.DataFrame(columns, index=index, copy=False)
        frame.attrs = dict(self.attrs)
        return frame


Claims: TypeAlias = "pd.DataFrame | Rows"
"""Claims as the views of pages take them: a frame, or rows of one that are taken out if needed."""
