"""Which way a figure's people move, by the verbs and event nouns around the figure."""

from __future__ import annotations

from typing import NamedTuple

from extraction.context import Candidate
from extraction.lexicon import classes
from extraction.parsing import Parse
from extraction.word_classes import governors, verb_classes

MOVES = frozenset(
    ("leave", "enter", "return", "carry", "expel", "cross", "wait", "refuse", "release")
)
_WAYS = {
    "in": "in",
    "inside": "in",
    "out": "out",
    "outside": "out",
    "abroad": "out",
    "away": "out",
    "home": "home",
    "homeward": "home",
    "back": "back",
}
_OTHER = {"other", "opposite", "reverse"}  # "went the other way"
_BELOW = {"relcl", "acl"}
_SUBJECTS = {"nsubj", "nsubjpass"}
_OPENED = {"xcomp", "pcomp"}
_ADVERBS = {"prt", "advmod", "npadvmod", "prep", "dobj", "pobj"}
CLIMB = 3  # verbs above a figure, and opened by one of them, that are looked at
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
        if "refuse" in self.verbs and "return" not in self.verbs:
            return "refused"
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
    noun = candidate.noun
    if noun is not None:
        for name in classes("verbs").get(tree.words[noun].lemma, ()):
            if name in MOVES:
                verbs[name] = None
    above = governors(candidate)[:CLIMB] if not verbs else []
    if above and noun is not None and above[0][1] not in _SUBJECTS:
        for child in tree.children[noun]:
            if tree.words[child].dep in _BELOW:
                _take(tree, child, verbs, ways)
        above = [] if verbs or ways else above
    for index, _ in above:
        _take(tree, index, verbs, ways)
        if head is None or verbs or ways:
            head = index
        if verbs or ways:
            break
    if not ways:
        _take_next(candidate, ways)
    return Movement(tuple(verbs) or ("none",), tuple(ways), head)


def _take(
    tree: Parse, index: int, verbs: dict[str, None], ways: dict[str, None], depth: int = 0
) -> None:
    """Take up what a verb says, and the verbs that it opens: "are seeking to come home"."""
    for name in verb_classes(tree, index):
        if name in MOVES:
            verbs[name] = None
    for child in tree.children[index]:
        word = tree.words[child]
        if word.dep in _OPENED and depth < CLIMB:
            _take(tree, child, verbs, ways, depth + 1)
        elif word.dep in _ADVERBS and word.lower in _WAYS:
            below = {tree.words[c].dep for c in tree.children[child]}
            if word.lower == "in" and "pobj" in below:
                continue
            if word.lower == "out" and "prep" in below:
                continue
            ways[_WAYS[word.lower]] = None


def _take_next(candidate: Candidate, ways: dict[str, None]) -> None:
    """ "8,572 in, 4,199 out": the adverb right behind the figure, before any stop."""
    words = candidate.parse.words
    for word in words[candidate.anchor + 1 : candidate.anchor + 1 + NEXT]:
        if word.tag in (",", ".", ":") or word.pos == "NUM":
            return
        behind = words[word.index - 1].pos
        follows = words[word.index + 1].tag if word.index + 1 < len(words) else "."
        if word.lower in ("in", "out") and follows not in (",", ".", ":", "CC"):
            return
        if word.lower in _OTHER and follows == "NN" and behind == "DET":
            ways["other"] = None
            return
        if word.lower in _WAYS:
            ways[_WAYS[word.lower]] = None
            return
