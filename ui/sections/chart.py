"""A chart with what belongs under it: what was left out, its sources, its downloads."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from store import reconcile
from ui import downloads, labels, safe
from ui.downloads import Footnote
from ui.figures import style

MOST_LISTED = 300
MOST_SHOWN = 8  # lines of a list that does not scroll


def draw(figure: go.Figure, title: str, key: str, *, select: bool = True) -> list[list[Any]]:
    """Draw a chart; gives the custom data of the points that are selected on it."""
    state = st.plotly_chart(
        figure,
        key=key,
        config=style.config(title),
        on_select="rerun" if select else "ignore",
        selection_mode=("points", "box"),
        alt=title,
    )
    if not select:
        return []
    points = state.selection.points if state else []
    return [list(point["customdata"]) for point in points if point.get("customdata")]


def under(figure: go.Figure, title: str, claims: pd.DataFrame, described: str, key: str) -> None:
    """What was left out, the numbered sources, and the downloads of a chart.

    `claims` is the judged frame of the chart's claims; `described` is the filter in words.
    """
    summary = reconcile.left_out_summary(claims)
    footnote = Footnote(described, downloads.sources(claims), summary)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        left_out(claims, key)
        with st.popover(labels.plural(len(footnote.sources), "source"), key=f"sources_{key}"):
            for at, text in enumerate(footnote.sources[: downloads.MOST_SOURCES], 1):
                st.text(f"[{at}] {text}")
            if len(footnote.sources) > downloads.MOST_SOURCES:
                st.caption(f"and {len(footnote.sources) - downloads.MOST_SOURCES} more")
        with st.popover("Download", icon=":material/download:", key=f"download_{key}"):
            _buttons(figure, title, claims, footnote, key)


def left_out(claims: pd.DataFrame, key: str) -> None:
    """One line: how many figures the totals leave out, which opens the list of them."""
    words = reconcile.left_out_summary(claims)
    if words:
        short, _, kinds = words.partition(": ")
        with st.popover(short.capitalize(), key=f"out_{key}"):
            st.caption(f"Not counted, so that nobody is counted twice: {kinds}.")
            not_counted(claims)


def not_counted(claims: pd.DataFrame) -> None:
    """The claims that a total leaves out, each with the reason."""
    rows = claims[claims["left_out"].notna()]
    for reason, some in rows.groupby("left_out", observed=True):
        st.markdown(f"**{labels.plural(len(some), 'figure')}: {labels.value('left_out', reason)}**")
        listed = some.head(MOST_LISTED).to_dict("records")
        told = [f"{row['count_text']} – {safe.plain(row['reason'], 160)}" for row in listed]
        lines(told, len(some))


def lines(told: list[str], among: int) -> None:
    """Claims in a line each as plain text; a long list scrolls. `among`: how many there are."""
    if not told:
        return
    with st.container(height=260 if len(told) > MOST_SHOWN else "content"):
        st.text("\n".join(told))
    if among > len(told):
        st.caption(f"and {among - len(told):,} more, on the Records page")


def _buttons(
    figure: go.Figure, title: str, claims: pd.DataFrame, footnote: Footnote, key: str
) -> None:
    stem = style.file_name(title)
    today = date.today()

    def page() -> bytes:
        return downloads.page(figure, title, footnote, today)

    st.download_button(
        "Chart as a page (HTML)",
        data=page,
        file_name=f"{stem}.html",
        mime="text/html",
        key=f"html_{key}",
        on_click="ignore",
        width="stretch",
    )
    st.download_button(
        "Claims behind it (CSV)",
        data=lambda: downloads.rows(claims),
        file_name=f"{stem}.csv",
        mime="text/csv",
        key=f"csv_{key}",
        on_click="ignore",
        width="stretch",
    )
    st.caption("The camera above the chart saves it as an image.")
