"""Whether the text gives a figure as a part of another figure of the report."""

from __future__ import annotations

from bisect import bisect_left

from extraction.context import Candidate, Context
from extraction.dates import Days
from extraction.evidence import Features
from extraction.parts import Parts, households
from extraction.thread import Reading, Thread
from extraction.timing import timing

LOOK_BACK = 12  # figures
_LISTED = ("row", "bullet")


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
    _beside(out, "larger", context, days, candidate, _larger(candidate, thread), status)
    _listed(out, context, candidate, thread)
    first = thread.readings[0] if thread.readings else None
    if first is not None and first.candidate.figure.count >= candidate.figure.count:
        _beside(out, "first", context, days, candidate, first, status)
    return out


def _beside(
    out: Features,
    key: str,
    context: Context,
    days: Days,
    candidate: Candidate,
    larger: Reading | None,
    status: str,
) -> None:
    """How the figure stands to one at least as large: distance, time, people and status."""
    if larger is None:
        out[f"su:{key}=none"] = 1.0
        return
    other = larger.candidate
    far = _far(context, candidate, other)
    same = "same" if larger.values.get("status") == status else "other"
    mine, its = timing(days, candidate), timing(days, other)
    people = _relation(peoples(context, other), peoples(context, candidate))
    out[f"su:{key}={far}"] = 1.0
    out[f"su:{key}={far}/{same}"] = 1.0
    out[f"su:{key}:time={its}>{mine}"] = 1.0
    out[f"su:{key}:scope={larger.values.get('scope')}>{mine}"] = 1.0
    out[f"su:{key}:subset={larger.values.get('subset')}"] = 1.0
    out[f"su:{key}:people={people}"] = 1.0
    out[f"su:{key}:people={people}/{far}"] = 1.0


def _listed(out: Features, context: Context, candidate: Candidate, thread: Thread) -> None:
    """In rows and bullets: what line introduces the list, and whether it holds a larger figure."""
    blocks = context.document.blocks
    at = candidate.sentence.block
    if blocks[at].kind not in _LISTED:
        return
    while at >= 0 and blocks[at].kind in _LISTED:
        at -= 1
    colon = at >= 0 and blocks[at].text.rstrip().endswith(":")
    lead = "none"
    for reading in reversed(thread.readings):
        block = reading.candidate.sentence.block
        if block > at:
            continue
        if at - block <= 2:
            larger = reading.candidate.figure.count >= candidate.figure.count
            lead = "larger" if larger else "smaller"
        if lead != "smaller":
            break
    out[f"su:list={lead}"] = 1.0
    out[f"su:list={lead}/{'colon' if colon else 'plain'}"] = 1.0


def _relation(its: frozenset[str], mine: frozenset[str]) -> str:
    if not mine:
        return "unnamed"
    if not its:
        return "newly named"
    return "same" if mine & its else "other"


def peoples(context: Context, candidate: Candidate) -> frozenset[str]:
    """The codes of the peoples named in the figure's own phrase."""
    figure = candidate.figure
    words = candidate.parse.words
    end = words[candidate.noun].end if candidate.noun is not None else figure.end + 16
    spans = context.countries
    out = set()
    for mention in spans[bisect_left(spans, figure.start, key=lambda m: m.start) :]:
        if mention.start >= max(end, figure.end + 2):
            break
        if mention.kind in ("demonym", "adjective"):
            out.add(mention.code or mention.home or mention.text)
    return frozenset(out)


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
