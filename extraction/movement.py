"""Which way a figure's people move, by the verbs and event nouns around the figure."""

from __future__ import annotations

from typing import NamedTuple

from extraction.context import Candidate
from extraction.evidence import governors, verb_classes
from extraction.lexicon import classes
from extraction.parsing import Parse

MOVES = frozenset(
    ("leave", "enter", "return", "carry", "expel", "cross", "wait", "refuse", "release")
)
_WAYS = {
    "in": "in",
    "into": "in",
    "inside": "in",
    "out": "out",
    "outside": "out",
    "abroad": "out",
    "away": "out",
    "home": "home",
    "homeward": "home",
    "back": "back",
    "other": "other",
    "opposite": "other",
    "reverse": "other",
}
_BELOW = {"relcl", "acl"}
_ADVERBS = {"prt", "advmod", "npadvmod", "prep", "dobj", "pobj"}
NEXT = 4  # words after the figure that may be its whole clause: "8,572 in, 4,199 out"


class Movement(NamedTuple):
    """`verbs` are the classes of movement around a figure, `ways` the directions told by
    adverbs, `head` the index of the word that governs it, None where nothing does."""

    verbs: tuple[str, ...]
    ways: tuple[str, ...]
    head: int | None

    @property
    def sign(self) -> str:
        """In, out or back, as far as the words tell which; else none."""
        if "other" in self.ways:
            return "other"
        for way in ("home", "back", "out", "in"):
            if way in self.ways:
                return "back" if way == "home" else way
        for verb, sign in (("return", "back"), ("enter", "in"), ("leave", "out"), ("expel", "out")):
            if verb in self.verbs:
                return sign
        return "none"


def movement(candidate: Candidate) -> Movement:
    """The movement of the people that a figure counts."""
    tree = candidate.parse
    verbs: dict[str, None] = {}
    ways: dict[str, None] = {}
    head: int | None = None
    if candidate.noun is not None:
        noun = tree.words[candidate.noun]
        for name in classes("verbs").get(noun.lemma, ()):
            if name in MOVES:
                verbs[name] = None
        for child in tree.children[candidate.noun]:
            if tree.words[child].dep in _BELOW:
                _take(tree, child, verbs, ways)
    for index, _ in () if verbs and not ways and _is_event(candidate) else governors(candidate)[:3]:
        known = any(name in MOVES for name in verb_classes(tree, index))
        if head is None or known:
            head = index
        _take(tree, index, verbs, ways)
        if known or ways:
            break
    if not ways:
        _take_next(candidate, ways)
    return Movement(tuple(verbs) or ("none",), tuple(ways), head)


def _is_event(candidate: Candidate) -> bool:
    """Whether the counted noun is itself a movement: "4,823 entries"."""
    if candidate.noun is None:
        return False
    names = classes("verbs").get(candidate.parse.words[candidate.noun].lemma, ())
    return any(name in MOVES for name in names)


def _take(tree: Parse, index: int, verbs: dict[str, None], ways: dict[str, None]) -> None:
    for name in verb_classes(tree, index):
        if name in MOVES:
            verbs[name] = None
    for child in tree.children[index]:
        word = tree.words[child]
        if word.dep in _ADVERBS and word.lower in _WAYS and word.lower != "into":
            if word.lower == "in" and any(
                tree.words[c].dep == "pobj" for c in tree.children[child]
            ):
                continue
            if word.lower == "out" and any(
                tree.words[c].lower == "of" for c in tree.children[child]
            ):
                continue
            ways[_WAYS[word.lower]] = None


def _take_next(candidate: Candidate, ways: dict[str, None]) -> None:
    """ "8,572 in, 4,199 out": the adverb right behind the figure, before any stop."""
    words = candidate.parse.words
    for word in words[candidate.anchor + 1 : candidate.anchor + 1 + NEXT]:
        if word.tag in (",", ".", ":") or word.pos == "NUM":
            return
        follows = words[word.index + 1].tag if word.index + 1 < len(words) else "."
        if word.lower in ("in", "out") and follows not in (",", ".", ":", "CC"):
            return
        if word.lower in _WAYS:
            ways[_WAYS[word.lower]] = None
            return
