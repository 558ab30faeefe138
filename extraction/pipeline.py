"""Reports in, records out: lay out, look for claims, read their fields, assemble."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from extraction.assemble import assemble
from extraction.claims import first_look, second_look, with_neighbours
from extraction.context import Context, lay_out
from extraction.date_expressions import infer_published
from extraction.decide import ModelDecider
from extraction.evidence import evidence
from extraction.reading import read_fields
from extraction.record import Record
from extraction.reports import Report

THRESHOLD = 0.45  # a figure at least this likely is taken for a claim


def extract(report: Report) -> list[Record]:
    """The figure claims of one report, in order of its text."""
    return next(extract_many([report]))


def extract_many(reports: Iterable[Report]) -> Iterator[list[Record]]:
    """The figure claims of each report, in the reports' order; reports are read in batches."""
    for context in lay_out(reports):
        yield read_records(context)


def read_records(context: Context) -> list[Record]:
    """The figure claims of a report that is laid out."""
    features = evidence(context)
    chances = second_look(with_neighbours(context, features, first_look(features)))
    accepted = [i for i, chance in enumerate(chances) if chance >= THRESHOLD]
    published = context.report.published or infer_published(context.document.text)
    readings = read_fields(context, features, accepted, published, ModelDecider())
    for reading in readings:
        reading.doubts["claim"] = chances[reading.candidate.index]
    dated = replace(context, report=replace(context.report, published=published))
    return assemble(dated, readings)
