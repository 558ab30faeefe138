"""What a figure counts, taken as a whole phrase: its noun, who the text says they are, its parts.

"the number of X", "X, mostly Y", "13 from Nepal", "84 of those aboard were Australian",
"its citizens", "India: 465 people", "39 passengers: 19 Kenyans and 20 Somalis".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extraction.context import Candidate, Context
from extraction.lexicon import classes, words
from extraction.naming import (
    PARTITIVE,
    REACH,
    complement_of,
    doer_of,
    is_own,
    name_links,
)
from extraction.parsing import Parse
from extraction.roles import Placed, within
from extraction.word_classes import noun_classes

MOST_PARTS = 9  # figures that may add up to one

_OTHERS = re.compile(
    r"\b(?:the other|other|another|remaining|the rest|a further|more)\s*$", re.IGNORECASE
)
_VARIOUS = re.compile(
    r"\b(?:various|different|other|many|several|third|\d+|\w+teen|\w+ty|dozens of|all)[ -]"
    r"(?:nationalit|countr|nation|state|foreign)|\b(?:from|of) (?:elsewhere|other|others)\b",
    re.IGNORECASE,
)
_KINDS = (
    "patient", "companion", "staff", "other", "returnee", "resident", "foreign_national",
    "child", "woman", "elderly", "man", "family", "person",
)  # fmt: skip
_TREATED = words("treatment", "kinds")


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure's counted phrase.

    `kinds` are the noun classes that the phrase names, the telling ones first; `bare` says
    that nothing but "people", a batch or no noun at all is counted. `links` maps a country to
    how the words tie it to the people counted. `parts` are the figures that add up to this one.
    """

    kinds: tuple[str, ...]
    bare: bool
    partitive: bool
    others: bool
    own: bool
    various: bool
    ethnic: bool
    treated: bool
    joined: frozenset[str]
    ahead: frozenset[str]
    links: dict[str, frozenset[str]]
    parts: tuple[Candidate, ...]

    def named(self, *links: str) -> tuple[str, ...]:
        """The countries tied by one of `links`, in order of the alphabet."""
        return tuple(sorted(c for c, how in self.links.items() if not how.isdisjoint(links)))


def counted(context: Context, candidate: Candidate, placed: Sequence[Placed]) -> Counted:
    """The counted phrase of a candidate; `placed` are the report's countries and peoples."""
    tree, figure, sentence = candidate.parse, candidate.figure, candidate.sentence
    text = context.document.text
    index = counted_word(candidate)
    noun = tree.words[index] if index is not None else None
    tail = text[figure.end : min(sentence.end, figure.end + REACH)]
    kinds = phrase_kinds(candidate, index)
    partitive = bool(PARTITIVE.match(tail))
    links, ethnic = name_links(context, candidate, placed, noun, kinds)
    own = noun is not None and is_own(tree, noun, links)
    if own:
        doer = doer_of(context, candidate, placed)
        if doer is not None:
            links[doer] = links.get(doer, frozenset()) | {"own"}
    parts = parts_of(context, candidate)
    for code in _named_parts(parts, placed):
        links[code] = links.get(code, frozenset()) | {"parts"}
    return Counted(
        kinds,
        set(kinds) <= {"person"} and not any("phrase" in how for how in links.values()),
        partitive,
        bool(_OTHERS.search(text[max(sentence.start, figure.start - 16) : figure.start]))
        or figure.more,
        own,
        bool(_VARIOUS.search(tail[:90])),
        ethnic,
        not _TREATED.isdisjoint(tail.lower().replace(".", " ").replace(",", " ").split()),
        _joined(tree, index),
        _ahead(context, candidate, placed),
        links,
        parts,
    )


def counted_word(candidate: Candidate) -> int | None:
    """The counted noun, looked for beyond joined adjectives: "81 sick or wounded Syrians"."""
    if candidate.noun is not None:
        return candidate.noun
    tokens = candidate.parse.words
    for word in tokens[candidate.anchor + 1 : candidate.anchor + 8]:
        if word.pos in ("NOUN", "PROPN"):
            return word.index
        if word.lower in ("and", "or"):
            if tokens[word.index - 1].pos != "ADJ":
                return None
        elif word.pos not in ("ADJ", "ADV") and word.tag not in ("VBN", "VBG", ","):
            return None
    return None


