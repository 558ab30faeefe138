"""The first day of a figure's period or running total: a choice among the beginnings told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from extraction.context import Candidate, Context
from extraction.dated import Expression
from extraction.dates import DateOption, Days
from extraction.evidence import Features
from extraction.thread import Thread

NEAR = 30  # characters between a figure and a period told right beside it


@dataclass(frozen=True, slots=True)
class Start:
    """A first day that a figure may have; `first` is None where it tells no period.

    `where` is as in `DateOption`, or "story" for a beginning told elsewhere in the report.
    """

    first: date | None
    expression: Expression | None = None
    where: str = "none"
    variant: str = "none"
    last: date | None = None


def start_options(
    days: Days,
    candidate: Candidate,
    options: Sequence[DateOption],
    chosen: date | None,
    earlier: Sequence[date | None] = (),
) -> list[Start]:
    """The first days that the figure's period may have, none at all first.

    `options` are those of its day, `chosen` the one it took, `earlier` the first days that
    the figures before it took.
    """
    if chosen is None:
        return [Start(None)]
    near = list(_near(options, chosen))
    if headed := [start for start in near if start.where == "column"]:
        return headed
    out = [Start(None), *near]
    for told in days.told:
        expression = told.expression
        if expression.kind != "length" or expression.back is None:
            continue
        if told.block == candidate.sentence.block:
            here = told.sentence == candidate.sentence.index
            first = chosen - expression.back
            where = "sentence" if here else "story"
            if first < chosen:
                out.append(Start(first, expression, where, "length", chosen))
    known = {start.first for start in out}
    for told in days.told:
        first = told.expression.first or told.expression.last
        if told.since and first < chosen and first not in known:
            known.add(first)
            out.append(Start(first, told.expression, "story", "since", chosen))
    for day in reversed(earlier):
        if day is not None and day < chosen and day not in known:
            out.append(Start(day, None, "thread", "plain", chosen))
            break
    return out


def _near(options: Sequence[DateOption], chosen: date) -> Iterator[Start]:
    for option in options:
        expression, first = option.expression, option.first
        if expression is not None and expression.back is not None:
            first = chosen - expression.back
        if first is not None and first < chosen:
            yield Start(first, expression, option.where, option.variant, option.last)


def start_features(
    days: Days,
    candidate: Candidate,
    options: Sequence[DateOption],
    starts: Sequence[Start],
    read: Mapping[str, object],
    thread: Thread,
) -> list[Features]:
    """The features of each first day, in order; `read` holds the fields read so far."""
    scope, status = f"scope={read.get('scope')}", f"status={read.get('status')}"
    said = (*days.cues(candidate), scope, status)
    here = sum(start.where == "sentence" for start in starts)
    last = thread.readings[-1].values if thread.readings else {}
    same_day = last.get("date") == read.get("date")
    alike = f"{last.get('scope') == read.get('scope')}/day={same_day}"
    near = thread.nearness(candidate)
    chosen = read.get("date")
    told = _told(options, chosen)
    out: list[Features] = []
    for start in starts:
        row: Features = {}
        if last:
            same = start.first == last.get("date_from")
            row[f"prev={same}/{alike}"] = 1.0
            row[f"prev={same}/{alike}/{near}"] = 1.0
            row[f"prev={same}/{alike}/sub={read.get('subset')}"] = 1.0
        out.append(row)
        if start.first is None:
            row["none"] = 1.0
            for cue in said:
                row[f"none:{cue}"] = 1.0
            row[f"none:have={min(3, len(starts) - 1)}"] = 1.0
            row[f"none:here={min(2, here)}"] = 1.0
            row[f"none:here={min(2, here)}/{scope}"] = 1.0
            row[f"none:told={told}/{scope}"] = 1.0
            continue
        kind = start.expression.kind if start.expression else "thread"
        at, variant = start.where, start.variant
        row |= {f"at:{at}": 1.0, f"var:{variant}": 1.0, f"k:{kind}": 1.0}
        row[f"at:{at}/{variant}"] = 1.0
        row[f"at:{at}/k:{kind}"] = 1.0
        row[f"var:{variant}/{scope}"] = 1.0
        row[f"at:{at}/{variant}/{scope}"] = 1.0
        row[f"k:{kind}/{scope}"] = 1.0
        row[f"k:{kind}/{scope}/{at}"] = 1.0
        matches = start.last == chosen
        row[f"matches={matches}"] = 1.0
        row[f"matches={matches}/{at}/{variant}"] = 1.0
        if isinstance(chosen, date):
            span = (chosen - start.first).days
            row[f"long={sum(span > limit for limit in (1, 3, 8, 31, 366))}/{scope}"] = 1.0
        row[f"told={told}/k:{kind}/{at}"] = 1.0
        if at == "sentence" and start.expression is not None:
            side, close = _standing(days.context, candidate, start.expression)
            row[f"s:{side}/k:{kind}"] = 1.0
            row[f"s:{close}/k:{kind}"] = 1.0
            row[f"s:{close}/{variant}"] = 1.0
    return out


def _standing(context: Context, candidate: Candidate, expression: Expression) -> tuple[str, str]:
    """On which side of the figure an expression of its sentence stands, and how close."""
    figure = candidate.figure
    if expression.start >= figure.end:
        side, low, high = "+", figure.end, expression.start
    else:
        side, low, high = "-", expression.end, figure.start
    between = any(low <= other.figure.start < high for other in context.candidates)
    return side, "parted" if between else "next" if high - low < NEAR else "apart"


def _told(options: Sequence[DateOption], chosen: object) -> str:
    """How the chosen day is told: the form in the figure's sentence, or how far off."""
    found = [o for o in options if o.last == chosen]
    for option in found:
        if option.where == "sentence" and option.expression is not None:
            since = option.variant.startswith(("since", "from"))
            return "since" if since else option.expression.kind
    return found[0].where if found else "nowhere"
