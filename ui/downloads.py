"""What leaves the dashboard: a chart as a page of its own, with its filter and its sources."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from store import export
from ui import cards, labels
from ui.navigation import ROOT

_OUTLINES: Final = ROOT / "static" / "topojson" / "world_50m.json"
MOST_SOURCES: Final = 30


@dataclass(frozen=True, slots=True)
class Footnote:
    """What stands under a chart: its filter, its sources in order, what it left out."""

    described: str
    sources: tuple[str, ...]
    left_out: str

    def lines(self, made: date) -> list[str]:
        """The footnote as lines of plain text; `made` is the day it is written."""
        out = [f"Filter: {self.described}. Made on {labels.day(made)} with Crossing Ledger."]
        if self.left_out:
            out.append(f"{self.left_out}.")
        out.append("Sources:")
        out += [f"[{at}] {text}" for at, text in enumerate(self.sources[:MOST_SOURCES], 1)]
        if len(self.sources) > MOST_SOURCES:
            out.append(f"and {len(self.sources) - MOST_SOURCES} more, in the rows.")
        return out


def sources(claims: pd.DataFrame) -> tuple[str, ...]:
    """The reports behind claims, each once, oldest first: title, publisher, day."""
    rows = claims.drop_duplicates("report_key")
    rows = rows.sort_values(["published", "report_key"], na_position="last")
    out = []
    for row in rows[["title", "article", "publisher", "published"]].to_dict("records"):
        parts = [cards.report_name(row)]
        if not labels.missing(row["publisher"]):
            parts.append(str(row["publisher"]))
        if not labels.missing(row["published"]):
            parts.append(labels.day(row["published"]))
        out.append(", ".join(parts))
    return tuple(out)


def page(figure: go.Figure, title: str, footnote: Footnote, made: date) -> bytes:
    """A chart as a stand-alone HTML page that opens with no network, in UTF-8.

    All words of reports in it are escaped; the map's outlines are put into the page.
    """
    body = figure.to_html(
        full_html=False,
        include_plotlyjs=True,
        auto_play=False,
        config={"displaylogo": False},
    )
    outlines = ""
    if any(trace.type in {"scattergeo", "choropleth"} for trace in figure.data):
        outlines = (
            "<script>window.PlotlyGeoAssets={topojson:{world_50m:"
            f"{_OUTLINES.read_text(encoding='utf-8')}}}}};</script>"
        )
    notes = "".join(f"<li>{html.escape(line)}</li>" for line in footnote.lines(made))
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        f"<meta name='viewport' content='width=device-width'><title>{html.escape(title)}</title>"
        f"{outlines}<style>body{{font-family:sans-serif;max-width:70rem;margin:1.5rem auto;"
        "padding:0 1rem}ul{list-style:none;padding:0;color:#444;font-size:.85rem}</style></head>"
        f"<body><h1>{html.escape(title)}</h1>{body}<ul>{notes}</ul></body></html>"
    ).encode()


def rows(claims: pd.DataFrame) -> bytes:
    """The claims behind a chart as CSV (see `store.export.to_csv`)."""
    return export.to_csv(export.table("claims", claims))
