"""The map page: its switches, the map, and what could not be placed on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from extraction.record import STATUSES
from store.query import Filter
from store.rows import Rows
from ui import cached, labels, lazy, outlines, places, safe
from ui.behind import Behind
from ui.figures.crossings import crossings_map, play, street_map
from ui.sections import chart, claims, tiles
from ui.shell import View

ALL_DAYS: Final = "all days"
MOST_DAYS: Final = 400
MOST_FLOWS: Final = 40
MOST_FRAMES: Final = 90
_READING: Final = (
    "The area of a mark goes with its people. A line runs from the crossing, else from the middle "
    "of the country left, to the country entered."
)
MOST_MARKS: Final = 300
MOST_PLAYED: Final = 1_500
"""Marks in all frames that play the days; more would be megabytes for the browser."""
_WAY: Final = ("crossing", "origin", "destination")


@dataclass(frozen=True)
class Choice:
    """What the map shows: one status, one day or all (None), with or without flows."""

    status: str
    flows: bool
    tiles: bool
    chosen: Filter
    day: date | None = None


def controls(view: View) -> Choice:
    """The switches above the map: status, flows, and the day."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        status = st.segmented_control(
            "Show",
            list(STATUSES),
            format_func=lambda code: labels.STATUSES[code],
            default="crossed",
            required=True,
            key="map_status",
            bind="query-params",
        )
        flows = st.toggle(
            "Ways from country to country", value=True, key="flows", bind="query-params"
        )
        tiles = st.toggle(
            "Street tiles",
            key="tiles",
            help="Off, the map asks nobody. On, your browser fetches map tiles from "
            "basemaps.cartocdn.com.",
        )
    days = _days(view.claims, status)
    options = [day.date() for day in days[-MOST_DAYS:]]
    chosen, one = view.chosen, None
    if len(options) > 1:
        day = st.select_slider(
            "Day",
            [ALL_DAYS, *[one.isoformat() for one in options]],
            format_func=lambda text: ALL_DAYS if text == ALL_DAYS else labels.day(text),
            key=f"day_{status}",
            bind="query-params",
            help="Step through the days that have figures.",
        )
        if len(days) > len(options):
            st.caption(
                f"The slider has the last {len(options)} of {len(days):,} days with figures; set "
                "the days in the filter to step through earlier ones."
            )
        if day != ALL_DAYS:
            one = next(one for one in options if one.isoformat() == day)
            chosen = replace(chosen, date_from=one, date_to=one)
    return Choice(status, flows, tiles, chosen, one)


def _days(claims: Rows, status: str) -> list[pd.Timestamp]:
    days = pd.Series(claims["date"].to_numpy()[(claims["status"] == status).to_numpy()]).dropna()
    return sorted(pd.Timestamp(day) for day in days.unique())


def draw(view: View, choice: Choice, judged: Rows) -> list[list[Any]]:
    """The map and what stands beside it; gives the custom data of what is selected on it."""
    totals = cached.totals(choice.chosen, ("crossing",))
    totals = totals[(totals["status"] == choice.status) & totals["best"].notna()]
    named = places.located(totals[totals["crossing"].notna()])
    placed = named[named["lat"].notna() & (named["best"] > 0)]
    known, placed = len(placed), placed.nlargest(MOST_MARKS, "best")
    lines = _flows(choice)
    figure = _figure(placed, lines, choice)
    title = f"Crossings: people {labels.STATUSES[choice.status].lower()}"
    points = chart.draw(figure, title, f"map_{choice.status}")
    if known > len(placed):
        st.caption(f"The {len(placed):,} largest of {known:,} crossings are drawn.")
    part = chart.Part(partial(cached.judged, choice.chosen), (choice.status,))
    # What leaves has its own outlines: tiles would be fetched by whoever opens it.
    leaves = _figure(placed, lines, replace(choice, tiles=False)) if choice.tiles else figure
    unplaced = _unplaced(totals, named, lines)
    kept = [f"Status: {labels.STATUSES[choice.status]}"]
    kept += [f"Day: {labels.day(choice.day)}"] if choice.day else []
    reading = " ".join([_READING, *unplaced.told()])
    chart.under(leaves, title, part, view.narrowed(*kept), "map", totals, reading)
    _tell_unplaced(_unplaced(totals, named, lines.head(0)) if choice.tiles else unplaced, judged)
    return points


