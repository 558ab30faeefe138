"""Trigger words with a scope: what they govern runs to the next word that ends it.

After the ConText idea (Harkema et al. 2009): each trigger has a direction, and ends at its
row's `ends_at` words, at a clause mark, or at another trigger of its side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from extraction.context import Candidate, Context
from extraction.lexicon import rows, split

WIDEST = 25  # words
_MARKS = ".,;:!?()[]\"“”‘’'"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger in a sentence: the words `first:last` (exclusive) and its reach to both sides."""

    name: str
    first: int
    last: int
    low: int
    high: int


@cache
def _phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """The trigger phrases of `status.toml` by first word, longest first."""
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, row in rows("status").items():
        for phrase in split(row["words"]):
            parts = tuple(phrase.split())
            out.setdefault(parts[0], []).append((parts, name))
    return {k: tuple(sorted(v, key=lambda p: -len(p[0]))) for k, v in out.items()}


def triggers(lowers: list[str]) -> list[Trigger]:
    """The triggers of a sentence with what each governs; the longest phrase wins."""
    table = _phrases()
    out: list[Trigger] = []
    at = 0
    while at < len(lowers):
        step = 1
        for parts, name in table.get(lowers[at], ()):
            if tuple(lowers[at : at + len(parts)]) == parts:
                row = rows("status")[name]
                step = len(parts)
                if name != "void":
                    out.append(_reach(lowers, name, at, at + step, row))
                break
        at += step
    return out


def _reach(lowers: list[str], name: str, first: int, last: int, row: Mapping[str, str]) -> Trigger:
    ends = _ends(row.get("ends_at", ""))
    low, high = first, last
    way = row.get("direction", "both")
    if way in ("forward", "both"):
        while high < len(lowers) and high - last < WIDEST and lowers[high] not in ends:
            high += 1
    if way in ("backward", "both"):
        while low > 0 and first - low < WIDEST and lowers[low - 1] not in ends:
            low -= 1
    return Trigger(name, first, last, low, high)


@cache
def _ends(listed: str) -> frozenset[str]:
    return frozenset(split(listed)) | {";", ":", "–", "—"}


class Scoped:
    """The triggers of each sentence, found once."""

    def __init__(self) -> None:
        """Nothing found yet."""
        self._known: dict[int, list[Trigger]] = {}

    def over(self, candidate: Candidate) -> tuple[str, ...]:
        """The classes of the triggers that govern the figure, sorted."""
        return tuple(sorted({t.name for t in self._governing(candidate)}))

    def nearest(self, candidate: Candidate) -> str | None:
        """The class of the governing trigger that stands nearest to the figure, or None."""
        at = candidate.anchor
        governing = self._governing(candidate)
        if not governing:
            return None
        return min(governing, key=lambda t: t.first - at if t.first > at else at - t.last).name

    def _governing(self, candidate: Candidate) -> list[Trigger]:
        index = candidate.sentence.index
        if index not in self._known:
            self._known[index] = triggers([w.lower for w in candidate.parse.words])
        at = candidate.anchor
        return [t for t in self._known[index] if t.low <= at < t.high]

    def before(self, context: Context, candidate: Candidate) -> tuple[str, ...]:
        """The classes of triggers in the sentence before the figure's, in the same block."""
        index = candidate.sentence.index - 1
        if index < 0:
            return ()
        sentence = context.document.sentences[index]
        if sentence.block < candidate.sentence.block - 1:
            return ()
        if index not in self._known:
            words = [w.strip(_MARKS) for w in sentence.text.lower().split()]
            self._known[index] = triggers(words)
        return tuple(sorted({t.name for t in self._known[index]}))
