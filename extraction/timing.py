"""The day or period that a figure's clause tells, days of speech left out."""

from __future__ import annotations

from extraction.context import Candidate
from extraction.dates import Days, Told
from extraction.parsing import Parse
from extraction.tenses import act

_FAR = 10_000


def told_day(days: Days, candidate: Candidate) -> Told | None:
    """The dated expression of the sentence that stands nearest to the figure, or None.

    One that hangs on a verb of speech ("said on Monday") tells when it was said; it counts
    only where the sentence tells no other.
    """
    best, least = None, _FAR
    figure = candidate.figure
    for told in days.in_sentence(candidate.sentence.index):
        start, end = told.expression.start, told.expression.end
        gap = start - figure.end if start >= figure.end else figure.start - end
        if spoken(candidate.parse, start):
            gap += 1000
        if gap < least:
            best, least = told, gap
    return best


def spoken(tree: Parse, offset: int) -> bool:
    """Whether the word at `offset` hangs on a verb of speech."""
    at = tree.at(offset)
    for _ in range(6):
        if at is None:
            return False
        word = tree.words[at]
        if word.pos == "VERB":
            return act(tree, at) == "say"
        if word.head == at:
            return False
        at = word.head
    return False


def timing(days: Days, candidate: Candidate) -> str:
    """How the clause tells time: none, day, period, length, since, from, ahead or spoken."""
    told = told_day(days, candidate)
    if told is None:
        return "none"
    expression = told.expression
    if spoken(candidate.parse, expression.start):
        return "spoken"
    if told.since is not None:
        return told.since
    if expression.ahead or (days.published is not None and expression.last > days.published):
        return "ahead"
    if expression.kind == "length":
        return "length"
    return "period" if expression.first is not None else "day"
