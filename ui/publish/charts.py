"""A chart as a file: image, PDF or stand-alone page, with its title and its footnote."""

from __future__ import annotations

import textwrap
from typing import Final

import plotly.graph_objects as go

from ui.figures.style import escape as plain
from ui.navigation import ROOT
from ui.publish import browser, markup, narrow
from ui.publish.browser import Picture
from ui.publish.footnote import MOST_SOURCES, Footnote

_OUTLINES: Final = ROOT / "static" / "topojson" / "world_50m.json"
_MAPS: Final = {"scattergeo", "choropleth"}
WIDTH: Final = 1000
SCALE: Final = 2
_LETTERS: Final = 158  # of a footnote's line, at its size and this width
_LINE: Final = 15
_HEAD, _LEGEND = 44, 40
_FEW_LABELS: Final = 9  # as many stand upright under an axis of this width

IMAGES: Final = {"png": "image/png", "svg": "image/svg+xml", "pdf": "application/pdf"}


def image(figure: go.Figure, title: str, footnote: Footnote, form: str) -> bytes:
    """The chart as "png" (twice its pixels), "svg" or "pdf". Raises `browser.NoBrowser`."""
    drawn = with_notes(figure, title, footnote)
    scale = SCALE if form == "png" else 1
    return browser.draw([Picture(drawn, form, WIDTH, int(drawn.layout.height), scale)])[0]


def with_notes(figure: go.Figure, title: str, footnote: Footnote) -> go.Figure:
    """A copy of the figure on white with its title above and its footnote below."""
    copy = still(figure)
    lines = [
        part
        for line in (*footnote.told(), footnote.in_one())
        for part in textwrap.wrap(line, _LETTERS, break_long_words=True)
    ]
    below = _below(copy)
    foot = below + _LINE * len(lines) + 12
    margin = copy.layout.margin
    top = _HEAD + (_LEGEND if _has_legend(copy) else 6)
    inner = int(copy.layout.height or 440) - int(margin.t or 0) - int(margin.b or 0)
    copy.update_layout(
        title={
            "text": f"<b>{plain(title)}</b>",
            "font": {"size": 20, "family": "Georgia, serif"},
            "x": 0.012,
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": 14},
        },
        margin={"l": 14, "r": max(int(margin.r or 0), 14), "t": top, "b": foot},
        height=inner + top + foot,
        width=WIDTH,
    )
    return copy.add_annotation(
        text="<br>".join(plain(line) for line in lines),
        font={"size": 11, "color": "#4a5160"},
        align="left",
        showarrow=False,
        x=0,
        xref="paper",
        xanchor="left",
        y=0,
        yref="paper",
        yanchor="top",
        yshift=-below,
    )


def still(figure: go.Figure) -> go.Figure:
    """A copy that stands still on white paper: no play buttons, no frames."""
    copy = go.Figure(data=figure.data, layout=figure.layout)
    copy.layout.updatemenus = ()
    return copy.update_layout(
        paper_bgcolor="#ffffff",
        font={"color": "#1d2430", "family": "Open Sans, Arial, sans-serif"},
        template="plotly_white",
    )


def page(figure: go.Figure, title: str, footnote: Footnote) -> bytes:
    """The chart as a stand-alone HTML page that opens with no network, in UTF-8.

    All words of reports in it are escaped; the map's outlines are put into the page.
    """
    drawn = go.Figure(figure).update_layout(template="plotly_white", paper_bgcolor="#ffffff")
    notes = markup.notes(footnote, MOST_SOURCES)
    body = f"<h1>{markup.escape(title)}</h1>{fragment(drawn)}{notes}"
    return markup.document(title, body, scripts=True)


def fragment(figure: go.Figure, *, first: bool = True) -> str:
    """The chart as HTML for a page with scripts; the `first` of a page brings Plotly along."""
    outlines = ""
    if is_map(figure):
        outlines = (
            "<script>window.PlotlyGeoAssets={topojson:{world_50m:"
            f"{_OUTLINES.read_text(encoding='utf-8')}}}}};</script>"
        )
    body = figure.to_html(
        full_html=False,
        include_plotlyjs=first,
        auto_play=False,
        post_script=narrow.script(figure) or None,
        config={"displaylogo": False, "responsive": True},
    )
    return outlines + str(body)


def bare(figure: go.Figure, size: tuple[int, int]) -> go.Figure:
    """A copy of this (width, height) in pixels for a page that has title and footnote itself."""
    copy = still(figure).update_layout(autosize=True, height=size[1])
    if size[0] >= narrow.WIDTH:
        return copy.update_layout(font={"size": 15}, showlegend=_has_legend(copy))
    copy.update_layout(font={"size": 13}, showlegend=_has_legend(copy))
    return narrow.narrowed(copy)


def is_map(figure: go.Figure) -> bool:
    """Whether the figure draws outlines of countries."""
    return any(trace.type in _MAPS for trace in figure.data)


def _has_legend(figure: go.Figure) -> bool:
    return any(trace.showlegend is not False and trace.name for trace in figure.data)


def _below(figure: go.Figure) -> int:
    """Room under the plot for the labels of its axis, in pixels."""
    if is_map(figure):
        return 8
    if figure.layout.xaxis.visible is False:
        return 14
    names = {str(name) for trace in figure.data if trace.x is not None for name in trace.x}
    crowded = figure.layout.xaxis.type == "category" and len(names) > _FEW_LABELS
    return 110 if crowded else 40
