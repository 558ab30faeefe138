"""Classes of the words in a parse, and what stands above a figure in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Protocol, TypeVar

from extraction.context import Candidate
from extraction.lexicon import classes
from extraction.parsing import Parse

_START = attrgetter("start")
CLIMB = 12  # steps up a parse, against trees that are one long chain


class Located(Protocol):
    """Whatever stands at an offset of the text."""

    @property
    def start(self) -> int:
        """The offset of its first character."""
        ...


At = TypeVar("At", bound=Located)


@cache
def _phrases(
    file: str,
) -> tuple[
    Mapping[str, tuple[str, ...]],
    Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]],
]:
    """Single words of a file by word, and its phrases by their first word."""
    singles: dict[str, tuple[str, ...]] = {}
    longer: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for phrase, names in classes(file).items():
        parts = phrase.split()
        if len(parts) == 1:
            singles[phrase] = names
        else:
            longer.setdefault(parts[0], []).append((tuple(parts), names))
    return singles, {k: tuple(v) for k, v in longer.items()}


def noun_classes(lemma: str) -> tuple[str, ...]:
    """The classes of a counted noun by its lemma; () where the lexicon has no row."""
    return classes("nouns").get(lemma, ())


def verb_classes(tree: Parse, index: int) -> tuple[str, ...]:
    """The classes of a verb or event noun, its particle or adverb taken along."""
    word = tree.words[index]
    found = list(classes("verbs").get(word.lemma, ()))
    for child in tree.children[index]:
        other = tree.words[child]
        if other.dep in ("prt", "advmod", "prep") and 0 < child - index <= 4:
            found += classes("verbs").get(f"{word.lemma} {other.lower}", ())
    return tuple(dict.fromkeys(found))


def cue_spans(lowers: list[str]) -> list[tuple[int, str]]:
    """Where a cue of `cues.toml` begins, as (word index, class)."""
    singles, longer = _phrases("cues")
    out: list[tuple[int, str]] = []
    for i, word in enumerate(lowers):
        for name in singles.get(word, ()):
            out.append((i, name))
        for parts, names in longer.get(word, ()):
            if tuple(lowers[i : i + len(parts)]) == parts:
                out.extend((i, name) for name in names)
    return out


def governors(candidate: Candidate) -> list[tuple[int, str]]:
    """The verbs and event nouns above the figure, nearest first, each with the dependency
    by which the figure's branch hangs on it."""
    tree = candidate.parse
    node = tree.words[candidate.noun if candidate.noun is not None else candidate.anchor]
    out: list[tuple[int, str]] = []
    for _ in range(CLIMB):
        if node.head == node.index:
            break
        above = tree.words[node.head]
        event = above.pos == "NOUN" and classes("verbs").get(above.lemma)
        if above.pos == "VERB" or event:
            out.append((above.index, node.dep))
        node = above
    return out


@cache
def verb_classes_in(text: str) -> tuple[str, ...]:
    """The classes of the verbs in a text that is not parsed, by their commonest forms."""
    seen: dict[str, None] = {}
    for word in text.lower().replace(",", " ").replace(".", " ").replace(":", " ").split():
        for form in (word, word.rstrip("s"), word.removesuffix("ed"), word.removesuffix("d")):
            for name in classes("verbs").get(form, ()):
                seen[name] = None
    return tuple(seen)


@cache
def noun_classes_in(text: str) -> tuple[str, ...]:
    """The classes of the nouns in a text that is not parsed, by their commonest forms."""
    seen: dict[str, None] = {}
    for word in text.lower().replace(",", " ").replace(".", " ").split():
        for form in (word, word.removesuffix("s"), word.removesuffix("es")):
            for name in classes("nouns").get(form, ()):
                seen[name] = None
    return tuple(seen)


def within(spans: Sequence[At], start: int, end: int) -> Sequence[At]:
    """The mentions that begin in [start, end), of those given in order of offset."""
    low = bisect_left(spans, start, key=_START)
    return spans[low : bisect_left(spans, end, low, key=_START)] if start < end else spans[:0]
