"""The clause that governs a figure: what kind of act, in what tense, mode and voice."""

from __future__ import annotations

from extraction.context import Candidate
from extraction.lexicon import classes
from extraction.parsing import Parse
from extraction.word_classes import governors, verb_classes

_MOVES = ("return", "expel", "leave", "enter", "cross", "carry", "release")
_ORDER = ("refuse", "wait", "plan")
_BE_NOW = {"is", "are", "'s", "'re", "’s", "’re", "am"}
_BE_PAST = {"was", "were"}
_HAVE_NOW = {"has", "have", "'ve", "’ve"}


def act(tree: Parse, index: int) -> str:
    """A verb's broad kind: move, wait, plan, refuse, be, say, hold or other."""
    found = verb_classes(tree, index)
    lemma = tree.words[index].lemma
    own = classes("acts").get(lemma, ())
    if own:
        return own[0]
    if any(name in _MOVES for name in found):
        return "move"
    for name in (*_ORDER, "say", "host"):
        if name in found:
            return name
    return "other"


def mode(tree: Parse, index: int) -> str:
    """How a verb is put: past, perfect, pluperfect, present, progressive, future, able,
    infinitive, participle, gerund; a leading "not" where it is denied."""
    word = tree.words[index]
    auxiliaries = [
        tree.words[c].lower for c in tree.children[index] if tree.words[c].dep in ("aux", "auxpass")
    ]
    denied = any(tree.words[c].dep == "neg" for c in tree.children[index])
    return ("not " if denied else "") + _mode(word.tag, auxiliaries, tree, index)


def _mode(tag: str, auxiliaries: list[str], tree: Parse, index: int) -> str:
    has = set(auxiliaries)
    modals = classes("modals")
    for word in auxiliaries:
        for name in modals.get(word, ()):
            return name
    if "to" in has:
        above = tree.words[tree.words[index].head]
        return "due" if above.lemma == "be" and above.index < index else "infinitive"
    if has & _HAVE_NOW:
        return "perfect"
    if "had" in has:
        return "pluperfect"
    if "being" in has or (tag == "VBG" and has & _BE_NOW):
        return "progressive"
    if tag == "VBG" and has & _BE_PAST:
        return "past progressive"
    if has & _BE_NOW:
        return "present"
    if has & _BE_PAST or tag == "VBD":
        return "past"
    return {"VBN": "participle", "VBG": "gerund", "VB": "infinitive"}.get(tag, "present")


def chain(candidate: Candidate) -> list[tuple[str, str, str]]:
    """The clauses above the figure, nearest first: (kind of act, mode, the figure's role).

    The role is subject, object or other. A noun of an event has the mode "noun".
    """
    tree = candidate.parse
    out = []
    for index, dep in governors(candidate)[:4]:
        put = mode(tree, index) if tree.words[index].pos in ("VERB", "AUX") else "noun"
        role = "subject" if dep.startswith("nsubj") else "object" if dep == "dobj" else "other"
        out.append((act(tree, index), put, role))
    return out


def below(candidate: Candidate) -> list[tuple[str, str]]:
    """The clauses that hang on the counted noun: (kind of act, mode)."""
    tree = candidate.parse
    root = candidate.noun if candidate.noun is not None else candidate.anchor
    return [
        (act(tree, child), mode(tree, child))
        for child in tree.children[root]
        if tree.words[child].dep in ("relcl", "acl")
    ]


def complement(candidate: Candidate) -> tuple[str, str] | None:
    """The infinitive or clause that the nearest verb takes: "expected to leave", "allowed to"."""
    tree = candidate.parse
    above = governors(candidate)
    if not above:
        return None
    for child in tree.children[above[0][0]]:
        if tree.words[child].dep in ("xcomp", "ccomp") and child > above[0][0]:
            return act(tree, child), mode(tree, child)
    return None
