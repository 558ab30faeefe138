"""Long tables in pages: only the rows of one page are sorted out, made ready and sent."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from ui.behind import Found

MOST_PAGES = 40
"""So many pages can be turned; further on, a filter or a download finds a row sooner."""


def first_rows(
    found: Found, columns: Sequence[str], ascending: Sequence[bool], start: int, stop: int
) -> np.ndarray:
    """The places (among `found`) of the rows `start` to `stop` in the order of these columns.

    Missing values come last. Only what can come before `stop` is sorted: of a million rows the
    first page takes a hundredth of the time that sorting them all would.
    """
    key = _number(found.column(columns[0]), ascending[0])
    places = np.arange(len(key))
    if stop < len(key):
        places = np.flatnonzero(key <= np.partition(key, stop - 1)[stop - 1])
    few = found.some(places)
    rest = {name: few.column(name).array for name in columns[1:]}
    some = pd.DataFrame({columns[0]: key[places], **rest}, index=places)
    ordered = some.sort_values(
        list(columns), ascending=[True, *ascending[1:]], kind="stable", na_position="last"
    )
    return ordered.index.to_numpy()[start:stop]


def turn(n: int, size: int, key: str) -> tuple[int, int]:
    """Draw the pages of `n` rows, where there are several; gives first and last of those shown."""
    pages = min(-(-n // size), MOST_PAGES)
    page = st.pagination(pages, key=key) if pages > 1 else 1
    return (page - 1) * size, min(page * size, n)


def told(n: int, start: int, stop: int, size: int, what: str = "records") -> str:
    """Which rows are shown, in words; "" where all are. Tells what cannot be paged to."""
    if stop - start >= n:
        return ""
    words = f"{what.capitalize()} {start + 1:,}–{stop:,} of {n:,}"
    if n > size * MOST_PAGES:
        words += f"; the first {size * MOST_PAGES:,} can be paged through, a filter finds others"
    return f"{words}."


def _number(column: pd.Series, ascending: bool) -> np.ndarray:
    """A column as numbers whose ascending order is the order asked for, missing ones last."""
    if column.dtype.kind == "M":
        numbers = column.to_numpy(dtype="datetime64[D]").astype("int64").astype("float64")
        numbers[column.isna().to_numpy()] = np.nan
    else:
        numbers = column.to_numpy(dtype="float64", na_value=np.nan)
    return np.where(np.isnan(numbers), np.inf, numbers if ascending else -numbers)
