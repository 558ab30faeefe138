"""Fitting a choice among candidates: a conditional logit with an L2 penalty, by SciPy's L-BFGS.

Where a figure may take one of several dates, places or speakers, the probability of each is
the softmax of its weighted features over that figure's candidates (McFadden 1974).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer

from extraction.evidence import Features
from extraction.fitting.linear import RAREST, folds
from extraction.model import ChoiceModel

ROUNDS = 70


Option = Sequence[Features]  # the parts of one option's features, often shared between options


def fit_choice(
    questions: Sequence[Sequence[Option]], right: Sequence[Sequence[int]], strength: float
) -> ChoiceModel:
    """Fit on questions (each the features of its options) and the indices of the right ones.

    A question without a right option, or with right ones alone, teaches nothing and is left out.
    """
    kept = [i for i, r in enumerate(right) if r and len(r) < len(questions[i])]
    parts: dict[int, int] = {}
    rows: list[Features] = []
    pointers, columns = [0], []
    for i in kept:
        for option in questions[i]:
            for part in option:
                if id(part) not in parts:
                    parts[id(part)] = len(rows)
                    rows.append(part)
                columns.append(parts[id(part)])
            pointers.append(len(columns))
    vectorizer = DictVectorizer()
    shared = csr_matrix(vectorizer.fit_transform(rows))
    common = np.asarray((shared != 0).sum(axis=0)).ravel() >= RAREST
    names = [n for n, k in zip(vectorizer.feature_names_, common, strict=True) if k]
    member = csr_matrix(
        (np.ones(len(columns)), columns, pointers), shape=(len(pointers) - 1, len(rows))
    )
    matrix = csr_matrix(member @ csr_matrix(shared[:, common]))
    sizes = np.array([len(questions[i]) for i in kept])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owner = np.repeat(np.arange(len(kept)), sizes)
    hit = np.zeros(matrix.shape[0], dtype=bool)
    for position, i in enumerate(kept):
        hit[starts[position] + np.array(right[i])] = True

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        scores = scores - np.maximum.reduceat(scores, starts)[owner]
        powers = np.exp(scores)
        shares = powers / np.add.reduceat(powers, starts)[owner]
        rights = np.add.reduceat(np.where(hit, shares, 0.0), starts)
        wanted = np.where(hit, shares, 0.0) / rights[owner]
        gradient = matrix.T @ (shares - wanted) + weights / strength
        return float(-np.log(rights).sum() + (weights @ weights) / (2 * strength)), gradient

    found = minimize(
        loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}
    )
    return ChoiceModel(
        {n: round(float(w), 4) for n, w in zip(names, found.x, strict=True) if abs(w) >= 0.001}
    )


def cross_validated_choice(
    questions: Sequence[Sequence[Option]],
    right: Sequence[Sequence[int]],
    groups: Sequence[str],
    strength: float,
) -> list[list[float]]:
    """For each question the candidates' probabilities by a model that never saw its report."""
    out: list[list[float]] = [[] for _ in questions]
    for train, test in folds(groups):
        model = fit_choice([questions[i] for i in train], [right[i] for i in train], strength)
        for i in test:
            out[i] = model.shares(questions[i])
    return out
