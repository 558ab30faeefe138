"""The speakers that a report names: who says, counts or reckons something, and where."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from extraction.context import Context
from extraction.document import Sentence
from extraction.lexicon import words
from extraction.parsing import Parse, Word
from extraction.speaker_phrases import phrased

LONGEST = 130  # characters of a speaker's name
_SUBJECT = ("nsubj", "nsubjpass")
_NOT_IN_NAME = ("relcl", "advcl", "ccomp", "acl", "parataxis", "cc", "punct")
_RELATIVE = frozenset({"who", "which", "that"})
_PERSONAL = frozenset({"he", "she", "they", "it", "we", "i", "him", "her", "them"})
_VAGUE = frozenset({"this", "those", "others", "some", "many", "one", "these", "there", "all"})
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


def speakers(context: Context) -> list[Speaker]:
    """The speakers that the report names, in order of the text.

    A pronoun is given by each name that it may stand for: the last speaker before it, and the
    last one who may speak in its own sentence.
    """
    out: list[Speaker] = []
    lands = _Lands(context)
    for sentence in context.document.sentences:
        tree = context.parses.get(sentence.index)
        found = _phrases(sentence, tree, lands)
        if tree is not None:
            found = _merged(list(_subjects(context.document.text, sentence, tree, lands)), found)
        for speaker in found:
            if speaker.form == "pronoun":
                out.extend(_meant(speaker, out))
            else:
                out.append(speaker)
    return out


def _merged(parsed: list[Speaker], phrases: list[Speaker]) -> list[Speaker]:
    """Both, less what overlaps: a phrase outdoes a subject that only does something."""
    sure = [s for s in parsed if s.act != "other"]
    kept = [s for s in phrases if not _overlaps(s, sure)]
    strong = [s for s in kept if s.form in ("according", "tally")]
    doers = [s for s in parsed if s.act == "other" and not _overlaps(s, strong)]
    rest = [s for s in kept if s in strong or not _overlaps(s, doers)]
    return sorted([*sure, *doers, *rest], key=lambda s: s.start)


def _overlaps(one: Speaker, others: list[Speaker]) -> bool:
    return any(one.start < o.end and o.start < one.end for o in others)


def _meant(pronoun: Speaker, before: list[Speaker]) -> Iterator[Speaker]:
    """The pronoun once for each name it may stand for, nearest first."""
    seen: set[str] = set()
    word = pronoun.name.lower()
    for speaker in reversed(before[-8:]):
        if speaker.name in seen or speaker.kind in ("thing", "people"):
            continue
        if speaker.act == "other" and speaker.sentence < pronoun.sentence - 1:
            continue
        if word == "it" and speaker.kind == "person":
            continue
        if word not in ("they", "we", "them") and speaker.kind == "person" and _many(speaker.name):
            continue
        if word in ("he", "she", "i", "him", "her") and speaker.kind in ("office", "paper", "media", "country"):
            continue
        seen.add(speaker.name)
        form = "pronoun" if len(seen) == 1 else "pronoun2"
        yield Speaker(
            pronoun.start,
            pronoun.end,
            speaker.name,
            form,
            pronoun.act,
            speaker.kind,
            pronoun.sentence,
            pronoun.verb,
        )
        if len(seen) == 2:
            return


def _many(name: str) -> bool:
    """Whether a name stands for several persons: "officials", "a group of officials"."""
    head = _head(name)[0]
    return head[-1:] == "s" and head[-2:] != "ss" and head.lower() not in ("mrs", "ms")


class _Lands:
    """Whether a span of the text is a country's or a people's name."""

    def __init__(self, context: Context) -> None:
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


@cache
def _kinds() -> Mapping[str, str]:
    """The kind of each head noun of `speakers.toml`; one of two kinds takes the first."""
    kinds = ("office", "person", "media", "paper")
    return {w: kind for kind in reversed(kinds) for w in words(kind, "speakers")}


def _head(name: str) -> tuple[str, list[str]]:
    first = _SPLIT.split(name, maxsplit=1)[0].split()
    return (first[-1], first[:-1]) if first else ("", [])


def _made(
    name: str, start: int, form: str, act: str, sentence: int, verb: int | None, lands: _Lands
) -> Speaker:
    end = start + len(name)
    kind = kind_of(name)
    if kind in ("name", "thing"):
        kind = lands.kind(start, end) or kind
    return Speaker(start, end, name, form, act, kind, sentence, verb)


@cache
def _acts() -> Mapping[str, str]:
    """What each verb of `speech.toml` does; a verb of two classes takes the first."""
    acts = ("utters", "counts", "passes_on", "speech")
    return {w: act for act in reversed(acts) for w in words(act, "speech")}


def act_of(word: str) -> str:
    """What a verb does with what its subject states: utters, counts, passes_on, speech, other."""
    return _acts().get(word, "other")


def _phrases(sentence: Sentence, tree: Parse | None, lands: _Lands) -> list[Speaker]:
    """The speakers that fixed phrases name; of two that overlap the first kind is kept."""
    out: list[Speaker] = []
    for found in phrased(sentence.text, tree is None):
        start = sentence.start + found.start
        lower = found.name.lower()
        if lower in _RELATIVE or lower in _VAGUE:
            continue
        if lower in _PERSONAL:
            end = start + len(lower)
            speaker = Speaker(
                start, end, found.name, "pronoun", "utters", "", sentence.index, None
            )
        else:
            verb = None if tree is None else _governor(tree, start)
            speaker = _made(found.name, start, found.form, found.act, sentence.index, verb, lands)
            if found.strict and (
                speaker.kind in ("thing", "people", "country") or _is_day(found.name)
            ):
                continue
            if found.form in ("colon", "bracket") and speaker.kind == "name" and _label(found.name):
                continue
        if not _overlaps(speaker, out):
            out.append(speaker)
    return sorted(out, key=lambda s: s.start)


def _is_day(name: str) -> bool:
    """Whether it is a day whose count is told: "Wednesday’s sheet"."""
    return name.split()[-1].lower() in words("day", "speakers")


def _label(name: str) -> bool:
    """Whether a capital is no sign of a name: the one word of "Deported: 40"."""
    return " " not in name and not name.isupper()


def _governor(tree: Parse, start: int) -> int | None:
    """The verb that the phrase at an offset hangs on."""
    at = tree.at(start)
    for _ in range(6):
        if at is None:
            return None
        word = tree.words[at]
        if word.pos in ("VERB", "AUX"):
            return at
        if word.head == at:
            return None
        at = word.head
    return None


def _subjects(text: str, sentence: Sentence, tree: Parse, lands: _Lands) -> Iterator[Speaker]:
    """The subjects of verbs that say something, and those of other verbs who may speak."""
    acts = _acts()
    for word in tree.words:
        if word.dep not in _SUBJECT:
            if word.lower in acts:
                yield from _missed(text, sentence, tree, word, lands)
            continue
        verb = tree.words[word.head]
        act = act_of(verb.lower) if verb.pos in ("VERB", "AUX") else "other"
        if word.dep == "nsubjpass" and verb.lower not in ("told", "quoted"):
            act = "other"
        top = word.index
        if word.lower in _RELATIVE:
            if act == "other" or verb.dep != "relcl" or verb.head == verb.index:
                continue
            top = verb.head
        if word.lower in _PERSONAL:
            if act != "other":
                yield Speaker(
                    word.start, word.end, word.text, "pronoun", act, "", sentence.index, verb.index
                )
            continue
        speaker = _phrase(text, sentence, tree, top, verb, act, lands)
        if speaker is not None:
            yield speaker
        elif act == "utters" and top < verb.index:  # "…, five foreigners, the mayor said"
            yield from _behind_comma(text, sentence, verb, act, lands)


def _phrase(
    text: str,
    sentence: Sentence,
    tree: Parse,
    top: int,
    verb: Word,
    act: str,
    lands: _Lands,
) -> Speaker | None:
    """The noun phrase under `top` as the subject of a verb, if it may speak."""
    head = tree.words[top]
    if head.lower in _VAGUE or head.pos == "NUM":
        return None
    start, end = _span(tree, top, verb.index)
    name = _tidied(text, start, end)
    start = text.index(name, start)
    if not name or len(name) > LONGEST:
        return None
    form = "subject" if start < verb.start else "inverted"
    speaker = _made(name, start, form, act, sentence.index, verb.index, lands)
    counted = any(tree.words[c].dep == "nummod" for c in tree.children[top])
    if speaker.kind in ("office", "person", "media", "paper") and not (counted and act == "other"):
        return speaker
    if counted:
        return None  # "400 Senegalese": the people that the report counts
    if speaker.kind == "name" and head.pos != "PROPN":
        return None if act == "other" else replace(speaker, kind="thing")
    return speaker if act != "other" or speaker.kind in ("name", "country") else None


def _missed(
    text: str, sentence: Sentence, tree: Parse, verb: Word, lands: _Lands
) -> Iterator[Speaker]:
    """The speaker of a verb of saying whose subject the parser took for something else.

    That is the noun that a supposed participle hangs on ("officers estimated that"), or what
    stands before the verb and behind a comma ("Kobane, the Observatory says").
    """
    last = verb.index >= len(tree.words) - 2
    if verb.pos != "VERB" and not (last and verb.pos == "NOUN"):
        return
    if any(tree.words[c].dep in _SUBJECT for c in tree.children[verb.index]):
        return
    act = act_of(verb.lower)
    if verb.dep == "acl" and verb.head < verb.index:
        speaker = _phrase(text, sentence, tree, verb.head, verb, act, lands)
        if speaker is not None and speaker.kind not in ("thing", "people"):
            yield speaker
    elif last or (act in ("utters", "speech") and verb.tag in ("VBD", "VBZ", "VBP")):
        yield from _behind_comma(text, sentence, verb, act, lands)


def _behind_comma(
    text: str, sentence: Sentence, verb: Word, act: str, lands: _Lands
) -> Iterator[Speaker]:
    """What stands between a verb and the comma before it, if it may speak."""
    before = text[max(sentence.start, verb.start - LONGEST) : verb.start].rstrip(" ,")
    name = before.rpartition(", ")[2]
    if name and name != before and kind_of(name) not in ("thing", "people"):
        start = text.rfind(name, 0, verb.start)
        yield _made(name, start, "subject", act, sentence.index, verb.index, lands)


def _tidied(text: str, start: int, end: int) -> str:
    name = text[start:end]
    if "(" in name and ")" not in name:
        name = text[start : end + 1] if text[end : end + 1] == ")" else name.split("(")[0]
    name = name.rpartition(" – ")[2] if " – " in name else name
    return name.rstrip(" ,“”\"'")


def _span(tree: Parse, top: int, verb: int) -> tuple[int, int]:
    """Offsets of a verb's subject, clauses that hang on it and what stands past the verb left out.

    `top` is the subject's head word.
    """
    before = top < verb
    members = [top]
    for index in members:
        members.extend(
            c
            for c in tree.children[index]
            if tree.words[c].dep not in _NOT_IN_NAME and (c < verb) is before
        )
    return tree.words[min(members)].start, tree.words[max(members)].end
