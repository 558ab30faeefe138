"""What a figure counts, taken as a whole phrase: its noun, who the text says they are, its parts.

"the number of X", "X, mostly Y", "13 from Nepal", "84 of those aboard were Australian",
"its citizens", "India: 465 people", "39 passengers: 19 Kenyans and 20 Somalis".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extraction.context import Candidate, Context
from extraction.document import Block
from extraction.evidence import noun_classes
from extraction.parsing import Parse
from extraction.route import Placed, within

REACH = 170  # characters after the number in which words may still say who is counted
MOST_PARTS = 9  # figures that may add up to one

_PARTITIVE = re.compile(r"\s*(?:more |others? )?of (?:them|whom|those|these|us|which)\b", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:the other|other|another|remaining|the rest|a further|more)\s*$", re.IGNORECASE)
_MOSTLY = re.compile(
    r"\b(?:most|all|mostly|mainly|chiefly|largely|majority|bulk|nearly all|almost all|every one|each)"
    r"(?: of (?:them|whom|these|those))?(?: (?:are|were|being|being|of))?(?: (?:the|from|ethnic))?\s+$",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"\b(?:including|include|included|among (?:them|whom)|such as|like|with|plus|and|as well as)"
    r"(?: \S+){0,2}\s+$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\s*(?:\S+ ){0,2}from (?:the )?$", re.IGNORECASE)
_OF = re.compile(r"\s*(?:\S+ ){0,3}(?:citizens|nationals|subjects|passports?|workers|natives) of (?:the )?$", re.IGNORECASE)
_BE = re.compile(r"(?:^|\s)(?:is|are|were|was|being|held|hold|carried|carry|with)\s(?:\S+ ){0,2}$", re.IGNORECASE)
_VARIOUS = re.compile(
    r"\b(?:various|different|other|many|several|third|\d+|\w+teen|\w+ty|dozens of|all|a score of)[ -]"
    r"(?:nationalit|countr|nation|state|foreign)",
    re.IGNORECASE,
)
_BY_NATION = re.compile(r"\bnational|\bcitizen|\bpassport|\bcountry\b|\bby country", re.IGNORECASE)
_OWN = {"its", "their", "our", "his", "her", "own", "my"}
_PEOPLE_KINDS = ("demonym", "adjective")
_KINDS = (
    "patient", "companion", "staff", "other", "returnee", "resident", "foreign_national",
    "child", "woman", "elderly", "man", "family", "person",
)  # fmt: skip


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
    links: dict[str, frozenset[str]]
    parts: tuple[Candidate, ...]

    def named(self, *links: str) -> tuple[str, ...]:
        """The countries tied by one of `links`, in order of the alphabet."""
        return tuple(sorted(c for c, how in self.links.items() if not how.isdisjoint(links)))


def counted(context: Context, candidate: Candidate, placed: Sequence[Placed]) -> Counted:
    """The counted phrase of a candidate; `placed` are the report's countries and peoples."""
    tree, figure, sentence = candidate.parse, candidate.figure, candidate.sentence
    text = context.document.text
    noun = tree.words[candidate.noun] if candidate.noun is not None else None
    tail = text[figure.end : min(sentence.end, figure.end + REACH)]
    kinds = phrase_kinds(tree, candidate)
    partitive = bool(_PARTITIVE.match(tail))
    own = noun is not None and any(tree.words[c].lower in _OWN for c in tree.children[noun.index])
    links, ethnic = _links(context, candidate, placed)
    return Counted(
        kinds,
        not kinds or set(kinds) <= {"person"},
        partitive,
        bool(_OTHERS.search(text[max(sentence.start, figure.start - 16) : figure.start]))
        or figure.more,
        own,
        bool(_VARIOUS.search(tail[:90])),
        ethnic,
        links,
        parts_of(context, candidate),
    )


def phrase_kinds(tree: Parse, candidate: Candidate) -> tuple[str, ...]:
    """The classes of people that the phrase names, the telling ones first."""
    if candidate.noun is None:
        return ()
    found: dict[str, None] = {}
    nodes = [candidate.noun]
    for child in tree.children[candidate.noun]:
        word = tree.words[child]
        if word.dep in ("amod", "compound", "nmod", "conj", "appos") and word.dep != "appos":
            nodes.append(child)
        elif word.lower == "of":
            nodes.extend(c for c in tree.children[child] if tree.words[c].dep == "pobj")
    for node in nodes:
        for name in noun_classes(tree.words[node].lemma):
            found[name] = None
    return tuple(name for name in _KINDS if name in found)


def _links(
    context: Context, candidate: Candidate, placed: Sequence[Placed]
) -> tuple[dict[str, frozenset[str]], bool]:
    """How each country of the sentence is tied to the people counted; whether by ethnic name."""
    tree, figure, sentence = candidate.parse, candidate.figure, candidate.sentence
    text = context.document.text
    block = context.document.blocks[sentence.block]
    noun = tree.words[candidate.noun] if candidate.noun is not None else None
    low, high = figure.start, figure.end
    if noun is not None:
        low, high = min(low, noun.start), max(high, noun.end)
    following = context.candidates[candidate.index + 1 : candidate.index + 2]
    stop = min(sentence.end, figure.end + REACH)
    if following and following[0].sentence.index == sentence.index:
        own_end = following[0].figure.start
    else:
        own_end = stop
    found: dict[str, set[str]] = {}
    ethnic = False
    for place in within(placed, min(low, sentence.start), stop):
        start, kind = place.mention.start, place.mention.kind
        people = kind in _PEOPLE_KINDS
        if low <= start < high:
            if kind == "ethnic":
                ethnic = True
            elif people:
                found.setdefault(place.code, set()).add("phrase")
            continue
        if start < figure.end:
            continue
        before = text[figure.end : start]
        inner = text[high:start] if start >= high else before
        how = None
        if kind == "ethnic":
            ethnic = ethnic or (len(inner) < 12)
            continue
        if people and _PARTITIVE.match(before) and len(before) < 40 and start < own_end:
            how = "ofthem"
        elif people and _MOSTLY.search(before[-48:]) and len(before) < 140:
            how = "mostly"
        elif people and _EXAMPLE.search(before[-40:]):
            how = "example"
        elif _FROM.fullmatch(inner) and place.role == "from" and start < own_end:
            how = "from"
        elif _OF.fullmatch(inner) and start < own_end:
            how = "of"
        elif people and len(inner) < 60 and _BE.search(inner) and start < own_end:
            how = "is"
        elif people and len(inner) <= 3 and start < own_end:
            how = "next"
        if how is not None:
            found.setdefault(place.code, set()).add(how)
    if block.kind in ("row", "bullet"):
        _row_link(context, candidate, placed, block, found)
    return {code: frozenset(how) for code, how in found.items()}, ethnic


def _row_link(
    context: Context,
    candidate: Candidate,
    placed: Sequence[Placed],
    block: Block,
    found: dict[str, set[str]],
) -> None:
    """The country that opens a table's row or a bullet, told apart by what the table lists."""
    opening = within(placed, block.start, candidate.figure.start)
    if not opening or opening[0].mention.start - block.start > 6:
        return
    blocks = context.document.blocks
    listed = "row"
    for step in range(1, 9):
        if block.index < step:
            break
        above = blocks[block.index - step]
        if _BY_NATION.search(above.text):
            listed = "nation"
        if above.kind not in ("row", "bullet"):
            break
    found.setdefault(opening[0].code, set()).add(listed)


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
