"""A situation brief as a Word document."""

from __future__ import annotations

import io
from typing import Any, Final

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from ui import safe
from ui.publish import browser, charts
from ui.publish.brief import METHOD, Brief, Grid
from ui.publish.browser import Picture
from ui.publish.footnote import Source

_SIZE: Final = (1000, 320)
_LONG: Final = 2_000
NO_PICTURES: Final = (
    "The charts are missing here: the server that made this document has no browser to draw them. "
    "The brief as a page (HTML) has them."
)


def word(brief: Brief) -> bytes:
    """The brief as DOCX, on A4; with no browser on this machine it says that charts are missing."""
    document = Document()
    _paper(document)
    document.core_properties.title = brief.title
    document.core_properties.author = "Crossing Ledger"
    document.add_heading(brief.title, 0)
    for line in brief.footnote.told():
        _text(document, line, small=True)
    _table(document, [[one.label, one.best, one.note] for one in brief.tiles], bold=1)
    _charts(document, brief)
    for grid in brief.grids:
        _grid(document, grid)
    _rivals(document, brief)
    document.add_heading("Sources", 2)
    for at, one in enumerate(brief.footnote.sources, 1):
        _source(document, at, one, brief.quotes[at])
    if brief.more_sources > 0:
        _text(document, f"and {brief.more_sources} more reports.", small=True)
    document.add_heading("Method", 2)
    _text(document, METHOD, small=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _paper(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.6)
    section.top_margin = section.bottom_margin = Cm(1.3)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(9)
    normal.paragraph_format.space_after = Pt(2)
    for name, size in (("Title", 18), ("Heading 2", 11)):
        document.styles[name].font.size = Pt(size)
        document.styles[name].paragraph_format.space_before = Pt(4)
        document.styles[name].paragraph_format.space_after = Pt(2)


def _text(document: Any, text: str, *, small: bool = False) -> Any:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(safe.plain(text, _LONG))
    if small:
        run.font.size = Pt(8)
    return paragraph


def _table(document: Any, rows: list[list[str]], *, bold: int | None = None) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Light List")
    for row, cells in zip(table.rows, rows, strict=True):
        for at, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            paragraph = cell.paragraphs[0]
            run = paragraph.add_run(safe.plain(text, _LONG))
            run.font.size = Pt(9)
            run.bold = at == bold
            if at and bold is None:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _charts(document: Any, brief: Brief) -> None:
    if browser.path() is None:
        _text(document, NO_PICTURES)
        return
    jobs = [
        Picture(charts.bare(figure, _SIZE), "png", *_SIZE, scale=2) for _, figure in brief.charts
    ]
    for (title, _), png in zip(brief.charts, browser.draw(jobs), strict=True):
        document.add_heading(title, 2)
        document.add_picture(io.BytesIO(png), width=Cm(17.6))


def _grid(document: Any, grid: Grid) -> None:
    if grid.rows:
        document.add_heading(grid.title, 2)
        _table(document, [list(grid.head), *(list(row) for row in grid.rows)])


def _rivals(document: Any, brief: Brief) -> None:
    document.add_heading("Rival figures", 2)
    if not brief.rivals:
        _text(document, "On no event do the sources differ.")
    for one in brief.rivals:
        paragraph = _text(document, one.head)
        paragraph.runs[0].bold = True
        paragraph.add_run(safe.plain(f" {one.best}. {'; '.join(one.claims)}", _LONG))
    if brief.more_rivals:
        _text(document, f"and {brief.more_rivals} more events.")


def _source(document: Any, at: int, one: Source, quotes: tuple[str, ...]) -> None:
    paragraph = _text(document, f"[{at}] {one}. ", small=True)
    if one.url:
        _link(paragraph, safe.plain(one.url, _LONG))
    for quote in quotes:
        run = paragraph.add_run(f" “{safe.plain(quote, _LONG)}”")
        run.italic, run.font.size = True, Pt(8)


def _link(paragraph: Any, url: str) -> None:
    """Add an address, as a link where it is one of the web."""
    if not url.startswith(("http://", "https://")):
        paragraph.add_run(url).font.size = Pt(8)
        return
    key = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), key)
    run = paragraph.add_run(url)
    run.font.size, run.font.underline = Pt(8), True
    link.append(run._r)
    paragraph._p.append(link)
