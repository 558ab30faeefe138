"""Boosted trees whose nodes are plain JSON arrays: read, and turned into probabilities."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from extraction.model import WEIGHTS

LEAF = -1  # `left` of a node that has no children


class TreeModel:
    """A sum of regression trees on the log-odds of one label; an absent feature counts 0."""

    def __init__(self, stored: Mapping[str, list[float]], names: Sequence[str]) -> None:
        """`stored` holds, per node, `feature`, `threshold`, `left`, `right`, `value`; per tree its
        `root`; and `base`, the log-odds to begin with, divided over `rounds` equal models."""
        self._names = list(names)
        self._column = {name: i for i, name in enumerate(self._names)}
        self._feature = np.asarray(stored["feature"], dtype=np.intp)
        self._threshold = np.asarray(stored["threshold"], dtype=np.float64)
        self._left = np.asarray(stored["left"], dtype=np.intp)
        self._right = np.asarray(stored["right"], dtype=np.intp)
        self._value = np.asarray(stored["value"], dtype=np.float64)
        self._root = np.asarray(stored["root"], dtype=np.intp)
        self._base = float(stored["base"][0])
        self._models = float(stored["models"][0])
        # For walking, a leaf is its own child, so that all rows go down equally far.
        leaf = self._left == LEAF
        itself = np.arange(len(leaf))
        self._asked = np.where(leaf, 0, self._feature)
        self._bound = np.where(leaf, np.inf, self._threshold)
        children = [np.where(leaf, itself, side) for side in (self._left, self._right)]
        self._below = np.stack(children, axis=1).ravel()
        self._depth = 0
        level = np.unique(self._root)
        while not leaf[level].all():
            level = np.unique(self._below.reshape(-1, 2)[level])
            self._depth += 1

    def probabilities(self, rows: Sequence[Mapping[str, float]]) -> list[float]:
        """The probability of the label for each row of features."""
        if not rows:
            return []
        matrix = np.zeros((len(rows), len(self._names)))
        column = self._column.get
        for i, row in enumerate(rows):
            for name, value in row.items():
                j = column(name)
                if j is not None:
                    matrix[i, j] = value
        flat = matrix.ravel()
        begins = (np.arange(len(rows)) * len(self._names))[:, None]
        node = np.tile(self._root, (len(rows), 1))
        for _ in range(self._depth):
            seen = flat.take(begins + self._asked.take(node))
            node = self._below.take(2 * node + (seen > self._bound.take(node)))
        sums = self._base + self._value[node].sum(axis=1) / self._models
        return [float(p) for p in 1.0 / (1.0 + np.exp(-sums))]

    def as_json(self) -> dict[str, object]:
        """The model as plain JSON values, as `load_trees` reads it."""
        return {
            "names": self._names,
            "feature": self._feature.tolist(),
            "threshold": [round(t, 5) for t in self._threshold.tolist()],
            "left": self._left.tolist(),
            "right": self._right.tolist(),
            "value": [round(v, 5) for v in self._value.tolist()],
            "root": self._root.tolist(),
            "base": [round(self._base, 5)],
            "models": [self._models],
        }


@cache
def load_trees(name: str) -> TreeModel:
    """The shipped model `weights/<name>.json`; FileNotFoundError when it was not fitted."""
    with (WEIGHTS / f"{name}.json").open(encoding="utf-8") as handle:
        stored = json.load(handle)
    return TreeModel(stored, stored["names"])
