"""Running totals as their sources state them, as steps beside the days on record added up."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ui import labels, palette
from ui.figures.style import lay_out

STATED, DAYS = "stated", "days"
"""In the custom data of a point, after its day: what kind of step it is."""


def steps(totals: pd.DataFrame, days: pd.DataFrame) -> go.Figure:
    """`totals`: rows of `reconcile.running_totals` for one place and people, oldest first;
    `days`: the days that the last of them is over, as `reconcile.cumulated_days` gives them.
    """
    figure = go.Figure()
    figure.add_scatter(
        x=totals["date"],
        y=totals["best"].astype("Int64"),
        mode="lines+markers",
        line={"shape": "hv", "color": palette.TOTAL_COLOUR, "width": 2},
        marker={"size": 10},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": (totals["high"] - totals["best"]).astype(int),
            "arrayminus": (totals["best"] - totals["low"]).astype(int),
            "thickness": 1,
        },
        name="Running total as stated",
        customdata=_custom(totals["date"], STATED),
        text=[_share(share) for share in totals["share"]],
        hovertemplate="%{x|%-d %b %Y}<br>%{y:,} stated%{text}<extra></extra>",
    )
    # Drawn up to the day of the last total, so that both lines can be compared there.
    dates, sums = list(days["date"]), list(days["days_sum"])
    if dates and dates[-1] < totals["date"].iloc[-1]:
        dates, sums = [*dates, totals["date"].iloc[-1]], [*sums, sums[-1]]
    figure.add_scatter(
        x=dates,
        y=sums,
        mode="lines+markers",
        line={"shape": "hv", "color": palette.status_colour("crossed"), "width": 2, "dash": "dot"},
        marker={"size": 9, "symbol": "square"},
        name="Days on record, added up",
        customdata=_custom(dates, DAYS),
        hovertemplate="%{x|%-d %b %Y}<br>%{y:,} in the days on record<extra></extra>",
    )
    lay_out(figure, height=320, y_title="People")
    shown = sorted({*totals["date"], *dates})
    if len(shown) <= 12:
        figure.update_xaxes(tickvals=shown, ticktext=[labels.day(day) for day in shown])
    return figure.update_xaxes(tickformat="%-d %b %Y")


def _custom(dates: pd.Series | list[pd.Timestamp], kind: str) -> list[list[str]]:
    return [[str(pd.Timestamp(day).date()), kind] for day in dates]


def _share(share: object) -> str:
    return "" if labels.missing(share) else f", of which the days account for {share:.0%}"
