"""A report's text cut into pieces at its figures, for the browser to draw as text nodes.

No HTML is made of a report's words anywhere: the component in `ui/components/` sets each piece by
`textContent`, so nothing in a text can act.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ui import labels, palette

Piece = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure in a text: its record key, offsets, colour, a note, and its sentence's offsets."""

    key: str
    start: int
    end: int
    colour: str
    note: str = ""
    sentence: tuple[int, int] | None = None
    current: bool = False


def sentence_span(text: str, sentence: str | None, start: int, end: int) -> tuple[int, int] | None:
    """Where `sentence` lies in `text` around the figure at `start:end`; None if it does not."""
    if not sentence:
        return None
    at = text.find(sentence, max(0, start - len(sentence)))
    if at < 0 or not (at <= start and end <= at + len(sentence)):
        return None
    return at, at + len(sentence)


def marks(text: str, claims: Iterable[dict[str, Any]], current: Any = None) -> list[Mark]:
    """The marks of a report's claims (rows of the record frame) in text order.

    A claim whose offsets lie outside the text is left out. `current` is the key of the open one.
    """
    found = []
    for claim in claims:
        start, end = int(claim["start"]), int(claim["end"])
        if not 0 <= start < end <= len(text):
            continue
        found.append(
            Mark(
                str(claim["record_key"]),
                start,
                end,
                palette.group_colour(str(claim["group"])),
                f"{labels.value('group', claim['group'])}, "
                f"{labels.value('status', claim['status']).lower()}",
                sentence_span(text, claim.get("sentence"), start, end),
                current is not None and claim.get("record_key") == current,
            )
        )
    return sorted(found, key=lambda mark: (mark.start, mark.end))


def pieces(
    text: str, found: Sequence[Mark], left: int = 0, right: int | None = None
) -> list[Piece]:
    """`text[left:right]` in pieces that join to it again.

    Each piece has `text`, and where it is (part of) a figure `key`, `colour`, `note` and
    `current`; `shade` is true inside the sentence of the open figure.
    """
    right = len(text) if right is None else right
    opened = [mark.sentence for mark in found if mark.current and mark.sentence]
    cuts = {left, right}
    for begin, end in [(mark.start, mark.end) for mark in found] + opened:
        cuts.update((begin, end))
    points = sorted(cut for cut in cuts if left <= cut <= right)
    return [
        _piece(text[begin:end], begin, end, found, opened)
        for begin, end in zip(points, points[1:], strict=False)
    ]


def quote(text: str, mark: Mark, context: int = 160) -> list[Piece]:
    """The sentence of one figure in pieces; without one, `context` characters on each side."""
    left, right = mark.sentence or (mark.start - context, mark.end + context)
    alone = replace(mark, sentence=None)
    return pieces(text, [alone], max(0, left), min(len(text), right))


def sentence_pieces(claim: dict[str, Any]) -> list[Piece]:
    """The sentence of a claim (a row of the record frame) with its figure marked, without the text.

    Where the figure occurs more than once in the sentence the first is marked.
    """
    sentence, figure = str(claim["sentence"]), str(claim["count_text"])
    at = sentence.find(figure)
    if at < 0:
        return [{"text": sentence}]
    colour = palette.group_colour(str(claim["group"]))
    mark = Mark(str(claim["record_key"]), at, at + len(figure), colour)
    return pieces(sentence, [mark])


def _piece(
    piece: str,
    begin: int,
    end: int,
    found: Sequence[Mark],
    opened: Sequence[tuple[int, int]],
) -> Piece:
    cut: Piece = {"text": piece}
    if any(left <= begin and end <= right for left, right in opened):
        cut["shade"] = True
    covering = [mark for mark in found if mark.start <= begin and end <= mark.end]
    if covering:
        mark = next((one for one in covering if one.current), covering[0])
        cut |= {
            "key": mark.key,
            "colour": mark.colour,
            "note": mark.note,
            "current": mark.current,
        }
    return cut
