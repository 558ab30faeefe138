"""What can be seen around a candidate figure, as named features for the models.

A feature's name begins with what it looks at (n noun, v verb, w window, s sentence, b block,
r report, f figure, l list) so that a model's weights can be read. All values are 0 to 1.
"""

from __future__ import annotations

import math

from extraction.context import Candidate, Context
from extraction.counted_kinds import kind_features
from extraction.lexicon import classes
from extraction.parsing import Parse, Word
from extraction.word_classes import (
    cue_spans,
    governors,
    noun_classes,
    noun_classes_in,
    verb_classes,
    verb_classes_in,
    within,
)

WINDOW = 5
_SUBJECTS = {"nsubj", "nsubjpass", "csubj"}

Features = dict[str, float]


def evidence(context: Context) -> list[Features]:
    """One feature dict per candidate of the report, in order."""
    report = _report_features(context)
    by_sentence: dict[int, Features] = {}
    out: list[Features] = []
    for candidate in context.candidates:
        index = candidate.sentence.index
        if index not in by_sentence:
            by_sentence[index] = _sentence_features(context, candidate)
        features: Features = {"bias": 1.0, **report, **by_sentence[index]}
        _figure_features(features, context, candidate)
        _noun_features(features, candidate)
        _verb_features(features, context, candidate)
        kind_features(features, context, candidate)
        _window_features(features, context, candidate)
        _list_features(features, context, candidate)
        out.append(features)
    return out


def _report_features(context: Context) -> Features:
    counts: dict[str, int] = {}
    total = 0
    for tree in context.parses.values():
        total += 1
        seen: set[str] = set()
        for word in tree.words:
            if word.pos in ("VERB", "NOUN"):
                seen.update(classes("verbs").get(word.lemma, ()))
        for name in seen:
            counts[name] = counts.get(name, 0) + 1
    out: Features = {}
    for name in (
        "leave",
        "cross",
        "enter",
        "return",
        "carry",
        "expel",
        "refuse",
        "wait",
        "harm",
        "host",
    ):
        out[f"r:{name}"] = round(counts.get(name, 0) / max(1, total), 2)
    title = (context.report.title or "").lower().replace(",", " ").split()
    for plain in title:
        stem = plain.rstrip("s")
        for name in classes("verbs").get(plain) or classes("verbs").get(stem) or ():
            out[f"r:title={name}"] = 1.0
        for name in classes("nouns").get(plain) or classes("nouns").get(stem) or ():
            out[f"r:titlen={name}"] = 1.0
    return out


def _sentence_features(context: Context, candidate: Candidate) -> Features:
    out: Features = {}
    tree, sentence = candidate.parse, candidate.sentence
    block = context.document.blocks[sentence.block]
    out[f"b:kind={block.kind}"] = 1.0
    out["b:first"] = float(sentence.index == 0)
    out["b:early"] = float(block.index <= 1)
    out["b:firstinblock"] = float(sentence.index == block.first_sentence)
    if block.heading is not None:
        out["b:headed"] = 1.0
        for name in verb_classes_in(context.document.blocks[block.heading].text):
            out[f"b:head={name}"] = 1.0
    if block.stamp is not None:
        out["b:stamped"] = 1.0
    for word in tree.words:
        if word.pos in ("VERB", "NOUN", "ADJ"):
            for name in classes("verbs").get(word.lemma, ()):
                out[f"s:{name}"] = 1.0
            for name in noun_classes(word.lemma):
                out[f"s:n={name}"] = 1.0
    if sentence.index > 0:
        before = context.document.sentences[sentence.index - 1]
        for name in verb_classes_in(before.text):
            out[f"p:{name}"] = 1.0
        for name in noun_classes_in(before.text):
            out[f"p:n={name}"] = 1.0
    for kind in {m.kind for m in within(context.countries, sentence.start, sentence.end)}:
        out[f"s:{kind}"] = 1.0
    if within(context.places, sentence.start, sentence.end):
        out["s:place"] = 1.0
    out["s:quote"] = float("“" in sentence.text or '"' in sentence.text)
    return out


