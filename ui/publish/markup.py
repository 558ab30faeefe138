"""HTML that is written to a file: all text escaped, links only to the web, no address fetched."""

from __future__ import annotations

import html
from typing import Final
from urllib.parse import urlsplit

from ui.publish.footnote import Footnote, Source

STYLE: Final = (
    "body{font:15px/1.45 system-ui,sans-serif;color:#1d2430;background:#fff;max-width:70rem;"
    "margin:1.5rem auto;padding:0 1rem;font-variant-ligatures:none}"
    "h1{font:600 1.6rem/1.2 Georgia,serif;margin:0 0 .3rem}"
    "h2{font:600 1.15rem/1.2 Georgia,serif;margin:1.4rem 0 .4rem}"
    "a{color:#1f5f8b;overflow-wrap:anywhere}.notes{color:#4a5160;font-size:.85rem}"
    ".notes p{margin:.3rem 0}ol.sources{margin:.3rem 0;padding-left:2.2rem}"
    "ol.sources li::marker{content:'[' counter(list-item) '] '}"
    "blockquote{margin:.1rem 0 .4rem;padding-left:.7rem;border-left:3px solid #dcdcd6}"
    "@page{margin:12mm}@media print{body{margin:0;padding:0}"
    ".updatemenu-container,.modebar{display:none}}"
)


def escape(text: object) -> str:
    """Text for HTML, in an element or in an attribute's quotes."""
    return html.escape(str(text), quote=True)


def link(url: str | None) -> str:
    """A link to an address of the web; other schemes are shown as text, None as nothing."""
    if not url:
        return ""
    if urlsplit(url).scheme not in {"http", "https"}:
        return escape(url)
    return f"<a href='{escape(url)}' rel='noopener noreferrer'>{escape(url)}</a>"


def source(one: Source) -> str:
    """A source with its link."""
    return f"{escape(one)}. {link(one.url)}" if one.url else escape(one)


def notes(footnote: Footnote, most: int) -> str:
    """A footnote as paragraphs and a numbered list."""
    told = "".join(f"<p>{escape(line)}</p>" for line in footnote.told())
    listed = "".join(f"<li>{source(one)}</li>" for one in footnote.sources[:most])
    more = len(footnote.sources) - most
    rest = f"<p>and {more} more, in the rows.</p>" if more > 0 else ""
    head = "<p>Sources:</p>" if listed else ""
    return f"<div class='notes'>{told}{head}<ol class='sources'>{listed}</ol>{rest}</div>"


def document(title: str, body: str, *, head: str = "", scripts: bool = False) -> bytes:
    """A whole page in UTF-8 that fetches nothing: its policy forbids every address.

    `body` and `head` are HTML; `scripts` lets those in the page run.
    """
    script = "script-src 'unsafe-inline' 'unsafe-eval'; worker-src blob:; " if scripts else ""
    policy = f"default-src 'none'; {script}img-src data: blob:; style-src 'unsafe-inline'"
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'>"
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        "<meta name='viewport' content='width=device-width,initial-scale=1'>"
        f"<title>{escape(title)}</title><style>{STYLE}</style>{head}</head>"
        f"<body>{body}</body></html>"
    ).encode()
