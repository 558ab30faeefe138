"""What speaks for each day that a figure may have, as named features."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extraction.context import Candidate, Context
from extraction.dates import DateOption
from extraction.evidence import Features, cue_spans, governors
from extraction.lexicon import words
from extraction.parsing import Parse

_PREPOSITION = re.compile(
    r"\b(since|by|as of|until|till|up to|from|on|in|at|for|before|after|between|during|over|of|late on|early on|through|starting)\s+(?:the\s+|about\s+|late\s+|early\s+)?$",
    re.IGNORECASE,
)
def date_features(
    context: Context,
    candidate: Candidate,
    options: Sequence[DateOption],
    read: Mapping[str, object],
) -> list[Features]:
    """The features of each option, in order; `read` holds the figure's scope and status."""
    tree = candidate.parse
    told = (
        *cues(tree),
        f"scope={read.get('scope')}",
        f"status={read.get('status')}",
        f"sub={read.get('subset')}",
    )
    above = governors(candidate)
    own_verb = above[0][0] if above else None
    tense = _tense(tree, own_verb)
    in_sentence = [o for o in options if o.where == "sentence" and o.variant != "next"]
    plain_days = sum(o.expression is not None and o.expression.kind != "clock" for o in in_sentence)
    kind = context.document.blocks[candidate.sentence.block].kind
    out = []
    for option in options:
        features: Features = {f"at:{option.where}": 1.0, f"var:{option.variant}": 1.0}
        features[f"at:{option.where}/have={min(2, plain_days)}"] = 1.0
        features[f"at:{option.where}/{tense}"] = 1.0
        features[f"at:{option.where}/block={kind}"] = 1.0
        for cue in told:
            features[f"at:{option.where}/{cue}"] = 1.0
            features[f"var:{option.variant}/{cue}"] = 1.0
        expression = option.expression
        if expression is None:
            if candidate.sentence.index <= 1:
                features["pub:lead"] = 1.0
            out.append(features)
            continue
        features[f"k:{expression.kind}"] = 1.0
        features[f"k:{expression.kind}/{option.where}"] = 1.0
        features[f"k:{expression.kind}/{option.variant}"] = 1.0
        features[f"ahead:{expression.ahead or option.variant == 'next'}/{tense}"] = 1.0
        for cue in told:
            features[f"ahead:{expression.ahead or option.variant == 'next'}/{cue}"] = 1.0
        before = context.document.text[max(0, expression.start - 20) : expression.start]
        preposition = _PREPOSITION.search(before)
        word = preposition.group(1).lower() if preposition else "none"
        features[f"prep:{word}"] = 1.0
        features[f"prep:{word}/{option.where}"] = 1.0
        if option.where == "sentence":
            _sentence_features(features, context, candidate, option, in_sentence, own_verb, above)
        elif option.where in ("block", "before", "after", "lead"):
            between = sum(
                1
                for other in options
                if other.expression is not None
                and other.variant == "plain"
                and expression.start < other.expression.start < candidate.figure.start
            )
            features[f"carry:{option.where}:between={min(3, between)}"] = 1.0
            gap = candidate.sentence.index - context.document.sentence_at(expression.start).index
            features[f"carry:{option.where}:gap={min(5, gap)}"] = 1.0
            if plain_days:
                features["carry:own"] = 1.0
            if _says(context, expression.start):
                features["carry:said"] = 1.0
        out.append(features)
    return out


def _sentence_features(
    features: Features,
    context: Context,
    candidate: Candidate,
    option: DateOption,
    rivals: Sequence[DateOption],
    own_verb: int | None,
    above: Sequence[tuple[int, str]],
) -> None:
    expression = option.expression
    assert expression is not None
    figure = candidate.figure
    tree = candidate.parse
    side = "+" if expression.start >= figure.end else "-"
    gap = expression.start - figure.end if side == "+" else figure.start - expression.end
    features[f"s:{side}"] = 1.0
    reach = "near" if gap < 25 else "mid" if gap < 70 else "far"
    features[f"s:{side}{reach}"] = 1.0
    features[f"s:{side}/{expression.kind}"] = 1.0
    closer = [
        o
        for o in rivals
        if o.expression is not None
        and o.expression is not expression
        and o.expression.kind != "clock"
        and (o.expression.start >= figure.end) == (side == "+")
        and abs(o.expression.start - figure.start) < abs(expression.start - figure.start)
    ]
    features[f"s:{side}rank={min(2, len(closer))}"] = 1.0
    figures_between = sum(
        1
        for other in context.candidates
        if min(figure.end, expression.end)
        <= other.figure.start
        < max(figure.start, expression.start)
        and other.index != candidate.index
    )
    features[f"s:{side}between={min(2, figures_between)}"] = 1.0
    text = context.document.text
    gap_text = (
        text[figure.end : expression.start] if side == "+" else text[expression.end : figure.start]
    )
    features[
        f"s:{side}clause={min(2, len(re.findall(r'[;:–—]|, (?:and|but|while|which|who|as)|[,.] ', gap_text)))}"
    ] = 1.0
    index = tree.at(expression.end - 1)
    verb = _verb_above(tree, index) if index is not None else None
    if verb is not None:
        if verb == own_verb:
            features["s:sameverb"] = 1.0
        elif verb in {i for i, _ in above}:
            features["s:upverb"] = 1.0
        else:
            features["s:otherverb"] = 1.0
        if tree.words[verb].lemma in words("say", "verbs"):
            features["s:said"] = 1.0
            features[f"s:said/{side}"] = 1.0
            if len(rivals) > 1:
                features["s:said/rivals"] = 1.0
    if _says(context, expression.start):
        features["s:aftersay"] = 1.0
        if len(rivals) > 1:
            features["s:aftersay/rivals"] = 1.0


def _says(context: Context, offset: int) -> bool:
    before = (
        context.document.text[max(0, offset - 34) : offset].lower().replace(",", " ").split()[-5:]
    )
    return any(w in _SAID for w in before)


_SAID = {
    "said",
    "says",
    "told",
    "reported",
    "announced",
    "tweeted",
    "added",
    "stated",
    "wrote",
    "declared",
    "confirmed",
    "disclosed",
    "speaking",
}


def _verb_above(tree: Parse, index: int) -> int | None:
    node = tree.words[index]
    for _ in range(10):
        if node.pos == "VERB":
            return node.index
        if node.head == node.index:
            return None
        node = tree.words[node.head]
    return None


def _tense(tree: Parse, verb: int | None) -> str:
    if verb is None:
        return "noverb"
    auxiliaries = {
        tree.words[c].lower for c in tree.children[verb] if tree.words[c].dep in ("aux", "auxpass")
    }
    if auxiliaries & {
        "will",
        "would",
        "should",
        "could",
        "may",
        "to",
        "might",
        "'ll",
        "’ll",
        "can",
    }:
        return "future"
    if auxiliaries & {"have", "has", "'ve", "’ve"}:
        return "perfect"
    if "had" in auxiliaries:
        return "pluperfect"
    return {"VBD": "past", "VBN": "past", "VBZ": "present", "VBP": "present", "VBG": "ing"}.get(
        tree.words[verb].tag, "base"
    )


def cues(tree: Parse) -> tuple[str, ...]:
    found = {n for _, n in cue_spans([w.lower for w in tree.words])}
    return tuple(
        sorted(found & {"cumulative", "event", "expected", "waiting", "refused", "subset"})
    )