def _figure_features(out: Features, context: Context, candidate: Candidate) -> None:
    figure = candidate.figure
    out[f"f:form={figure.form}"] = 1.0
    out[f"f:q={figure.qualifier}"] = 1.0
    out[f"f:size={min(7, int(math.log10(figure.count)))}"] = 1.0
    out["f:range"] = float(figure.count_max is not None)
    out["f:more"] = float(figure.more)
    out["f:small"] = float(figure.count <= 3)
    out["f:one"] = float(figure.count == 1)
    out["f:round"] = float(figure.count >= 10 and figure.count % 10 == 0)
    out["f:opens"] = float(figure.start - candidate.sentence.start < 3)
    out["f:ends"] = float(candidate.sentence.end - figure.end < 3)
    text = context.document.text
    if text[figure.end : figure.end + 1] == ")" or text[figure.start - 1 : figure.start] in "([":
        out["f:bracket"] = 1.0


def _noun_features(out: Features, candidate: Candidate) -> None:
    tree = candidate.parse
    if candidate.noun is None:
        out["n:none"] = 1.0
        return
    noun = tree.words[candidate.noun]
    out[f"n={noun.lemma}"] = 1.0
    out[f"n:pos={noun.pos}"] = 1.0
    found = noun_classes(noun.lemma)
    for name in found:
        out[f"n:{name}"] = 1.0
    if not found:
        out["n:unknown"] = 1.0
        if noun.text[:1].isupper():
            out["n:capital"] = 1.0
    _noun_group(out, tree, candidate.noun, "n")
    for child in tree.children[candidate.noun]:
        word = tree.words[child]
        if word.dep == "conj" and word.pos in ("NOUN", "PROPN"):
            for name in noun_classes(word.lemma) or ("unknown",):
                out[f"n:conj={name}"] = 1.0


def _noun_group(out: Features, tree: Parse, noun: int, prefix: str) -> None:
    for child in tree.children[noun]:
        word = tree.words[child]
        if word.dep in ("amod", "compound", "nmod", "poss", "det") and child < noun:
            out[f"{prefix}:m={word.lemma}"] = 1.0
            for name in noun_classes(word.lemma):
                out[f"{prefix}:mc={name}"] = 1.0
        elif word.dep == "prep":
            out[f"{prefix}:prep={word.lower}"] = 1.0
            for inner in tree.children[child]:
                for name in noun_classes(tree.words[inner].lemma):
                    out[f"{prefix}:{word.lower}={name}"] = 1.0
        elif word.dep in ("relcl", "acl"):
            for name in verb_classes(tree, child) or ("other",):
                out[f"{prefix}:{word.dep}={name}"] = 1.0


def _verb_features(out: Features, context: Context, candidate: Candidate) -> None:
    tree = candidate.parse
    above = governors(candidate)
    if not above:
        out["v:none"] = 1.0
    for rank, (index, dep) in enumerate(above[:3]):
        word = tree.words[index]
        key = f"v{rank}"
        out[f"{key}={word.lemma}"] = 1.0
        out[f"{key}:dep={dep}"] = 1.0
        names = verb_classes(tree, index) or ("other",)
        for name in names:
            out[f"{key}:{name}"] = 1.0
            out[f"{key}:{name}/{dep}"] = 1.0
            out[f"v:{name}"] = 1.0
        if rank == 0:
            _clause(out, tree, word, names)
    root = tree.words[candidate.noun if candidate.noun is not None else candidate.anchor]
    for child in tree.children[root.index]:
        word = tree.words[child]
        if word.dep in ("relcl", "acl"):
            for name in verb_classes(tree, child):
                out[f"v:below={name}"] = 1.0
            _clause(out, tree, word, ("below",))


