"""What speaks for each day that a figure may have, as named features.

An option's features come in two parts: its own, and those it shares with every option told
in the same way at the same distance, so that a model weighs these once.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from extraction.context import Candidate, Context
from extraction.date_expressions import OPEN_KINDS, says
from extraction.dated import Expression
from extraction.dates import DateOption, Days
from extraction.evidence import Features
from extraction.lexicon import words
from extraction.parsing import Parse
from extraction.thread import Thread
from extraction.word_classes import governors

_PREPOSITION = re.compile(
    r"\b(since|by|as of|until|till|up to|from|on|in|at|for|before|after|between|during|over|of"
    r"|late on|early on|through|starting)\s+(?:the\s+|about\s+|late\s+|early\s+)?$",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[;:–—]|, (?:and|but|while|which|who|as)|[,.] ")
_FUTURE = frozenset({"will", "would", "should", "could", "may", "to", "might", "can", "'ll", "’ll"})
_PERFECT = frozenset({"have", "has", "'ve", "’ve"})
_TENSES = {
    "VBD": "past", "VBN": "past", "VBZ": "present", "VBP": "present", "VBG": "ing",
}  # fmt: skip
_COARSE = frozenset({"week", "month", "year"})


def date_features(
    days: Days,
    candidate: Candidate,
    options: Sequence[DateOption],
    read: Mapping[str, object],
    thread: Thread,
) -> list[tuple[Features, Features]]:
    """The features of each option, in order; `read` holds the figure's subset, scope, status."""
    view = _View(days, candidate, options, read, thread)
    return [(view.own(option), view.shared(option)) for option in options]


