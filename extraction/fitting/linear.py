"""Fitting linear models by scikit-learn, cross-validated over reports, never over sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from extraction.evidence import Features
from extraction.model import LinearModel

FOLDS = 5
SEED = 7
RAREST = 3  # a feature seen in fewer rows is left out


def fit(
    rows: Sequence[Features],
    labels: Sequence[str],
    strength: float,
    weights: Sequence[float] | None = None,
) -> LinearModel:
    """Fit a multinomial logistic model; `strength` is the inverse of the L2 penalty."""
    if len(set(labels)) == 1:
        return LinearModel([labels[0]], {})
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    kept = np.asarray((matrix != 0).sum(axis=0)).ravel() >= RAREST
    names = [n for n, k in zip(vectorizer.feature_names_, kept, strict=True) if k]
    model = LogisticRegression(C=strength, max_iter=400, fit_intercept=False)
    model.fit(matrix[:, kept], labels, sample_weight=weights)
    coefficients = model.coef_
    if len(model.classes_) == 2:
        coefficients = np.vstack([-coefficients[0] / 2, coefficients[0] / 2])
    table = {
        name: [round(float(w), 4) for w in coefficients[:, i]]
        for i, name in enumerate(names)
        if np.abs(coefficients[:, i]).max() >= 0.001
    }
    return LinearModel([str(c) for c in model.classes_], table)


def folds(groups: Sequence[str], count: int = FOLDS) -> list[tuple[np.ndarray, np.ndarray]]:
    """(train, test) row indices of a cross-validation in which a report is never split."""
    splitter = GroupKFold(n_splits=count, shuffle=True, random_state=SEED)
    return list(splitter.split(np.zeros(len(groups)), groups=groups))


def cross_validated(
    rows: Sequence[Features], labels: Sequence[str], groups: Sequence[str], strength: float
) -> list[dict[str, float]]:
    """For each row the label probabilities of a model that never saw its report."""
    out: list[dict[str, float]] = [{} for _ in rows]
    for train, test in folds(groups):
        model = fit([rows[i] for i in train], [labels[i] for i in train], strength)
        for i in test:
            out[i] = model.probabilities(rows[i])
    return out
