"""What a figure counts, taken as a whole phrase: its noun, who the text says they are, its parts.

"the number of X", "X, mostly Y", "13 from Nepal", "84 of those aboard were Australian",
"its citizens", "India: 465 people", "39 passengers: 19 Kenyans and 20 Somalis".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extraction.context import Candidate, Context
from extraction.countries import demonyms
from extraction.document import Block
from extraction.evidence import noun_classes
from extraction.lexicon import classes, words
from extraction.parsing import Parse, Word
from extraction.roles import Placed, within

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
_AMONG = re.compile(r"\s*,?\s*(?:among|included|amongst)\b", re.IGNORECASE)
_FROM = re.compile(r"\s*(?:\S+ ){0,2}from (?:the )?$", re.IGNORECASE)
_OF = re.compile(r"\s*(?:\S+ ){0,3}(?:citizens|nationals|subjects|passports?|workers|natives) of (?:the )?$", re.IGNORECASE)
_EMPLOYED = re.compile(r"\s*(?:\S+ ){0,2}(?:of|from|at) (?:the |its )?$", re.IGNORECASE)
_BE = re.compile(r"(?:^|\s)(?:is|are|were|was|being|held|hold|carried|carry|with)\s(?:\S+ ){0,2}$", re.IGNORECASE)
_VARIOUS = re.compile(
    r"\b(?:various|different|other|many|several|third|\d+|\w+teen|\w+ty|dozens of|all|a score of)[ -]"
    r"(?:nationalit|countr|nation|state|foreign)|\b(?:from|of) (?:elsewhere|other|others)\b",
    re.IGNORECASE,
)
_BY_NATION = re.compile(r"\bnational|\bcitizen|\bpassport|\bcountr(?:y|ies) of origin", re.IGNORECASE)
_OWN = {"its", "their", "our", "his", "her", "own", "my"}
_CITIZENS = {"citizen", "national", "compatriot", "countryman"}
_PEOPLE_KINDS = ("demonym", "adjective")
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
    partitive = bool(_PARTITIVE.match(tail))
    links, ethnic = _links(context, candidate, placed, noun, kinds)
    own = noun is not None and _own(tree, noun, links)
    if own:
        doer = _doer(context, candidate, placed)
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


def _own(tree: Parse, noun: Word, links: Mapping[str, frozenset[str]]) -> bool:
    """Whether they are somebody's own people: "its citizens", "800 nationals"."""
    below = [tree.words[c] for c in tree.children[noun.index]]
    if any(word.lower in _OWN for word in below):
        return True
    if noun.lemma not in _CITIZENS or any("phrase" in how for how in links.values()):
        return False
    return not any(word.dep in ("amod", "compound") or word.lower == "of" for word in below)


def _doer(context: Context, candidate: Candidate, placed: Sequence[Placed]) -> str | None:
    """The country that acts before the figure, in its sentence or paragraph; else the report's
    most named people."""
    block = context.document.blocks[candidate.sentence.block]
    for place in reversed(within(placed, block.start, candidate.figure.start)):
        if place.role not in ("from", "in", "via", "with", "people", "between", "to"):
            return place.code
    told = Counter(p.code for p in placed if p.role == "people" and p.mention.code)
    return told.most_common(1)[0][0] if told else None


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
            if w.pos == "ADJ" or w.tag == "VBN"
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
    low, high = _complement(candidate)
    out = [w.index for w in tokens if low <= w.start < high and w.pos == "NOUN"]
    after = [w for w in tokens if w.start >= candidate.figure.end][:7]
    if len(after) > 1 and after[0].lower == "of" and after[1].tag in ("PRP", "WP", "DT", "WDT"):
        for word in after[2:]:
            if word.pos == "NOUN":
                return [word.index]
            if word.pos not in ("ADJ", "PROPN", "ADV", "DET", "AUX"):
                break
    return out


def _links(
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
    complement = _complement(candidate)
    left = Counter(p.code for p in placed if p.role == "from").most_common(1)
    found: dict[str, set[str]] = {}
    ethnic = False
    before_code: str | None = None
    for place in within(placed, min(low, sentence.start), stop):
        start, kind = place.mention.start, place.mention.kind
        people = kind in _PEOPLE_KINDS
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
        elif people and (
            _EXAMPLE.search(before[-40:]) or _AMONG.match(text, place.mention.end, sentence.end)
        ):
            how = "example"
        elif _FROM.fullmatch(inner) and place.role == "from" and start < own_end:
            how = "from" if left[0][0] == place.code else "native"
        elif start < own_end and (
            _OF.fullmatch(inner) or "staff" in kinds and _EMPLOYED.fullmatch(inner)
        ):
            how = "of"
        elif people and complement[0] <= start < complement[1]:
            how = "is"
        elif people and len(inner) < 60 and _BE.search(inner) and start < own_end:
            how = "is"
        elif people and len(inner) <= 3 and start < own_end:
            how = "next"
        if how is not None:
            found.setdefault(place.code, set()).add(how)
    if before_code is not None:
        found.setdefault(before_code, set()).add("before")
    elif sentence.index and sentence.index > block.first_sentence:
        last = context.document.sentences[sentence.index - 1]
        told = [p for p in within(placed, last.start, last.end) if p.role == "people" and p.mention.code]
        if told:
            found.setdefault(told[-1].code, set()).add("last")
    opening = within(placed, block.start, min(figure.start, block.start + 8))
    if opening and opening[0].role == "label" and block.kind not in ("row", "bullet"):
        found.setdefault(opening[0].code, set()).add("label")
    if block.kind in ("row", "bullet"):
        _row_link(context, candidate, placed, block, found)
    return {code: frozenset(how) for code, how in found.items()}, ethnic


def _citizens(name: str) -> str | None:
    """The country of "Syrian Kurds"; None for "Kurds", and for "Kosovo Albanians"."""
    first, _, rest = name.partition(" ")
    known = demonyms()
    return known[first].code if rest and first in known and rest not in known else None


def _complement(candidate: Candidate) -> tuple[int, int]:
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
