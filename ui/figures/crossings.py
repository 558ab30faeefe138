"""The map: crossings sized by people, and the ways from origin to destination as lines."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from ui import labels, palette
from ui.figures.style import escape, lay_out

Spot = tuple[float, float]

WHOLE = 200  # degrees of longitude from which on the whole world is shown
WORLD: dict[str, object] = {
    "projection_type": "natural earth",
    "lataxis_range": [-58, 84],
    "lonaxis_range": [-180, 180],
}
NAME_HEIGHT, NAME_WIDTH = 0.06, 0.3  # room for a name, of the map's width
LARGEST = 46  # pixels across, for the crossing with most people
SMALLEST = 8


def crossings_map(
    crossings: pd.DataFrame,
    flows: pd.DataFrame,
    points: Mapping[str, tuple[float, float]],
    status: str,
) -> go.Figure:
    """Crossings as marks whose area goes with people, flows as lines between countries.

    `crossings` has `crossing`, `lat`, `lon` (degrees, not missing), `low`, `best`, `high`,
    `n_claims`; `flows` has `crossing`, `origin`, `destination`, `best`, and `lat`, `lon` of the
    crossing (NaN where it is not known); `points` gives country codes a (latitude, longitude). A
    line runs from the crossing, else from the middle of the country that was left, to the middle
    of the country that was entered. A mark carries its crossing and status as custom data, a line
    its two countries too.
    """
    figure = go.Figure()
    largest = float(crossings["best"].max()) if len(crossings) else 1.0
    _flows(figure, flows, points, status)
    sizes = [_size(float(best), largest) for best in crossings["best"]]
    figure.add_scattergeo(
        lat=crossings["lat"],
        lon=crossings["lon"],
        mode="markers+text",
        marker={
            "size": sizes,
            "color": palette.translucent(palette.status_colour(status), 0.62),
            "line": {"color": palette.status_colour(status), "width": 1.5},
        },
        text=_names(crossings),
        textposition="middle right",
        textfont={"size": 12},
        customdata=[[str(name), status] for name in crossings["crossing"]],
        hovertext=[_words(row, status) for row in crossings.to_dict("records")],
        hovertemplate="%{hovertext}<extra></extra>",
        name=labels.STATUSES[status],
        showlegend=False,
    )
    lay_out(figure, height=440)
    figure.update_geos(
        resolution=50,
        showland=True,
        landcolor=palette.LAND,
        showcountries=True,
        countrycolor=palette.BORDER,
        showcoastlines=True,
        coastlinecolor=palette.BORDER,
        showocean=False,
        showlakes=False,
        showframe=False,
        bgcolor="rgba(0,0,0,0)",
        fitbounds=False,
        **_view(crossings, flows, points),
    )
    figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0})
    return figure


def street_map(crossings: pd.DataFrame, status: str) -> go.Figure:
    """The same marks on street tiles, which the browser fetches from basemaps.cartocdn.com."""
    largest = float(crossings["best"].max()) if len(crossings) else 1.0
    figure = go.Figure(
        go.Scattermap(
            lat=crossings["lat"],
            lon=crossings["lon"],
            mode="markers",
            marker={
                "size": [_size(float(best), largest) for best in crossings["best"]],
                "color": palette.status_colour(status),
                "opacity": 0.7,
            },
            customdata=[[str(name), status] for name in crossings["crossing"]],
            hovertext=[_words(row, status) for row in crossings.to_dict("records")],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    lay_out(figure, height=500)
    figure.update_layout(map_style="carto-positron", margin={"l": 0, "r": 0, "t": 0, "b": 0})
    return figure


def play(figure: go.Figure, by_day: pd.DataFrame) -> go.Figure:
    """Let the map be played through the days: one frame a day, each crossing's people of that day.

    `by_day` has `date`, `crossing`, `best`; the crossings' marks are the figure's last trace.
    """
    marks = figure.data[-1]
    names = [row[0] for row in marks.customdata]
    largest = float(by_day["best"].max()) if len(by_day) else 1.0
    place = {"x": 0, "y": 0, "xanchor": "left", "yanchor": "bottom"}
    frames = []
    for day, rows in by_day.groupby("date", observed=True):
        people = rows.set_index("crossing")["best"].astype("float").to_dict()
        sizes = [_size(people[name], largest) if people.get(name) else 0 for name in names]
        told = {"text": f"<b>{labels.day(day)}</b>", "xref": "paper", "yref": "paper"}
        frames.append(
            go.Frame(
                name=labels.day(day),
                data=[{"type": "scattergeo", "marker": {"size": sizes}, "text": [""] * len(names)}],
                traces=[len(figure.data) - 1],
                layout={"annotations": [{**told, **place, "yshift": 34, "showarrow": False}]},
            )
        )
    figure.frames = frames
    each = {"frame": {"duration": 800, "redraw": True}, "transition": {"duration": 0}}
    stop = {"mode": "immediate", "frame": {"duration": 0, "redraw": False}}
    buttons = [
        {"label": "▶ Play the days", "method": "animate", "args": [None, each]},
        {"label": "❚❚", "method": "animate", "args": [[None], stop]},
    ]
    menu = {"type": "buttons", "direction": "left", "showactive": False, "buttons": buttons}
    return figure.update_layout(updatemenus=[{**menu, **place, "pad": {"l": 4, "b": 4}}])


def _size(people: float, largest: float) -> float:
    share = math.sqrt(max(people, 0.0) / largest) if largest else 0.0
    return SMALLEST + (LARGEST - SMALLEST) * share


def _names(crossings: pd.DataFrame, most: int = 6) -> list[str]:
    """The largest crossings carry their names, unless two would overlap; the rest on hovering."""
    wide = max(crossings["lon"].max() - crossings["lon"].min(), 1.0)
    named: dict[str, tuple[float, float]] = {}
    for row in crossings.nlargest(most, "best").to_dict("records"):
        spot = (float(row["lat"]), float(row["lon"]))
        if all(
            abs(spot[0] - lat) > NAME_HEIGHT * wide or abs(spot[1] - lon) > NAME_WIDTH * wide
            for lat, lon in named.values()
        ):
            named[str(row["crossing"])] = spot
    return [f" {escape(str(name))}" if str(name) in named else "" for name in crossings["crossing"]]


def _words(row: Mapping[str, object], status: str) -> str:
    return (
        f"<b>{escape(str(row['crossing']))}</b><br>{labels.number(row['best'])} "
        f"{labels.STATUSES[status].lower()} (range {labels.span(row['low'], row['high'])})<br>"
        f"{labels.plural(int(str(row['n_claims'])), 'claim')}"
    )


def _flows(
    figure: go.Figure,
    flows: pd.DataFrame,
    points: Mapping[str, tuple[float, float]],
    status: str,
) -> None:
    largest = float(flows["best"].max()) if len(flows) else 1.0
    for row in flows.to_dict("records"):
        start, end = _start(row, points), points.get(str(row["destination"]))
        if start is None or end is None or start == end:
            continue
        share = math.sqrt(max(float(row["best"]), 0.0) / largest) if largest else 0.0
        words = (
            f"{labels.country(str(row['origin']))} → {labels.country(str(row['destination']))}: "
            f"{labels.number(row['best'])} {labels.STATUSES[status].lower()}"
        )
        line = {"color": palette.translucent(palette.status_colour(status), 0.45)}
        arc = _arc(start, end)
        figure.add_scattergeo(
            lat=[spot[0] for spot in arc],
            lon=[spot[1] for spot in arc],
            mode="lines+markers",
            line=line | {"width": 1 + 5 * share},
            marker={
                "size": [0] * (len(arc) - 1) + [9],
                "symbol": "arrow",
                "angleref": "previous",
                "color": palette.status_colour(status),
            },
            hovertext=[words] * len(arc),
            hovertemplate="%{hovertext}<extra></extra>",
            customdata=[_way(row, status)] * len(arc),
            showlegend=False,
        )


def _way(row: Mapping[str, object], status: str) -> list[str]:
    """What a line carries: its crossing ("" for none), its status, its two countries."""
    crossing = "" if labels.missing(row["crossing"]) else str(row["crossing"])
    return [crossing, status, str(row["origin"]), str(row["destination"])]


def _start(
    row: Mapping[str, object], points: Mapping[str, tuple[float, float]]
) -> tuple[float, float] | None:
    lat, lon = float(str(row["lat"])), float(str(row["lon"]))
    return points.get(str(row["origin"])) if math.isnan(lat) else (lat, lon)


def _arc(start: tuple[float, float], end: tuple[float, float], steps: int = 16) -> list[Spot]:
    """A flat curve from start to end, bent to one side so that both ways can be seen."""
    bend = 0.14
    across = ((end[1] - start[1]) * bend, (start[0] - end[0]) * bend)
    arc = []
    for step in range(steps + 1):
        share = step / steps
        lift = 4 * share * (1 - share)
        arc.append(
            (
                start[0] + (end[0] - start[0]) * share + across[0] * lift / 2,
                start[1] + (end[1] - start[1]) * share + across[1] * lift / 2,
            )
        )
    return arc


def _view(
    crossings: pd.DataFrame,
    flows: pd.DataFrame,
    points: Mapping[str, tuple[float, float]],
) -> dict[str, object]:
    """The part of the world to show: all marks and lines, with room around them."""
    spots = list(zip(crossings["lat"], crossings["lon"], strict=True))
    for row in flows.to_dict("records"):
        ends = (_start(row, points), points.get(str(row["destination"])))
        spots += [spot for spot in ends if spot is not None]
    if not spots:
        return WORLD
    south, north = min(spot[0] for spot in spots), max(spot[0] for spot in spots)
    west, east = min(spot[1] for spot in spots), max(spot[1] for spot in spots)
    room_lat = max(2.5, 0.12 * (north - south))
    south, north = max(-60.0, south - room_lat), min(84.0, north + room_lat)
    # The box is about twice as wide as high; a degree of longitude is the shorter one.
    wanted = 2 * (north - south) / math.cos(math.radians((south + north) / 2))
    room_lon = max(0.08 * (east - west), (wanted - (east - west)) / 2)
    west, east = west - room_lon, east + room_lon
    if east - west >= WHOLE:
        return WORLD
    return {
        "projection_type": "mercator",
        "lataxis_range": [south, north],
        "lonaxis_range": [max(-180.0, west), min(180.0, east)],
    }
