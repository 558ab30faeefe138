"""Bytes into text, by a stated rule."""

from __future__ import annotations

import codecs
import re

from extraction.formats.piece import Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = 0.15  # of all bytes: more above 127 than this is no Western European text
_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


def decode(content: bytes, declared: str | None = None) -> str:
    """The text of `content`, without a byte order mark.

    In this order: the byte order mark; UTF-8; UTF-8 with a few bytes damaged, each of them shown
    as U+FFFD; the encoding that the file declares; UTF-16 without a mark; Windows-1252, where
    few bytes are above 127; what charset-normalizer finds. Raises Refused for what is no text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strict(content, encoding)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = _legacy(content, declared)
    if "\x00" in text:
        half = content[: len(content) // 2 * 2]
        for encoding, zeros in (("utf-16-le", half[1::2]), ("utf-16-be", half[::2])):
            if zeros.count(0) > 0.6 * len(zeros):
                return _strict(content, encoding)
        raise Refused("its content is not text")
    return text


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        raise Refused(f"it is marked as {name}, but is not at byte {error.start}") from error


def _legacy(content: bytes, declared: str | None) -> str:
    high = sum(byte > 127 for byte in content)
    whole = sum(len(found) for found in _MULTIBYTE.findall(content))
    if whole >= 0.75 * high:
        return content.decode("utf-8", "replace")
    if declared:
        try:
            return content.decode(declared)
        except (LookupError, UnicodeDecodeError):
            pass  # it declares what it is not: read as if it had said nothing
    if high <= _WESTERN * len(content):
        # The five bytes that Windows-1252 leaves open stand for nothing; they are shown as such.
        return content.decode("cp1252", "replace")
    from charset_normalizer import from_bytes

    best = from_bytes(content[:200_000]).best()
    if best is None:
        raise Refused("its characters are in no known encoding; save it as UTF-8")
    return content.decode(best.encoding, "replace")
