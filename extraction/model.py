"""Linear models whose weights are plain JSON: read, and turned into probabilities."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import repeat
from operator import mul
from pathlib import Path

import numpy as np

WEIGHTS = Path(__file__).parent / "weights"
_MOST = 700.0  # log-odds beyond which the exponential would overflow


class LinearModel:
    """A multinomial logistic model over named features; unseen features weigh nothing."""

    def __init__(self, labels: list[str], weights: Mapping[str, list[float]]) -> None:
        """`weights` maps a feature's name to one weight per label, in the labels' order."""
        self.labels = labels
        self._weights = weights
        self._places = {name: i for i, name in enumerate(weights)}
        self._unseen = len(weights)  # the row of a feature without weights: zeros
        self._matrix = np.zeros((len(weights) + 1, len(labels)))
        for i, row in enumerate(weights.values()):
            self._matrix[i] = row
        # Two labels need one sum: the weights of the second less those of the first.
        pairs = weights.items() if len(labels) == 2 else ()
        self._leaning = {name: second - first for name, (first, second) in pairs}

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """The probability of each label, summing to 1."""
        if self._leaning:
            leanings = map(self._leaning.get, features, repeat(0.0))
            lean = sum(map(mul, leanings, features.values()))
            lean = min(_MOST, max(-_MOST, lean))
            first, second = 1 / (1 + math.exp(lean)), 1 / (1 + math.exp(-lean))
            return {self.labels[0]: first, self.labels[1]: second}
        places = map(self._places.get, features, repeat(self._unseen))
        rows = self._matrix.take(np.fromiter(places, np.intp, len(features)), axis=0)
        sums = (np.fromiter(features.values(), np.float64, len(features)) @ rows).tolist()
        top = max(sums)
        powers = [math.exp(s - top) for s in sums]
        total = sum(powers)
        return {label: power / total for label, power in zip(self.labels, powers, strict=True)}

    def as_json(self) -> dict[str, object]:
        """The model as plain JSON values, as `load` reads it."""
        return {"labels": self.labels, "weights": dict(self._weights)}


@cache
def load(name: str) -> LinearModel:
    """The shipped model `weights/<name>.json`; FileNotFoundError when it was not fitted."""
    with (WEIGHTS / f"{name}.json").open(encoding="utf-8") as handle:
        stored = json.load(handle)
    return LinearModel(stored["labels"], stored["weights"])


class ChoiceModel:
    """Weights that share one probability out among the candidates of a question."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        """`weights` maps a feature's name to its weight; unseen features weigh nothing."""
        self._weights = weights

    def score(self, features: Mapping[str, float]) -> float:
        """The weighed sum of one candidate's features."""
        weights = map(self._weights.get, features, repeat(0.0))
        return float(sum(map(mul, weights, features.values())))

    def shares(self, candidates: Sequence[Sequence[Mapping[str, float]]]) -> list[float]:
        """The probability of each candidate, summing to 1; [] for no candidates.

        A candidate's features come in parts; one that several share is weighed once.
        """
        if not candidates:
            return []
        each = {id(part): part for parts in candidates for part in parts}
        known = {which: self.score(part) for which, part in each.items()}
        sums = [sum(map(known.__getitem__, map(id, parts))) for parts in candidates]
        top = max(sums)
        powers = [math.exp(s - top) for s in sums]
        whole = sum(powers)
        return [p / whole for p in powers]

    def as_json(self) -> dict[str, object]:
        """The model as plain JSON values, as `load_choice` reads it."""
        return {"weights": dict(self._weights)}


@cache
def load_choice(name: str) -> ChoiceModel:
    """The shipped choice model `weights/<name>.json`; FileNotFoundError when not fitted."""
    with (WEIGHTS / f"{name}.json").open(encoding="utf-8") as handle:
        return ChoiceModel(json.load(handle)["weights"])
