"""Trigger words with a scope: what they govern runs to the next word that ends it.

After the ConText idea (Harkema et al. 2009): each trigger has a direction, and ends at its
row's `ends_at` words, at a clause mark, or at another trigger of its side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from extraction.context import Candidate
from extraction.lexicon import rows, split
from extraction.parsing import Parse

WIDEST = 25  # words


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


def triggers(tree: Parse) -> list[Trigger]:
    """The triggers of a sentence with what each governs; the longest phrase wins."""
    lowers = [w.lower for w in tree.words]
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
        index = candidate.sentence.index
        if index not in self._known:
            self._known[index] = triggers(candidate.parse)
        at = candidate.anchor
        return tuple(sorted({t.name for t in self._known[index] if t.low <= at < t.high}))
