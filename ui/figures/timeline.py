"""People per day: stacked best figures with their range, rival claims as marks, expected apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from extraction.record import GROUPS
from ui import labels, palette
from ui.figures.axis import NAMES, TimeAxis
from ui.figures.style import escape, lay_out

REST = "rest"
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
    has the columns `date` (of the bin), `status`, `value` (height of the mark), `words`,
    `record_keys` (of its event). Each bar carries its bin, `by` and status as custom data, a mark
    its event's record keys too.
    """
    figure = go.Figure()
    shown: set[str] = set()
    colours = {code: series_colour(daily, by, code) for code in series(daily, by)}
    for status in statuses:
        rows = daily[daily["status"] == status]
        for code in series(rows, by):
            here = rows[rows[by] == code]
            _bars(figure, here, axis, series_name(by, code), code, colours[code], status)
            figure.data[-1].showlegend = code not in shown
            shown.add(code)
        _ranges(figure, rows, axis, status)
    marks = rivals[rivals["status"].isin(list(statuses))]
    tallest = max([1.0, *marks["value"].astype(float), *_tops(daily)])
    # One trace for the first rival of each bin, one for the second: a bar that stands twice at
    # one place in one trace is drawn with no width.
    for (status, _), rows in marks.groupby(["status", _nth(marks)], observed=True):
        _marks(figure, rows, axis, str(status), tallest * DASH)
    figure.update_layout(barmode="stack", bargap=0.25)
    return _finish(figure, axis, "People")


def reports(tally: pd.DataFrame, axis: TimeAxis, by: str) -> go.Figure:
    """Bars of reports that state a figure: columns `date`, `by` (folded), `reports`."""
    figure = go.Figure()
    for code in series(tally, by):
        rows = tally[tally[by] == code]
        figure.add_bar(
            x=axis.place(list(rows["date"])),
            y=rows["reports"].astype(int),
            name=series_name(by, code),
            marker_color=series_colour(tally, by, code),
            customdata=_custom(rows, code, ""),
            hovertemplate="%{customdata[0]}<br>%{y:,} reports<extra>%{fullData.name}</extra>",
        )
    figure.update_layout(barmode="stack", bargap=0.25)
    return _finish(figure, axis, "Reports")


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
    figure: go.Figure,
    rows: pd.DataFrame,
    axis: TimeAxis,
    name: str,
    code: str,
    colour: str,
    status: str,
) -> None:
    solid = status != "expected"
    figure.add_bar(
        x=axis.place(list(rows["date"])),
        y=rows["best"].astype(int),
        name=name,
        legendgroup=code,
        offsetgroup=status,
        marker={
            "color": colour if solid else palette.translucent(colour, 0.12),
            "line": {"color": colour, "width": 0 if solid else 2},
        },
        customdata=_custom(rows, code, status),
        text=np.array([*map(labels.span, rows["low"], rows["high"])], dtype=str),
        textposition="none",
        hovertemplate=(
            "%{customdata[0]}<br><b>%{y:,}</b> "
            + labels.STATUSES[status].lower()
            + ", range %{text}"
            "<extra>%{fullData.name}</extra>"
        ),
    )


def _nth(marks: pd.DataFrame) -> pd.Series:
    return marks.groupby(["date", "status"], observed=True).cumcount().rename("nth")


def _tops(daily: pd.DataFrame) -> list[float]:
    return list(daily.groupby(["date", "status"], observed=True)["best"].sum().astype("float"))


def _custom(rows: pd.DataFrame, code: str, status: str) -> np.ndarray:
    # An array, because Plotly copies and checks a list value by value.
    days = rows["date"].dt.strftime("%Y-%m-%d").to_numpy(dtype=str)
    return np.column_stack([days, np.full(len(rows), code), np.full(len(rows), status)])


def _ranges(figure: go.Figure, rows: pd.DataFrame, axis: TimeAxis, status: str) -> None:
    sums = rows.groupby("date", observed=True)[["low", "best", "high"]].sum()
    sums = sums[sums["low"] < sums["high"]]
    if sums.empty:
        return
    # A bar of no height, so that the range stands over its own stack.
    figure.add_bar(
        x=axis.place(list(sums.index)),
        y=[0] * len(sums),
        base=sums["best"].astype(int),
        offsetgroup=status,
        showlegend=False,
        hoverinfo="skip",
        error_y={
            "type": "data",
            "symmetric": False,
            "array": (sums["high"] - sums["best"]).astype(int),
            "arrayminus": (sums["best"] - sums["low"]).astype(int),
            "color": palette.INK,
            "thickness": 1.5,
            "width": 5,
        },
    )


def _marks(
    figure: go.Figure, marks: pd.DataFrame, axis: TimeAxis, status: str, thickness: float
) -> None:
    """Rival claims as dashes across the place of their stack: bars with a floating base."""
    figure.add_bar(
        x=axis.place(list(marks["date"])),
        y=[thickness] * len(marks),
        base=marks["value"].astype(float) - thickness / 2,
        offsetgroup=status,
        name="Rival claim",
        legendgroup="rival",
        showlegend=all(one.legendgroup != "rival" for one in figure.data),
        marker={"color": palette.RIVAL_COLOUR, "line": {"width": 0}},
        customdata=[
            [str(pd.Timestamp(row.date).date()), "", row.status, row.record_keys]
            for row in marks.itertuples(index=False)
        ],
        text=[escape(words) for words in marks["words"]],
        textposition="none",
        hovertemplate="%{text}<extra>Rival claim</extra>",
    )


def _finish(figure: go.Figure, axis: TimeAxis, y_title: str) -> go.Figure:
    lay_out(figure, height=440, y_title=y_title)
    if not axis.calendar:
        names = [axis.name(date) for date in axis.bins]
        figure.update_xaxes(type="category", categoryorder="array", categoryarray=names)
        figure.update_xaxes(tickangle=-45 if len(names) > 6 else 0, nticks=24)
    elif len(axis.bins) <= 16:
        figure.update_xaxes(tickvals=axis.place(axis.bins), ticktext=[*map(axis.name, axis.bins)])
    else:
        figure.update_xaxes(tickformat="%-d %b<br>%Y", hoverformat="%-d %b %Y")
    figure.update_layout(meta={"step": NAMES[axis.freq]})
    return figure
