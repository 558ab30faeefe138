"""Tiles: the best total for each status with its range, and the claims behind it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from extraction.record import STATUSES
from ui import cards, labels, safe
from ui.sections import chart

MOST_LISTED = 12


def by_status(totals: pd.DataFrame, judged: pd.DataFrame) -> None:
    """One tile for each status of a frame that `reconcile.totals` gives without `by`.

    The statuses are never added to each other.
    """
    for column, status in zip(st.columns(4), STATUSES, strict=True):
        rows = totals[(totals["status"] == status) & totals["best"].notna()]
        with column, st.container(border=True, height="stretch"):
            if rows.empty:
                st.metric(labels.STATUSES[status], "–", help=labels.STATUSES_HELP[status])
                st.caption("no figure on record")
                continue
            total = rows.iloc[0]
            st.metric(
                labels.STATUSES[status],
                labels.number(total["best"]),
                help=f"{labels.STATUSES_HELP[status]}. Best total; the range below holds every "
                "rival figure.",
            )
            st.caption(_range(total))
            claims = judged[judged["status"] == status]
            with st.popover(
                labels.plural(int(total["n_claims"]), "claim"),
                key=f"behind_{status}",
                width="stretch",
            ):
                _behind(total, claims)


def change(daily: pd.DataFrame) -> None:
    """People who crossed in the last seven days of the data, against the seven before."""
    rows = daily[(daily["status"] == "crossed") & daily["date"].notna()]
    if rows.empty:
        return
    last = rows["date"].max()
    week = last - pd.Timedelta(days=6)
    before = week - pd.Timedelta(days=7)
    now = int(rows.loc[rows["date"] >= week, "best"].sum())
    then = int(rows.loc[(rows["date"] >= before) & (rows["date"] < week), "best"].sum())
    st.markdown(
        f"In the last seven days on record ({labels.period(week.date(), last.date())}) "
        f"**{now:,}** crossed; in the seven days before, **{then:,}**."
    )


def _range(total: pd.Series) -> str:
    if int(total["low"]) == int(total["high"]):
        return "no rival figures"
    return f"range {labels.span(total['low'], total['high'])}"


def _behind(total: pd.Series, claims: pd.DataFrame) -> None:
    counted = claims[claims["left_out"].isna()].sort_values("count", ascending=False)
    st.markdown(f"**Counted: {labels.plural(len(counted), 'figure')}**")
    for row in counted.head(MOST_LISTED).to_dict("records"):
        st.text(
            f"{cards.figure(row)} {cards.people(row)}, {cards.days(row)} – "
            f"{safe.plain(cards.speaker(row), 60)}"
        )
    if len(counted) > MOST_LISTED:
        st.caption(f"and {len(counted) - MOST_LISTED} more, on the Records page")
    if claims["left_out"].notna().any():
        st.divider()
        st.markdown("**Left out**")
        chart.not_counted(claims)
