"""Fitting boosted trees by scikit-learn and taking their nodes out as plain arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction import DictVectorizer

from extraction.evidence import Features
from extraction.trees import LEAF, TreeModel

RAREST = 25  # a feature seen in fewer rows is left out
SEEDS = (1, 2, 3)  # models whose log-odds are averaged: steadier than one
SETTINGS = {
    "max_iter": 200,
    "learning_rate": 0.06,
    "max_leaf_nodes": 16,
    "min_samples_leaf": 12,
    "l2_regularization": 3.0,
    "max_features": 0.1,
}


def fit_trees(rows: Sequence[Features], labels: Sequence[bool]) -> TreeModel:
    """Fit boosted trees that tell how likely a row's label is True."""
    vectorizer = DictVectorizer(dtype=np.float32)
    matrix = vectorizer.fit_transform(rows)
    kept = np.asarray((matrix != 0).sum(axis=0)).ravel() >= RAREST
    names = [n for n, k in zip(vectorizer.feature_names_, kept, strict=True) if k]
    dense = matrix[:, kept].toarray()
    stored: dict[str, list[float]] = {
        k: [] for k in ("feature", "threshold", "left", "right", "value", "root")
    }
    base = 0.0
    for seed in SEEDS:
        model = HistGradientBoostingClassifier(random_state=seed, early_stopping=False, **SETTINGS)
        model.fit(dense, np.asarray(labels, dtype=bool))
        base += float(np.ravel(model._baseline_prediction)[0]) / len(SEEDS)
        for (predictor,) in model._predictors:
            offset = len(stored["feature"])
            stored["root"].append(offset)
            for node in predictor.nodes:
                leaf = bool(node["is_leaf"])
                stored["feature"].append(0 if leaf else int(node["feature_idx"]))
                stored["threshold"].append(0.0 if leaf else float(node["num_threshold"]))
                stored["left"].append(LEAF if leaf else offset + int(node["left"]))
                stored["right"].append(LEAF if leaf else offset + int(node["right"]))
                stored["value"].append(float(node["value"]) if leaf else 0.0)
    return _pruned({**stored, "base": [base], "models": [float(len(SEEDS))]}, names)


def _pruned(stored: dict[str, list[float]], names: list[str]) -> TreeModel:
    """The same trees with the names that no node asks for left out."""
    asked = sorted(
        {int(f) for f, left in zip(stored["feature"], stored["left"], strict=True) if left != LEAF}
    )
    place = {old: new for new, old in enumerate(asked)}
    stored["feature"] = [place.get(int(f), 0) for f in stored["feature"]]
    return TreeModel(stored, [names[i] for i in asked])
