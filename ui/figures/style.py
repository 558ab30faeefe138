"""What all charts share: their layout, and the settings of the bar above them."""

from __future__ import annotations

import re
from typing import Any, Final

import plotly.graph_objects as go
import streamlit as st

from ui import palette

_TOPOJSON: Final = "app/static/topojson/"


def layout(*, height: int, y_title: str | None = None) -> dict[str, Any]:
    """Margins, legend and grid; colours that read on a light and on a dark background.

    A figure is made at once from its traces and layout as plain data: Plotly copies and checks
    all again for each that is added.
    """
    return {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 12, "b": 8},
        "hovermode": "closest",
        "legend": {
            "orientation": "h",
            "yanchor": "bottom",
            "y": 1.02,
            "x": 0,
            "title": {"text": ""},
        },
        "plot_bgcolor": "rgba(0,0,0,0)",
        "paper_bgcolor": "rgba(0,0,0,0)",
        # Not "select": under that, Streamlit passes no clicks on. The box is in the chart's bar.
        "dragmode": "pan",
        "clickmode": "event+select",
        "xaxis": {"showgrid": False, "automargin": True, "fixedrange": True},
        "yaxis": {
            "gridcolor": palette.GRID,
            "zerolinecolor": palette.GRID,
            "rangemode": "tozero",
            "automargin": True,
            "tickformat": ",~d",
            "title": {"text": y_title},
            "fixedrange": True,
        },
    }


def lay_out(figure: go.Figure, *, height: int, y_title: str | None = None) -> go.Figure:
    """Give a figure that is there already what `layout` says."""
    return figure.update_layout(layout(height=height, y_title=y_title))


def config(name: str, *, image: str = "png") -> dict[str, Any]:
    """The settings for `st.plotly_chart`: an image button, local map outlines, nothing of Plotly's.

    `name` is the chart's title, from which the image's file name is made.
    """
    return {
        "displaylogo": False,
        "topojsonURL": topojson(),
        "modeBarButtonsToRemove": ["lasso2d", "autoScale2d", "zoom2d", "pan2d"],
        "toImageButtonOptions": {"format": image, "filename": file_name(name), "scale": 2},
    }


def topojson() -> str:
    """Where the browser finds the map's outlines, also behind a proxy's base path."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}/{_TOPOJSON}" if base else f"/{_TOPOJSON}"


def file_name(title: str) -> str:
    """A title as the stem of a file's name: "People per day" gives "people-per-day"."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "chart"


def escape(text: str) -> str:
    """Text of unknown origin for a hover label, where Plotly reads a little HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
