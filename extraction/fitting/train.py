"""Fitting every model of the reader."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.claims import IN, OUT, with_neighbours
from extraction.date_expressions import infer_published
from extraction.evidence import Features, evidence
from extraction.fitting.boosting import fit_trees
from extraction.fitting.gold import Annotated
from extraction.fitting.linear import cross_validated, fit
from extraction.fitting.readings import STRENGTH, Models, fit_readings


def fit_all(reports: Sequence[Annotated]) -> Models:
    """Fit every model on annotated reports."""
    models = Models()
    rows: list[Features] = []
    answers: list[str] = []
    groups: list[str] = []
    evidences = [evidence(r.context) for r in reports]
    for report, features in zip(reports, evidences, strict=True):
        rows.extend(features)
        answers.extend(IN if label else OUT for label in report.labels)
        groups.extend([report.context.report.id] * len(features))
    models.linear["claims_alone"] = fit(rows, answers, STRENGTH["claims_alone"])
    alone = cross_validated(rows, answers, groups, STRENGTH["claims_alone"])
    second: list[Features] = []
    start = 0
    for report, features in zip(reports, evidences, strict=True):
        mine = [p[IN] for p in alone[start : start + len(features)]]
        second.extend(with_neighbours(report.context, features, mine))
        start += len(features)
    models.trees["claims"] = fit_trees(second, [answer == IN for answer in answers])
    work = [
        (
            report,
            features,
            report.context.report.published or infer_published(report.context.document.text),
        )
        for report, features in zip(reports, evidences, strict=True)
    ]
    readings = fit_readings(work)
    models.linear.update(readings.linear)
    models.choices.update(readings.choices)
    return models
