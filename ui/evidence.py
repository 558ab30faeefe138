"""A report's text with its figures highlighted, as HTML in which the text cannot act.

Every character that comes from a report passes through `html.escape`; the tags and styles are
ours alone. `st.html` then draws the result.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ui import labels, palette

CONTEXT: Final = 160  # characters kept on each side of a figure where its sentence is not known

_BOX: Final = (
    "white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.65; overflow-y: auto; "
    "padding: 0.9rem 1.1rem; border: 1px solid rgba(128,128,128,0.35); border-radius: 0.35rem;"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure in a text: its offsets, its group (which gives the colour), and its sentence."""

    start: int
    end: int
    group: str
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
    """The marks of a report's claims (rows with start, end, group, sentence, key) in text order.

    A claim whose offsets lie outside the text is left out. `current` is the key of the open claim.
    """
    found = []
    for claim in claims:
        start, end = int(claim["start"]), int(claim["end"])
        if not 0 <= start < end <= len(text):
            continue
        found.append(
            Mark(
                start,
                end,
                str(claim["group"]),
                f"{labels.value('group', claim['group'])}, "
                f"{labels.value('status', claim['status']).lower()}",
                sentence_span(text, claim.get("sentence"), start, end),
                current is not None and claim.get("key") == current,
            )
        )
    return sorted(found, key=lambda mark: (mark.start, mark.end))


def whole(text: str, found: Sequence[Mark], height: str = "32rem") -> str:
    """The whole text as HTML: each figure marked in its group's colour, the open one framed.

    The box opens scrolled to the open figure in browsers that know `scroll-initial-target`.
    """
    return f'<div style="{_BOX} max-height: {height};">{_segments(text, found, 0, len(text))}</div>'


def quote(text: str, mark: Mark) -> str:
    """The sentence of one figure as HTML, the figure marked; its surroundings if no sentence."""
    left, right = mark.sentence or (
        max(0, mark.start - CONTEXT),
        min(len(text), mark.end + CONTEXT),
    )
    edge = palette.group_colour(mark.group)
    lead = "" if left == 0 or mark.sentence else "… "
    tail = "" if right == len(text) or mark.sentence else " …"
    inner = _segments(text, [mark], left, right)
    return (
        f'<blockquote style="margin: 0; padding: 0.4rem 0 0.4rem 0.9rem; font-size: 1.08rem; '
        f"line-height: 1.55; border-left: 4px solid {edge}; white-space: pre-wrap; "
        f'overflow-wrap: anywhere;">{lead}{inner}{tail}</blockquote>'
    )


def _segments(text: str, found: Sequence[Mark], left: int, right: int) -> str:
    """`text[left:right]`, cut wherever a mark or the open sentence begins or ends."""
    cuts = {left, right}
    opened = [mark for mark in found if mark.current and mark.sentence]
    for mark in found:
        cuts.update((mark.start, mark.end))
    for mark in opened:
        cuts.update(mark.sentence or ())
    points = sorted(cut for cut in cuts if left <= cut <= right)
    pieces = []
    for begin, end in zip(points, points[1:], strict=False):
        pieces.append(_piece(text[begin:end], begin, end, found, opened))
    return "".join(pieces)


def _piece(piece: str, begin: int, end: int, found: Sequence[Mark], opened: Sequence[Mark]) -> str:
    covering = [mark for mark in found if mark.start <= begin and end <= mark.end]
    if covering:
        mark = next((one for one in covering if one.current), covering[0])
        return _figure(piece, mark)
    shade = any(mark.sentence and mark.sentence[0] <= begin < mark.sentence[1] for mark in opened)
    escaped = html.escape(piece)
    if not shade:
        return escaped
    return f'<span style="background: rgba(128,128,128,0.16);">{escaped}</span>'


def _figure(piece: str, mark: Mark) -> str:
    colour = palette.group_colour(mark.group)
    style = (
        f"background: {palette.translucent(colour, palette.HIGHLIGHT_ALPHA)}; color: inherit; "
        f"border-bottom: 2px solid {colour}; border-radius: 2px; padding: 0 2px;"
    )
    if mark.current:
        style += f" outline: 2px solid {colour}; font-weight: 700; scroll-initial-target: nearest;"
    name = "current-figure" if mark.current else "figure"
    note = html.escape(mark.note, quote=True)
    return f'<mark class="{name}" title="{note}" style="{style}">{html.escape(piece)}</mark>'
