"""Fitting every model of the reader, and reading with models held in memory."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from extraction.claims import IN, OUT, with_neighbours
from extraction.context import Candidate
from extraction.date_expressions import infer_published
from extraction.decide import ModelDecider
from extraction.evidence import Features, evidence
from extraction.fitting.boosting import fit_trees
from extraction.fitting.choice import fit_choice
from extraction.fitting.gold import Annotated
from extraction.fitting.linear import cross_validated, fit, folds
from extraction.model import ChoiceModel, LinearModel
from extraction.reading import CHOICES, LABELS, Decider, read_fields
from extraction.trees import TreeModel

REHEARSALS = 2

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


class Teacher:
    """A decider that notes every question with its annotated answer.

    It gives the annotated answer, or, given a `pupil`, what the pupil answers: then later
    questions are met as the reader will meet them, after its own mistakes.
    """

    def __init__(
        self, labels: Sequence[Mapping[str, Any] | None], pupil: Decider | None = None
    ) -> None:
        """`labels` holds each candidate's annotation, by the candidate's index."""
        self._labels = labels
        self._pupil = pupil
        self.rows: dict[str, list[Features]] = {n: [] for n in LABELS}
        self.answers: dict[str, list[str]] = {n: [] for n in LABELS}
        self.questions: dict[str, list[Sequence[Sequence[Features]]]] = {n: [] for n in CHOICES}
        self.right: dict[str, list[list[int]]] = {n: [] for n in CHOICES}
        self.values: dict[str, list[Sequence[Hashable]]] = {n: [] for n in CHOICES}

    def label(self, name: str, candidate: Candidate, features: Features) -> tuple[str, float]:
        """The annotated value."""
        record = self._labels[candidate.index]
        if record is None:
            assert self._pupil is not None
            return self._pupil.label(name, candidate, features)
        answer = str(record[name])
        self.rows[name].append(features)
        self.answers[name].append(answer)
        if self._pupil is not None:
            return self._pupil.label(name, candidate, features)
        return answer, 1.0

    def choice(
        self,
        name: str,
        candidate: Candidate,
        values: Sequence[Hashable],
        features: Sequence[Sequence[Features]],
    ) -> tuple[Hashable, float]:
        """The annotated value, whether or not it is among the options."""
        record = self._labels[candidate.index]
        if record is None:
            assert self._pupil is not None
            return self._pupil.choice(name, candidate, values, features)
        right = [i for i, value in enumerate(values) if matches(name, record, value)]
        self.questions[name].append(features)
        self.right[name].append(right)
        self.values[name].append(values)
        if self._pupil is not None:
            return self._pupil.choice(name, candidate, values, features)
        return (values[right[0]] if right else truth(name, record)), 1.0


def truth(name: str, record: Mapping[str, Any]) -> Hashable:
    """A record's value as the reader writes it."""
    if name == "route":
        return (record["origin"], record["destination"])
    if name == "nationality":
        return tuple(sorted(record["nationality"]))
    if name in ("date", "date_from"):
        return date.fromisoformat(record[name]) if record[name] else None
    value: Hashable = record[name]
    return value


def matches(name: str, record: Mapping[str, Any], value: Hashable) -> bool:
    """Whether a value says what the annotation says."""
    expected = truth(name, record)
    if name in ("crossing", "source"):
        return _same_text(name, expected, value)
    return expected == value


def _same_text(name: str, expected: Hashable, value: Hashable) -> bool:
    a, b = _plain(expected), _plain(value)
    if not a or not b:
        return not a and not b
    if name == "crossing":
        return a == b or (a in b or b in a) and (" and " in f" {a} ") == (" and " in f" {b} ")
    left, right = set(a.split()), set(b.split())
    return len(left & right) * 2 >= max(1, min(len(left), len(right)))


def _plain(text: Hashable) -> str:
    lowered = str(text or "").lower()
    return " ".join("".join(c if c.isalnum() and c.isascii() else " " for c in lowered).split())


def fit_all(reports: Sequence[Annotated], weight: Sequence[float] | None = None) -> Models:
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
    taught = [_taught(*item) for item in work]
    # Read every report once with models that never saw it, so that the final models learn to
    # read on after mistakes such as they will make themselves.
    rehearsed: list[Teacher | None] = [None] * len(work)
    names = [r.context.report.id for r in reports]
    for train, test in folds(names, REHEARSALS):
        pupil = _pupil(_fit_fields([taught[i] for i in train]))
        for i in test:
            rehearsed[i] = _taught(*work[int(i)], pupil)
    fields = _fit_fields([t for t in rehearsed if t is not None])
    models.linear.update(fields.linear)
    models.choices.update(fields.choices)
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


def _fit_fields(teachers: Sequence[Teacher]) -> Models:
    models = Models()
    for name in LABELS:
        models.linear[name] = fit(
            [r for t in teachers for r in t.rows[name]],
            [a for t in teachers for a in t.answers[name]],
            STRENGTH[name],
        )
    for name in CHOICES:
        models.choices[name] = fit_choice(
            [q for t in teachers for q in t.questions[name]],
            [r for t in teachers for r in t.right[name]],
            STRENGTH[name],
        )
    return models