def _figure(placed: pd.DataFrame, lines: pd.DataFrame, choice: Choice) -> go.Figure:
    if choice.tiles:
        return street_map(placed, choice.status)
    figure = crossings_map(placed, lines, outlines.country_points(), choice.status)
    if not 1 < len(_days(cached.judged(choice.chosen), choice.status)) <= MOST_FRAMES:
        return figure
    days = cached.totals(choice.chosen, ("date", "crossing"))
    days = days[(days["status"] == choice.status) & days["best"].notna() & days["date"].notna()]
    days = days[days["crossing"].isin(placed["crossing"])]
    if days["date"].nunique() < 2 or len(days) > MOST_PLAYED:
        return figure
    return play(figure, days)


def behind(judged: Rows, points: Sequence[list[Any]], choice: Choice, where: str) -> None:
    """The claims behind the crossings and lines that are selected, or behind the whole map."""
    totals = cached.totals(choice.chosen, ("crossing",))
    totals = totals[totals["status"] == choice.status]
    if not points:
        st.caption("Click a crossing or the arrow of a line to keep only its claims here.")
        claims.behind(judged, Behind.of(totals, judged), where)
        return
    st.caption("Click beside the marks, or on the same one again, to see all claims.")
    ways = cached.totals(choice.chosen, _WAY)
    ways = ways[ways["status"] == choice.status]
    rows = []
    for name, _, *way in points:
        if way:
            hit = pd.Series(True, index=ways.index)
            for field, code in zip(_WAY, (name, *way), strict=True):
                hit &= ways[field].astype("str").where(ways[field].notna(), "") == code
            rows.append(ways[hit])
        else:
            rows.append(totals[totals["crossing"] == name])
    claims.behind(judged, Behind.of(pd.concat(rows), judged), where)


def _flows(choice: Choice) -> pd.DataFrame:
    flows = places.located(cached.totals(choice.chosen, _WAY))
    known = flows["origin"].notna() & flows["destination"].notna() & flows["best"].notna()
    rows = flows[known & (flows["status"] == choice.status)]
    rows = rows[(rows["best"] > 0) & (rows["origin"].astype("str") != rows["destination"])]
    located = list(outlines.country_points())
    rows = rows[rows["destination"].isin(located)]
    rows = rows[rows["origin"].isin(located) | rows["lat"].notna()].nlargest(MOST_FLOWS, "best")
    return rows if choice.flows else rows.head(0)


@dataclass(frozen=True)
class Unplaced:
    """Whom no mark shows: rows of totals with no crossing, and with one the gazetteer lacks.

    `drawn` are the people of the first whose way a line shows.
    """

    nowhere: pd.DataFrame
    unknown: pd.DataFrame
    drawn: int

    def parts(self) -> list[str]:
        """One phrase for each kind, as plain text; none where everybody is on the map."""
        out = []
        if people := int(self.nowhere["best"].sum()):
            words = f"{labels.number(people)} people with no crossing stated"
            shown = f" (lines show the way of {self.drawn:,} of them)" if self.drawn else ""
            out.append(words + shown)
        if len(self.unknown):
            names = [safe.plain(name, 40) for name in self.unknown["crossing"]]
            out.append(
                f"{labels.number(self.unknown['best'].sum())} people at "
                f"{labels.plural(len(names), 'place')} that the gazetteer does not know "
                f"({labels.listing(names, 5)})"
            )
        return out

    def told(self) -> list[str]:
        """The phrases as a sentence of plain text for a file; empty where there are none."""
        parts = self.parts()
        return [f"Without a mark: {'; '.join(parts)}."] if parts else []


def _unplaced(totals: pd.DataFrame, named: pd.DataFrame, lines: pd.DataFrame) -> Unplaced:
    unknown = named[named["lat"].isna()].sort_values("best", ascending=False)
    drawn = int(lines.loc[lines["crossing"].isna(), "best"].sum())
    return Unplaced(totals[totals["crossing"].isna()], unknown, drawn)


def _tell_unplaced(unplaced: Unplaced, judged: Rows) -> None:
    """Under the map, with the claims behind them."""
    parts = unplaced.parts()
    if not parts:
        return
    numbers = Behind.of(pd.concat([unplaced.nowhere, unplaced.unknown]), judged)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        told = safe.markdown("; ".join(parts), 600)
        st.markdown(f"**Without a mark:** {told}.", width="stretch")
        words = labels.plural(len(numbers), "claim")
        lazy.popover(words, "behind_unplaced", lambda: tiles.listed(numbers.claims(judged)))
