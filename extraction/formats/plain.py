"""Plain text and Markdown."""

from __future__ import annotations

import re

from extraction.formats.encodings import decode
from extraction.formats.piece import Found, Refused
from extraction.formats.values import day_in

LONGEST_HEADLINE = 110
_END_OF_SENTENCE = (".", "!", "?", ":", ";", ",", "…")
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_FIELD = re.compile(r"(?m)^([A-Za-z_-]+):[ \t]*(.+?)[ \t]*$")
_FIELDS = {"title": "title", "author": "author", "publisher": "publisher", "source": "publisher"}


def read_text(content: bytes) -> Found:
    """A text file; its first line is the title where it stands alone like a headline."""
    text = decode(content)
    return Found(text, title=headline(text), hard_lines=False)


def headline(text: str) -> str | None:
    """The first line of a text where it is short, is no sentence, and a blank line follows it."""
    lines = text.strip().replace("\r\n", "\n").split("\n")
    first = lines[0].strip()
    alone = len(lines) > 2 and not lines[1].strip()
    if not alone or len(first) > LONGEST_HEADLINE or first.endswith(_END_OF_SENTENCE):
        return None
    return first if len(first.split()) > 2 and any(c.isalpha() for c in first) else None


def read_markdown(content: bytes) -> Found:
    """A Markdown file's words without its marks; title, author and date by its front matter.

    Without front matter the first heading is the title.
    """
    source = decode(content).replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(source)
    stated = dict(_FIELD.findall(front[1])) if front else {}
    stated = {name.lower(): value.strip("\"'") for name, value in stated.items()}
    body = source[front.end() :] if front else source
    lines, first = _lines(body)
    text = "\n\n".join(lines)
    if not text.strip():
        raise Refused("there is no text in it")
    fields = {field: stated[name] for name, field in _FIELDS.items() if name in stated}
    fields.setdefault("title", first or headline(text) or "")
    return Found(
        text,
        title=fields["title"] or None,
        author=fields.get("author"),
        publisher=fields.get("publisher"),
        published=day_in(stated.get("published") or stated.get("date")),
        url=stated.get("url"),
        language=stated.get("language") or stated.get("lang"),
    )


def _lines(source: str) -> tuple[list[str], str | None]:
    """The blocks of a Markdown text as lines, and its first heading."""
    from markdown_it import MarkdownIt

    lines: list[str] = []
    heading: str | None = None
    cells: list[str] | None = None
    opened = ""
    bullet = ""
    for token in MarkdownIt("commonmark").enable("table").parse(source):
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells is not None:
            lines.append("| " + " | ".join(cells) + " |")
            cells = None
        elif token.type == "list_item_open":
            bullet = "- "
        elif token.type.endswith("_open"):
            opened = token.type
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.rstrip("\n"))
        elif token.type == "html_block":
            lines.append(re.sub(r"<[^>]*>", " ", token.content).strip())
        elif token.type == "inline":
            words = _words(token)
            if cells is not None:
                cells.append(words.replace("\n", " "))
                continue
            if opened == "heading_open" and heading is None:
                heading = words
            lines.append(bullet + words)
            bullet = ""
    return [line for line in lines if line.strip()], heading


def _words(inline: object) -> str:
    """The words of an inline token: of a link its text, of a picture nothing."""
    out = []
    for child in getattr(inline, "children", None) or ():
        if child.type in ("text", "code_inline"):
            out.append(child.content)
        elif child.type == "softbreak":
            out.append(" ")
        elif child.type == "hardbreak":
            out.append("\n")
    return "".join(out)
