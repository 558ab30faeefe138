"""Reading a report: figure by figure, each field in turn, by a decider.

The decider answers from fitted models, or, when models are being fitted, from annotations;
both see the same features, built here in one place.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from typing import Protocol

from extraction.attribution import speaker_features, speaker_options, speakers
from extraction.context import Candidate, Context
from extraction.counted import counted
from extraction.crossings import CrossingChoice
from extraction.date_evidence import date_features
from extraction.dates import Days, date_options
from extraction.demographics import demographic_features
from extraction.evidence import Features
from extraction.groups import Story, group_features
from extraction.nationality import Peoples, nationality_features, nationality_options
from extraction.parts import Parts
from extraction.periods import start_features, start_options
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
    """Answers for each field; see `extraction.pipeline` and `extraction.fitting.train`."""

    def label(self, name: str, candidate: Candidate, features: Features) -> tuple[str, float]:
        """A field's value among its vocabulary, and its probability."""
        ...

    def choice(
        self,
        name: str,
        candidate: Candidate,
        values: Sequence[Hashable],
        features: Sequence[Sequence[Features]],
    ) -> tuple[Hashable, float]:
        """One of `values` (there may be doubles), and its probability.

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
    thread = Thread()
    days = Days(context, published)
    placed = placed_countries(context)
    ways = RouteChoice(context, placed)
    crossings = CrossingChoice(context)
    named = speakers(context)
    parts = Parts(context, [context.candidates[i] for i in accepted])
    scoped = Scoped()
    story = Story.of(context, placed)
    peoples = Peoples(context, placed)
    for index in accepted:
        candidate = context.candidates[index]
        features = evidence[index]
        reading = Reading(candidate)
        values = reading.values

        def label(name: str, row: Features) -> None:
            row = {**row, **thread.label_features(name, candidate)}
            values[name], reading.doubts[name] = decider.label(name, candidate, row)

        def choice(
            name: str, options: Sequence[Hashable], rows: Sequence[Features | tuple[Features, ...]]
        ) -> None:
            parts = [
                (
                    *(row if isinstance(row, tuple) else (row,)),
                    thread.option_features(name, candidate, option),
                )
                for option, row in zip(options, rows, strict=True)
            ]
            values[name], reading.doubts[name] = decider.choice(name, candidate, options, parts)

        label("status", status_features(days, candidate, features, parts, scoped, thread))
        status = str(values["status"])
        label(
            "subset", subset_features(context, days, candidate, features, parts, thread, status)
        )
        subset = str(values["subset"])
        label(
            "scope",
            scope_features(context, days, candidate, features, parts, thread, status, subset),
        )
        _read_dates(candidate, reading, days, thread, choice)
        who = counted(context, candidate, placed)
        nationalities = nationality_options(candidate, peoples, who, thread)
        choice(
            "nationality",
            nationalities,
            nationality_features(context, candidate, peoples, nationalities, who, thread),
        )
        routes, rows = ways.options(
            candidate,
            values["nationality"],  # type: ignore[arg-type]
            values["status"],  # type: ignore[arg-type]
            thread.readings,
        )
        choice("route", routes, rows)
        label("group", group_features(features, values, who, story, thread))
        label("demographic", demographic_features(context, candidate, features, who, thread))
        gates = crossings.features(candidate, values, thread.readings)
        choice("crossing", crossings.names, gates)
        options = speaker_options(candidate, named, context)
        choice(
            "source",
            [option.name if option else None for option in options],
            speaker_features(context, candidate, options),
        )
        thread.add(reading)
    return thread.readings


def _read_dates(candidate, reading, days, thread, choice) -> None:  # type: ignore[no-untyped-def]
    values = reading.values
    before = [r.values["date"] for r in thread.readings]
    options = date_options(days, candidate, before)
    if not options:
        values["date"], values["date_from"] = None, None
        reading.doubts["date"] = reading.doubts["date_from"] = 0.5
        return
    rows = date_features(days, candidate, options, values, thread)
    choice("date", [option.last for option in options], rows)
    before = [r.values["date_from"] for r in thread.readings]
    starts = start_options(days, candidate, options, values["date"], before)
    beginnings = start_features(days, candidate, options, starts, values, thread)
    choice("date_from", [start.first for start in starts], beginnings)
