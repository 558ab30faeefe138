"""A chart with what belongs under it: what was left out, its sources, its downloads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from store import reconcile
from store.rows import Claims, Rows
from ui import cached, labels, lazy, safe, session
from ui.figures import style
from ui.publish.footnote import Footnote, footnote
from ui.sections import chart_files

MOST_LISTED = 300
MOST_SHOWN = 8  # lines of a list that does not scroll


def draw(figure: go.Figure, title: str, key: str, *, select: bool = True) -> list[list[Any]]:
    """Draw a chart; gives what is known of each point that is selected on it.

    That is its place on the x axis and its trace's `meta`, which a chart of some thousand bars need
    not send with each; else its custom data.
    """
    state = st.plotly_chart(
        figure,
        key=key,
        config=style.config(title, image=_camera(key)),
        on_select="rerun" if select else "ignore",
        selection_mode=("points", "box"),
        alt=title,
    )
    if not select:
        return []
    points = state.selection.points if state else []
    return [told for point in points if (told := _told(figure, point))]


def _told(figure: go.Figure, point: dict[str, Any]) -> list[Any]:
    number = point.get("curve_number")
    known = number is not None and number < len(figure.data)
    if known and (meta := figure.data[number].meta) is not None:
        return [point["x"], *meta]
    return list(point.get("customdata") or [])


def _camera(key: str) -> str:
    """What the browser's own camera saves: "png", or "svg" where that was chosen under the chart.

    A chart that is drawn anew for another choice has that in its key, after the name it has below.
    """
    chosen = session.read(f"camera_{key}") or session.read(f"camera_{key.partition('_')[0]}")
    return str(chosen or "png").lower()


@dataclass(frozen=True)
class Part:
    """The claims behind a chart: how to get the judged frame, and which of it (empty: all)."""

    load: Callable[[], Claims]
    statuses: tuple[str, ...] = ()

    def left_out(self) -> pd.Series:
        """Why a total leaves each of the claims out; its labels are their places."""
        judged = self.load()
        column = judged["left_out"]
        return column[self._of(judged)] if self.statuses else column

    def claims(self) -> pd.DataFrame:
        """The claims with all columns: large where there are many."""
        judged = self.load()
        if self.statuses:
            return judged[self._of(judged)]
        return judged.frame() if isinstance(judged, Rows) else judged

    def _of(self, judged: Claims) -> np.ndarray:
        mask: np.ndarray = judged["status"].isin(list(self.statuses)).to_numpy()
        return mask


def under(
    figure: go.Figure,
    title: str,
    part: Part,
    described: str,
    key: str,
    rows: pd.DataFrame | None = None,
    reading: str = "",
) -> None:
    """What was left out, the numbered sources, and the downloads of a chart.

    `part` are the chart's claims; `described` is the filter in words; `rows` the frame that the
    chart draws, `reading` says in a sentence how it is read.
    """
    reports = labels.plural(cached.sources(part.left_out().index.to_numpy()), "source")

    def note() -> Footnote:
        claims = part.claims()
        summary = reconcile.left_out_summary(claims["left_out"])
        return footnote(claims, described, summary, cached.reports(), reading)

    def cited() -> None:
        st.text("\n".join(note().cited()))

    def downloads() -> None:
        chart_files.buttons(figure, title, part.claims(), note(), key, rows)

    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        left_out(part, key)
        lazy.popover(reports, f"sources_{key}", cited)
        lazy.popover("Download", f"download_{key}", downloads, icon=":material/download:")


def left_out(part: Part, key: str) -> None:
    """One line: how many figures the totals leave out, which opens the list of them."""
    words = reconcile.left_out_summary(part.left_out())
    if words:
        short, _, kinds = words.partition(": ")

        def listed() -> None:
            st.caption(f"Not counted, so that nobody is counted twice: {kinds}.")
            not_counted(part.claims())

        lazy.popover(short.capitalize(), f"out_{key}", listed)


def not_counted(claims: pd.DataFrame) -> None:
    """The claims that a total leaves out, each with the reason."""
    rows = claims[claims["left_out"].notna()]
    for reason, some in rows.groupby("left_out", observed=True):
        st.markdown(f"**{labels.plural(len(some), 'figure')}: {labels.value('left_out', reason)}**")
        listed = cached.with_texts(some.head(MOST_LISTED)).to_dict("records")
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
