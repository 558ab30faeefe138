"""Which reports may hold a figure of people crossing a border, told before anything is parsed.

A report that names such a matter outright is read. One that does not is read only where it
names two countries or peoples and where enough of its figures stand near words of movement
and near a place: so write reporters who avoid the plain words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache, lru_cache

from extraction.countries import Mention
from extraction.document import Document
from extraction.lexicon import classes, words

COUNTRIES = 2  # named, at least, by a report of a crossing that has no certain word
SHORT = 3  # sentences with figures: so short a report is always read, it costs little
NEAR = 0.2  # of its sentences with figures, at least so many stand near movement and a place
_MOVES = {"leave", "cross", "enter", "return", "carry", "expel", "refuse", "wait", "release"}
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _certain() -> re.Pattern[str]:
    beginnings = sorted(map(re.escape, words("certain", "border")))
    return re.compile(rf"\b(?:{'|'.join(beginnings)})")


@lru_cache(maxsize=20_000)
def _moves(word: str) -> bool:
    """Whether a word, in lower case, is a form of a verb or noun of movement."""
    if word in words("moved", "border"):
        return True
    stems = {word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("d")}
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        stems |= {stem, stem + "e"}
    if word.endswith(("ies", "ied")):
        stems.add(word[:-3] + "y")
    return any(not _MOVES.isdisjoint(classes("verbs").get(stem, ())) for stem in stems)


def names_the_matter(text: str) -> bool:
    """Whether a text holds a word that reports of border crossings hardly do without."""
    return _certain().search(text.lower()) is not None


def may_tell_of_crossing(
    document: Document, figured: Collection[int], countries: Sequence[Mention]
) -> bool:
    """Whether a report without a certain word may yet tell of people who crossed.

    `figured` holds the indices of its sentences with candidate figures.
    """
    if not figured or len({m.code or m.home for m in countries}) < COUNTRIES:
        return False
    moving, placed = [], []
    starts = [m.start for m in countries]
    for sentence in document.sentences:
        moving.append(any(map(_moves, _WORD.findall(sentence.text.lower()))))
        placed.append(any(sentence.start <= start < sentence.end for start in starts))
    near = sum(_around(moving, i) and _around(placed, i) for i in figured)
    return near >= NEAR * len(figured)


def _around(told: Sequence[bool], index: int) -> bool:
    return any(told[max(0, index - 1) : index + 2])
