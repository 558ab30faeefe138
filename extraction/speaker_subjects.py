"""Speakers by a sentence's parse: the subjects of its verbs, and those the parser misses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extraction.document import Sentence
from extraction.parsing import Parse, Word
from extraction.speaker_kinds import (
    PERSONAL,
    RELATIVE,
    VAGUE,
    Lands,
    Speaker,
    act_of,
    acts,
    kind_of,
    make_speaker,
)

LONGEST = 130  # characters of a speaker's name
_SUBJECT = ("nsubj", "nsubjpass")
_NOT_IN_NAME = ("relcl", "advcl", "ccomp", "acl", "parataxis", "cc", "punct")


def parsed_speakers(text: str, sentence: Sentence, tree: Parse, lands: Lands) -> Iterator[Speaker]:
    """The subjects of verbs that say something, and those of other verbs who may speak."""
    known = acts()
    for word in tree.words:
        if word.dep not in _SUBJECT:
            if word.lower in known:
                yield from _missed(text, sentence, tree, word, lands)
            continue
        verb = tree.words[word.head]
        act = act_of(verb.lower) if verb.pos in ("VERB", "AUX") else "other"
        if word.dep == "nsubjpass" and verb.lower not in ("told", "quoted"):
            act = "other"
        if act == "counts" and any(tree.words[c].dep == "prt" for c in tree.children[verb.index]):
            act = "other"  # "a plane put down 46 Cypriots"
        top = word.index
        if word.lower in RELATIVE:
            if act == "other" or verb.dep != "relcl" or verb.head == verb.index:
                continue
            top = verb.head
        if word.lower in PERSONAL:
            if act != "other":
                yield Speaker(
                    word.start, word.end, word.text, "pronoun", act, "", sentence.index, verb.index
                )
            continue
        speaker = _phrase(text, sentence, tree, top, verb, act, lands)
        if speaker is not None:
            yield speaker
        elif act == "utters" and top < verb.index:  # "…, five foreigners, the mayor said"
            yield from _behind_comma(text, sentence, tree, verb, act, lands)


def _phrase(
    text: str,
    sentence: Sentence,
    tree: Parse,
    top: int,
    verb: Word,
    act: str,
    lands: Lands,
) -> Speaker | None:
    """The noun phrase under `top` as the subject of a verb, if it may speak."""
    head = tree.words[top]
    if head.lower in VAGUE or head.pos == "NUM":
        return None
    start, end = _span(tree, top, verb.index)
    name = _tidied(text, start, end)
    start = text.index(name, start)
    if not name or len(name) > LONGEST:
        return None
    form = "subject" if start < verb.start else "inverted"
    speaker = make_speaker(name, start, form, act, sentence.index, verb.index, lands)
    counted = any(w.pos == "NUM" and start <= w.start < start + len(name) for w in tree.words)
    if speaker.kind in ("office", "person", "media", "paper") and not (counted and act == "other"):
        return speaker
    if counted:
        return None  # "400 Senegalese": the people that the report counts
    if speaker.kind == "name" and head.pos != "PROPN":
        return None if act == "other" else replace(speaker, kind="thing")
    return speaker if act != "other" or speaker.kind in ("name", "country") else None


def _missed(
    text: str, sentence: Sentence, tree: Parse, verb: Word, lands: Lands
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
        yield from _behind_comma(text, sentence, tree, verb, act, lands)


def _behind_comma(
    text: str, sentence: Sentence, tree: Parse, verb: Word, act: str, lands: Lands
) -> Iterator[Speaker]:
    """What stands between a verb and the comma before it, if it may speak."""
    before = text[max(sentence.start, verb.start - LONGEST) : verb.start].rstrip(" ,")
    name = before.rpartition(", ")[2]
    if name and name != before and kind_of(name) not in ("thing", "people"):
        start = text.rfind(name, 0, verb.start)
        first = tree.at(start)
        if first is not None and tree.words[first].pos == "ADP":
            return  # "by the U.N.’s count"
        yield make_speaker(name, start, "subject", act, sentence.index, verb.index, lands)


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
