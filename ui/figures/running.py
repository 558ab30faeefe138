"""Running totals as their sources state them, as steps beside the days on record added up."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from ui import labels, palette
from ui.figures.axis import iso_days
from ui.figures.style import layout

STATED, DAYS = "stated", "days"
"""In the custom data of a point, after its day: what kind of step it is."""


def steps(totals: pd.DataFrame, days: pd.DataFrame) -> go.Figure:
    """`totals`: rows of `reconcile.running_totals` for one place and people, oldest first;
    `days`: the days that the last of them is over, as `reconcile.cumulated_days` gives them.
    """
    low, best, high = (totals[name].to_numpy(dtype="int64") for name in ("low", "best", "high"))
    stated = {
        "type": "scatter",
        "x": iso_days(totals["date"]),
        "y": best,
        "mode": "lines+markers",
        "line": {"shape": "hv", "color": palette.TOTAL_COLOUR, "width": 2},
        "marker": {"size": 10},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": high - best,
            "arrayminus": best - low,
            "thickness": 1,
        },
        "name": "Running total as stated",
        "customdata": _custom(totals["date"], STATED),
        "text": [_share(share) for share in totals["share"]],
        "hovertemplate": "%{x|%-d %b %Y}<br>%{y:,} stated%{text}<extra></extra>",
    }
    # Drawn up to the day of the last total, so that both lines can be compared there.
    dates, sums = days["date"], days["days_sum"].to_numpy(dtype="int64")
    last = totals["date"].iloc[[-1]]
    if len(dates) and dates.iloc[-1] < last.iloc[0]:
        dates, sums = pd.concat([dates, last]), np.append(sums, sums[-1])
    added = {
        "type": "scatter",
        "x": iso_days(dates),
        "y": sums,
        "mode": "lines+markers",
        "line": {
            "shape": "hv",
            "color": palette.status_colour("crossed"),
            "width": 2,
            "dash": "dot",
        },
        "marker": {"size": 9, "symbol": "square"},
        "name": "Days on record, added up",
        "customdata": _custom(dates, DAYS),
        "hovertemplate": "%{x|%-d %b %Y}<br>%{y:,} in the days on record<extra></extra>",
    }
    drawn = layout(height=320, y_title="People")
    shown = sorted({*totals["date"], *dates})
    if len(shown) <= 12:
        drawn["xaxis"] |= {"tickvals": shown, "ticktext": [labels.day(day) for day in shown]}
    drawn["xaxis"] |= {"tickformat": "%-d %b %Y"}
    return go.Figure(data=[stated, added], layout=drawn)


def _custom(dates: pd.Series, kind: str) -> np.ndarray:
    # An array, because Plotly copies and checks a list value by value.
    return np.column_stack([iso_days(dates), np.full(len(dates), kind)])


def _share(share: object) -> str:
    return "" if labels.missing(share) else f", of which the days account for {share:.0%}"
