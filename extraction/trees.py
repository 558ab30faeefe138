"""Boosted trees whose nodes are plain JSON arrays: read, and turned into probabilities."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from extraction.model import WEIGHTS

AT_ONCE = 3  # levels walked before the paths that have ended are left out
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
        # For walking, a leaf is its own child, so that one that has ended stays.
        leaf = self._left == LEAF
        itself = np.arange(len(leaf))
        self._asked = np.where(leaf, 0, self._feature)
        self._bound = np.where(leaf, np.inf, self._threshold)
        children = [np.where(leaf, itself, side) for side in (self._left, self._right)]
        self._below = np.stack(children, axis=1).ravel()
        self._inner = ~leaf

    def probabilities(self, rows: Sequence[Mapping[str, float]]) -> list[float]:
        """The probability of the label for each row of features."""
        if not rows:
            return []
        unseen = len(self._names)  # a column that no node asks for
        matrix = np.zeros((len(rows), unseen + 1))
        for line, row in zip(matrix, rows, strict=True):
            columns = map(self._column.get, row, repeat(unseen))
            line[np.fromiter(columns, np.intp, len(row))] = np.fromiter(
                row.values(), float, len(row)
            )
        leaves = self._leaves(matrix).reshape(len(rows), -1)
        sums = self._base + self._value[leaves].sum(axis=1) / self._models
        return [float(p) for p in 1.0 / (1.0 + np.exp(-sums))]

    def _leaves(self, matrix: NDArray[np.float64]) -> NDArray[np.intp]:
        """The leaf in which each row ends, for one tree after another, row by row."""
        flat = matrix.ravel()
        begins = np.repeat(np.arange(len(matrix)) * matrix.shape[1], len(self._root))
        node = np.tile(self._root, len(matrix))
        out, place = node.copy(), np.arange(len(node))
        while len(node):
            for _ in range(AT_ONCE):
                seen = flat.take(begins + self._asked.take(node))
                node = self._below.take(2 * node + (seen > self._bound.take(node)))
            out[place] = node
            going = np.flatnonzero(self._inner.take(node))  # most paths are short
            node, place, begins = node.take(going), place.take(going), begins.take(going)
        return out

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
