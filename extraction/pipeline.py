"""Reports in, records out: lay out, look for claims, read their fields, assemble."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from extraction.assemble import assemble
from extraction.claims import first_look, second_look, with_neighbours
from extraction.collector import paused
from extraction.context import Context, lay_out
from extraction.date_expressions import infer_published
from extraction.decide import ModelDecider
from extraction.evidence import evidence
from extraction.model import ChoiceModel, LinearModel, load, load_choice
from extraction.reading import read_fields
from extraction.record import Record
from extraction.reports import Report
from extraction.second_reading import read_again
from extraction.thread import Reading
from extraction.trees import TreeModel, load_trees

THRESHOLD = 0.42  # a figure at least this likely is taken for a claim


def extract(report: Report) -> list[Record]:
    """The figure claims of one report, in order of its text."""
    return next(extract_many([report]))


def extract_many(reports: Iterable[Report]) -> Iterator[list[Record]]:
    """The figure claims of each report, in the reports' order; reports are read in batches."""
    for context in lay_out(reports):
        yield read_records(context)


def read_records(context: Context) -> list[Record]:
    """The figure claims of a report that is laid out."""
    with paused():
        return assemble(*read_claims(context))


def read_claims(
    context: Context,
    linear: Callable[[str], LinearModel] = load,
    choices: Callable[[str], ChoiceModel] = load_choice,
    trees: Callable[[str], TreeModel] = load_trees,
) -> tuple[Context, list[Reading]]:
    """The figures taken for claims, all fields read, and the context with the report's date.

    Where no figure is a claim, the context is given as it was.

    Each argument gives a kind of model by its name; the shipped ones unless others are given.
    """
    if not context.candidates:
        return context, []
    features = evidence(context)
    alone = first_look(features, linear("claims_alone"))
    beside = second_look(with_neighbours(context, features, alone), trees("claims"))
    # Both looks count: a report of one sentence has no neighbours for the second to go by.
    chances = [(one + other) / 2 for one, other in zip(alone, beside, strict=True)]
    accepted = [i for i, chance in enumerate(chances) if chance >= THRESHOLD]
    if not accepted:
        return context, []
    published = context.report.published or infer_published(context.document.text)
    dated = replace(context, report=replace(context.report, published=published))
    decider = ModelDecider(linear, choices)
    first = read_fields(context, features, accepted, published, decider)
    readings = read_again(first, decider.again())
    for reading in readings:
        reading.doubts["claim"] = chances[reading.candidate.index]
    return dated, readings
