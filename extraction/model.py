"""Linear models whose weights are plain JSON: read, and turned into probabilities."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

WEIGHTS = Path(__file__).parent / "weights"


class LinearModel:
    """A multinomial logistic model over named features; unseen features weigh nothing."""

    def __init__(self, labels: list[str], weights: Mapping[str, list[float]]) -> None:
        """`weights` maps a feature's name to one weight per label, in the labels' order."""
        self.labels = labels
        self._weights = weights

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """The probability of each label, summing to 1."""
        sums = [0.0] * len(self.labels)
        for name, value in features.items():
            row = self._weights.get(name)
            if row is not None and value:
                for i, weight in enumerate(row):
                    sums[i] += weight * value
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
