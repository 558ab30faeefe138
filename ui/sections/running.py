"""Running totals as their sources state them, held against the sum of the days on record."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ui import cached, cards, labels, safe
from ui.figures import timeline
from ui.sections import chart, claims
from ui.shell import View

_PLACE = ["status", "crossing", "origin", "destination", "group", "nationality", "demographic"]


def draw(view: View, judged: pd.DataFrame) -> None:
    """One series of running totals, chosen by place and people: steps, and its claims."""
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
    figure = timeline.running(rows)
    if rows["date"].nunique() > 1:
        chart.draw(figure, "Running totals", "running", select=False)
    st.markdown(_verdict(rows.iloc[-1].to_dict()))
    keys = {key for keys in rows["record_keys"] for key in keys}
    behind = judged[judged["record_key"].isin(keys)]
    chart.under(figure, "Running totals", behind, view.described, "running")
    with st.expander(f"The {labels.plural(len(keys), 'claim')} behind it"):
        claims.of_keys(judged, keys, "running")


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
    share = float(row["share"])
    if share > 1:
        return (
            f"{stated}; {days} on record add up to {labels.number(row['days_sum'])}, more than "
            f"was stated (**{share:.0%}**)."
        )
    return (
        f"{stated}; {days} on record account for {labels.number(row['days_sum'])} of them "
        f"(**{share:.0%}**)."
    )
