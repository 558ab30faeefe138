"""The timeline: its switches, its chart, and the claims that a selection on it stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import streamlit as st

from ui import cached, labels
from ui.behind import NOTHING, Behind
from ui.figures import timeline
from ui.figures.axis import NAMES, bin_start, choose_freq, time_axis
from ui.sections import chart, claims
from ui.sections.rival_marks import rival_marks
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
    freq = choose_freq(view.claims["date"]) if step == "Auto" else _STEPS[step]
    return Choice(_BY[by], freq, _STATUSES[shown], counted)


def draw(view: View, choice: Choice, judged: pd.DataFrame) -> Behind:
    """The chart; gives the claims behind what is selected on it, or behind all of it."""
    daily = timeline.fold(cached.daily(view.chosen, choice.by, choice.freq), choice.by)
    daily = daily[daily["status"].isin(list(choice.statuses))]
    undated = judged["date"].isna() & judged["status"].isin(list(choice.statuses))
    title = f"{choice.counted} per {NAMES[choice.freq]}"
    if daily.empty:
        st.info(
            "No figure with a day for this choice. Try another status, or widen the filter.",
            icon=":material/event_busy:",
        )
        return NOTHING
    axis = time_axis(daily["date"], choice.freq)
    stated = _stated(judged, choice)
    if choice.counted == "Reports":
        figure = timeline.reports(_reports(stated, choice), axis, choice.by)
    else:
        marks = rival_marks(cached.rivals(view.chosen), daily, judged, choice.freq)
        figure = timeline.people(daily, marks, axis, choice.by, choice.statuses)
    points = chart.draw(figure, title, f"timeline_{choice.counted}_{choice.by}_{choice.freq}")
    legend = _legend(choice, axis.calendar, int(undated.sum()))
    st.caption(legend)
    shown = judged[judged["status"].isin(list(choice.statuses))]
    chart.under(figure, title, shown, view.described, "timeline", daily, legend)
    if choice.counted == "Reports":
        return Behind.among(judged, _at(stated, points, choice.by)["record_key"])
    bars = [point for point in points if not point[3:]]
    behind = Behind.of(_at(daily, bars, choice.by)) if bars or not points else NOTHING
    for *_, keys in (point for point in points if point[3:]):
        behind |= Behind.among(judged, keys.split(" "))
    return behind


def behind(judged: pd.DataFrame, numbers: Behind, where: str) -> None:
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


def _at(rows: pd.DataFrame, points: list[list[Any]], by: str) -> pd.DataFrame:
    """The rows of the bars that are selected, by their day, value and status; all without one."""
    if not points:
        return rows
    keep = pd.Series(False, index=rows.index)
    days = rows["date"].dt.strftime("%Y-%m-%d")
    for day, code, status, *_ in points:
        hit = (days == day) & (rows[by] == code)
        if status:
            hit &= rows["status"] == status
        keep |= hit
    return rows[keep]


def _stated(judged: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """The claims with a day, which becomes that of its bin, and the chart's value of `by`."""
    rows = judged[judged["status"].isin(list(choice.statuses)) & judged["date"].notna()]
    bins = rows["date"].map(lambda day: bin_start(day, choice.freq))
    return timeline.fold(rows.assign(date=bins, reports=1), choice.by)


def _reports(stated: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """How many reports state a figure of each bin and value; one may stand in several."""
    tally = stated.groupby(["date", choice.by], observed=True)["report_key"].nunique()
    return tally.rename("reports").reset_index()


def _legend(choice: Choice, calendar: bool, undated: int) -> str:
    parts = []
    if choice.counted == "People":
        parts.append("Bars are best figures, whiskers reach from the lowest to the highest claim")
        if "expected" in choice.statuses:
            parts.append("outlines are expected, not crossed")
        parts.append("dashes show how far the bar would reach with a rival claim")
    else:
        parts.append("A report that tells of several groups or nationalities stands in each")
    if not calendar:
        parts.append(f"only {NAMES[choice.freq]}s with figures are drawn")
    if undated:
        parts.append(f"{labels.plural(undated, 'figure')} without a day left out")
    return "; ".join(parts).capitalize() + "."
