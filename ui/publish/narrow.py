"""A chart on a phone: fewer labels, fewer names, smaller marks and a map that is not half empty."""

from __future__ import annotations

import json
from typing import Final

import plotly.graph_objects as go

WIDTH: Final = 600  # pixels, below which a chart counts as narrow
MAP_HEIGHT: Final = 250
_PHONE: Final = 390
_LETTER, _LINE = 7.0, 16.0  # a name's size on the map, in pixels
_SMALLER: Final = 0.6  # marks, so that they do not cover the countries
_LABELS: Final = 7


def narrowed(figure: go.Figure) -> go.Figure:
    """The figure, changed in place to be read at a phone's width.

    A map keeps the names that do not overlap, other charts a few labels of their axis.
    """
    if marks := _marks(figure):
        marks.text = names(figure)
        marks.marker.size = _sizes(marks)
        return figure
    figure.update_layout(legend={"font": {"size": 11}})
    return figure.update_xaxes(nticks=_LABELS)


def script(figure: go.Figure) -> str:
    """A script for a map in a page, which gives it fewer names and less height in a narrow window.

    Empty for other figures. `{plot_id}` in it stands for the chart's id, as Plotly's `post_script`
    has it.
    """
    marks = _marks(figure)
    if marks is None:
        return ""
    wide = {"text": list(marks.text), "size": list(marks.marker.size)}
    small = {"text": names(figure), "size": _sizes(marks)}
    looks = json.dumps([wide, small]).replace("<", "\\u003c")
    heights = json.dumps([figure.layout.height, MAP_HEIGHT])
    return (
        "(() => { const chart = document.getElementById('{plot_id}'); let was = 0;"
        f" const looks = {looks}, heights = {heights};"
        " const fit = () => {"
        f" const now = Number(chart.clientWidth < {WIDTH});"
        " if (now === was) return; was = now;"
        " for (const box of [chart, chart.parentElement]) box.style.height = heights[now] + 'px';"
        " Plotly.update(chart, {text: [looks[now].text], 'marker.size': [looks[now].size]},"
        f" {{height: heights[now]}}, [{len(figure.data) - 1}]); }};"
        " fit(); window.addEventListener('resize', fit); })();"
    )


def names(figure: go.Figure) -> list[str]:
    """The names on a map's marks that fit a phone, the largest marks' first; "" for the others."""
    marks = _marks(figure)
    if marks is None:
        return []
    west, east = figure.layout.geo.lonaxis.range
    scale = _PHONE / (east - west)
    taken: list[tuple[float, float, float]] = []
    kept = [""] * len(marks.text)
    for at in sorted(range(len(kept)), key=lambda at: -float(marks.marker.size[at])):
        name = str(marks.text[at])
        left = (float(marks.lon[at]) - west) * scale + float(marks.marker.size[at]) / 2
        right, height = left + _LETTER * len(name), float(marks.lat[at]) * scale
        clear = all(
            abs(height - other) > _LINE or right < start or left > end
            for start, end, other in taken
        )
        if name and clear and right < _PHONE:
            kept[at] = name
            taken.append((left, right, height))
    return kept


def _marks(figure: go.Figure) -> go.Scattergeo | None:
    """A map's marks: the last trace, where that has names; None on other figures."""
    last = figure.data[-1] if figure.data else None
    named = last is not None and last.type == "scattergeo" and last.text is not None
    return last if named else None


def _sizes(marks: go.Scattergeo) -> list[float]:
    return [round(_SMALLER * float(size), 1) for size in marks.marker.size]
