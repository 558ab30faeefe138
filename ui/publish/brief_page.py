"""A situation brief as a stand-alone page that fetches nothing, and as the PDF printed from it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go

from ui.publish import browser, charts, markup, narrow
from ui.publish.brief import METHOD, Brief, Grid, Rival
from ui.publish.browser import Picture
from ui.publish.markup import escape

_WIDE, _NARROW, _NARROW_MAP = (1000, 300), (440, 400), (440, narrow.MAP_HEIGHT)
_STYLE: Final = (
    "<style>header p{margin:.1rem 0}.tiles{display:grid;gap:.6rem;margin:.8rem 0;"
    "grid-template-columns:repeat(auto-fit,minmax(9rem,1fr))}.tiles div{border:1px solid #dcdcd6;"
    "border-radius:.3rem;padding:.45rem .6rem}.tiles b{display:block;font:600 1.5rem/1.2 Georgia,"
    "serif}.tiles small{color:#4a5160}figure{margin:.6rem 0}figcaption{font-weight:600}"
    "figure img{width:100%;height:auto}.pair{display:grid;gap:0 1.6rem;"
    "grid-template-columns:repeat(auto-fit,minmax(16rem,1fr))}table{border-collapse:collapse;"
    "width:100%}th,td{text-align:right;padding:.12rem .3rem;border-bottom:1px solid #e6e6e1}"
    "th:first-child,td:first-child{text-align:left}th{font-weight:600}td span{white-space:nowrap;"
    "display:inline-block}.rival{margin:.4rem 0}"
    ".rival p{margin:0}"
    "@media(max-width:480px){table{font-size:.85em}}"
    "@page{size:A4;margin:11mm 13mm}@media print{body{font-size:8.4pt;line-height:1.3;margin:0;"
    "padding:0;max-width:none}h1{font-size:15pt}h2{font-size:10.5pt;margin:.6rem 0 .2rem}"
    ".tiles{grid-template-columns:repeat(4,1fr);margin:.4rem 0}.tiles b{font-size:14pt}"
    ".pair{grid-template-columns:1fr 1fr}.notes{font-size:7.6pt}figure,.rival,li,tr{"
    "break-inside:avoid}.second{break-before:page}.sources{columns:2;column-gap:1.4rem}"
    "figure{margin:.25rem 0}}"
    "</style>"
)


def page(brief: Brief) -> bytes:
    """The brief as HTML. With no browser on this machine its charts are drawn by the reader's."""
    if browser.path() is None:
        figures, scripts = _live(brief.charts), True
    else:
        figures, scripts = _drawn(brief.charts), False
    notes = brief.footnote
    told = "".join(f"<p class='notes'>{escape(line)}</p>" for line in notes.told())
    body = (
        f"<header><h1>{escape(brief.title)}</h1>{told}</header>{_tiles(brief)}{figures}"
        f"<div class='pair'>{''.join(_grid(grid) for grid in brief.grids)}</div>"
        f"<div class='second'>{_rivals(brief)}</div><h2>Sources</h2>{_sources(brief)}"
        f"<h2>Method</h2><p class='notes'>{escape(METHOD)}</p>"
    )
    return markup.document(brief.title, body, head=_STYLE, scripts=scripts)


def pdf(brief: Brief) -> bytes:
    """The brief as PDF, on A4. Raises `browser.NoBrowser`."""
    if browser.path() is None:
        raise browser.NoBrowser(browser.MISSING)
    return browser.print_pdf(page(brief))


def _tiles(brief: Brief) -> str:
    made = "".join(
        f"<div>{escape(one.label)}<b>{escape(one.best)}</b><small>{escape(one.note)}</small></div>"
        for one in brief.tiles
    )
    return f"<div class='tiles'>{made}</div>"


def _drawn(figures: Sequence[tuple[str, go.Figure]]) -> str:
    """Charts as drawings, a wide and a narrow one of each, in the page itself."""
    jobs = [
        _picture(figure, size)
        for _, figure in figures
        for size in (_WIDE, _NARROW_MAP if charts.is_map(figure) else _NARROW)
    ]
    urls = [
        f"data:{charts.IMAGES[job.form]};base64,{base64.b64encode(drawn).decode()}"
        for job, drawn in zip(jobs, browser.draw(jobs), strict=True)
    ]
    made = []
    for at, (title, _) in enumerate(figures):
        wide, narrow = urls[2 * at], urls[2 * at + 1]
        made.append(
            f"<figure><figcaption>{escape(title)}</figcaption><picture>"
            f"<source media='screen and (max-width:640px)' srcset='{narrow}'>"
            f"<img src='{wide}' alt='{escape(title)}'></picture></figure>"
        )
    return "".join(made)


def _picture(figure: go.Figure, size: tuple[int, int]) -> Picture:
    # A map's outlines are megabytes of paths.
    form, scale = ("png", 2) if charts.is_map(figure) else ("svg", 1)
    return Picture(charts.bare(figure, size), form, *size, scale=scale)


def _live(figures: Sequence[tuple[str, go.Figure]]) -> str:
    made = []
    for at, (title, figure) in enumerate(figures):
        drawn = charts.fragment(charts.bare(figure, _WIDE), first=at == 0)
        made.append(f"<figure><figcaption>{escape(title)}</figcaption>{drawn}</figure>")
    return "".join(made)


def _grid(grid: Grid) -> str:
    if not grid.rows:
        return ""
    head = "".join(f"<th>{escape(cell)}</th>" for cell in grid.head)
    rows = "".join(
        f"<tr><td>{escape(row[0])}</td>{''.join(_cell(cell) for cell in row[1:])}</tr>"
        for row in grid.rows
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f"<section><h2>{escape(grid.title)}</h2>{table}</section>"


def _cell(cell: str) -> str:
    """A figure, and its range as a whole: beside it, else in the line below."""
    best, _, span = cell.partition(" ")
    return f"<td>{escape(best)}{f' <span>{escape(span)}</span>' if span else ''}</td>"


def _rivals(brief: Brief) -> str:
    if not brief.rivals:
        return "<h2>Rival figures</h2><p>On no event do the sources differ.</p>"
    made = "".join(_rival(one) for one in brief.rivals)
    more = f"<p>and {brief.more_rivals} more events.</p>" if brief.more_rivals else ""
    return f"<h2>Rival figures</h2><div class='pair'>{made}</div>{more}"


def _rival(one: Rival) -> str:
    claims = "; ".join(escape(claim) for claim in one.claims)
    return (
        f"<div class='rival'><p><b>{escape(one.head)}</b></p><p>{escape(one.best)}</p>"
        f"<p class='notes'>{claims}</p></div>"
    )


def _sources(brief: Brief) -> str:
    made = []
    for at, one in enumerate(brief.footnote.sources, 1):
        quotes = "".join(f"<blockquote>“{escape(text)}”</blockquote>" for text in brief.quotes[at])
        made.append(f"<li>{markup.source(one)}{quotes}</li>")
    more = f"<p>and {brief.more_sources} more reports.</p>" if brief.more_sources > 0 else ""
    return f"<div class='notes'><ol class='sources'>{''.join(made)}</ol>{more}</div>"
