"""The map page: its switches, the map, and what could not be placed on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from extraction.record import STATUSES
from store.query import Filter
from ui import cached, labels, outlines, places, safe
from ui.figures.crossings import crossings_map, play, street_map
from ui.sections import chart, claims, tiles
from ui.shell import View

ALL_DAYS: Final = "all days"
MOST_DAYS: Final = 400
MOST_FLOWS: Final = 40
MOST_FRAMES: Final = 90


@dataclass(frozen=True)
class Choice:
    """What the map shows: one status, up to a day, with or without flows."""

    status: str
    flows: bool
    tiles: bool
    chosen: Filter


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
    days = view.claims.loc[view.claims["status"] == status, "date"].dropna().dt.date
    options = sorted(set(days))[-MOST_DAYS:]
    chosen = view.chosen
    if len(options) > 1:
        day = st.select_slider(
            "Day",
            [ALL_DAYS, *[one.isoformat() for one in options]],
            format_func=lambda text: ALL_DAYS if text == ALL_DAYS else labels.day(text),
            key=f"day_{status}",
            help="Step through the days that have figures.",
        )
        if day != ALL_DAYS:
            one = next(one for one in options if one.isoformat() == day)
            chosen = replace(chosen, date_from=one, date_to=one)
    return Choice(status, flows, tiles, chosen)


def draw(view: View, choice: Choice, judged: pd.DataFrame) -> list[list[Any]]:
    """The map and what stands beside it; gives the custom data of what is selected on it."""
    totals = cached.totals(choice.chosen, ("crossing",))
    totals = totals[(totals["status"] == choice.status) & totals["best"].notna()]
    named = places.located(totals[totals["crossing"].notna()])
    placed = named[named["lat"].notna() & (named["best"] > 0)]
    figure = _figure(placed, choice)
    title = f"Crossings: people {labels.STATUSES[choice.status].lower()}"
    points = chart.draw(figure, title, f"map_{choice.status}")
    behind = judged[judged["status"] == choice.status]
    chart.under(figure, title, behind, f"{view.described}; {choice.status}", "map")
    _unplaced(totals, named, behind)
    return points


def _figure(placed: pd.DataFrame, choice: Choice) -> go.Figure:
    if choice.tiles:
        return street_map(placed, choice.status)
    figure = crossings_map(placed, _flows(choice), outlines.country_points(), choice.status)
    days = cached.totals(choice.chosen, ("date", "crossing"))
    days = days[(days["status"] == choice.status) & days["best"].notna() & days["date"].notna()]
    days = days[days["crossing"].isin(placed["crossing"])]
    if not 1 < days["date"].nunique() <= MOST_FRAMES:
        return figure
    return play(figure, days)


def behind(judged: pd.DataFrame, points: Sequence[list[Any]], status: str, where: str) -> None:
    """The claims at the places that are selected, or all of this status."""
    rows = judged[judged["status"] == status]
    if not points:
        st.caption("Click a crossing or a line to keep only its claims here.")
        claims.table(rows, where)
        return
    st.caption("Click beside the marks, or on the same one again, to see all claims.")
    keep = pd.Series(False, index=rows.index)
    for name, *_ in points:
        origin, way, destination = str(name).partition(">")
        if way:
            keep |= (rows["origin"].astype("str") == origin) & (
                rows["destination"].astype("str") == destination
            )
        else:
            keep |= rows["crossing"].astype("str") == name
    claims.table(rows[keep], where)


def _flows(choice: Choice) -> pd.DataFrame:
    flows = places.located(cached.totals(choice.chosen, ("crossing", "origin", "destination")))
    known = flows["origin"].notna() & flows["destination"].notna() & flows["best"].notna()
    rows = flows[known & (flows["status"] == choice.status)]
    rows = rows[rows["best"] > 0].nlargest(MOST_FLOWS, "best")
    return rows if choice.flows else rows.head(0)


def _unplaced(totals: pd.DataFrame, named: pd.DataFrame, judged: pd.DataFrame) -> None:
    """What the map cannot show: no crossing stated, or one that the gazetteer does not know."""
    nowhere = totals[totals["crossing"].isna()]
    unknown = named[named["lat"].isna()].sort_values("best", ascending=False)
    lines = []
    if len(nowhere) and int(nowhere["best"].sum()):
        lines.append(f"{labels.number(nowhere['best'].sum())} people with no crossing stated")
    if len(unknown):
        names = [safe.markdown(name, 40) for name in unknown["crossing"]]
        lines.append(
            f"{labels.number(unknown['best'].sum())} people at "
            f"{labels.plural(len(unknown), 'place')} that the gazetteer does not know "
            f"({labels.listing(names, 5)})"
        )
    if not lines:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown("**Not on the map:** " + "; ".join(lines) + ".", width="stretch")
        rows = pd.concat([nowhere, unknown])
        used = {key for keys in rows["record_keys"] for key in keys}
        left = {key for keys in rows["left_out_keys"] for key in keys}
        with st.popover(labels.plural(len(used | left), "claim"), key="behind_unplaced"):
            tiles.listed(judged, used, left)
