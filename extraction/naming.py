"""How each country named near a figure is tied to the people whom the figure counts.

phrase "31 Austrians", ofthem "31 of them Austrians", mostly "31, most of them Austrians", from
and native "13 from Nepal" (a land that the report's people leave, or another), of "citizens of
Mali", is "84 were Australian", next "workers, Brazilians", example "among them two Poles",
before and last (the people named last before the figure), label, row and nation (what opens
the line, in a table by nationality or another).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from extraction.context import Candidate, Context
from extraction.countries import demonyms
from extraction.document import Block
from extraction.parsing import Parse, Word
from extraction.roles import Placed, within

REACH = 170  # characters after the number in which words may still say who is counted
NEAR = 12  # characters after the counted noun in which an ethnic name is said of it

PARTITIVE = re.compile(
    r"\s*(?:more |others? )?of (?:them|whom|those|these|us|which)\b", re.IGNORECASE
)
_MOSTLY = re.compile(
    r"\b(?:most|all|mostly|mainly|chiefly|largely|majority|bulk|every one|each)"
    r"(?: of (?:them|whom|these|those))?(?: (?:are|were|being|of))?"
    r"(?: (?:the|from|ethnic))?\s+$",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"\b(?:including|include|included|among (?:them|whom)|such as|like|with|plus|and|as well as)"
    r"(?: \S+){0,2}\s+$",
    re.IGNORECASE,
)
_AMONG = re.compile(r"\s*,?\s*(?:among|included|amongst)\b", re.IGNORECASE)
_FROM = re.compile(r"\s*(?:\S+ ){0,2}from (?:the )?$", re.IGNORECASE)
_OF = re.compile(
    r"\s*(?:\S+ ){0,3}(?:citizens|nationals|subjects|passports?|workers|natives) of (?:the )?$",
    re.IGNORECASE,
)
_EMPLOYED = re.compile(r"\s*(?:\S+ ){0,2}(?:of|from|at) (?:the |its )?$", re.IGNORECASE)
_BE = re.compile(
    r"(?:^|\s)(?:is|are|were|was|being|held|hold|carried|carry|with)\s(?:\S+ ){0,2}$", re.IGNORECASE
)
_CITIZEN = re.compile(r"\s+(?:citizen|national|passport)", re.IGNORECASE)
_BY_NATION = re.compile(
    r"\bnational|\bcitizen|\bpassport|\bcountr(?:y|ies) of origin", re.IGNORECASE
)
_OWN = {"its", "their", "our", "his", "her", "own", "my"}
_CITIZENS = {"citizen", "national", "compatriot", "countryman"}
_PEOPLE_KINDS = ("demonym", "adjective")
_PASSING = ("from", "to", "in", "via", "with", "between", "people")


def name_links(
    context: Context,
    candidate: Candidate,
    placed: Sequence[Placed],
    noun: Word | None,
    kinds: Sequence[str],
) -> tuple[dict[str, frozenset[str]], bool]:
    """How each country of the sentence is tied to the people counted; whether by ethnic name."""
    figure, sentence = candidate.figure, candidate.sentence
    text = context.document.text
    block = context.document.blocks[sentence.block]
    low, high = figure.start, figure.end
    if noun is not None:
        low, high = min(low, noun.start), max(high, noun.end)
    following = context.candidates[candidate.index + 1 : candidate.index + 2]
    stop = min(sentence.end, figure.end + REACH)
    if following and following[0].sentence.index == sentence.index:
        own_end = following[0].figure.start
    else:
        own_end = stop
    high = min(high, own_end)
    complement = complement_of(candidate)
    left = Counter(p.code for p in placed if p.role == "from").most_common(1)
    found: dict[str, set[str]] = {}
    ethnic = False
    before_code: str | None = None
    for place in within(placed, min(low, sentence.start), stop):
        start, kind = place.mention.start, place.mention.kind
        people = _is_people(text, place)
        if low <= start < high:
            if kind == "ethnic":
                code = _citizens(place.mention.text)
                if code is None:
                    ethnic = True
                else:
                    found.setdefault(code, set()).add("phrase")
            elif people or kind == "country":
                found.setdefault(place.code, set()).add("phrase")
            continue
        if start < figure.end:
            if place.mention.code is not None and start >= sentence.start:
                before_code = place.code if place.role == "people" else before_code
            continue
        if kind == "ethnic":
            ethnic = ethnic or start - high < NEAR
            continue
        how = _tie(text, place, figure.end, max(high, figure.end), start < own_end)
        if how == "from" and left[0][0] != place.code:
            how = "native"
        if how == "employed":
            how = "of" if "staff" in kinds else None
        if people and how in (None, "next") and complement[0] <= start < complement[1]:
            how = "is"
        if how is not None:
            found.setdefault(place.code, set()).add(how)
    if before_code is not None:
        found.setdefault(before_code, set()).add("before")
    elif sentence.index and sentence.index > block.first_sentence:
        last = context.document.sentences[sentence.index - 1]
        told = [
            p for p in within(placed, last.start, last.end) if p.role == "people" and p.mention.code
        ]
        if told:
            found.setdefault(told[-1].code, set()).add("last")
    opening = within(placed, block.start, min(figure.start, block.start + 8))
    if opening and opening[0].role == "label" and block.kind not in ("row", "bullet"):
        found.setdefault(opening[0].code, set()).add("label")
    if block.kind in ("row", "bullet"):
        _row_link(context, candidate, placed, block, found)
    return {code: frozenset(how) for code, how in found.items()}, ethnic


def _is_people(text: str, place: Placed) -> bool:
    """Whether a name stands for people: "French", and "US" in "US citizens"."""
    kind = place.mention.kind
    return (
        kind in _PEOPLE_KINDS or kind == "country" and bool(_CITIZEN.match(text, place.mention.end))
    )


def _tie(text: str, place: Placed, figure_end: int, phrase_end: int, own: bool) -> str | None:
    """How a name after the figure is tied to it; `own` says that no other figure lies between."""
    start = place.mention.start
    before, inner = text[figure_end:start], text[phrase_end:start]
    people = _is_people(text, place)
    if people:
        if own and len(before) < 40 and PARTITIVE.match(before):
            return "ofthem"
        if len(before) < 140 and _MOSTLY.search(before[-48:]):
            return "mostly"
        if _EXAMPLE.search(before[-40:]) or _AMONG.match(text, place.mention.end):
            return "example"
    if not own:
        return None
    if place.role == "from" and _FROM.fullmatch(inner):
        return "from"
    if _OF.fullmatch(inner):
        return "of"
    if _EMPLOYED.fullmatch(inner):
        return "employed"
    if people:
        if len(inner) < 60 and _BE.search(inner):
            return "is"
        if len(inner) <= 3:
            return "next"
    return None


def _citizens(name: str) -> str | None:
    """The country of "Syrian Kurds"; None for "Kurds", and for "Kosovo Albanians"."""
    first, _, rest = name.partition(" ")
    known = demonyms()
    return known[first].code if rest and first in known and rest not in known else None


def complement_of(candidate: Candidate) -> tuple[int, int]:
    """Offsets of what the figure's people are said to be: "84 of those aboard were Australian"."""
    tree = candidate.parse
    node = tree.words[candidate.noun if candidate.noun is not None else candidate.anchor]
    for _ in range(4):
        above = tree.words[node.head]
        if node.dep == "nsubj" and above.lemma == "be":
            for child in tree.children[above.index]:
                word = tree.words[child]
                if word.dep in ("attr", "acomp") and child > above.index:
                    return tree.words[above.index].end, word.end
            return (0, 0)
        if above.index == node.index:
            break
        node = above
    return (0, 0)


def is_own(tree: Parse, noun: Word, links: Mapping[str, frozenset[str]]) -> bool:
    """Whether they are somebody's own people: "its citizens", "800 nationals"."""
    below = [tree.words[c] for c in tree.children[noun.index]]
    if any(word.lower in _OWN for word in below):
        return True
    if noun.lemma not in _CITIZENS or any("phrase" in how for how in links.values()):
        return False
    return not any(word.dep in ("amod", "compound") or word.lower == "of" for word in below)


def doer_of(context: Context, candidate: Candidate, placed: Sequence[Placed]) -> str | None:
    """The country that acts before the figure, in its sentence or paragraph; else the report's
    most named people."""
    block = context.document.blocks[candidate.sentence.block]
    for place in reversed(within(placed, block.start, candidate.figure.start)):
        if place.role not in _PASSING:
            return place.code
    told = Counter(p.code for p in placed if p.role == "people" and p.mention.code)
    return told.most_common(1)[0][0] if told else None


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
