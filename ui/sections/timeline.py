"""The timeline: its switches, its chart, and the claims that a selection on it stands for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import streamlit as st

from ui import cached, cards, labels
from ui.figures import timeline
from ui.figures.axis import NAMES, bin_start, choose_freq, time_axis
from ui.sections import chart, claims
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


def draw(view: View, choice: Choice, judged: pd.DataFrame) -> set[str]:
    """The chart; gives the record keys behind what is selected on it, or behind all of it."""
    daily = timeline.fold(cached.daily(view.chosen, choice.by, choice.freq), choice.by)
    daily = daily[daily["status"].isin(list(choice.statuses))]
    undated = judged["date"].isna() & judged["status"].isin(list(choice.statuses))
    title = f"{choice.counted} per {NAMES[choice.freq]}"
    if daily.empty:
        st.info(
            "No figure with a day for this choice. Try another status, or widen the filter.",
            icon=":material/event_busy:",
        )
        return set()
    axis = time_axis(daily["date"], choice.freq)
    if choice.counted == "Reports":
        figure = timeline.reports(_reports(judged, choice), axis, choice.by)
    else:
        marks = _marks(view, choice, daily, judged)
        figure = timeline.people(daily, marks, axis, choice.by, choice.statuses)
    points = chart.draw(figure, title, f"timeline_{choice.counted}_{choice.by}_{choice.freq}")
    st.caption(_legend(choice, axis.calendar, int(undated.sum())))
    behind = judged[judged["status"].isin(list(choice.statuses))]
    chart.under(figure, title, behind, view.described, "timeline")
    return _behind(daily, points)


def behind(judged: pd.DataFrame, keys: Iterable[str], where: str) -> None:
    """The claims behind the selection, or a word on how to select."""
    st.caption(
        "Click a bar to keep only its claims here. For several, choose the box above the chart "
        "and drag over them."
    )
    claims.of_keys(judged, keys, where)


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


def _behind(daily: pd.DataFrame, points: list[list[Any]]) -> set[str]:
    if not points:
        chosen = daily
    else:
        keep = pd.Series(False, index=daily.index)
        days = daily["date"].dt.strftime("%Y-%m-%d")
        for day, code, status, *_ in points:
            hit = days == day
            if code:
                hit &= daily[_field(daily)] == code
            if status:
                hit &= daily["status"] == status
            keep |= hit
        chosen = daily[keep]
    return {key for keys in chosen["record_keys"] for key in keys}


def _field(daily: pd.DataFrame) -> str:
    return "group" if "group" in daily else "nationality"


def _marks(view: View, choice: Choice, daily: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """Rival claims as marks, each at the height that its bar would have with that figure."""
    tops = daily.groupby(["date", "status"], observed=True)["best"].sum()
    rows: list[dict[str, Any]] = []
    told = judged.set_index("record_key")
    for event in cached.rivals(view.chosen).to_dict("records"):
        if labels.missing(event["date"]) or event["unit"] != "people":
            continue
        day = bin_start(event["date"], choice.freq)
        top = int(tops.get((day, event["status"]), 0))
        for key in event["record_keys"]:
            claim = told.loc[key].to_dict()
            if claim["role"] != "rival":
                continue
            rows.append(
                {
                    "date": day,
                    "status": str(event["status"]),
                    "value": max(0, top - int(event["best"]) + int(claim["count"])),
                    "words": _words(claim, event),
                }
            )
    return pd.DataFrame(rows, columns=["date", "status", "value", "words"])


def _words(claim: dict[str, Any], event: dict[str, Any]) -> str:
    return (
        f"{cards.figure(claim)} {labels.value('group', claim['group']).lower()}, "
        f"says {cards.speaker(claim)}; best figure {labels.number(event['best'])}"
    )


def _reports(judged: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    rows = judged[judged["status"].isin(list(choice.statuses)) & judged["date"].notna()]
    bins = rows["date"].map(lambda day: bin_start(day, choice.freq))
    rows = rows.assign(date=bins)
    tally = (
        rows.groupby(["date", choice.by], observed=True)["report_key"]
        .nunique()
        .rename("reports")
        .reset_index()
    )
    folded = timeline.fold(tally, choice.by)
    return folded.groupby(["date", choice.by], as_index=False)["reports"].sum()


def _legend(choice: Choice, calendar: bool, undated: int) -> str:
    parts = []
    if choice.counted == "People":
        parts.append("Bars are best figures, whiskers reach from the lowest to the highest claim")
        if "expected" in choice.statuses:
            parts.append("outlines are expected, not crossed")
        parts.append("dashes show how far the bar would reach with a rival claim")
    if not calendar:
        parts.append(f"only {NAMES[choice.freq]}s with figures are drawn")
    if undated:
        parts.append(f"{labels.plural(undated, 'figure')} without a day left out")
    return "; ".join(parts).capitalize() + "."
