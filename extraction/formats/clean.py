"""The cleaned text: what is stored, what is read, and what every offset refers to.

Of a plain text it keeps every character at its place (line ends become one character), so that
the offsets hold in the file itself too.
"""

from __future__ import annotations

import re

from extraction.formats.piece import MOST_CHARACTERS, Refused

LONGEST_WORD = 1_000  # characters without a space: more is data, and the parser's time is squared
LONGEST_MARKS = 200  # characters without a letter, figure or space
_KEPT = 100
_WIDTHS = range(50, 101)  # of texts wrapped by a mail program or an agency's wire

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_WORD = re.compile(rf"\S{{{LONGEST_WORD},}}")
_MARKS = re.compile(rf"[^\w\s]{{{LONGEST_MARKS},}}")
_OPEN = re.compile(r"[^\W\d_,;][,;]?\s*$")  # a line that ends inside a sentence
_LIST_ITEM = re.compile(r"\s|[-*•▪·–—|>]|\d{1,2}[.):]\d?|\w[.)]\s")


def cleaned(text: str, *, hard_lines: bool = True, exact: bool = False) -> str:
    """The text as it will be kept. Raises Refused where there is none, or too much.

    Control characters and lone surrogates become spaces or U+FFFD; a run of more than
    `LONGEST_WORD` characters keeps its beginning, the rest turns to spaces. Where the lines are
    not the author's own (`hard_lines` false), a paragraph wrapped at a fixed width becomes one
    line: its line breaks turn to spaces. `exact`: line ends stay as they are, for a text whose
    offsets others know.
    """
    if not exact:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Refused("there is no text in it")
    if len(text) > MOST_CHARACTERS:
        raise Refused(
            f"its text has {len(text):,} characters; the limit is {MOST_CHARACTERS:,}: split it"
        )
    text = _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", text))
    text = _MARKS.sub(_shortened, _WORD.sub(_shortened, text))
    return text if hard_lines else unwrapped(text)


def _shortened(run: re.Match[str]) -> str:
    return run[0][:_KEPT] + " " * (len(run[0]) - _KEPT)


def unwrapped(text: str) -> str:
    """The text with the line breaks of wrapped paragraphs turned to spaces, nothing moved.

    A break is the wrapping's where the next line's first word would not have fitted before it.
    Only a paragraph all of whose breaks are such is joined, and only where the widest line of
    all such paragraphs is as wide as programs wrap (50 to 100 characters) and some break stands
    inside a sentence.
    """
    paragraphs = [
        (found.start(), found[0].split("\n")) for found in re.finditer(r"[^\n]+(?:\n[^\n]+)*", text)
    ]
    wide = [max(map(len, lines)) for _, lines in paragraphs if len(lines) > 1]
    if not wide or max(wide) not in _WIDTHS:
        return text
    joined = [
        (start, lines)
        for start, lines in paragraphs
        if _is_wrapped([line.rstrip() for line in lines], max(wide))
    ]
    if not any(_OPEN.search(line) for _, lines in joined for line in lines[:-1]):
        return text
    out = list(text)
    for start, lines in joined:
        at = start
        for line in lines[:-1]:
            at += len(line)
            out[at] = " "
            at += 1
    return "".join(out)


def _is_wrapped(lines: list[str], width: int) -> bool:
    if len(lines) < 2 or any(_LIST_ITEM.match(line) for line in lines[1:]):
        return False
    # Programs differ in whether the last space counts, so one character of doubt is left.
    return all(
        len(line) + 1 + len(after.split(maxsplit=1)[0]) > width - 1
        for line, after in zip(lines, lines[1:], strict=False)
        if after.strip()
    )