class _View:
    """One figure's surroundings, looked at once for all its options."""

    def __init__(
        self,
        days: Days,
        candidate: Candidate,
        options: Sequence[DateOption],
        read: Mapping[str, object],
        thread: Thread,
    ) -> None:
        context = days.context
        self.context, self.candidate, self.options = context, candidate, options
        tree = candidate.parse
        self.cues = (
            *days.cues(candidate),
            f"scope={read.get('scope')}",
            f"status={read.get('status')}",
            f"sub={read.get('subset')}",
        )
        self.above = governors(candidate)
        self.own_verb = self.above[0][0] if self.above else None
        self.tense = tense(tree, self.own_verb)
        self.block = context.document.blocks[candidate.sentence.block].kind
        here: dict[int, Expression] = {}
        for option in options:
            expression = option.expression
            if option.where == "sentence" and expression and expression.kind not in OPEN_KINDS:
                here[expression.start] = expression
        self.plain = sorted(
            o.expression.start for o in options if o.expression and o.variant == "plain"
        )
        self.days = sorted(here.values(), key=lambda e: (e.start, -e.end))
        self.figures = [
            c.figure for c in context.candidates if c.sentence.index == candidate.sentence.index
        ]
        self.opens = "day" if self.days and self.days[0].start < self.figures[0].start else "figure"
        self.paired = len(self.days) > 1 and abs(len(self.days) - len(self.figures)) <= 1
        self.had = min(2, len(self.days))
        self.near = thread.nearness(candidate)
        self.last = thread.readings[-1].values if thread.readings else {}
        self.alike = (
            f"{self.near}/sub={read.get('subset')}"
            f"/{self.last.get('scope') == read.get('scope')}"
            f"/{self.last.get('status') == read.get('status')}"
        )
        self.quoted = _quoted(context, candidate)
        self._parts: dict[tuple[str, str, bool], Features] = {}

    def shared(self, option: DateOption) -> Features:
        """Features that turn on where and how an option is told, not on the option itself."""
        expression = option.expression
        ahead = bool(expression and expression.ahead) or option.variant == "next"
        key = (option.where, option.variant, ahead)
        if key not in self._parts:
            at, var = f"at:{option.where}", f"var:{option.variant}"
            row: Features = {at: 1.0, var: 1.0, f"{at}/{var}": 1.0}
            for word in (f"have={self.had}", self.tense, f"block={self.block}", *self.cues):
                row[f"{at}/{word}"] = 1.0
            for cue in self.cues:
                row[f"{var}/{cue}"] = 1.0
            if expression is not None:
                row[f"ahead:{ahead}/{self.tense}"] = 1.0
                for cue in self.cues:
                    row[f"ahead:{ahead}/{cue}"] = 1.0
            self._parts[key] = row
        return self._parts[key]

    def own(self, option: DateOption) -> Features:
        """Features of one option alone."""
        features: Features = {}
        if self.last:
            same = option.last == self.last.get("date")
            features[f"prev={same}/have={self.had}"] = 1.0
            features[f"prev={same}/{self.alike}"] = 1.0
            if self.near in ("list", "sentence"):
                features[f"prev={same}/paired={self.paired}/opens={self.opens}"] = 1.0
            if option.expression is not None and option.expression.kind in ("same", "shifted"):
                features[f"prev={same}/k:{option.expression.kind}"] = 1.0
        expression = option.expression
        if expression is None:
            if self.candidate.sentence.index <= 1:
                features["pub:lead"] = 1.0
            return features
        features[f"k:{expression.kind}"] = 1.0
        features[f"k:{expression.kind}/{option.where}"] = 1.0
        features[f"k:{expression.kind}/{option.variant}"] = 1.0
        text = self.context.document.text
        before = _PREPOSITION.search(text, max(0, expression.start - 20), expression.start)
        word = before.group(1).lower() if before else "none"
        features[f"prep:{word}"] = 1.0
        features[f"prep:{word}/{option.where}"] = 1.0
        if option.where == "sentence":
            self._in_sentence(features, option, expression)
        elif option.where in ("block", "before", "after", "lead"):
            self._carried(features, option, expression)
        return features

    def _carried(self, features: Features, option: DateOption, expression: Expression) -> None:
        figure = self.candidate.figure
        between = bisect_left(self.plain, figure.start) - bisect_right(self.plain, expression.start)
        between = max(0, between)
        features[f"carry:{option.where}:between={min(3, between)}"] = 1.0
        told_at = option.sentence
        gap = self.candidate.sentence.index - told_at
        features[f"carry:{option.where}:gap={min(5, gap)}"] = 1.0
        if told_at <= 1:
            features["carry:lead"] = 1.0
            features[f"carry:lead/k:{expression.kind}"] = 1.0
        if self.had:
            features["carry:own"] = 1.0
        if says(self.context.document.text, expression.start):
            features["carry:said"] = 1.0
            if self.quoted:
                features[f"carry:said/quoted/between={min(3, between)}"] = 1.0

    def _in_sentence(self, features: Features, option: DateOption, expression: Expression) -> None:
        figure, tree = self.candidate.figure, self.candidate.parse
        side = "+" if expression.start >= figure.end else "-"
        behind = side == "+"
        gap = expression.start - figure.end if behind else figure.start - expression.end
        features[f"s:{side}"] = 1.0
        features[f"s:{side}{'near' if gap < 25 else 'mid' if gap < 70 else 'far'}"] = 1.0
        features[f"s:{side}/{expression.kind}"] = 1.0
        closer = sum(
            1
            for day in self.days
            if day.start != expression.start
            and (day.start >= figure.end) == behind
            and abs(day.start - figure.start) < abs(expression.start - figure.start)
        )
        if expression.kind in _COARSE and any(d.kind not in _COARSE for d in self.days):
            features["s:coarser"] = 1.0
        features[f"s:{side}rank={min(2, closer)}"] = 1.0
        # "Monday 40, Tuesday 50" and "40 on Monday, 50 on Tuesday": who opens the row leads it.
        features[f"s:{side}rank={min(2, closer)}/opens={self.opens}"] = 1.0
        low, high = min(figure.end, expression.end), max(figure.start, expression.start)
        between = sum(low <= f.start < high and f.start != figure.start for f in self.figures)
        features[f"s:{side}between={min(2, between)}"] = 1.0
        features[f"s:{side}between={min(2, between)}/rank={min(2, closer)}"] = 1.0
        text = self.context.document.text
        breaks = len(
            _BREAK.findall(text, figure.end, expression.start)
            if behind
            else _BREAK.findall(text, expression.end, figure.start)
        )
        features[f"s:{side}clause={min(2, breaks)}"] = 1.0
        rivals = len(self.days) > 1
        index = tree.at(expression.end - 1)
        verb = _verb_above(tree, index) if index is not None else None
        if verb is not None:
            if verb == self.own_verb:
                features["s:sameverb"] = 1.0
            elif any(verb == i for i, _ in self.above):
                features["s:upverb"] = 1.0
            else:
                features["s:otherverb"] = 1.0
            if tree.words[verb].lemma in words("say", "verbs"):
                features["s:said"] = 1.0
                features[f"s:said/{side}"] = 1.0
                if rivals:
                    features["s:said/rivals"] = 1.0
        if says(self.context.document.text, expression.start):
            features["s:aftersay"] = 1.0
            features[f"s:aftersay/{option.variant}"] = 1.0
            if rivals:
                features["s:aftersay/rivals"] = 1.0


def _quoted(context: Context, candidate: Candidate) -> bool:
    """Whether the figure stands within quotation marks opened in its block."""
    text, block = context.document.text, context.document.blocks[candidate.sentence.block]
    opened = text.count("“", block.start, candidate.figure.start)
    return opened > text.count("”", block.start, candidate.figure.start)


def _verb_above(tree: Parse, index: int) -> int | None:
    node = tree.words[index]
    for _ in range(10):
        if node.pos == "VERB":
            return node.index
        if node.head == node.index:
            return None
        node = tree.words[node.head]
    return None


def tense(tree: Parse, verb: int | None) -> str:
    """The tense of a verb with its auxiliaries; "noverb" for None."""
    if verb is None:
        return "noverb"
    auxiliaries = {
        tree.words[c].lower for c in tree.children[verb] if tree.words[c].dep in ("aux", "auxpass")
    }
    if auxiliaries & _FUTURE:
        return "future"
    if auxiliaries & _PERFECT:
        return "perfect"
    if "had" in auxiliaries:
        return "pluperfect"
    return _TENSES.get(tree.words[verb].tag, "base")
