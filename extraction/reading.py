"""Reading a report: figure by figure, each field in turn, by a decider.

The decider answers from fitted models, or, when models are being fitted, from annotations;
both see the same features, built here in one place.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, cast

from extraction.attribution import SourceChoice
from extraction.context import Candidate, Context
from extraction.counted import counted
from extraction.crossings import CrossingChoice
from extraction.date_evidence import date_features
from extraction.dates import Days, date_options
from extraction.demographics import demographic_features
from extraction.evidence import Features
from extraction.groups import Story, group_features, taken_for_treatment
from extraction.nationality import Peoples, nationality_features, nationality_options
from extraction.parts import Parts
from extraction.periods import start_features, start_options
from extraction.rival import counts_anew
from extraction.roles import placed_countries
from extraction.route import RouteChoice
from extraction.scope import scope_features
from extraction.scoped import Scoped
from extraction.status import status_features
from extraction.subset import subset_features
from extraction.thread import Reading, Thread

LABELS = ("status", "scope", "subset", "group", "demographic")
CHOICES = ("date", "date_from", "nationality", "route", "crossing", "source")


class Decider(Protocol):
    """Answers for each field; see `extraction.pipeline` and `extraction.fitting.teacher`."""

    def label(
        self, name: str, candidate: Candidate, features: Features
    ) -> Mapping[Hashable, float]:
        """The probability of each value of a field's vocabulary."""
        ...

    def choice(
        self,
        name: str,
        candidate: Candidate,
        values: Sequence[Hashable],
        features: Sequence[Sequence[Features]],
    ) -> Mapping[Hashable, float]:
        """The probability of each of `values`, doubles taken together.

        The features of each value come in parts, which values may share.
        """
        ...


def read_fields(
    context: Context,
    evidence: Sequence[Features],
    accepted: Sequence[int],
    published: date | None,
    decider: Decider,
) -> list[Reading]:
    """The fields of the candidates whose indices are `accepted`, in order of the text."""
    if not accepted:
        return []
    thread = Thread()
    days = Days(context, published)
    placed = placed_countries(context)
    ways = RouteChoice(context, placed)
    crossings = CrossingChoice(context)
    sources = SourceChoice(context)
    parts = Parts(context, [context.candidates[i] for i in accepted])
    scoped = Scoped()
    story = Story.of(context, placed)
    peoples = Peoples(context, placed)
    for index in accepted:
        candidate = context.candidates[index]
        features = evidence[index]
        reading = Reading(candidate)
        values = reading.values

        ask = _Asking(decider, thread, reading)
        label, choice = ask.label, ask.choice
        label("status", status_features(context, days, candidate, features, parts, scoped, thread))
        status = str(values["status"])
        label("subset", subset_features(context, days, candidate, features, parts, thread, status))
        subset = str(values["subset"])
        label(
            "scope",
            scope_features(days, candidate, features, parts, thread, status, subset),
        )
        _read_dates(ask, days)
        who = counted(context, candidate, placed)
        nationalities = nationality_options(candidate, peoples, who, thread)
        choice(
            "nationality",
            nationalities,
            nationality_features(context, candidate, peoples, nationalities, who, thread),
        )
        earlier = thread.readings[-1] if thread.readings and counts_anew(candidate) else None
        if earlier is not None:
            reading.settle("nationality", earlier.values["nationality"])
        routes, rows = ways.options(
            candidate,
            cast("tuple[str, ...]", values["nationality"]),
            status,
            thread.readings,
        )
        choice("route", routes, rows)
        label("group", group_features(features, values, who, story, thread))
        if taken_for_treatment(candidate, who):
            reading.settle("group", "patient")
        elif earlier is not None:
            reading.settle("group", earlier.values["group"])
        label("demographic", demographic_features(context, candidate, features, who, thread))
        gates = crossings.features(candidate, values, thread.readings)
        choice("crossing", crossings.names, gates)
        gate = crossings.carried(candidate, values)
        if gate is not None:
            reading.settle("crossing", gate)
        options = sources.options(candidate, thread)
        choice(
            "source",
            [option.name for option in options],
            sources.features(candidate, options, values, thread),
        )
        thread.add(reading)
    return thread.readings


@dataclass(frozen=True, slots=True)
class _Asking:
    """Puts the questions about one figure to the decider and notes what it answers."""

    decider: Decider
    thread: Thread
    reading: Reading

    def label(self, name: str, row: Features) -> None:
        candidate = self.reading.candidate
        row = {**row, **self.thread.label_features(name, candidate)}
        self.reading.asked[name] = row
        self.reading.note(name, self.decider.label(name, candidate, row))

    def choice(
        self,
        name: str,
        options: Sequence[Hashable],
        rows: Sequence[Features] | Sequence[tuple[Features, ...]],
    ) -> None:
        candidate = self.reading.candidate
        parts = [
            (
                *(row if isinstance(row, tuple) else (row,)),
                self.thread.option_features(name, candidate, option),
            )
            for option, row in zip(options, rows, strict=True)
        ]
        self.reading.note(name, self.decider.choice(name, candidate, options, parts))


def _read_dates(ask: _Asking, days: Days) -> None:
    reading, thread = ask.reading, ask.thread
    candidate, values = reading.candidate, reading.values
    before = [_day(r.values["date"]) for r in thread.readings]
    options = date_options(days, candidate, before)
    if not options:
        values["date"], values["date_from"] = None, None
        reading.doubts["date"] = reading.doubts["date_from"] = 0.5
        return
    rows = date_features(days, candidate, options, values, thread)
    ask.choice("date", [option.last for option in options], rows)
    before = [_day(r.values["date_from"]) for r in thread.readings]
    starts = start_options(days, candidate, options, _day(values["date"]), before)
    beginnings = start_features(days, candidate, options, starts, values, thread)
    ask.choice("date_from", [start.first for start in starts], beginnings)


def _day(value: Hashable) -> date | None:
    return value if isinstance(value, date) else None
