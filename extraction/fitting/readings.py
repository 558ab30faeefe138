"""Fitting the models of both readings of a report's figures, on annotated reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from extraction.decide import AGAIN, ModelDecider
from extraction.evidence import Features
from extraction.fitting.choice import fit_choice
from extraction.fitting.gold import Annotated
from extraction.fitting.linear import fit, folds
from extraction.fitting.teacher import Teacher
from extraction.model import ChoiceModel, LinearModel
from extraction.reading import CHOICES, LABELS, Decider, read_fields
from extraction.second_reading import AGAIN as READ_AGAIN
from extraction.second_reading import read_again
from extraction.trees import TreeModel

Work = tuple[Annotated, list[Features], date | None]  # a report, its evidence, its date

REHEARSALS = 2  # folds
FIRST_READINGS = 3  # folds

STRENGTH = {
    "claims_alone": 0.1,
    "subset": 0.1,
    "scope": 0.1,
    "status": 0.1,
    "group": 0.05,
    "demographic": 0.3,
    "date": 0.3,
    "date_from": 0.3,
    "nationality": 0.15,
    "route": 0.1,
    "crossing": 0.3,
    "source": 0.3,
}


@dataclass(slots=True)
class Models:
    """The fitted models by name: labels are linear, the rest are choices, claims are trees too."""

    linear: dict[str, LinearModel] = field(default_factory=dict)
    choices: dict[str, ChoiceModel] = field(default_factory=dict)
    trees: dict[str, TreeModel] = field(default_factory=dict)


def fit_readings(work: Sequence[Work]) -> Models:
    """Fit the models of the first and of the second reading."""
    models = Models()
    taught = [_taught(*item) for item in work]
    # Read every report once with models that never saw it, so that the final models learn to
    # read on after mistakes such as they will make themselves.
    rehearsed: list[Teacher | None] = [None] * len(work)
    names = [report.context.report.id for report, _, _ in work]
    for train, test in folds(names, REHEARSALS):
        pupil = _pupil(_fit_fields([taught[i] for i in train], LABELS, CHOICES))
        for i in test:
            rehearsed[i] = _taught(*work[int(i)], pupil)
    ready = [t for t in rehearsed if t is not None]
    fields = _fit_fields(ready, LABELS, CHOICES)
    models.linear.update(fields.linear)
    models.choices.update(fields.choices)
    # The second reading is fitted on first readings by models that never saw the report.
    again: list[Teacher] = []
    for train, test in folds(names, FIRST_READINGS):
        reader = _pupil(_fit_fields([ready[i] for i in train], LABELS, CHOICES))
        for i in test:
            report, features, published = work[int(i)]
            accepted = [k for k, label in enumerate(report.labels) if label]
            teacher = Teacher(report.labels)
            read_again(read_fields(report.context, features, accepted, published, reader), teacher)
            again.append(teacher)
    second = _fit_fields(again, READ_AGAIN, ())
    models.linear.update({name + AGAIN: model for name, model in second.linear.items()})
    return models


def _taught(
    report: Annotated,
    features: list[Features],
    published: date | None,
    pupil: Decider | None = None,
) -> Teacher:
    teacher = Teacher(report.labels, pupil)
    accepted = [i for i, label in enumerate(report.labels) if label]
    read_fields(report.context, features, accepted, published, teacher)
    return teacher


def _pupil(models: Models) -> ModelDecider:
    return ModelDecider(models.linear.__getitem__, models.choices.__getitem__)


def _fit_fields(
    teachers: Sequence[Teacher], labels: Sequence[str], choices: Sequence[str]
) -> Models:
    models = Models()
    for name in labels:
        models.linear[name] = fit(
            [r for t in teachers for r in t.rows[name]],
            [a for t in teachers for a in t.answers[name]],
            STRENGTH[name],
        )
    for name in choices:
        models.choices[name] = fit_choice(
            [q for t in teachers for q in t.questions[name]],
            [r for t in teachers for r in t.right[name]],
            STRENGTH[name],
        )
    return models
