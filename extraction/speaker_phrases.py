"""Speakers that fixed phrases name: "according to X", "X's count", "X: ...", "(X)".

Verbs of saying are read here only in sentences that no parser has seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extraction.lexicon import words


class Phrase(NamedTuple):
    """A name where it stands in a sentence; a strict one must be somebody who may speak."""

    start: int
    name: str
    form: str
    act: str
    strict: bool


def _any_of(name: str, file: str) -> str:
    return "|".join(sorted(map(re.escape, words(name, file)), key=len, reverse=True))


_WORDS = str.maketrans(dict.fromkeys(",.:;()“”\"’'‘–—", " "))
_TALLY = words("tally", "speakers")
_SAY = words("utters", "speech")
_MAY_SPEAK = words("office", "speakers") | words("person", "speakers")
_TALLIES = _any_of("tally", "speakers")
_SAYS = _any_of("utters", "speech")
_OPENING_WORDS = 8  # words into an unparsed sentence by which its first speaker is named
# Bounded, so that a long sentence costs a time that grows with its length alone.
_ACCORDING = re.compile(
    r"\b(?:according to|as (?:told|reported|stated|put|counted|announced|quoted) by|going by|"
    r"in the words of|citing|quoting|quoted by|counted by|handed out by|given by|as per|"
    r"if one believes|we gather from|source:)\s+"
    r"(?P<who>[^;:“”\"]{2,90}?)"
    r"(?=\s+(?:(?:on|in|at|as|that|who|which|has|have|had|was|were|about|some|around|nearly|more)"
    r"\s|\d)|[,;:“”\"–—)]|\.?$|\.\s)",
    re.IGNORECASE,
)
_ACCORDING_WORDS = frozenset(
    ["according", "told", "reported", "stated", "put", "counted", "announced", "quoted", "going"]
    + ["words", "citing", "quoting", "handed", "given", "per", "believes", "gather", "source"]
)
_POSSESSED = re.compile(rf"(?:[’']s|(?<=s)[’'])\s+(?:[\w\-]{{1,14}}\s+){{0,2}}(?:{_TALLIES})\b")
_POSSESSOR = re.compile(
    r"(?:\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is)\s+)?(?:[A-Z][\w.\-]{0,24}\s+){0,4}[\w.\-]{1,25}$"
)
_OF_TALLY = re.compile(
    rf"\b(?:{_TALLIES})\b(?:,\s|\s)(?:[\w\-]{{1,14}}\s+){{0,3}}?(?:of|from|by)\s+"
    r"(?P<who>(?:the\s+|an?\s+)?[^.,;:()“”\"\n]{2,80}?)"
    r"(?=\s+(?:on|in|at|as|that|who|which|has|have|had|was|were|shows?|for)\s|[.,;:()“”\"]|$)",
    re.IGNORECASE,
)
_COLON = re.compile(
    r"^(?:[\d:.]{4,6}(?:\s[A-Z]{2,4})?\s*[–—-]?\s*)?"
    r"(?P<who>[A-Z][^:;.!?“”\"\d]{2,90}?)"
    r"(?:,\s[^:]{0,60}|\s(?:again|in|on|at)\b[^:]{0,50})?:(?=\s)"
)
_BRACKET = re.compile(
    r"\((?:source:?\s+)?(?P<who>[A-Za-zÀ-Þ][^()\d]{1,60}?)(?:,\s\d{1,2}\s[A-Z]\w+)?\)"
)
_SAYING = re.compile(
    rf"(?:,\s|\s)(?:(?:has|have|had|also|later|earlier|then|now)\s+){{0,2}}(?:{_SAYS})\b"
)
_BEFORE_SAYING = re.compile(r"(?:^|[,;:“”\"–—]\s?|\b(?:and|but|while|as)\s)([^,;:“”\"–—]{2,90})$")
_INVERTED = re.compile(
    rf"[”\",]\s*(?:{_SAYS})\s+(?P<who>[A-Za-zÀ-Þ][^.;:“”\"–—]{{1,110}}?)"
    r"(?=\s+(?:on|in|by|at|after|as|when|who|while|before|during|told|said)\s|[.;:“\"–—]|$)"
)
_LEAD = re.compile(
    r"^(?:and|but|that|while|as|so|then|for|on|in|of|at|which|who|where|when|because|after|since|"
    r"whom|by|with|also|meanwhile|however|yet|still|or|nor|if|from)\s+|^[A-Z][a-z]+day,?\s+",
    re.IGNORECASE,
)


def phrased(sentence: str, unparsed: bool) -> Iterator[Phrase]:
    """The speakers that fixed phrases name in a sentence; those of verbs too where `unparsed`."""
    for form, act, strict, spans in _rows(sentence, unparsed):
        for start, end in spans:
            name = sentence[start:end]
            while lead := _LEAD.match(name):
                start += lead.end()
                name = name[lead.end() :]
            start += len(name) - len(name.lstrip(" ,"))
            name = name.strip(" ,")
            if name:
                yield Phrase(start, name, form, act, strict)


_Spans = Iterator[tuple[int, int]]


def _rows(sentence: str, unparsed: bool) -> Iterator[tuple[str, str, bool, _Spans]]:
    """Each kind of phrase that the sentence's words allow, with the spans of its names."""
    spoken = sentence.lower().translate(_WORDS).split()
    has = frozenset(spoken)
    if not has.isdisjoint(_ACCORDING_WORDS):
        yield "according", "utters", False, _spans(_ACCORDING, sentence)
    if not has.isdisjoint(_TALLY):
        yield "tally", "counts", True, _possessors(sentence)
        yield "tally", "counts", True, _spans(_OF_TALLY, sentence)
    if ":" in sentence:
        yield "colon", "utters", True, _spans(_COLON, sentence)
    if "(" in sentence:
        yield "bracket", "utters", True, _spans(_BRACKET, sentence)
    if unparsed and not has.isdisjoint(_SAY):
        yield "inverted", "utters", False, _spans(_INVERTED, sentence)
        yield "subject", "utters", True, _sayers(sentence)
    if not _MAY_SPEAK.isdisjoint(spoken[:_OPENING_WORDS]):
        yield "opening", "other", True, _opening(sentence)


def _spans(pattern: re.Pattern[str], sentence: str) -> _Spans:
    for match in pattern.finditer(sentence):
        yield match.span("who")


def _sayers(sentence: str) -> _Spans:
    """What stands between a verb of saying and the comma, or the sentence's start, before it."""
    for match in _SAYING.finditer(sentence):
        before = _BEFORE_SAYING.search(sentence, max(0, match.start() - 91), match.start())
        if before:
            yield before.span(1)


def _possessors(sentence: str) -> _Spans:
    """Those whose count or figure it is: "the U.N." of "the U.N.’s count"."""
    for match in _POSSESSED.finditer(sentence):
        before = _POSSESSOR.search(sentence, max(0, match.start() - 90), match.start())
        if before:
            yield before.span()


def _opening(sentence: str) -> _Spans:
    """The first words of a sentence up to one who may speak: "The Foreign Ministry called it"."""
    end = 0
    reached = False
    for word in sentence.split(" ", _OPENING_WORDS)[:_OPENING_WORDS]:
        if reached and not word[:1].isupper():
            break
        end += len(word) + 1
        reached = reached or word.lower().translate(_WORDS).strip() in _MAY_SPEAK
        if reached and word[-1:] in ",:;.":
            break
    if reached:
        yield 0, end - 1