def _clause(out: Features, tree: Parse, verb: Word, names: tuple[str, ...]) -> None:
    """Tense, voice, auxiliaries, negation and the prepositions of one clause."""
    out[f"c:tag={verb.tag}"] = 1.0
    for child in tree.children[verb.index]:
        word = tree.words[child]
        if word.dep in ("aux", "auxpass"):
            out[f"c:aux={word.lower}"] = 1.0
            if word.dep == "auxpass":
                out["c:passive"] = 1.0
        elif word.dep == "neg":
            out["c:neg"] = 1.0
        elif word.dep in ("prep", "prt", "advmod", "agent", "npadvmod"):
            out[f"c:{word.dep}={word.lower}"] = 1.0
            for inner in tree.children[child]:
                other = tree.words[inner]
                for name in noun_classes(other.lemma):
                    out[f"c:{word.lower}={name}"] = 1.0
                if other.pos == "PROPN":
                    out[f"c:{word.lower}=name"] = 1.0
        elif word.dep in ("xcomp", "ccomp", "advcl", "conj"):
            for name in verb_classes(tree, child):
                out[f"c:{word.dep}={name}"] = 1.0
        elif word.dep in _SUBJECTS:
            for name in noun_classes(word.lemma):
                out[f"c:subj={name}"] = 1.0
        elif word.dep in ("dobj", "attr"):
            for name in noun_classes(word.lemma):
                out[f"c:obj={name}"] = 1.0


def _window_features(out: Features, context: Context, candidate: Candidate) -> None:
    tree, figure = candidate.parse, candidate.figure
    words = tree.words
    first = tree.at(figure.start)
    first = candidate.anchor if first is None else first
    last = tree.at(figure.end - 1)
    last = candidate.anchor if last is None else last
    for step in range(1, WINDOW + 1):
        for side, index in (("-", first - step), ("+", last + step)):
            if not 0 <= index < len(words):
                if step == 1:
                    out[f"w{side}1=edge"] = 1.0
                continue
            word = words[index]
            if step <= 2:
                out[f"w{side}{step}={word.lemma}"] = 1.0
                out[f"w{side}{step}:{word.tag}"] = 1.0
            out[f"w{side}={word.lemma}"] = 1.0
            for name in noun_classes(word.lemma):
                out[f"w{side}:n={name}"] = 1.0
            for name in classes("verbs").get(word.lemma, ()):
                out[f"w{side}:{name}"] = 1.0
    lowers = [w.lower for w in words]
    for index, name in cue_spans(lowers):
        distance = index - last if index > last else index - first
        side = "+" if distance > 0 else "-"
        out[f"q:{name}"] = 1.0
        if abs(distance) <= 4:
            out[f"q{side}near:{name}"] = 1.0
        elif abs(distance) <= 12:
            out[f"q{side}mid:{name}"] = 1.0
    for mention in within(context.countries, figure.start - 40, figure.end + 60):
        if mention.start >= candidate.sentence.end or mention.start < candidate.sentence.start:
            continue
        side = "+" if mention.start >= figure.end else "-"
        gap = mention.start - figure.end if side == "+" else figure.start - mention.end
        reach = "next" if gap <= 2 else "near" if gap <= 20 else "mid"
        out[f"g{side}{reach}:{mention.kind}"] = 1.0


def _list_features(out: Features, context: Context, candidate: Candidate) -> None:
    """The neighbouring figures of the same sentence: how they are joined, what they count."""
    text = context.document.text
    for step, side in ((-1, "-"), (1, "+")):
        position = candidate.index + step
        if not 0 <= position < len(context.candidates):
            continue
        other = context.candidates[position]
        if other.sentence.index != candidate.sentence.index:
            continue
        out[f"l{side}"] = 1.0
        first, second = (other, candidate) if step < 0 else (candidate, other)
        gap = text[first.figure.end : second.figure.start].lower().split()
        out[f"l{side}close"] = float(len(gap) <= 4)
        for word in gap:
            if word.strip(",;:()") in (
                "and",
                "including",
                "of",
                "whom",
                "them",
                "while",
                "but",
                "from",
                "to",
                "plus",
                "or",
            ):
                out[f"l{side}w={word.strip(',;:()')}"] = 1.0
        if other.noun is not None:
            for name in noun_classes(other.parse.words[other.noun].lemma) or ("unknown",):
                out[f"l{side}n={name}"] = 1.0
        ratio = candidate.figure.count / max(1, other.figure.count)
        out[f"l{side}smaller"] = float(ratio < 1)
