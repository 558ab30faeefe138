"""Tiles: the best total for each status with its range, and the claims behind it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from extraction.record import STATUSES
from ui import cards, labels, safe
from ui.behind import Behind
from ui.sections import chart


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
                labels.plural(len(claims), "claim"),
                key=f"behind_{status}",
                width="stretch",
            ):
                listed(claims)


def scope(claims: pd.DataFrame) -> None:
    """One line over the tiles: what they are totals of, so that several crises are told."""
    countries = claims["origin"].nunique()
    days = claims["date"].dropna()
    told = [labels.plural(int(claims["report_key"].nunique()), "report")]
    if countries:
        told.append(f"people leaving {labels.plural(countries, 'country', 'countries')}")
    if len(days):
        told.append(labels.period(days.min().date(), days.max().date()))
    st.caption(f"Totals over {', '.join(told)}.")


def change(daily: pd.DataFrame, judged: pd.DataFrame) -> None:
    """People who crossed in the last seven days of the data, against the seven before."""
    rows = daily[(daily["status"] == "crossed") & daily["date"].notna()]
    if rows.empty:
        return
    last = rows["date"].max()
    week = last - pd.Timedelta(days=6)
    before = week - pd.Timedelta(days=7)
    now = int(rows.loc[rows["date"] >= week, "best"].sum())
    earlier = rows[(rows["date"] >= before) & (rows["date"] < week)]
    then, known = int(earlier["best"].sum()), not earlier.empty
    recent = rows[rows["date"] >= before]
    behind = Behind.of(recent)
    numbers = behind.used | behind.left
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f"In the last seven days on record ({labels.period(week.date(), last.date())}) "
            f"**{now:,}** crossed; {_before(now, then, known)}.",
            width="stretch",
        )
        with st.popover(labels.plural(len(numbers), "claim"), key="behind_change"):
            listed(behind.claims(judged))


def _before(now: int, then: int, known: bool) -> str:
    """The week before, and the change since: unknown is not nobody."""
    if not known:
        return "no figure is of the seven days before"
    return f"in the seven days before, **{then:,}** ({now - then:+,})"


def _range(total: pd.Series) -> str:
    if int(total["low"]) == int(total["high"]):
        return "no rival figures"
    return f"range {labels.span(total['low'], total['high'])}"


def listed(claims: pd.DataFrame) -> None:
    """The claims behind a number, and those that it leaves out with the reason (`left_out`)."""
    _list(claims[claims["left_out"].isna()])
    if claims["left_out"].notna().any():
        st.divider()
        st.markdown("**Left out**")
        chart.not_counted(claims)


def _list(claims: pd.DataFrame) -> None:
    counted = claims.sort_values("count", ascending=False)
    st.markdown(f"**Counted: {labels.plural(len(counted), 'figure')}**")
    chart.lines(
        [
            f"{cards.figure(row)} {cards.people(row)}, {cards.days(row)} – "
            f"{safe.plain(cards.speaker(row), 60)}"
            for row in counted.head(chart.MOST_LISTED).to_dict("records")
        ],
        len(counted),
    )
