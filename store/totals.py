"""People summed: by status and any field, with what was left out of each sum."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np
import pandas as pd

from store.behind import gathered
from store.cells import divide
from store.claims import MOVEMENT, NO_DAY
from store.codes import Ints, dense, pack
from store.frame import DTYPES
from store.judge import Reconciled

FIELDS = ("date", *MOVEMENT)

_AXES = {"date": "day", "crossing": "place", "origin": "place", "destination": "place"}

_BINS = {"D": "D", "W": "W-SUN", "M": "M"}
"""Of the timeline: pandas' periods by their letters; a week runs from Monday to Sunday."""


def tally(
    r: Reconciled, by: Sequence[str], freq: str | None = None, *, drawn: bool = False
) -> pd.DataFrame:
    """One row for each status and value of `by` (see `store.reconcile.totals`).

    With `freq` ("D", "W", "M") the column `date` holds the first day of the bin. With `drawn` only
    cells of some people on a known day are given. Raises
    ValueError for a field or a frequency that there is none of.
    """
    strange = [name for name in by if name not in FIELDS]
    if strange:
        raise ValueError(f"people cannot be summed by {strange}: choose from {list(FIELDS)}")
    names = ["status", *(name for name in by if name != "status")]
    c, forest = r.ready.claims, r.forest
    event = r.event
    node = r.node_of[event]
    inside = node >= 0
    columns, kinds = [], {}
    for name in names:
        # A claim of an event has the values of its node.
        if name == "date":
            day = (
                np.where(inside, forest.last[node], c.last[r.rows])
                if len(forest.last)
                else (c.last[r.rows])
            )
            codes, kinds[name] = _days(day, freq)
        else:
            codes, kinds[name] = c.codes[name][r.rows], pd.Series(c.words[name], dtype="str")
            if len(forest.last):
                codes = np.where(inside, forest.fields[name][node], codes)
        columns.append((codes, len(kinds[name])))
    labels, n_cells = _numbered(columns)
    position = np.empty(len(c), dtype="int64")
    position[r.rows] = np.arange(len(r.rows))
    best_row = r.table.best_row[r.of_people]
    prefer = list(dict.fromkeys(_AXES.get(name, name) for name in names[1:]))
    cells = divide(forest, labels[position[best_row]], n_cells, prefer)
    first = np.empty(n_cells, dtype="int64")
    first[labels[::-1]] = np.arange(len(labels))[::-1]
    shown = np.arange(n_cells)
    if drawn:
        # Nothing to draw: no day, no figure that counts, or a whole that its parts explain.
        dates = kinds["date"].isna().to_numpy()[columns[names.index("date")][0][first]]
        shown = np.flatnonzero(~dates & (cells.people[1] > 0))
    frame = pd.DataFrame(
        {
            name: typed_field(kinds[name].iloc[codes[first[shown]]].reset_index(drop=True), name)
            for name, (codes, _) in zip(names, columns, strict=True)
        }
    )
    for name, people in zip(("low", "best", "high"), cells.people, strict=True):
        frame[name] = pd.arrays.IntegerArray(people[shown], ~cells.has[shown])
    used = best_row[cells.node]
    # A claim that is counted in a cell may belong to another.
    mine = labels[position[used]] == cells.cell
    left = np.ones(len(r.rows), dtype=bool)
    left[position[used[mine]]] = False
    rest = np.flatnonzero(left)
    place = c.at[r.rows[rest]]
    for number, listed, rows, cell in (
        ("n_claims", "record_keys", c.at[used], cells.cell),
        ("n_left_out", "left_out_keys", place, labels[rest]),
    ):
        counts = np.bincount(cell, minlength=n_cells)[shown]
        frame[number] = pd.array(counts, dtype="Int64")
        frame[listed] = gathered(c.frame["record_key"], rows, cell, n_cells, shown)
    order = ["low", "best", "high", "n_claims", "n_left_out", "record_keys", "left_out_keys"]
    return frame[[*names, *order]]


def _numbered(columns: list[tuple[Ints, int]]) -> tuple[Ints, int]:
    """Each row's cell as a number, in the order of the columns, and how many cells there are."""
    room = prod(size for _, size in columns)
    key = pack(*columns)
    if room > max(_SPARSE * len(key), _SPARSE):
        kinds, labels = np.unique(key, return_inverse=True)
        return labels, len(kinds)
    # Counting is quicker than sorting where there are not many more cells than rows.
    there = np.zeros(room, dtype=bool)
    there[key] = True
    number = np.cumsum(there) - 1
    return number[key], int(there.sum())


_SPARSE = 16


def _days(day: Ints, freq: str | None) -> tuple[Ints, pd.Series]:
    """The bin of each day as a number, unknown ones last, and the first days of the bins."""
    ids, found = dense(np.where(day == NO_DAY, -NO_DAY, day))
    days, rank = np.unique(found.astype("int64"), return_inverse=True)
    known = pd.Series(np.where(days == -NO_DAY, np.nan, days.astype("float64")))
    dates = pd.to_datetime(known, unit="D", origin="unix").astype("datetime64[us]")
    bins = binned(dates, freq)
    numbers, kinds = pd.factorize(bins, use_na_sentinel=False)
    return numbers[rank][ids], pd.Series(kinds).astype("datetime64[us]")


def binned(dates: pd.Series, freq: str | None) -> pd.Series:
    """The first day of the bin of each date; ValueError for a frequency that there is none of."""
    if freq is None or freq == "D":
        return dates
    if freq not in _BINS:
        raise ValueError(f"no such step: {freq!r}; choose from {list(_BINS)}")
    return dates.dt.to_period(_BINS[freq]).dt.start_time.astype("datetime64[us]")


def typed_field(column: pd.Series, name: str) -> pd.Series:
    """A column of plain words ("" when missing) with the record frame's dtype for `name`."""
    if name not in ("date", "date_from"):
        column = column.astype("str")
        if name != "nationality":
            column = column.where(column != "")
    return column.astype(DTYPES[name])
