"""The largest few as horizontal bars, with their ranges: crossings, groups."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from ui import labels, palette
from ui.figures.style import escape, lay_out

READING = "Bars are best figures, whiskers reach from the lowest to the highest claim."
ROOM = 1.3  # so that the number beside the longest bar is inside the chart


def bars(totals: pd.DataFrame, by: str, status: str = "crossed", most: int = 8) -> go.Figure:
    """The `most` largest values of `by` in a frame of `reconcile.totals`, for one status.

    What states nothing in `by` is left out. Each bar carries its value as custom data.
    """
    stated = totals[by].notna() & (totals[by] != "") & totals["best"].notna()
    rows = totals[(totals["status"] == status) & stated]
    rows = rows.sort_values("best", ascending=False).head(most).iloc[::-1]
    codes = [str(code) for code in rows[by]]
    names = [escape(labels.value(by, code)) for code in codes]
    colours = [
        palette.group_colour(code) if by == "group" else palette.status_colour(status)
        for code in codes
    ]
    figure = go.Figure(
        go.Bar(
            x=rows["best"].astype(int),
            y=names,
            orientation="h",
            marker_color=colours,
            customdata=[[code, status] for code in codes],
            text=[labels.number(best) for best in rows["best"]],
            textposition="none",
            error_x={
                "type": "data",
                "symmetric": False,
                "array": (rows["high"] - rows["best"]).astype(int),
                "arrayminus": (rows["best"] - rows["low"]).astype(int),
                "color": palette.INK,
                "thickness": 1.2,
                "width": 3,
            },
            hovertemplate="%{y}<br><b>%{x:,}</b><extra></extra>",
        )
    )
    lay_out(figure, height=40 + 36 * len(rows))
    for name, best, high in zip(names, rows["best"], rows["high"], strict=True):
        figure.add_annotation(
            x=int(high), y=name, text=labels.number(best), showarrow=False, xanchor="left", xshift=6
        )
    widest = max(float(rows["high"].max()) if len(rows) else 0.0, 1.0)
    figure.update_xaxes(visible=False, range=[0, ROOM * widest])
    figure.update_yaxes(type="category", showgrid=False, tickformat=None, ticksuffix=" ")
    figure.update_layout(bargap=0.35, margin={"r": 60, "t": 4})
    return figure
