"""The day of a figure's movement: a choice among the dates told near it and the report's own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from extraction.context import Candidate, Context
from extraction.date_expressions import Expression, next_after
from extraction.evidence import Features, cue_spans, governors
from extraction.lexicon import words
from extraction.parsing import Parse

_PREPOSITION = re.compile(
    r"\b(since|by|as of|until|till|up to|from|on|in|at|for|before|after|between|during|over|of|late on|early on|through|starting)\s+(?:the\s+|about\s+|late\s+|early\s+)?$",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:since|from|starting|beginning)\s+(?:the\s+|about\s+|late\s+|early\s+|at least\s+|around\s+)?$",
    re.IGNORECASE,
)
_SINCE_ONLY = re.compile(r"\bsince\b", re.IGNORECASE)
LOOK_BACK = 40  # sentences before the figure's own whose dates may carry over
LOOK_ON = 2  # sentences behind it


@dataclass(frozen=True, slots=True)
class DateOption:
    """A date that a figure may have. `where` says how far from the figure it is told."""

    expression: Expression | None  # None: the report's publication date
    last: date
    first: date | None
    where: str  # sentence, block, before, heading, stamp, lead, published
    variant: str  # plain, since, next


def date_options(
    context: Context, candidate: Candidate, dates: Sequence[Expression], published: date | None
) -> list[DateOption]:
    """The dates that the figure may have, the publication date first when it is known."""
    document = context.document
    sentence = candidate.sentence
    block = document.blocks[sentence.block]
    options: list[DateOption] = []
    if published is not None:
        options.append(DateOption(None, published, None, "published", "plain"))
    earliest = document.sentences[max(0, sentence.index - LOOK_BACK)].start
    lead_end = document.sentences[min(1, len(document.sentences) - 1)].end
    spans = [("sentence", sentence.start, sentence.end)]
    for name, index in (("heading", block.heading), ("stamp", block.stamp)):
        if index is not None:
            spans.append((name, document.blocks[index].start, document.blocks[index].end))
    for expression in dates:
        where = next((n for n, a, b in spans if a <= expression.start < b), None)
        if where is None:
            if expression.start >= sentence.end:
                last = min(len(document.sentences) - 1, sentence.index + LOOK_ON)
                if expression.start >= document.sentences[last].end:
                    continue
                where = "after"
            elif expression.start >= block.start:
                where = "block"
            elif expression.start >= earliest:
                where = "before"
            elif expression.start < lead_end:
                where = "lead"
            else:
                continue
        before = document.text[max(0, expression.start - 24) : expression.start]
        opening = document.text[expression.start : expression.start + 6]
        since = _SINCE.search(before) or _SINCE_ONLY.match(opening)
        if since and published is not None and expression.kind not in ("clock", "span", "period"):
            options.append(
                DateOption(
                    expression, published, expression.first or expression.last, where, "since"
                )
            )
            if _SINCE_ONLY.search(before) or _SINCE_ONLY.match(opening):
                continue
        options.append(DateOption(expression, expression.last, expression.first, where, "plain"))
        if published is not None and expression.kind == "weekday" and not expression.ahead:
            later = next_after(published, expression.last, "weekday")
            if later != expression.last:
                options.append(DateOption(expression, later, None, where, "next"))
    return options


def date_features(
    context: Context,
    candidate: Candidate,
    options: Sequence[DateOption],
    read: Mapping[str, object],
) -> list[Features]:
    """The features of each option, in order; `read` holds the figure's scope and status."""
    tree = candidate.parse
    cues = (
        *_cues(tree),
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
        for cue in cues:
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
        for cue in cues:
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


def _cues(tree: Parse) -> tuple[str, ...]:
    found = {n for _, n in cue_spans([w.lower for w in tree.words])}
    return tuple(
        sorted(found & {"cumulative", "event", "expected", "waiting", "refused", "subset"})
    )


def start_options(
    options: Sequence[DateOption], chosen: object
) -> list[tuple[date | None, DateOption | None]]:
    """The first days that the figure's period may have, None first: those of the chosen date's
    options and every stated beginning before it."""
    out: list[tuple[date | None, DateOption | None]] = [(None, None)]
    for option in options:
        if option.first is not None and option.first < chosen:  # type: ignore[operator]
            out.append((option.first, option))
    return out


def start_features(
    candidate: Candidate,
    starts: Sequence[tuple[date | None, DateOption | None]],
    read: Mapping[str, object],
) -> list[Features]:
    """The features of each first day, in order."""
    scope, status = f"scope={read.get('scope')}", f"status={read.get('status')}"
    cues = (*_cues(candidate.parse), scope, status)
    out: list[Features] = []
    for first, option in starts:
        if first is None or option is None or option.expression is None:
            row: Features = {"none": 1.0}
            for cue in cues:
                row[f"none:{cue}"] = 1.0
            row[f"none:have={min(3, len(starts) - 1)}"] = 1.0
            row[f"none:here={any(o is not None and o.where == 'sentence' for _, o in starts)}"] = (
                1.0
            )
            out.append(row)
            continue
        kind = option.expression.kind
        row = {f"at:{option.where}": 1.0, f"var:{option.variant}": 1.0, f"k:{kind}": 1.0}
        row[f"at:{option.where}/{option.variant}"] = 1.0
        row[f"at:{option.where}/k:{kind}"] = 1.0
        row[f"var:{option.variant}/{scope}"] = 1.0
        row[f"at:{option.where}/{option.variant}/{scope}"] = 1.0
        row[f"k:{kind}/{scope}"] = 1.0
        row[f"matches={option.last == read.get('date')}"] = 1.0
        row[f"matches={option.last == read.get('date')}/{option.where}/{option.variant}"] = 1.0
        out.append(row)
    return out
