"""Running totals as their sources state them, held against the sum of the days on record."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from store.claims import MOVEMENT
from store.rows import Rows
from ui import cached, cards, labels, safe
from ui.behind import Behind, places
from ui.figures import running
from ui.sections import chart, claims
from ui.shell import View

MOST_SERIES: Final = 100
_PLACE = ["status", *MOVEMENT]


def draw(view: View, judged: Rows) -> None:
    """One series of running totals, chosen by place and people: steps, and the claims behind."""
    totals = cached.running_totals(view.chosen)
    totals = totals[totals["date"].notna() & totals["best"].notna()]
    if totals.empty:
        st.caption("No running total (“since 1 November”, “so far”) is among these records.")
        return
    series = cached.once("running_series", view.chosen, lambda: _series(totals))
    name = st.selectbox(
        "Running total of",
        list(series),
        key="running_series",
        help="Running totals are never added to the figures of days; here the two are compared.",
    )
    if len(series) == MOST_SERIES:
        st.caption(
            f"The {MOST_SERIES} places and peoples with most running totals are listed; a filter "
            "brings up others."
        )
    rows = totals.iloc[series[name]].sort_values("date")
    days = cached.cumulated_days(view.chosen, str(rows["event_key"].iloc[-1]))
    key = view.chosen, name
    figure = cached.once("running_figure", key, lambda: running.steps(rows, days))
    points: list[list[Any]] = []
    if len({*rows["date"], *days["date"]}) > 1:
        points = chart.draw(figure, "Running totals", f"running_{list(series).index(name)}")
    st.markdown(_verdict(rows.iloc[-1].to_dict()))
    lists = [*rows["record_keys"], *days["record_keys"]]
    behind = cached.once("running_behind", key, lambda: Behind.at(judged, places(lists, judged)))
    part = chart.Part(lambda: behind.claims(cached.judged(view.chosen)))
    title = f"Running totals: {safe.plain(name.rpartition(' · ')[0], 100)}"
    chart.under(figure, title, part, view.described, "running", rows)
    if points:
        picked = _lists(rows, days, points)
        claims.behind(judged, Behind.at(judged, places(picked, judged)), "running")
        return
    st.caption("Click a step to see the claims behind it.")
    with st.expander(f"The {labels.plural(len(behind), 'claim')} behind both lines"):
        claims.behind(judged, behind, "running")


def _lists(rows: pd.DataFrame, days: pd.DataFrame, points: list[list[Any]]) -> list[Any]:
    """The claims of the totals stated on the days selected, and of the days added up to them."""
    lists: list[Any] = []
    for day, kind, *_ in points:
        at = pd.Timestamp(day)
        found = rows[rows["date"] == at] if kind == running.STATED else days[days["date"] <= at]
        lists += list(found["record_keys"])
    return lists


def _series(totals: pd.DataFrame) -> dict[str, np.ndarray]:
    """The positions of each place and people under a name, those with most totals first.

    At most `MOST_SERIES`.
    """
    groups = totals.groupby(_PLACE, observed=True, dropna=False, sort=False)
    number = groups.ngroup().to_numpy()
    sizes = totals.assign(number=number).groupby("number").agg({"date": "nunique", "best": "max"})
    order = sizes.sort_values(["date", "best"], ascending=False, kind="stable").index
    by_number = np.argsort(number, kind="stable")
    ends = np.cumsum(np.bincount(number))
    out: dict[str, np.ndarray] = {}
    for one in order[:MOST_SERIES]:
        at = by_number[ends[one - 1] if one else 0 : ends[one]]
        name = _name(totals.iloc[int(at[0])].to_dict(), len(at))
        out[name if name not in out else f"{name} ({len(out)})"] = at
    return out


def _name(row: dict[str, Any], count: int) -> str:
    where = "" if labels.missing(row["crossing"]) else f" at {safe.plain(row['crossing'], 50)}"
    way = cards.way(row)
    way = "" if way == labels.NOT_STATED else f", {way}"
    status = labels.STATUSES[str(row["status"])].lower()
    return f"{cards.people(row)}, {status}{where}{way} · {labels.plural(count, 'total')}"


def _verdict(row: dict[str, Any]) -> str:
    stated = f"{labels.number(row['best'])} stated by {labels.day(row['date'])}"
    if labels.missing(row["days_sum"]) or int(row["days_sum"]) == 0:
        return f"{stated}; no figures of days are on record to hold against it."
    days = labels.plural(int(row["n_days"]), "day")
    account = "accounts" if int(row["n_days"]) == 1 else "account"
    share = float(row["share"])
    if share > 1:
        return (
            f"{stated}; {days} on record add up to {labels.number(row['days_sum'])}, more than "
            f"was stated (**{share:.0%}**)."
        )
    return (
        f"{stated}; {days} on record {account} for {labels.number(row['days_sum'])} of them "
        f"(**{share:.0%}**)."
    )
