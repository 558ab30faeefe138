"""What a file is: by its first bytes and members, its name only where those leave it open."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

from extraction.formats.piece import Refused
from extraction.formats.zips import checked

TEXTS = {".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown"}
MARKUP = {".html": "html", ".htm": "html", ".xhtml": "html", ".mhtml": "mhtml", ".mht": "mhtml"}
MAIL = {".eml": "mail"}
TABLES = {".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json"}
BINARY = {".pdf": "pdf", ".docx": "docx", ".odt": "odt", ".xlsx": "xlsx", ".zip": "zip"}
RICH = {".rtf": "rtf"}
SUFFIXES = tuple({**TEXTS, **MARKUP, **MAIL, **TABLES, **BINARY, **RICH})
"""The endings of what is read."""

NAMES = {
    "pdf": "a PDF",
    "docx": "a Word document",
    "odt": "an OpenDocument text",
    "xlsx": "an Excel workbook",
    "zip": "a ZIP archive",
    "rtf": "a rich text (RTF)",
    "html": "a web page",
    "mhtml": "a saved web page (MHTML)",
    "mail": "an e-mail",
    "markdown": "Markdown",
    "csv": "a table (CSV)",
    "json": "JSON",
    "jsonl": "JSON Lines",
    "text": "a text",
}

_OLD_OFFICE = (
    "it is an old or encrypted Office file (.doc, .xls, .msg); "
    "save it without a password as .docx, .xlsx or .eml"
)
_STRANGERS = (
    (b"\xd0\xcf\x11\xe0", _OLD_OFFICE),
    (b"MZ", "it is a program"),
    (b"\x7fELF", "it is a program"),
    (b"\x89PNG", "it is a picture; no text is read out of pictures"),
    (b"\xff\xd8\xff", "it is a picture; no text is read out of pictures"),
    (b"GIF8", "it is a picture; no text is read out of pictures"),
    (b"II*\x00", "it is a picture; no text is read out of pictures"),
    (b"MM\x00*", "it is a picture; no text is read out of pictures"),
    (b"\x1f\x8b", "gz archives are not read; unpack it, or make a ZIP of it"),
    (b"BZh", "bz2 archives are not read; unpack it, or make a ZIP of it"),
    (b"7z\xbc\xaf", "7z archives are not read; unpack it, or make a ZIP of it"),
    (b"\xfd7zXZ", "xz archives are not read; unpack it, or make a ZIP of it"),
    (b"Rar!", "rar archives are not read; unpack it, or make a ZIP of it"),
    (b"SQLite format 3", "it is a database"),
)
_HEADER = re.compile(
    rb"(?:received|return-path|delivered-to|message-id|mime-version|from|to|date|subject|"
    rb"content-type|x-[\w-]+|snapshot-content-location):[ \t]",
    re.IGNORECASE,
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)


def suffix_of(name: str) -> str:
    """The ending of a file's name in small letters, "" where it has none."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def kind_of(name: str, content: bytes) -> str:
    """The kind of a file, a key of `NAMES`. Raises Refused for what is not read, with the cause."""
    if not content.strip():
        raise Refused("it is empty")
    suffix = suffix_of(name)
    head = content[:4096]
    for magic, cause in _STRANGERS:
        if head.startswith(magic) and not (magic == b"MZ" and b"\x00" not in head):
            raise Refused(cause)
    kind = _told_by_content(content, head, suffix)
    named = {**BINARY}.get(suffix)
    if kind is not None:
        return kind
    if named is not None:
        raise Refused(f"it is named {suffix}, but its content is not {NAMES[named]}")
    if (read := {**TEXTS, **MARKUP, **MAIL, **TABLES}.get(suffix)) is not None:
        return read
    if suffix == ".rtf":
        return "text"
    known = " ".join(SUFFIXES)
    raise Refused(f"files that end in {suffix or 'nothing'} are not read; what is read: {known}")


def _told_by_content(content: bytes, head: bytes, suffix: str) -> str | None:
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zipped(content)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return "rtf"
    if suffix in TABLES or suffix in (".md", ".markdown"):
        return None
    lines = head.splitlines()
    if lines and _HEADER.match(lines[0]) and b"\n" in head:
        headers = [line for line in lines[:40] if _HEADER.match(line)]
        if len(headers) >= 3 or suffix in {**MAIL, ".mht": "", ".mhtml": ""}:
            related = re.search(rb"content-type:\s*multipart/related", head, re.IGNORECASE)
            saved = b"snapshot-content-location" in head.lower() or suffix in (".mht", ".mhtml")
            return "mhtml" if related and saved else "mail"
    if _HTML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return "html"
    return None


def _zipped(content: bytes) -> str:
    """Which of the formats that are ZIPs inside this is. Raises Refused for the others."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            checked(archive)
            for part, kind in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx")):
                if part in names:
                    return kind
            if "mimetype" in names:
                kind = archive.open("mimetype").read(100).decode("ascii", "replace").strip()
                if kind.startswith("application/vnd.oasis.opendocument.text"):
                    return "odt"
                raise Refused(f"{kind} is not read; save it as .odt, .docx or .pdf")
            if "ppt/presentation.xml" in names:
                raise Refused("presentations are not read; save it as .pdf")
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(f"it is a damaged archive or document ({error})") from error
    return "zip"
