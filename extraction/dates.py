"""The days that a figure's movement may have: those told near it, the figure's before it, the
report's own. `extraction.date_evidence` weighs them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from extraction.columns import heads_column
from extraction.context import Candidate, Context
from extraction.date_expressions import Expression

LOOK_BACK = 40  # sentences before the figure's own whose dates may carry over
LOOK_ON = 2  # sentences behind it
_SINCE = re.compile(
    r"\b(?P<how>since|from|starting|beginning)\s+(?:on\s+)?"
    r"(?:the\s+|about\s+|late\s+|early\s+|at least\s+|around\s+)?$",
    re.IGNORECASE,
)
_SINCE_SOMETHING = re.compile(r"\bsince\b(?!\s+then\b)[^.,;:]*$", re.IGNORECASE)
_NO_START = frozenset({"clock", "span", "list", "period", "coming"})


@dataclass(frozen=True, slots=True)
class DateOption:
    """A day that a figure may have, and the first day of the period it ends.

    `where` says how far from the figure it is told: sentence, block, before, after, heading,
    stamp, column (a table's head settles the day), lead, published, thread (only an earlier figure has it). `variant` names the
    reading: plain, since (a beginning, so that the day is the report's), sincewhen (a
    beginning told by what happened then), next, carried, published.
    """

    expression: Expression | None
    last: date
    first: date | None
    where: str
    variant: str


def date_options(
    context: Context,
    candidate: Candidate,
    dates: Sequence[Expression],
    published: date | None,
    earlier: Sequence[date | None] = (),
) -> list[DateOption]:
    """The days that the figure may have, the publication date first when it is known.

    `earlier` holds the days of the figures before it, in order.
    """
    options: list[DateOption] = []
    if published is not None:
        options.append(DateOption(None, published, None, "published", "plain"))
    for expression in dates:
        if expression.kind in ("length", "dateline"):
            continue
        where = _where(context, candidate, expression)
        if where is not None:
            options.extend(_readings(context, expression, published, where))
    if any(option.where == "column" for option in options):
        return [option for option in options if option.where in ("column", "sentence")]
    known = {option.last for option in options}
    if earlier and earlier[-1] is not None and earlier[-1] not in known:
        options.append(DateOption(None, earlier[-1], None, "thread", "plain"))
    return options


def _where(context: Context, candidate: Candidate, expression: Expression) -> str | None:
    document, sentence = context.document, candidate.sentence
    start = expression.start
    if sentence.start <= start < sentence.end:
        return "sentence"
    block = document.blocks[sentence.block]
    for name, index in (("heading", block.heading), ("stamp", block.stamp)):
        if index is not None:
            above = document.blocks[index]
            if above.start <= start < above.end:
                return name
    if block.kind == "row" and start < block.start:
        heads = heads_column(document, start, candidate.figure.start)
        if heads is not None:  # a table's head: of the figure's column, or of another
            return "column" if heads else None
    if start >= sentence.end:
        last = min(len(document.sentences) - 1, sentence.index + LOOK_ON)
        return "after" if start < document.sentences[last].end else None
    if start >= block.start:
        return "block"
    if start >= document.sentences[max(0, sentence.index - LOOK_BACK)].start:
        return "before"
    lead_end = document.sentences[min(1, len(document.sentences) - 1)].end
    return "lead" if start < lead_end else None


def _readings(
    context: Context, expression: Expression, published: date | None, where: str
) -> list[DateOption]:
    out: list[DateOption] = []
    first = expression.first or expression.last
    since = since_before(context, expression)
    if since is not None and published is not None and first < published:
        out.append(DateOption(expression, published, first, where, since))
        if since == "since":
            return out
    if expression.back is not None:
        first = expression.last - expression.back
    out.append(DateOption(expression, expression.last, expression.first, where, "plain"))
    for name, last, first_then in expression.others:
        out.append(DateOption(expression, last, first_then, where, name))
    return out


def since_before(context: Context, expression: Expression) -> str | None:
    """How a beginning is told: "since" (since Monday), "from" (from Monday), "sincewhen"
    (since the quake struck on Monday), or None where the expression is no beginning."""
    if expression.kind in _NO_START:
        return None
    text = context.document.text
    opening = text[expression.start : expression.start + 6].lower()
    if opening.startswith("since"):
        return "since"
    near = _SINCE.search(text, max(0, expression.start - 32), expression.start)
    if near:
        return "since" if near.group("how").lower() == "since" else "from"
    if opening.startswith("from"):
        return "from"
    sentence = context.document.sentence_at(expression.start)
    floor = max(sentence.start, expression.start - 110)
    return "sincewhen" if _SINCE_SOMETHING.search(text, floor, expression.start) else None
