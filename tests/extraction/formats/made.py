"""One report written in each format, as the programs that make such files write it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date
from email.message import EmailMessage
from textwrap import wrap

TITLE = "First foreign passport holders leave Gaza"
PUBLISHED = date(2023, 11, 1)
PARAGRAPHS = (
    "RAFAH - The first foreign passport holders left Gaza for Egypt on Wednesday through the "
    "Rafah crossing, three weeks after the border was shut.",
    "Some 400 foreigners and dual nationals were expected to make the crossing, among them 31 "
    "Austrians and 20 Australians, officials said.",
    "Egypt said 81 wounded Palestinians would be allowed in for treatment on Wednesday. "
    "Palestinian sources said they expected 88 people to be taken across “for treatment”.",
    "By nightfall 361 foreign passport holders had crossed into Egypt, a border official said, and "
    "a convoy of 40 ambulances waited at the gate for those who were still to come.",
)
TEXT = "\n\n".join((TITLE, *PARAGRAPHS))


def text() -> bytes:
    """A text file as it stands."""
    return TEXT.encode()


def wrapped_text() -> bytes:
    """A text file wrapped at 72 characters, with the line ends of Windows, in Windows-1252."""
    blocks = ["\n".join(wrap(block, 72)) for block in (TITLE, *PARAGRAPHS)]
    return "\r\n\r\n".join(block.replace("\n", "\r\n") for block in blocks).encode("cp1252")


def utf16() -> bytes:
    """A text file in UTF-16 with its mark."""
    return TEXT.encode("utf-16")


def markdown() -> bytes:
    """Markdown with front matter, emphasis, a link and wrapped lines."""
    body = [
        PARAGRAPHS[0],
        PARAGRAPHS[1].replace("31 Austrians", "**31** [Austrians](http://x.org)"),
    ]
    body += PARAGRAPHS[2:]
    lines = "\n\n".join("\n".join(wrap(block, 60)) for block in body)
    return f"---\ntitle: {TITLE}\ndate: {PUBLISHED}\n---\n\n# {TITLE}\n\n{lines}\n".encode()


def page(head: str = "") -> str:
    """A web page with a menu, a cookie notice and a foot around the article."""
    body = "\n".join(f"<p>{block}</p>" for block in PARAGRAPHS)
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f'<title>{TITLE} | Border Post</title><meta property="og:title" content="{TITLE}">'
        '<meta property="og:site_name" content="Border Post"><meta name="author" content="A. Desk">'
        f'<meta property="article:published_time" content="{PUBLISHED}T18:00:00Z">{head}</head>'
        "<body><nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav>"
        "<div class='cookie-banner'>We use cookies. 1,200 people agreed.</div>"
        f"<article><h1>{TITLE}</h1>{body}</article>"
        "<footer>Copyright Border Post. All rights reserved.</footer></body></html>"
    )


def html() -> bytes:
    """That page."""
    return page().encode()


def mhtml() -> bytes:
    """That page as a browser saves it."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = "https://borderpost.example/rafah"
    message["Subject"] = TITLE
    message["Date"] = "Thu, 2 Nov 2023 09:00:00 -0000"
    message.set_content("a page")
    message.make_related()
    (first,) = message.get_payload()
    first.set_content(page(), subtype="html", cte="quoted-printable")
    first["Content-Location"] = "https://borderpost.example/rafah"
    return message.as_bytes()


def mail() -> bytes:
    """An e-mail with the report as its wrapped body."""
    message = EmailMessage()
    message["From"] = "Border Post <desk@borderpost.example>"
    message["To"] = "reader@example.org"
    message["Subject"] = TITLE
    message["Date"] = "Wed, 01 Nov 2023 18:00:00 +0000"
    blocks = ["\n".join(wrap(block, 72)) for block in (TITLE, *PARAGRAPHS)]
    message.set_content("\n\n".join(blocks) + "\n-- \nBorder Post, 12 people\n")
    return message.as_bytes()


def mail_html() -> bytes:
    """An e-mail whose body is a web page."""
    message = EmailMessage()
    message["From"] = "Border Post <desk@borderpost.example>"
    message["Subject"] = TITLE
    message["Date"] = "Wed, 01 Nov 2023 18:00:00 +0000"
    message.set_content(page(), subtype="html")
    return message.as_bytes()


def docx() -> bytes:
    """A Word document."""
    from docx import Document

    document = Document()
    document.core_properties.title = TITLE
    document.core_properties.author = "A. Desk"
    document.add_heading(TITLE, 1)
    for block in PARAGRAPHS:
        document.add_paragraph(block)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


ODT_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-{part} '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/">'
)


