"""Hostile and damaged files, made small here; each with a word of the message that it gets."""

from __future__ import annotations

import io
import pickle
import zipfile
import zlib
from collections.abc import Callable

from tests.extraction.formats import made


def zipped(files: dict[str, bytes], *, mimetype: str | None = None) -> bytes:
    """A ZIP of these files, an OpenDocument's mark first where one is given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def replaced(name: str, content: bytes, source: bytes) -> bytes:
    """An office document with one of its parts exchanged."""
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        files = {inner: archive.read(inner) for inner in archive.namelist()}
    return zipped(files | {name: content})


def docx_bomb() -> bytes:
    """A Word document that unpacks to 200 MB."""
    return replaced("word/document.xml", b"<a>" + b" " * 200_000_000 + b"</a>", made.docx())


def docx_entities() -> bytes:
    """A Word document whose entities grow a billionfold."""
    rows = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    source = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "x">{rows}]><d>&a8;</d>'
    return replaced("word/document.xml", source.encode(), made.docx())


def docx_outside() -> bytes:
    """A Word document with an entity that names a file of the reading machine."""
    source = (
        b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><d>&x;</d>'
    )
    return replaced("word/document.xml", source, made.docx())


def odt_bomb() -> bytes:
    """An OpenDocument text that unpacks to 300 MB."""
    return zipped(
        {"content.xml": b"x" * 300_000_000}, mimetype="application/vnd.oasis.opendocument.text"
    )


def lying_zip() -> bytes:
    """A ZIP whose member says that it is smaller than it is."""
    data = bytearray(zipped({"a.txt": b"The gate opened. " * 10_000}))
    size = (170_000).to_bytes(4, "little")
    at = data.find(size)
    while at >= 0:
        data[at : at + 4] = (100).to_bytes(4, "little")
        at = data.find(size, at)
    return bytes(data)


def encrypted_zip() -> bytes:
    """A ZIP whose member is marked as encrypted."""
    data = bytearray(zipped({"a.txt": made.text()}))
    data[6] |= 1
    data[data.find(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def pdf_bomb() -> bytes:
    """A PDF whose page unpacks to 600 MB."""
    squeezer = zlib.compressobj(9)
    data = b"".join(squeezer.compress(b" " * 10_000_000) for _ in range(60)) + squeezer.flush()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream" % (len(data), data),
    ]
    body = b"%PDF-1.4\n"
    for number, part in enumerate(objects, start=1):
        body += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    return body + b"trailer << /Root 1 0 R /Size 5 >>\n%%EOF"


def pdf_locked() -> bytes:
    """A PDF encrypted with a password."""
    lock = "<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + "11" * 32 + "> /U <" + "22" * 32 + "> >>"
    return made.pdf(extra=f"/Encrypt {lock} /ID [<aa> <aa>]")


def pdf_pages_loop() -> bytes:
    """A PDF whose tree of pages holds itself."""
    return made.pdf().replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.docx": (docx_bomb, "it unpacks to 20"),
    "bomb.odt": (odt_bomb, "it unpacks to 300 MB; the limit is 50 MB"),
    "bomb.zip": (lambda: zipped({"a.txt": b"0" * 60_000_000}), "it unpacks to 60 MB"),
    "many.zip": (lambda: zipped({f"{n}.txt": b"x" for n in range(2_001)}), "2,001 files inside"),
    "lying.zip": (lying_zip, "damaged archive"),
    "locked.zip": (encrypted_zip, "encrypted"),
    "entities.docx": (docx_entities, "contains a DOCTYPE"),
    "outside.docx": (docx_outside, "contains a DOCTYPE"),
    "cut.docx": (lambda: made.docx()[:9_000], "damaged archive"),
    "bomb.pdf": (pdf_bomb, ""),
    "locked.pdf": (pdf_locked, "encrypted"),
    "cut.pdf": (lambda: made.pdf()[:400], "damaged PDF"),
    "loop.pdf": (pdf_pages_loop, ""),
    "scanned.pdf": (lambda: made.pdf().replace(b" Tj", b" pop"), "no text in them"),
    "program.txt": (lambda: b"MZ\x90\x00\x03\x00\x00\x00" * 40, "it is a program"),
    "pickle.txt": (lambda: pickle.dumps(["x"] * 50), "not text"),
    "text.docx": (made.text, "its content is not a Word document"),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old or encrypted"),
    "photo.jpg": (lambda: b"\xff\xd8\xff\xe0" + b"\x00" * 300, "picture"),
    "squeezed.gz": (lambda: b"\x1f\x8b\x08\x00" + b"\x00" * 100, "gz archives are not read"),
    "empty.txt": (lambda: b"", "it is empty"),
    "spaces.txt": (lambda: b" \n\t \n", "it is empty"),
    "long.txt": (lambda: b"The gate opened. " * 60_000, "the limit is 200,000"),
    "half.txt": (lambda: b"\xff\xfeT\x00h\x00e\x00 ", "is not at byte"),
    "deep.json": (lambda: b"[" * 200_000, "nested too deeply"),
    "deep.html": (lambda: b"<!doctype html>" + b"<div>" * 400_000, ""),
    "deep.rtf": (lambda: b"{\\rtf1 " + b"{" * 2_000_000, ""),
    "figures.csv": (lambda: b"day,count\n2023-11-01,400\n2023-11-02,360\n", "column"),
    "hollow.html": (lambda: b"<!doctype html><p><img src=x></p>", "without an article"),
}
"""By file name. An empty word: any refusal will do, within the time and memory."""


SLOW: dict[str, bytes] = {
    "brackets.txt": b"Some 400 people " + b"(" * 50_000 + b" crossed at Rafah on Wednesday.",
    "quotes.txt": b"Some 400 people " + b'"' * 20_000 + b" crossed at Rafah on Wednesday.",
    "run.txt": b"Some 400 people crossed. " + b"x" * 100_000,
}
"""Texts that a parser takes the square of their length for: read, within the time."""
