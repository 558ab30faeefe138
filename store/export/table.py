"""A frame that is exported, with the columns that explain it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from store.export.columns import Column, column
from store.frame import DTYPES


@dataclass(frozen=True)
class Table:
    """A frame with a name for its file or sheet, and a column for each of the frame's, in order.

    `places`: whether a row stands for something that lies at one place, so that it can be drawn
    on a map.
    """

    name: str
    frame: pd.DataFrame
    columns: tuple[Column, ...]
    places: bool = False

    def __len__(self) -> int:
        return len(self.frame)


def table(name: str, frame: pd.DataFrame, *, places: bool = False) -> Table:
    """The table of a frame of this package. Raises KeyError for a column that is not explained."""
    columns = tuple(column(str(one), _words(frame[one])) for one in frame)
    return Table(name, frame, columns, places)


def _words(series: pd.Series) -> tuple[str, ...]:
    """The vocabulary of a column: the categories of a dtype that was declared with them."""
    declared = DTYPES.get(str(series.name))
    if isinstance(declared, pd.CategoricalDtype) and declared.categories is not None:
        return tuple(str(word) for word in declared.categories)
    return ()