def phrase_kinds(candidate: Candidate, noun: int | None) -> tuple[str, ...]:
    """The classes of people that the phrase names, the telling ones first."""
    tree = candidate.parse
    found: dict[str, None] = {}
    nodes: list[int] = []
    if noun is not None:
        nodes.append(noun)
        nodes.extend(
            w.index
            for w in tree.words[candidate.anchor + 1 : noun]
            if w.pos in ("ADJ", "NOUN") or w.tag == "VBN"
        )
        for child in tree.children[noun]:
            word = tree.words[child]
            if word.dep in ("amod", "compound", "nmod"):
                nodes.append(child)
                nodes.extend(c for c in tree.children[child] if tree.words[c].dep == "conj")
            elif word.dep == "conj" and not _numbered(tree, child):
                nodes.append(child)  # one with a number of its own is a figure by itself
            elif word.lower == "of":
                nodes.extend(c for c in tree.children[child] if tree.words[c].dep == "pobj")
            if word.dep in ("amod", "acl", "relcl", "appos"):
                for name in classes("kinds").get(word.lemma, ()):
                    found[name] = None
    if noun is None or tree.words[noun].tag in ("PRP", "DT", "WP", "WDT"):
        nodes.extend(_said(candidate))
    for node in nodes:
        for name in noun_classes(tree.words[node].lemma):
            found[name] = None
    if noun is None and candidate.anchor + 1 < len(tree.words):
        for name in noun_classes(tree.words[candidate.anchor + 1].lower):  # "60 wounded"
            found[name] = None
    return tuple(name for name in _KINDS if name in found)


def _joined(tree: Parse, noun: int | None) -> frozenset[str]:
    """The telling classes of nouns joined under one number: "76 patients and companions"."""
    if noun is None:
        return frozenset()
    found: set[str] = set()
    for child in (noun, *tree.children[noun]):
        word = tree.words[child]
        if child == noun or word.dep == "conj" and not _numbered(tree, child):
            names = noun_classes(word.lemma)
            if names:
                found.add(names[0])
    return frozenset(found) if len(found) > 1 else frozenset()


def _ahead(context: Context, candidate: Candidate, placed: Sequence[Placed]) -> frozenset[str]:
    """The peoples named after the figure in its sentence and the next one."""
    sentences = context.document.sentences
    following = min(candidate.sentence.index + 1, len(sentences) - 1)
    end = max(candidate.sentence.end, sentences[following].end)
    here = within(placed, candidate.figure.end, end)
    return frozenset(p.code for p in here if p.role == "people" and p.mention.code)


def _numbered(tree: Parse, index: int) -> bool:
    return any(tree.words[c].pos == "NUM" for c in tree.children[index])


def _said(candidate: Candidate) -> list[int]:
    """What people counted without a noun are said to be: "13 of them diplomats and officials"."""
    tokens = candidate.parse.words
    low, high = complement_of(candidate)
    out = [w.index for w in tokens if low <= w.start < high and w.pos == "NOUN"]
    for index in list(out):
        children = candidate.parse.children[index]
        out.extend(c for c in children if c > index and tokens[c].dep == "conj")
    after = [w for w in tokens if w.start >= candidate.figure.end][:7]
    if len(after) > 1 and after[0].lower == "of" and after[1].tag in ("PRP", "WP", "DT", "WDT"):
        for word in after[2:]:
            if word.pos == "NOUN":
                return [word.index]
            if word.pos not in ("ADJ", "PROPN", "ADV", "DET", "AUX"):
                break
    return out


def _named_parts(parts: Sequence[Candidate], placed: Sequence[Placed]) -> tuple[str, ...]:
    """The nationalities of the parts, () unless each part is named by one."""
    found: dict[str, None] = {}
    for part in parts:
        noun = counted_word(part)
        if noun is None:
            return ()
        end = part.parse.words[noun].end
        told = [p.code for p in within(placed, part.figure.end, end) if p.mention.code]
        if not told:
            return ()
        found.update(dict.fromkeys(told))
    return tuple(found)


def parts_of(context: Context, candidate: Candidate) -> tuple[Candidate, ...]:
    """The run of figures right after (or right before) this one that adds up to it, or ()."""
    total = candidate.figure.count
    if total < 3:
        return ()
    for step in (1, -1):
        run: list[Candidate] = []
        rest = total
        for k in range(1, MOST_PARTS + 1):
            index = candidate.index + step * k
            if not 0 <= index < len(context.candidates):
                break
            other = context.candidates[index]
            if abs(other.sentence.index - candidate.sentence.index) > 2:
                break
            rest -= other.figure.count
            run.append(other)
            if rest <= 0:
                break
        if rest == 0 and len(run) > 1:
            return tuple(run)
    return ()
