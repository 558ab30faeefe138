"""People per day: stacked best figures with their range, rival claims as marks, expected apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from extraction.record import GROUPS
from ui import labels, palette
from ui.figures.axis import NAMES, TimeAxis, iso_days
from ui.figures.style import escape, layout

Trace: TypeAlias = "dict[str, Any]"
"""A trace of a chart as plain data."""

REST = "rest"
_HOVER = {"D": "%-d %b %Y", "W": "week of %-d %b %Y", "M": "%b %Y"}
DASH = 0.008  # the thickness of a rival's mark, of the chart's height


def people(
    daily: pd.DataFrame,
    rivals: pd.DataFrame,
    axis: TimeAxis,
    by: str,
    statuses: Sequence[str],
) -> go.Figure:
    """Bars of best figures for each bin, one stack for each status.

    `daily` is a frame as `reconcile.daily` gives it, in which `by` went through `fold`; `rivals`
    has the columns `date` (of the bin), `status`, `value` (height of the mark), `words`, `event`
    (the key of its event's best record). The `meta` of a trace of bars are its value of `by` and
    its status; a mark carries its bin, "", its status and its event as custom data.
    """
    traces: list[Trace] = []
    shown: set[str] = set()
    colours = {code: series_colour(daily, by, code) for code in series(daily, by)}
    for status in statuses:
        rows = daily[daily["status"] == status]
        for code in series(rows, by):
            here = rows[rows[by] == code]
            bars = _bars(here, axis, series_name(by, code), code, colours[code], status)
            traces.append(bars | {"showlegend": code not in shown})
            shown.add(code)
        traces += _ranges(rows, axis, status)
    marks = rivals[rivals["status"].isin(list(statuses))]
    thickness = max([1.0, *marks["value"].astype(float), *_tops(daily)]) * DASH
    # One trace for the first rival of each bin, one for the second: a bar that stands twice at
    # one place in one trace is drawn with no width.
    for n, ((status, _), rows) in enumerate(marks.groupby(["status", _nth(marks)], observed=True)):
        traces.append(_marks(rows, axis, str(status), thickness) | {"showlegend": n == 0})
    return _figure(traces, axis, "People")


def reports(tally: pd.DataFrame, axis: TimeAxis, by: str) -> go.Figure:
    """Bars of reports that state a figure: columns `date`, `by` (folded), `reports`."""
    traces: list[Trace] = []
    for code in series(tally, by):
        rows = tally[tally[by] == code]
        traces.append(
            {
                "type": "bar",
                "x": axis.place(rows["date"]),
                "y": rows["reports"].to_numpy(dtype="int64"),
                "name": series_name(by, code),
                "marker": {"color": series_colour(tally, by, code)},
                "meta": [code, ""],
                "hovertemplate": "%{x}<br>%{y:,} reports<extra>%{fullData.name}</extra>",
            }
        )
    return _figure(traces, axis, "Reports")


def fold(frame: pd.DataFrame, by: str, most: int = 8) -> pd.DataFrame:
    """The frame with the column `by` as text: its largest few values, and the rest as one.

    Groups all keep their own colour; of nationalities the `most` largest by `best` do.
    """
    codes = frame[by].astype("str").where(frame[by].notna(), "")
    if by == "group":
        return frame.assign(**{by: codes.where(codes != "", "unspecified")})
    weight = frame["best"] if "best" in frame else frame["reports"]
    sizes = weight.astype("float").groupby(codes).sum().drop("", errors="ignore")
    kept = set(sizes.nlargest(most).index)
    return frame.assign(**{by: codes.where(codes.isin(kept) | (codes == ""), REST)})


def series(frame: pd.DataFrame, by: str) -> list[str]:
    """The values of `by` in drawing order: groups as in RECORD.md, others largest first."""
    present = set(frame[by].unique())
    if by == "group":
        return [group for group in GROUPS if group in present]
    weight = frame["best"] if "best" in frame else frame["reports"]
    sizes = weight.astype("float").groupby(frame[by]).sum().sort_values(ascending=False)
    named = [code for code in sizes.index if code not in {REST, ""}]
    return named + [code for code in (REST, "") if code in present]


def series_name(by: str, code: str) -> str:
    """The legend's words for one value of `by`."""
    if code == REST:
        return "Other nationalities"
    return labels.value(by, code).capitalize() if code == "" else labels.value(by, code)


def series_colour(frame: pd.DataFrame, by: str, code: str) -> str:
    """The colour of one value of `by`: a group's own, a nationality's by its rank."""
    if by == "group":
        return palette.group_colour(code)
    if code in {REST, ""}:
        return palette.REST_COLOUR
    rank = [one for one in series(frame, by) if one not in {REST, ""}].index(code)
    return palette.SERIES_COLOURS[rank % len(palette.SERIES_COLOURS)]


def _bars(
    rows: pd.DataFrame, axis: TimeAxis, name: str, code: str, colour: str, status: str
) -> Trace:
    solid = status != "expected"
    return {
        "type": "bar",
        "x": axis.place(rows["date"]),
        "y": rows["best"].to_numpy(dtype="int64"),
        "name": name,
        "legendgroup": code,
        "offsetgroup": status,
        "marker": {
            "color": colour if solid else palette.translucent(colour, 0.12),
            "line": {"color": colour, "width": 0 if solid else 2},
        },
        "meta": [code, status],
        "customdata": rows[["low", "high"]].to_numpy(dtype="int64"),
        "hovertemplate": (
            "%{x}<br><b>%{y:,}</b> "
            + labels.STATUSES[status].lower()
            + "<br>lowest claim %{customdata[0]:,}, highest %{customdata[1]:,}"
            "<extra>%{fullData.name}</extra>"
        ),
    }


def _nth(marks: pd.DataFrame) -> pd.Series:
    return marks.groupby(["date", "status"], observed=True).cumcount().rename("nth")


def _tops(daily: pd.DataFrame) -> list[float]:
    return list(daily.groupby(["date", "status"], observed=True)["best"].sum().astype("float"))


def _ranges(rows: pd.DataFrame, axis: TimeAxis, status: str) -> list[Trace]:
    sums = rows.groupby("date", observed=True)[["low", "best", "high"]].sum()
    sums = sums[sums["low"] < sums["high"]]
    if sums.empty:
        return []
    low, best, high = (sums[name].to_numpy(dtype="int64") for name in ("low", "best", "high"))
    # A bar of no height, so that the range stands over its own stack.
    return [
        {
            "type": "bar",
            "x": axis.place(sums.index),
            "y": np.zeros(len(sums), dtype="int64"),
            "base": best,
            "offsetgroup": status,
            "showlegend": False,
            "hoverinfo": "skip",
            "error_y": {
                "type": "data",
                "symmetric": False,
                "array": high - best,
                "arrayminus": best - low,
                "color": palette.INK,
                "thickness": 1.5,
                "width": 5,
            },
        }
    ]


def _marks(marks: pd.DataFrame, axis: TimeAxis, status: str, thickness: float) -> Trace:
    """Rival claims as dashes across the place of their stack: bars with a floating base."""
    days = iso_days(marks["date"])
    told = [days, np.full(len(marks), ""), np.full(len(marks), status)]
    return {
        "type": "bar",
        "x": axis.place(marks["date"]),
        "y": np.full(len(marks), thickness),
        "base": marks["value"].to_numpy(dtype="float64") - thickness / 2,
        "offsetgroup": status,
        "name": "Rival claim",
        "legendgroup": "rival",
        "marker": {"color": palette.RIVAL_COLOUR, "line": {"width": 0}},
        "customdata": np.column_stack([*told, marks["event"].to_numpy(dtype=str)]),
        "text": [escape(words) for words in marks["words"]],
        "textposition": "none",
        "hovertemplate": "%{text}<extra>Rival claim</extra>",
    }


def _figure(traces: list[Trace], axis: TimeAxis, y_title: str) -> go.Figure:
    drawn = layout(height=440, y_title=y_title)
    drawn |= {"barmode": "stack", "bargap": 0.25, "meta": {"step": NAMES[axis.freq]}}
    along = drawn["xaxis"]
    if not axis.calendar:
        names = [axis.name(date) for date in axis.bins]
        along |= {"type": "category", "categoryorder": "array", "categoryarray": names}
        along |= {"tickangle": -45 if len(names) > 6 else 0, "nticks": 24}
    elif len(axis.bins) <= 16:
        along |= {"tickvals": axis.place(axis.bins), "ticktext": [*map(axis.name, axis.bins)]}
        along |= {"hoverformat": _HOVER[axis.freq]}
    else:
        along |= {"tickformat": "%-d %b<br>%Y", "hoverformat": _HOVER[axis.freq]}
    return go.Figure(data=traces, layout=drawn)