def odt(paragraphs: tuple[str, ...] = PARAGRAPHS) -> bytes:
    """An OpenDocument text."""
    body = "".join(f"<text:p>{block}</text:p>" for block in paragraphs)
    content = (
        ODT_HEAD.format(part="content")
        + f"<office:body><office:text><text:h>{TITLE}</text:h>{body}</office:text>"
        "</office:body></office:document-content>"
    )
    meta = (
        ODT_HEAD.format(part="meta")
        + f"<office:meta><dc:title>{TITLE}</dc:title><dc:creator>A. Desk</dc:creator>"
        "</office:meta></office:document-meta>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("meta.xml", meta)
    return out.getvalue()


def rtf() -> bytes:
    """A rich text."""
    body = "".join(rf"\pard {block}\par" + "\n" for block in (TITLE, *PARAGRAPHS))
    body = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in body)
    return (
        r"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}{\info{\title " + TITLE + r"}{\author A. Desk}}"
        "\n" + body + "}"
    ).encode("ascii")


def pdf(pages: tuple[tuple[str, ...], ...] = ((TITLE, *PARAGRAPHS),), extra: str = "") -> bytes:
    """A PDF of blocks set in lines of about 80 characters, with a head and a foot on each page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", _font("Helvetica")]
    kids = []
    for number, blocks in enumerate(pages, start=1):
        stream = _set(blocks, number).encode("cp1252")
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R "
            f">> >> /Contents {len(objects) + 2} 0 R >>"
        )
        data = stream.decode("cp1252")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{data}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    title = f"<< /Title ({TITLE}) /Author (A. Desk) /CreationDate (D:20231102090000Z) >>"
    objects.append(title)
    return _file(objects, f"/Root 1 0 R /Info {len(objects)} 0 R {extra}")


def _font(name: str) -> str:
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"


def _set(blocks: tuple[str, ...], number: int) -> str:
    lines = ["BT /F1 9 Tf 60 810 Td (Border Post, daily bulletin) Tj ET"]
    at = 780
    for n, block in enumerate(blocks):
        size = 16 if n == 0 and number == 1 else 11
        for line in _filled(block, 475 / size):
            plain = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            lines.append(f"BT /F1 {size} Tf 60 {at} Td ({plain}) Tj ET")
            at -= 14
        at -= 10
    lines.append(f"BT /F1 9 Tf 280 30 Td (Page {number} of 3) Tj ET")
    return "\n".join(lines)


_NARROW, _WIDE = "ijlftI.,;:'!|-()[] ", "mwMW"


def _filled(block: str, room: float) -> list[str]:
    """A block broken into lines no wider than `room` (in type sizes), about as Helvetica runs."""
    lines, width = [""], 0.0
    for word in block.split():
        needed = sum(0.26 if c in _NARROW else 0.8 if c in _WIDE else 0.54 for c in word)
        if lines[-1] and width + 0.28 + needed > room:
            lines.append(word)
            width = needed
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
            width += 0.28 + needed
    return lines


def _file(objects: list[str], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{place:010d} 00000 n \n" for place in places).encode()
    out += f"trailer << /Size {len(objects) + 1} {trailer} >>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


ROW = {"headline": TITLE, "pub_date": PUBLISHED.isoformat(), "outlet": "Border Post", "body": TEXT}


def table(delimiter: str = ",") -> bytes:
    """A CSV with a report a row, as a spreadsheet writes it."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=list(ROW), delimiter=delimiter)
    writer.writeheader()
    writer.writerow(ROW)
    return out.getvalue().encode("utf-8-sig")


def workbook() -> bytes:
    """An Excel workbook with a report a row."""
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(list(ROW))
    book.active.append([TITLE, PUBLISHED, "Border Post", TEXT])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def lines() -> bytes:
    """JSON Lines."""
    row = {"id": "r1", "title": TITLE, "published": PUBLISHED.isoformat(), "text": TEXT}
    return (json.dumps(row, ensure_ascii=False) + "\n").encode()


def archive(files: dict[str, bytes] | None = None) -> bytes:
    """A ZIP of a text file in a folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as inside:
        for name, content in (files or {"day one/rafah.txt": text()}).items():
            inside.writestr(name, content)
    return out.getvalue()


FORMATS = {
    "rafah.txt": text,
    "wrapped.txt": wrapped_text,
    "utf16.txt": utf16,
    "rafah.md": markdown,
    "rafah.html": html,
    "rafah.mhtml": mhtml,
    "rafah.eml": mail,
    "page.eml": mail_html,
    "rafah.docx": docx,
    "rafah.odt": odt,
    "rafah.rtf": rtf,
    "rafah.pdf": lambda: pdf(((TITLE, *PARAGRAPHS[:2]), PARAGRAPHS[2:])),
    "rafah.csv": table,
    "semicolon.csv": lambda: table(";"),
    "rafah.xlsx": workbook,
    "rafah.jsonl": lines,
    "rafah.zip": archive,
}
