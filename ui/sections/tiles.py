"""Tiles: the best total for each status with its range, and the claims behind it."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from extraction.record import STATUSES
from store.rows import Rows
from ui import cached, cards, labels, lazy, safe
from ui.behind import Behind
from ui.sections import chart


def by_status(totals: pd.DataFrame, judged: Rows) -> None:
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
            words = labels.plural(int((judged["status"] == status).sum()), "claim")
            lazy.popover(words, f"behind_{status}", partial(_of, status, judged), width="stretch")


def scope(claims: Rows) -> None:
    """One line over the tiles: what they are totals of, so that several crises are told."""
    countries = claims["origin"].nunique()
    days = claims["date"].dropna()
    told = [labels.plural(cached.sources(claims.index.to_numpy()), "report")]
    if countries:
        told.append(f"people leaving {labels.plural(countries, 'country', 'countries')}")
    if len(days):
        told.append(labels.period(days.min().date(), days.max().date()))
    st.caption(f"Totals over {', '.join(told)}.")


def change(daily: pd.DataFrame, judged: Rows) -> None:
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
    behind = Behind.of(recent, judged)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f"In the last seven days on record ({labels.period(week.date(), last.date())}) "
            f"**{now:,}** crossed; {_before(now, then, known)}.",
            width="stretch",
        )
        words = labels.plural(len(behind), "claim")
        lazy.popover(words, "behind_change", lambda: listed(behind.claims(judged)))


def _before(now: int, then: int, known: bool) -> str:
    """The week before, and the change since: unknown is not nobody."""
    if not known:
        return "no figure is of the seven days before"
    return f"in the seven days before, **{then:,}** ({now - then:+,})"


def _range(total: pd.Series) -> str:
    if int(total["low"]) == int(total["high"]):
        return "no rival figures"
    return f"range {labels.span(total['low'], total['high'])}"


def _of(status: str, judged: Rows) -> None:
    listed(judged[(judged["status"] == status).to_numpy()])


def listed(claims: pd.DataFrame) -> None:
    """The claims behind a number, and those that it leaves out with the reason (`left_out`)."""
    _list(claims[claims["left_out"].isna()])
    if claims["left_out"].notna().any():
        st.divider()
        st.markdown("**Left out**")
        chart.not_counted(claims)


def _list(claims: pd.DataFrame) -> None:
    counted = claims.nlargest(chart.MOST_LISTED, "count")
    st.markdown(f"**Counted: {labels.plural(len(claims), 'figure')}**")
    chart.lines(
        [
            f"{cards.figure(row)} {cards.people(row)}, {cards.days(row)} – "
            f"{safe.plain(cards.speaker(row), 60)}"
            for row in counted.to_dict("records")
        ],
        len(claims),
    )
