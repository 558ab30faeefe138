"""A report's text cut into blocks (lines) and sentences, every piece with its offsets.

Cutting is done by rule before any parser runs, so that sentences without a figure
never reach the parser.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter

from extraction.lexicon import words

HEADING_LONGEST = 110  # characters; longer lines without a full stop are prose cut short

_TIME_STAMP = re.compile(
    r"\s*(?:\[|\()?\d{1,2}(?:[.:h]\d{2})?\s*(?:hrs|[ap]\.?m\.?)?\s*(?:[A-Z]{2,4})?(?:\]|\))?\s*[-–—:|]?\s*(?=$|[A-Z“\"])"
)
_STAMP_START = re.compile(r"\s*[\[(]?\d{1,2}[.:h]\d{2}\b|\s*\d{1,2}\s*[ap]\.?m\b")
_BULLET = re.compile(r"\s*(?:[•*▪●◦·‣–—-]|\d{1,2}[.)])\s+")
_ROW = re.compile(r"\||\t|\S {3,}\S|\S / \S.* / \S")
_DASHED_HEADING = re.compile(r"\s*[-–—=*]+\s*\S.{0,60}?\s*[-–—=*]+\s*$")
_SENTENCE_END = re.compile(
    r"[.!?…]+[\"”’')\]]*(?=\s+[\"“‘'(\[]*[A-Z0-9À-Þ])|[.!?…]+[\"”’')\]]*\s*$"
)
_COUNT = re.compile(r"(?:[:–—-]\s*|^)\d[\d., ]*\s*(?:people|persons)?(?:$|[(;,])|\s\d[\d,]*$")
_LAST_WORD = re.compile(r"(\S+)$")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence (or a whole heading, bullet or table row): `text[start:end]` in the report."""

    index: int
    block: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the report. `kind` is paragraph, heading, stamp, bullet or row."""

    index: int
    kind: str
    start: int
    end: int
    text: str
    first_sentence: int
    last_sentence: int  # exclusive
    heading: int | None  # the block index of the heading it stands under
    stamp: int | None  # the block index of the time stamp it stands under


@dataclass(frozen=True, slots=True)
class Document:
    """A report's text with its blocks and sentences, in order."""

    text: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds the character at `offset`, or else the last before it.

        Raises ValueError for a text without sentences.
        """
        if not self.sentences:
            raise ValueError("a text without sentences")
        index = bisect_right(self.sentences, offset, key=attrgetter("start")) - 1
        return self.sentences[max(0, index)]


def read_document(text: str) -> Document:
    """Cut `text` into blocks and sentences; joins to nothing outside white space."""
    blocks: list[Block] = []
    sentences: list[Sentence] = []
    heading: int | None = None
    stamp: int | None = None
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n\r\u2028\u2029]+", text)]
    lines = [span for span in lines if text[span[0] : span[1]].strip()]
    for number, (start, end) in enumerate(lines):
        line = text[start:end]
        kind = _kind(line, number, len(lines))
        index = len(blocks)
        if kind == "stamp":
            stamp, heading = index, None
        first = len(sentences)
        for a, b in _sentence_spans(line) if kind in ("paragraph", "bullet") else [_trim(line)]:
            sentences.append(
                Sentence(len(sentences), index, start + a, start + b, text[start + a : start + b])
            )
        under = heading if kind not in ("heading", "stamp") else None
        blocks.append(Block(index, kind, start, end, line, first, len(sentences), under, stamp))
        if kind == "heading":
            heading = index
    return Document(text, tuple(blocks), tuple(sentences))


def _kind(line: str, number: int, total: int) -> str:
    stripped = line.strip()
    if _STAMP_START.match(line):
        stamp = _TIME_STAMP.match(line)
        rest = line[stamp.end() :] if stamp else line
        if len(rest.split()) <= 12 and not rest.rstrip().endswith((".", "!", "?")):
            return "stamp"
        return "paragraph"
    if _DASHED_HEADING.match(line) and not any(c.isdigit() for c in stripped):
        return "heading"
    if _BULLET.match(line):
        return "bullet"
    if _ROW.search(line) and len(stripped) < 400:
        return "row"
    ends_open = not stripped.endswith((".", "!", "?", "…", "”", '"', "’", ";", ",", ")"))
    if ends_open and len(stripped) <= HEADING_LONGEST and number < total - 1:
        return "row" if _COUNT.search(stripped) else "heading"
    if stripped.isupper() and len(stripped) <= HEADING_LONGEST:
        return "heading"
    if stripped.endswith(":") and len(stripped) <= HEADING_LONGEST:
        return "heading"
    return "paragraph"


def _trim(line: str) -> tuple[int, int]:
    start = len(line) - len(line.lstrip())
    return start, max(start, len(line.rstrip()))


def _sentence_spans(line: str) -> list[tuple[int, int]]:
    """Offsets of the sentences in one line, white space trimmed."""
    bullet = _BULLET.match(line)
    begin = bullet.end() if bullet else 0
    spans: list[tuple[int, int]] = []
    for stop in _SENTENCE_END.finditer(line, begin):
        if stop.end() < len(line.rstrip()) and _is_abbreviation(line, stop):
            continue
        spans.append((begin, stop.end()))
        begin = stop.end()
    if line[begin:].strip():
        spans.append((begin, len(line)))
    out = []
    for a, b in spans:
        piece = line[a:b]
        lead = len(piece) - len(piece.lstrip())
        out.append((a + lead, a + len(piece.rstrip())))
    return out or [_trim(line)]


def _is_abbreviation(line: str, stop: re.Match[str]) -> bool:
    if stop.group().rstrip("\"”’')]") != ".":
        return False
    last = _LAST_WORD.search(line, max(0, stop.start() - 24), stop.start())
    if not last:
        return False
    word = last.group(1).lstrip("(\"“‘'[").lower()
    following = line[stop.end() :].lstrip()[:1]
    if word in words("abbreviations"):
        return True
    if _INITIALS.match(word + "."):  # U.S., S. Africa, J. Smith; "a.m." ends only before a capital
        return len(word) == 1 or not following.isupper() or word in ("u.s", "u.k", "u.n", "s", "n")
    return False
