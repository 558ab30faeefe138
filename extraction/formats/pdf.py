"""PDF: its text by pypdfium2, its paragraphs by where the lines lie on the page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

from extraction.formats.piece import MOST_CHARACTERS, MOST_PAGES, Found, Refused
from extraction.formats.values import day_in

_GAP = 1.6  # a step down of more than this many usual steps begins a paragraph
_DOUBT = 3  # characters
_NUMBER = re.compile(
    r"(?:page\s*)?[-–—]?\s*(\d{1,3})\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,3})?", re.IGNORECASE
)
_MADE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its words and box, in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def width(self) -> float:
        """In points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """In points."""
        return self.top - self.bottom


def read_pdf(content: bytes) -> Found:
    """A PDF's text with its lines joined into paragraphs; what every page repeats is left out.

    The day that the file was made is a guess at its publication. Raises Refused for one that is
    damaged, encrypted, too long or without text.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Refused("it is encrypted; save it without a password") from error
        raise Refused(f"it is a damaged PDF ({error})") from error
    count = len(document)
    if count > MOST_PAGES:
        raise Refused(f"it has {count:,} pages; the limit is {MOST_PAGES}: split it")
    pages: list[list[Line]] = []
    characters = 0
    for number in range(count):
        try:
            lines = _lines(document[number])
        except pypdfium2.PdfiumError as error:
            raise Refused(f"its page {number + 1} is damaged ({error})") from error
        characters += sum(len(line.text) for line in lines)
        if characters > MOST_CHARACTERS:
            raise Refused(f"its text is longer than {MOST_CHARACTERS:,} characters: split it")
        pages.append(lines)
    if not characters:
        pages_of = "1 page" if count == 1 else f"{count} pages"
        raise Refused(
            f"it has {pages_of} and no text in them (scanned?); no text is read out of pictures"
        )
    text = "\n".join(paragraphs([line for page in without_repeats(pages) for line in page]))
    stated = document.get_metadata_dict()
    made = None
    if found := _MADE.match(stated.get("CreationDate", "")):
        made = day_in("-".join(found.groups()))
    return Found(
        text,
        title=stated.get("Title") or None,
        author=stated.get("Author") or None,
        guess=made,
        guess_from="the day the PDF was made" if made else None,
    )


def _lines(page: Any) -> list[Line]:
    """The lines of a page in reading order; pdfium parts them, and joins what it hyphenated."""
    words = page.get_textpage()
    text = words.get_text_range()
    out: list[Line] = []
    at = 0
    for piece in text.split("\n"):
        plain = piece.rstrip("\r")
        if plain.strip():
            boxes = [
                words.get_charbox(at + i)
                for i in (_first(plain), len(plain.rstrip()) - 1)
                if at + i < words.count_chars()
            ]
            if boxes:
                out.append(
                    Line(
                        plain.strip(),
                        boxes[0][0],
                        boxes[-1][2],
                        min(box[1] for box in boxes),
                        max(box[3] for box in boxes),
                    )
                )
        at += len(piece) + 1
    return out


def _first(text: str) -> int:
    return len(text) - len(text.lstrip())


def without_repeats(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages without heads, feet and page numbers: lines at the ends that most pages share."""
    ends = Counter(key for page in pages for key in {_plain(line) for line in _ends(page)})
    often = {key for key, times in ends.items() if times >= max(2, 0.6 * len(pages))}
    return [
        [line for line in page if not (line in _ends(page) and _is_repeat(line, often, number))]
        for number, page in enumerate(pages, start=1)
    ]


def _is_repeat(line: Line, often: set[str], number: int) -> bool:
    """Whether a line at an end of page `number` is its head, foot or number."""
    told = _NUMBER.fullmatch(line.text)
    return _plain(line) in often or (told is not None and int(told[1]) == number)


def _ends(page: list[Line]) -> list[Line]:
    return page[:2] + page[-2:]


def _plain(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text.casefold())


def paragraphs(lines: list[Line]) -> list[str]:
    """Lines joined into paragraphs.

    A line goes on in the next where that begins with a small letter, or where its first word would
    not have fitted behind the line in its column. It does not where the next is more than the
    usual step below it, in another size, or begins with a bullet.
    """
    out: list[str] = []
    step = _usual_step(lines)
    for before, line in zip([None, *lines], lines, strict=False):
        if before is None or not _goes_on(before, line, lines, step):
            out.append(line.text)
        else:
            out[-1] = _joined(out[-1], line.text)
    return out


def _usual_step(lines: list[Line]) -> float:
    steps = [
        a.bottom - b.bottom for a, b in zip(lines, lines[1:], strict=False) if a.bottom > b.bottom
    ]
    return Counter(round(step, 1) for step in steps).most_common(1)[0][0] if steps else 0.0


def _goes_on(before: Line, line: Line, lines: list[Line], step: float) -> bool:
    if before.bottom > line.bottom + _GAP * step:
        return False
    if abs(before.height - line.height) > 0.5 * line.height:
        return False  # another size: a heading
    if re.match(r"[•▪●◦·‣*–-]\s|\d{1,2}[.)]\s", line.text):
        return False
    edge = max(
        (one.right for one in lines if abs(one.left - before.left) < 40 and one.width > 60),
        default=before.right,
    )
    if line.text[0].islower():
        return True
    # Widths are averages, so that a few characters of doubt are left.
    width = before.width / max(len(before.text), 1)
    return before.right + width * (_DOUBT + len(line.text.split()[0])) > edge


def _joined(text: str, more: str) -> str:
    hyphens = ("\u00ad", "\ufffe", "\x02")  # pdfium's marks of a word that it saw parted
    if text.endswith(hyphens):
        return text[:-1] + more
    if re.search(r"[a-z]-$", text) and more[:1].islower():
        return text[:-1] + more
    return text + ("" if re.search(r"\w-$", text) else " ") + more
