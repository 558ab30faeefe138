"""The speakers that a report names: who says, counts or reckons something, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extraction.context import Context
from extraction.document import Sentence
from extraction.lexicon import words
from extraction.parsing import Parse
from extraction.speaker_kinds import (
    PERSONAL,
    RELATIVE,
    VAGUE,
    Lands,
    Speaker,
    is_plural,
    make_speaker,
)
from extraction.speaker_phrases import phrased
from extraction.speaker_subjects import parsed_speakers

_REACH = 8  # speakers before a pronoun that it may stand for
_CLIMB = 6  # steps up a parse to a phrase's verb
_NOBODY = ("thing", "people", "country")
_SINGLE = ("he", "she", "i", "him", "her")
_IMPERSONAL = ("office", "paper", "media", "country")


def speakers(context: Context) -> list[Speaker]:
    """The speakers that the report names, in order of the text.

    A pronoun is given by the names that it may stand for, the last two before it that fit.
    """
    out: list[Speaker] = []
    lands = Lands(context)
    for sentence in context.document.sentences:
        tree = context.parses.get(sentence.index)
        found = _phrases(sentence, tree, lands)
        if tree is not None:
            found = _merged(
                list(parsed_speakers(context.document.text, sentence, tree, lands)), found
            )
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
    for speaker in reversed(before[-_REACH:]):
        if speaker.name in seen or speaker.kind in ("thing", "people"):
            continue
        if speaker.act == "other" and speaker.sentence < pronoun.sentence - 1:
            continue
        if word == "it" and speaker.kind == "person":
            continue
        if (
            word not in ("they", "we", "them")
            and speaker.kind == "person"
            and is_plural(speaker.name)
        ):
            continue
        if word in _SINGLE and speaker.kind in _IMPERSONAL:
            continue
        seen.add(speaker.name)
        form = "pronoun" if len(seen) == 1 else "pronoun2"
        yield replace(pronoun, name=speaker.name, form=form, kind=speaker.kind)
        if len(seen) == 2:
            return


def _phrases(sentence: Sentence, tree: Parse | None, lands: Lands) -> list[Speaker]:
    """The speakers that fixed phrases name; of two that overlap the first kind is kept."""
    out: list[Speaker] = []
    for found in phrased(sentence.text, tree is None):
        start = sentence.start + found.start
        lower = found.name.lower()
        if lower in RELATIVE or lower in VAGUE:
            continue
        if lower in PERSONAL:
            end = start + len(lower)
            speaker = Speaker(start, end, found.name, "pronoun", "utters", "", sentence.index, None)
        else:
            verb = None if tree is None else _governor(tree, start)
            speaker = make_speaker(
                found.name, start, found.form, found.act, sentence.index, verb, lands
            )
            if found.strict and (speaker.kind in _NOBODY or _is_day(found.name)):
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
    for _ in range(_CLIMB):
        if at is None:
            return None
        word = tree.words[at]
        if word.pos in ("VERB", "AUX"):
            return at
        if word.head == at:
            return None
        at = word.head
    return None
