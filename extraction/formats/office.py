"""Word documents, OpenDocument texts and rich text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from extraction.formats.piece import Found, Refused
from extraction.formats.values import day_in
from extraction.formats.zips import checked, member_of

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# Word's and its kin's names for "nobody typed an author".
_NO_AUTHOR = {"", "python-docx", "user", "admin", "administrator", "microsoft office user", "owner"}
_FILE_DATE = "the day the document was last changed"


def opened(content: bytes) -> zipfile.ZipFile:
    """The ZIP of an office document. Raises Refused for one that is unsafe to open."""
    archive = checked(zipfile.ZipFile(io.BytesIO(content)))
    for name in archive.namelist():
        # An entity may name a file of this machine, or grow without end; documents need none.
        if name.endswith((".xml", ".rels")) and _ENTITIES.search(member_of(archive, name)):
            raise Refused(f"its {name} contains a DOCTYPE, which no document needs")
    return archive


def read_docx(content: bytes) -> Found:
    """A Word document: paragraphs and tables in order, insertions in, deletions out."""
    opened(content)
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = Document(io.BytesIO(content))
    except (PackageNotFoundError, KeyError, ValueError) as error:
        raise Refused(f"it is a damaged Word document ({error})") from error
    properties = document.core_properties
    author = (properties.author or "").strip()
    made = day_in(properties.modified) or day_in(properties.created)
    return Found(
        "\n".join(_word_lines(document.element.body)),
        title=(properties.title or "").strip() or None,
        author=None if author.lower() in _NO_AUTHOR else author,
        language=(properties.language or "")[:2].lower() or None,
        guess=made,
        guess_from=_FILE_DATE if made else None,
    )


def _word_lines(parent: Any) -> Iterator[str]:
    for node in parent:
        if node.tag == f"{_WORD}p":
            yield from "".join(_word_words(node)).split("\n")
        elif node.tag == f"{_WORD}tbl":
            for row in node.iter(f"{_WORD}tr"):
                cells = [
                    " ".join(line for line in _word_lines(cell) if line.strip())
                    for cell in row.iter(f"{_WORD}tc")
                ]
                yield "| " + " | ".join(cells) + " |"
        elif node.tag not in (f"{_WORD}del", f"{_WORD}sectPr"):
            yield from _word_lines(node)  # a content control, an insertion of whole paragraphs


def _word_words(node: Any) -> Iterator[str]:
    for child in node:
        tag = child.tag
        if tag == f"{_WORD}t":
            yield child.text or ""
        elif tag == f"{_WORD}tab":
            yield "\t"
        elif tag in (f"{_WORD}br", f"{_WORD}cr"):
            yield "\n"
        elif tag == f"{_WORD}noBreakHyphen":
            yield "-"
        elif tag == f"{_WORD}p":  # a text box inside a paragraph
            yield "\n" + "".join(_word_words(child))
        # Deleted text is left out, and so is the second form of what newer programs draw anew.
        elif tag not in (f"{_WORD}del", f"{_WORD}pPr", f"{_WORD}rPr", f"{_COMPATIBLE}Fallback"):
            yield from _word_words(child)


def read_odt(content: bytes) -> Found:
    """An OpenDocument text: headings, paragraphs, lists and table rows in order."""
    from defusedxml.ElementTree import ParseError, fromstring

    archive = opened(content)
    try:
        body = fromstring(member_of(archive, "content.xml")).find(f"{_OFFICE}body")
        meta = (
            fromstring(member_of(archive, "meta.xml")) if "meta.xml" in archive.namelist() else None
        )
    except (ParseError, KeyError) as error:
        raise Refused(f"it is a damaged OpenDocument text ({error})") from error
    if body is None:
        raise Refused("it is a damaged OpenDocument text (it has no body)")
    made = day_in(_meta(meta, f"{_DUBLIN}date")) or day_in(_meta(meta, f"{_META}creation-date"))
    return Found(
        "\n".join(_open_lines(body)),
        title=_meta(meta, f"{_DUBLIN}title"),
        author=_meta(meta, f"{_META}initial-creator") or _meta(meta, f"{_DUBLIN}creator"),
        language=(_meta(meta, f"{_DUBLIN}language") or "")[:2].lower() or None,
        guess=made,
        guess_from=_FILE_DATE if made else None,
    )


def _meta(meta: Any, tag: str) -> str | None:
    node = None if meta is None else next(meta.iter(tag), None)
    return (node.text or "").strip() or None if node is not None else None


def _open_lines(parent: Any) -> Iterator[str]:
    for node in parent:
        if node.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield from "".join(_open_words(node)).split("\n")
        elif node.tag == f"{_TABLE}table-row":
            cells = [
                " ".join(line for line in _open_lines(cell) if line.strip())
                for cell in node
                if cell.tag == f"{_TABLE}table-cell"
            ]
            yield "| " + " | ".join(cells) + " |"
        elif node.tag not in (f"{_TEXT}tracked-changes", f"{_TEXT}sequence-decls"):
            yield from _open_lines(node)


def _open_words(node: Any) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        if child.tag == f"{_TEXT}s":
            yield " " * min(int(child.get(f"{_TEXT}c", "1")), 100)
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag not in (f"{_OFFICE}annotation", f"{_TEXT}note"):
            yield from _open_words(child)
        yield child.tail or ""


_RTF_FIELD = r"\{\\%s\s+((?:[^{}\\]|\\'[0-9a-f]{2}|\\u-?\d+\s?\??)*)\}"
_RTF_MADE = re.compile(r"\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")


def read_rtf(content: bytes) -> Found:
    """A rich text, by striprtf; title and author by its information group."""
    from striprtf import striprtf

    source = content.decode("cp1252", "replace")
    made = None
    if found := _RTF_MADE.search(source):
        made = day_in("{}-{:0>2}-{:0>2}".format(*found.groups()))
    to_text: Callable[..., str] = striprtf.rtf_to_text
    text = to_text(source, encoding="cp1252", errors="replace")

    def stated(name: str) -> str | None:
        field = re.search(_RTF_FIELD % name, source)
        return to_text("{\\rtf1 " + field[1] + "}").strip() or None if field else None

    return Found(
        text,
        title=stated("title"),
        author=stated("author"),
        guess=made,
        guess_from=_FILE_DATE if made else None,
    )
