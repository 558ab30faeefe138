"""People summed: by status and any field, with what was left out of each sum."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from store.frame import DTYPES
from tests.store.plain.cells import divide
from tests.store.plain.claims import MOVEMENT, NO_DAY
from tests.store.plain.judge import Reconciled

FIELDS = ("date", *MOVEMENT)

_AXES = {"date": "day", "crossing": "place", "origin": "place", "destination": "place"}

_BINS = {"D": "D", "W": "W-SUN", "M": "M"}
"""Of the timeline: pandas' periods by their letters; a week runs from Monday to Sunday."""


def tally(r: Reconciled, by: Sequence[str], freq: str | None = None) -> pd.DataFrame:
    """One row for each status and value of `by` (see `store.reconcile.totals`).

    With `freq` ("D", "W", "M") the column `date` holds the first day of the bin. Raises
    ValueError for a field or a frequency that there is none of.
    """
    strange = [name for name in by if name not in FIELDS]
    if strange:
        raise ValueError(f"people cannot be summed by {strange}: choose from {list(FIELDS)}")
    names = ["status", *(name for name in by if name != "status")]
    cells = _claim_cells(r, names, freq)
    labels = cells.groupby(names, sort=True, dropna=False).ngroup()
    event_rows = r.people["best_row"]
    node_labels = labels.loc[event_rows].tolist()
    prefer = list(dict.fromkeys(_AXES.get(name, name) for name in names[1:]))
    counted = divide(r.forest, node_labels, prefer)
    keys = r.told["record_key"]
    node_keys = keys.loc[event_rows].tolist()
    claims_of = keys.groupby(labels).agg(sorted)
    rows = []
    for label, values in cells.groupby(labels).first().iterrows() if len(cells) else ():
        cell = counted.get(label)
        used = sorted({node_keys[i] for i in cell.nodes}) if cell else []
        left = sorted(set(claims_of[label]) - set(used))
        rows.append(
            dict(values)
            | {
                "low": cell.low if cell else None,
                "best": cell.best if cell else None,
                "high": cell.high if cell else None,
                "n_claims": len(used),
                "n_left_out": len(left),
                "record_keys": tuple(used),
                "left_out_keys": tuple(left),
            }
        )
    return _typed(rows, names)


def _claim_cells(r: Reconciled, names: list[str], freq: str | None) -> pd.DataFrame:
    """The values of the fields for each claim; a claim of an event has those of its node."""
    told = r.told
    nodes = r.forest.nodes
    values = {name: told[name if name != "date" else "last"] for name in names}
    if nodes:
        at = pd.Series(range(len(nodes)), index=r.people.index)
        node = told["event"].map(at)
        inside = node.notna()
        for name in names:
            of_nodes = [getattr(n, name if name != "date" else "last") for n in nodes]
            mine = pd.Series(of_nodes, dtype=values[name].dtype)
            taken = pd.Series(mine.loc[node[inside]].array, index=told.index[inside])
            values[name] = values[name].mask(inside, taken)
    if "date" in values:
        values["date"] = _binned(values["date"], freq)
    return pd.DataFrame(values, index=told.index)


def _binned(days: pd.Series, freq: str | None) -> pd.Series:
    known = days.where(days != NO_DAY)
    dates = pd.to_datetime(known, unit="D", origin="unix").astype("datetime64[us]")
    if freq is None or freq == "D":
        return dates
    if freq not in _BINS:
        raise ValueError(f"no such step: {freq!r}; choose from {list(_BINS)}")
    return dates.dt.to_period(_BINS[freq]).dt.start_time.astype("datetime64[us]")


def _typed(rows: list[dict[str, object]], names: list[str]) -> pd.DataFrame:
    numbers = ["low", "best", "high", "n_claims", "n_left_out"]
    columns = [*names, *numbers, "record_keys", "left_out_keys"]
    frame = pd.DataFrame(rows, columns=columns)
    for name in names:
        frame[name] = typed_field(frame[name], name)
    return frame.astype(dict.fromkeys(numbers, "Int64"))


def typed_field(column: pd.Series, name: str) -> pd.Series:
    """A column of plain words ("" when missing) with the record frame's dtype for `name`."""
    if name not in ("date", "date_from"):
        column = column.astype("str")
        if name != "nationality":
            column = column.where(column != "")
    return column.astype(DTYPES[name])
