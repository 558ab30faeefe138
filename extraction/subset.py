"""Whether the text gives a figure as a part of another figure of the report."""

from __future__ import annotations

from extraction.context import Candidate, Context
from extraction.dates import Days
from extraction.evidence import Features
from extraction.parts import Parts, households
from extraction.thread import Reading, Thread
from extraction.timing import timing

LOOK_BACK = 12  # figures


def subset_features(
    context: Context,
    days: Days,
    candidate: Candidate,
    evidence: Features,
    parts: Parts,
    thread: Thread,
    status: str,
) -> Features:
    """The evidence with sums, tying words and how the figure stands to larger ones."""
    out = dict(evidence)
    tie = parts.of(candidate)
    if tie.sum is not None:
        out[f"su:sum={tie.sum}"] = 1.0
        out[f"su:sum={tie.sum}/{tie.side}"] = 1.0
        out["su:sum"] = 1.0
    if tie.total:
        out["su:total"] = 1.0
    out[f"su:words={tie.words}"] = 1.0
    if tie.words not in (None, "list"):
        out["su:tied"] = 1.0
    whole = parts.parent(candidate)
    if whole is not None:
        out["su:whole"] = 1.0
        known = thread.reading(whole)
        if known is not None:
            out[f"su:wholepart={known.values.get('subset')}"] = 1.0
            same = known.values.get("status") == status
            out[f"su:wholestatus={same}"] = 1.0
    _beside_larger(out, context, days, candidate, thread, status)
    return out


def _beside_larger(
    out: Features,
    context: Context,
    days: Days,
    candidate: Candidate,
    thread: Thread,
    status: str,
) -> None:
    """The nearest earlier figure at least as large: how far, of what time, people and status."""
    larger = _larger(candidate, thread)
    if larger is None:
        out["su:larger=none"] = 1.0
        return
    other = larger.candidate
    far = _far(context, candidate, other)
    out[f"su:larger={far}"] = 1.0
    same = "same" if larger.values.get("status") == status else "other"
    out[f"su:larger={far}/{same}"] = 1.0
    mine, its = timing(days, candidate), timing(days, other)
    out[f"su:time={its}>{mine}"] = 1.0
    out[f"su:scope={larger.values.get('scope')}>{mine}"] = 1.0
    out[f"su:larger={larger.values.get('subset')}"] = 1.0


def _larger(candidate: Candidate, thread: Thread) -> Reading | None:
    unit = households(candidate)
    for reading in reversed(thread.readings[-LOOK_BACK:]):
        other = reading.candidate
        if other.figure.count >= candidate.figure.count and households(other) == unit:
            return reading
    return None


def _far(context: Context, candidate: Candidate, other: Candidate) -> str:
    gap = candidate.sentence.index - other.sentence.index
    if gap == 0:
        return "sentence"
    if candidate.sentence.block == other.sentence.block:
        return "next" if gap == 1 else "block"
    block = context.document.blocks[candidate.sentence.block]
    if block.kind in ("row", "bullet"):
        return "listed"
    return "near" if candidate.sentence.block - other.sentence.block <= 1 else "far"
