"""The days that a figure's movement may have: those told near it, the figure's before it, the
report's own. `extraction.date_evidence` weighs them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from extraction.columns import heads_column
from extraction.context import Candidate, Context
from extraction.date_expressions import find_dates
from extraction.dated import Expression
from extraction.word_classes import cue_spans

LOOK_BACK = 40  # sentences before the figure's own whose dates may carry over
LOOK_ON = 2  # sentences behind it
_SINCE = re.compile(
    r"\b(?P<how>since|from|starting|beginning)\s+(?:on\s+)?"
    r"(?:the\s+|about\s+|late\s+|early\s+|at least\s+|around\s+)?$",
    re.IGNORECASE,
)
_SINCE_SOMETHING = re.compile(r"\bsince\b(?!\s+then\b)[^.,;:]*$", re.IGNORECASE)
_NO_START = frozenset({"clock", "span", "list", "period", "coming"})


_CUES = {"cumulative", "event", "expected", "waiting", "refused", "subset"}


@dataclass(frozen=True, slots=True)
class Told:
    """A dated expression where it stands; `since` says how it tells a beginning, or None."""

    expression: Expression
    since: str | None
    sentence: int
    block: int


class Days:
    """The days that a report tells, read once for all its figures."""

    def __init__(self, context: Context, published: date | None) -> None:
        """`published` is the report's date, None when it is not known."""
        self.context = context
        self.published = published
        self.told: list[Told] = []
        for expression in find_dates(context.document.text, published):
            sentence = context.document.sentence_at(expression.start)
            since = since_before(context.document.text, sentence.start, expression)
            self.told.append(Told(expression, since, sentence.index, sentence.block))
        self._cues: dict[int, tuple[str, ...]] = {}
        self._by_sentence: dict[int, list[Told]] = {}
        for told in self.told:
            self._by_sentence.setdefault(told.sentence, []).append(told)

    def in_sentence(self, index: int) -> list[Told]:
        """The dated expressions of one sentence, in order."""
        return self._by_sentence.get(index, [])

    def cues(self, candidate: Candidate) -> tuple[str, ...]:
        """The classes of `cues.toml` that bear on time and occur in its sentence, sorted."""
        index = candidate.sentence.index
        if index not in self._cues:
            spans = cue_spans([w.lower for w in candidate.parse.words])
            self._cues[index] = tuple(sorted({name for _, name in spans} & _CUES))
        return self._cues[index]


@dataclass(frozen=True, slots=True)
class DateOption:
    """A day that a figure may have, and the first day of the period it ends.

    `where` says how far from the figure it is told: sentence, block, before, after, heading,
    stamp, column (a table's head settles the day), lead, published, thread (only an earlier
    figure has it). `variant` names the reading: plain, since (a beginning, so that the day is
    the report's), sincewhen (a beginning told by what happened then), next, carried, published.
    """

    expression: Expression | None
    last: date
    first: date | None
    where: str
    variant: str
    sentence: int = -1  # where it is told


def date_options(
    days: Days, candidate: Candidate, earlier: Sequence[date | None] = ()
) -> list[DateOption]:
    """The days that the figure may have, the publication date first when it is known.

    `earlier` holds the days of the figures before it, in order.
    """
    options: list[DateOption] = []
    if days.published is not None:
        options.append(DateOption(None, days.published, None, "published", "plain"))
    for told in days.told:
        if told.expression.kind in ("length", "dateline"):
            continue
        where = _where(days.context, candidate, told)
        if where is not None:
            options.extend(_readings(told, days.published, where))
    if any(option.where == "column" for option in options):
        return [option for option in options if option.where in ("column", "sentence")]
    known = {option.last for option in options}
    if earlier and earlier[-1] is not None and earlier[-1] not in known:
        options.append(DateOption(None, earlier[-1], None, "thread", "plain"))
    return options


def _where(context: Context, candidate: Candidate, told: Told) -> str | None:
    document, sentence = context.document, candidate.sentence
    if told.sentence == sentence.index:
        return "sentence"
    block = document.blocks[sentence.block]
    if told.block == block.heading:
        return "heading"
    if told.block == block.stamp:
        return "stamp"
    if block.kind == "row" and told.block < block.index:
        heads = heads_column(document, told.expression.start, candidate.figure.start)
        if heads is not None:  # a table's head: of the figure's column, or of another
            return "column" if heads else None
    if told.sentence > sentence.index:
        return "after" if told.sentence <= sentence.index + LOOK_ON else None
    if told.block == block.index:
        return "block"
    if told.sentence >= sentence.index - LOOK_BACK:
        return "before"
    return "lead" if told.sentence <= 1 else None


def _readings(told: Told, published: date | None, where: str) -> list[DateOption]:
    expression, at = told.expression, told.sentence
    out: list[DateOption] = []
    first = expression.first or expression.last
    if told.since is not None and published is not None and first < published:
        out.append(DateOption(expression, published, first, where, told.since, at))
        if told.since == "since":
            return out
    out.append(DateOption(expression, expression.last, expression.first, where, "plain", at))
    for name, last, first_then in expression.others:
        out.append(DateOption(expression, last, first_then, where, name, at))
    return out


def since_before(text: str, floor: int, expression: Expression) -> str | None:
    """How a beginning is told: "since" (since Monday), "from" (from Monday), "sincewhen"
    (since the quake struck on Monday), or None where the expression is no beginning.

    `floor` is the start of its sentence.
    """
    if expression.kind in _NO_START:
        return None
    opening = text[expression.start : expression.start + 6].lower()
    if opening.startswith("since"):
        return "since"
    near = _SINCE.search(text, max(0, expression.start - 32), expression.start)
    if near:
        return "since" if near.group("how").lower() == "since" else "from"
    if opening.startswith("from"):
        return "from"
    floor = max(floor, expression.start - 110)
    return "sincewhen" if _SINCE_SOMETHING.search(text, floor, expression.start) else None
