"""Who a speaker is, by the head of his name, and what his verb does."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from extraction.context import Context
from extraction.lexicon import words

RELATIVE = frozenset({"who", "which", "that"})
PERSONAL = frozenset({"he", "she", "they", "it", "we", "i", "him", "her", "them"})
VAGUE = frozenset({"this", "those", "others", "some", "many", "one", "these", "there", "all"})
_SPLIT = re.compile(
    r"[,(]| (?:of|for|in|at|on|from|who|that|which|to|with|near|along|by|here|there)\b"
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker named in a text; `text[start:end] == name` but for a pronoun.

    `form` tells how it is said: subject, inverted, according, tally, colon, bracket or pronoun;
    `act` what its verb does (utters, counts, speech, passes_on, other); `kind` who it is (office,
    person, media, paper, name, country, people, thing); `verb` is the index, in the sentence's
    parse, of the word that it governs, or None.
    """

    start: int
    end: int
    name: str
    form: str
    act: str
    kind: str
    sentence: int
    verb: int | None


class Lands:
    """Whether a span of the text is a country's or a people's name."""

    def __init__(self, context: Context) -> None:
        """Takes the report's mentions of countries and peoples."""
        self._mentions = context.countries
        self._starts = [m.start for m in self._mentions]

    def kind(self, start: int, end: int) -> str | None:
        """country or people where a mention ends the span [start, end), or None."""
        at = bisect_left(self._starts, end) - 1
        if at < 0 or self._starts[at] < start or self._mentions[at].end < end:
            return None
        mention = self._mentions[at]
        if mention.kind in ("demonym", "ethnic"):
            return "people"
        return "country" if mention.start <= start + 4 else None


def make_speaker(
    name: str, start: int, form: str, act: str, sentence: int, verb: int | None, lands: Lands
) -> Speaker:
    """A speaker whose name begins at `start`, his kind told by its head or by `lands`."""
    end = start + len(name)
    kind = kind_of(name)
    if kind in ("name", "thing"):
        kind = lands.kind(start, end) or kind
    return Speaker(start, end, name, form, act, kind, sentence, verb)


def kind_of(name: str) -> str:
    """Who a name is by its head noun: office, person, media, paper, people, name or thing."""
    head, words_before = _head(name)
    kind = _kinds().get(head.lower().strip("."))
    if kind is not None:
        return kind
    if head[:1].isupper():
        titled = any(_kinds().get(w.lower().strip(".")) == "person" for w in words_before)
        return "person" if titled else "name"
    return "people" if head.lower() in words("people", "roles") else "thing"


def is_plural(name: str) -> bool:
    """Whether a name stands for several persons: "officials", "a group of officials"."""
    head = _head(name)[0]
    return head[-1:] == "s" and head[-2:] != "ss" and head.lower() not in ("mrs", "ms")


@cache
def _kinds() -> Mapping[str, str]:
    """The kind of each head noun of `speakers.toml`; one of two kinds takes the first."""
    kinds = ("office", "person", "media", "paper")
    return {w: kind for kind in reversed(kinds) for w in words(kind, "speakers")}


def _head(name: str) -> tuple[str, list[str]]:
    first = _SPLIT.split(name, maxsplit=1)[0].split()
    return (first[-1], first[:-1]) if first else ("", [])


@cache
def acts() -> Mapping[str, str]:
    """What each verb of `speech.toml` does; a verb of two classes takes the first."""
    names = ("utters", "counts", "passes_on", "speech")
    return {w: act for act in reversed(names) for w in words(act, "speech")}


def act_of(word: str) -> str:
    """What a verb does with what its subject states: utters, counts, passes_on, speech, other."""
    return acts().get(word, "other")
