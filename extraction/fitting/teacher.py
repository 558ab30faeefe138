"""Annotations put to the reader's questions: what the models are fitted on."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any

from extraction.context import Candidate
from extraction.evidence import Features
from extraction.reading import CHOICES, LABELS, Decider


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

    def label(
        self, name: str, candidate: Candidate, features: Features
    ) -> Mapping[Hashable, float]:
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
        return {answer: 1.0}

    def choice(
        self,
        name: str,
        candidate: Candidate,
        values: Sequence[Hashable],
        features: Sequence[Sequence[Features]],
    ) -> Mapping[Hashable, float]:
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
        return {values[right[0]] if right else truth(name, record): 1.0}


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
