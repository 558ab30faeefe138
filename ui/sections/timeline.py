"""The timeline: its switches, its chart, and the claims that a selection on it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from store.rows import Rows
from ui import cached, labels
from ui.behind import NOTHING, Behind, places
from ui.figures import timeline
from ui.figures.axis import MOST_DRAWN, NAMES, TimeAxis, bin_starts, choose_freq, n_bins, time_axis
from ui.sections import chart, claims
from ui.sections.rival_marks import MOST_EVENTS, Marks, rival_marks
from ui.shell import View

_STATUSES: Final = {
    "Crossed, expected": ("crossed", "expected"),
    "Waiting": ("waiting",),
    "Refused": ("refused",),
}
_BY: Final = {"Group": "group", "Nationality": "nationality"}
_STEPS: Final = {"Day": "D", "Week": "W", "Month": "M"}
_COUNTED: Final = ("People", "Reports")


@dataclass(frozen=True)
class Choice:
    """What the chart shows: field, bin width, statuses, people or reports."""

    by: str
    freq: str
    statuses: tuple[str, ...]
    counted: str


def controls(view: View) -> Choice:
    """The switches above the chart; they stand in the address too."""
    with st.container(horizontal=True, gap="medium"):
        shown = _switch("Show", list(_STATUSES), "show")
        by = _switch("Split by", list(_BY), "by")
        steps = ["Auto", *_STEPS]
        step = _list("Step", steps, "step")
        counted = _list("Count", list(_COUNTED), "count")
    days = pd.Series(view.claims["date"].unique())
    auto = choose_freq(days)
    freq = auto if step == "Auto" else _STEPS[step]
    if n_bins(days, freq) > MOST_DRAWN:
        wanted, freq = f"{n_bins(days, freq):,} {NAMES[freq]}s", auto
        st.caption(
            f"{wanted} are too many to draw apart: {NAMES[freq]}s are shown. Set the days in the "
            "filter, or choose one country, to see finer steps."
        )
    return Choice(_BY[by], freq, _STATUSES[shown], counted)


def draw(view: View, choice: Choice, judged: Rows) -> Behind:
    """The chart; gives the claims behind what is selected on it, or behind all of it."""
    daily = _daily(view, choice)
    of_status = judged["status"].isin(list(choice.statuses)).to_numpy()
    undated = judged["date"].isna() & of_status
    title = f"{choice.counted} per {NAMES[choice.freq]}"
    if daily.empty:
        st.info(
            "No figure with a day for this choice. Try another status, or widen the filter.",
            icon=":material/event_busy:",
        )
        return NOTHING
    axis = time_axis(daily["date"], choice.freq)
    marks = Marks.none()
    key = view.chosen, choice
    if choice.counted == "Reports":
        stated = _stated(judged, choice, of_status)
        figure = timeline.reports(_reports(stated, choice), axis, choice.by)
    else:
        marks, figure = cached.once("timeline", key, lambda: _people(view, choice, daily, axis))
    points = chart.draw(figure, title, f"timeline_{choice.counted}_{choice.by}_{choice.freq}")
    legend = _legend(choice, axis.calendar, int(undated.sum()), marks)
    st.caption(legend)
    part = chart.Part(partial(cached.judged, view.chosen), choice.statuses)
    chart.under(figure, title, part, view.described, "timeline", daily, legend)
    if choice.counted == "Reports":
        return Behind.at(judged, _at(stated, points, choice.by, axis).index.to_numpy())
    bars = [point for point in points if not point[3:]]
    behind = Behind.of(_at(daily, bars, choice.by, axis), judged) if bars or not points else NOTHING
    if picked := {point[3] for point in points if point[3:]}:
        rivals = _rivals(view, choice)
        events = rivals[rivals["best_record"].isin(picked)]
        behind |= Behind.at(judged, places(events["record_keys"], judged))
    return behind


def _daily(view: View, choice: Choice) -> pd.DataFrame:
    daily = timeline.fold(cached.daily(view.chosen, choice.by, choice.freq), choice.by)
    return daily[daily["status"].isin(list(choice.statuses))]


def _rivals(view: View, choice: Choice) -> pd.DataFrame:
    return cached.rivals(view.chosen, MOST_EVENTS, choice.statuses)


def _people(
    view: View, choice: Choice, daily: pd.DataFrame, axis: TimeAxis
) -> tuple[Marks, go.Figure]:
    rivals, judged = _rivals(view, choice), cached.judged(view.chosen)
    marks = rival_marks(rivals, daily, judged, choice.freq)
    return marks, timeline.people(daily, marks.drawn, axis, choice.by, choice.statuses)


def behind(judged: Rows, numbers: Behind, where: str) -> None:
    """The claims behind the selection, and a word on how to select."""
    st.caption(
        "Click a bar or a rival's dash to keep only its claims here. For several, choose the box "
        "above the chart and drag over them."
    )
    claims.behind(judged, numbers, where)


def _switch(label: str, options: list[str], key: str) -> str:
    return st.segmented_control(
        label,
        options,
        default=options[0],
        required=True,
        key=key,
        bind="query-params",
    )


def _list(label: str, options: list[str], key: str) -> str:
    return st.selectbox(label, options, key=key, bind="query-params", width=120)


def _at(rows: pd.DataFrame, points: list[list[Any]], by: str, axis: TimeAxis) -> pd.DataFrame:
    """The rows of the bars that are selected, by their place, value and status; all without one."""
    if not points:
        return rows
    keep = pd.Series(False, index=rows.index)
    for place, code, status, *_ in points:
        hit = (rows["date"] == axis.bin(str(place))) & (rows[by] == code)
        if status:
            hit &= rows["status"] == status
        keep |= hit
    return rows[keep]


def _stated(judged: Rows, choice: Choice, of_status: np.ndarray) -> pd.DataFrame:
    """The claims with a day, which becomes that of its bin, and the chart's value of `by`."""
    columns = ["date", "status", "report_key", choice.by]
    dated = of_status & judged["date"].notna().to_numpy()
    rows = pd.DataFrame({name: judged[name][dated] for name in columns})
    bins = bin_starts(rows["date"], choice.freq)
    return timeline.fold(rows.assign(date=bins, reports=1), choice.by)


def _reports(stated: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """How many reports state a figure of each bin and value; one may stand in several."""
    tally = stated.groupby(["date", choice.by], observed=True)["report_key"].nunique()
    return tally.rename("reports").reset_index()


def _legend(choice: Choice, calendar: bool, undated: int, marks: Marks) -> str:
    parts = []
    if choice.counted == "People":
        parts.append("Bars are best figures, whiskers reach from the lowest to the highest claim")
        if "expected" in choice.statuses:
            parts.append("outlines are expected, not crossed")
        parts.append("dashes show how far the bar would reach with a rival claim")
        if marks.known > len(marks.drawn):
            parts.append(
                f"of {marks.known:,} rival claims the {len(marks.drawn):,} with the largest "
                "differences are drawn, the others are on the Rivals page"
            )
    else:
        parts.append("A report that tells of several groups or nationalities stands in each")
    if not calendar:
        parts.append(f"only {NAMES[choice.freq]}s with figures are drawn")
    if undated:
        parts.append(f"{labels.plural(undated, 'figure')} without a day left out")
    return "; ".join(parts).capitalize() + "."
