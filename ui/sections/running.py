"""Running totals as their sources state them, held against the sum of the days on record."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from store.claims import MOVEMENT
from ui import cached, cards, labels, safe
from ui.behind import Behind
from ui.figures import running
from ui.sections import chart, claims
from ui.shell import View

_PLACE = ["status", *MOVEMENT]


def draw(view: View, judged: pd.DataFrame) -> None:
    """One series of running totals, chosen by place and people: steps, and the claims behind."""
    totals = cached.running_totals(view.chosen)
    totals = totals[totals["date"].notna() & totals["best"].notna()]
    if totals.empty:
        st.caption("No running total (“since 1 November”, “so far”) is among these records.")
        return
    series = _series(totals)
    name = st.selectbox(
        "Running total of",
        list(series),
        key="running_series",
        help="Running totals are never added to the figures of days; here the two are compared.",
    )
    rows = series[name].sort_values("date")
    days = cached.cumulated_days(view.chosen, str(rows["event_key"].iloc[-1]))
    figure = running.steps(rows, days)
    points: list[list[Any]] = []
    if len({*rows["date"], *days["date"]}) > 1:
        points = chart.draw(figure, "Running totals", f"running_{list(series).index(name)}")
    st.markdown(_verdict(rows.iloc[-1].to_dict()))
    keys = {key for keys in [*rows["record_keys"], *days["record_keys"]] for key in keys}
    behind = judged[judged["record_key"].isin(keys)]
    title = f"Running totals: {safe.plain(name.rpartition(' · ')[0], 100)}"
    chart.under(figure, title, behind, view.described, "running", rows)
    if points:
        claims.behind(judged, Behind.among(judged, _keys(rows, days, points)), "running")
        return
    st.caption("Click a step to see the claims behind it.")
    with st.expander(f"The {labels.plural(len(keys), 'claim')} behind both lines"):
        claims.behind(judged, Behind.among(judged, keys), "running")


def _keys(rows: pd.DataFrame, days: pd.DataFrame, points: list[list[Any]]) -> set[str]:
    """The claims of the totals stated on the days selected, and of the days added up to them."""
    keys: set[str] = set()
    for day, kind, *_ in points:
        at = pd.Timestamp(day)
        found = rows[rows["date"] == at] if kind == running.STATED else days[days["date"] <= at]
        keys |= {key for some in found["record_keys"] for key in some}
    return keys


def _series(totals: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The rows of each place and people under a name, those with most totals first."""
    found = [rows for _, rows in totals.groupby(_PLACE, observed=True, dropna=False, sort=False)]
    found.sort(key=lambda rows: (-rows["date"].nunique(), -int(rows["best"].max())))
    out: dict[str, pd.DataFrame] = {}
    for rows in found:
        name = _name(rows.iloc[0].to_dict(), len(rows))
        out[name if name not in out else f"{name} ({len(out)})"] = rows
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
