"""Which sentences may hold a figure of people crossing a border, told before any is parsed.

A report that names such a matter outright is read whole. Of one that does not, each sentence
with figures is weighed by its words alone; the report is read only where its sentences look
like claims on the whole, and then without those that surely are none. The weights are fitted
by `python -m extraction.fitting.gate`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from extraction.document import Document, Sentence
from extraction.figures import Figure
from extraction.lexicon import classes, words
from extraction.model import load_choice

SHORT = 3  # sentences with figures: so short a report is always read, it costs little
# Fitted reports that avoid the plain words average 0.37 or more, cross-validated over reports.
AVERAGE = 0.36
LEAST = 0.15  # of a sentence's chance; 2 of 618 such figures stand in sentences below it
NEAR = 45, 4  # characters, and words in them, behind a figure
BEFORE = 30, 3
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _certain() -> re.Pattern[str]:
    beginnings = sorted(map(re.escape, words("certain", "border")))
    return re.compile(rf"\b(?:{'|'.join(beginnings)})")


def names_the_matter(text: str) -> bool:
    """Whether a text holds a word that reports of border crossings hardly do without."""
    return _certain().search(text.lower()) is not None


def worth_reading(document: Document, figures: Mapping[int, Sequence[Figure]]) -> set[int]:
    """The sentences to read of a report that does not name the matter, by their index.

    `figures` holds the candidate figures of each sentence that has any.
    """
    chances = {
        index: chance(document.text, document.sentences[index], found)
        for index, found in figures.items()
    }
    if not chances or sum(chances.values()) < AVERAGE * len(chances):
        return set()
    return {index for index, value in chances.items() if value >= LEAST}


def chance(text: str, sentence: Sentence, figures: Sequence[Figure]) -> float:
    """How likely a sentence holds a claim, by its words."""
    total = load_choice("gate").score(looks(text, sentence, figures))
    return 1.0 / (1.0 + math.exp(-total))


def looks(text: str, sentence: Sentence, figures: Sequence[Figure]) -> dict[str, float]:
    """The words of a sentence and their classes as features, those near its figures apart."""
    names = {"bias"}
    for word in _WORD.findall(sentence.text.lower()):
        names.update(_named("s", word))
    for figure in figures:
        names.add(f"form={figure.form}")
        for word in _WORD.findall(text[figure.end : figure.end + NEAR[0]].lower())[: NEAR[1]]:
            names.update(_named("a", word))
        before = text[max(sentence.start, figure.start - BEFORE[0]) : figure.start].lower()
        names.update(f"b={word}" for word in _WORD.findall(before)[-BEFORE[1] :])
    return dict.fromkeys(names, 1.0)


@lru_cache(maxsize=20_000)
def _named(where: str, word: str) -> tuple[str, ...]:
    """The features of a word in lower case: itself, and the classes of what it is a form of."""
    found = {
        f"{where}{file[0]}:{name}": None
        for stem in _stems(word)
        for file in ("verbs", "nouns")
        for name in classes(file).get(stem, ())
    }
    return (f"{where}={word}", *found)


def _stems(word: str) -> Iterator[str]:
    yield word
    for ending, instead in (
        ("s", ""), ("es", ""), ("d", ""), ("ed", ""), ("ing", ""), ("ing", "e"), ("ies", "y"),
        ("ied", "y"), ("men", "man"),
    ):  # fmt: skip
        if word.endswith(ending):
            yield word.removesuffix(ending) + instead
