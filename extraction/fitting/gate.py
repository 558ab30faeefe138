"""Fits the gate's weights: `python -m extraction.fitting.gate` writes `weights/gate.json`.

It learns from all annotated reports which sentences with figures hold a claim, and prints,
cross-validated over reports, what the gate would cost.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from extraction import gate
from extraction.document import read_document
from extraction.figures import find_figures
from extraction.fitting.gold import GOLD, PRACTICE, span
from extraction.fitting.notation import read_notation
from extraction.model import WEIGHTS

STRENGTH = 0.05
LEAST = 4  # sentences in which a feature must stand
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """A sentence with figures: its features, and how many annotated figures it holds."""

    report: str
    plain: bool  # the report does not name the matter, so that the gate decides
    features: dict[str, float]
    claims: int


def sentences(rows: list[dict[str, Any]]) -> list[Seen]:
    """The sentences with figures of annotated reports."""
    out = []
    for row in rows:
        document = read_document(row["text"])
        spans = [span(row["text"], record)[0] for record in row["records"]]
        plain = not gate.names_the_matter(f"{row.get('title')}\n{row['text']}")
        for sentence in document.sentences:
            figures = find_figures(row["text"], sentence.start, sentence.end)
            if figures:
                inside = sum(sentence.start <= start < sentence.end for start in spans)
                features = gate.looks(row["text"], sentence, figures)
                out.append(Seen(row["id"], plain, features, inside))
    return out


def main() -> None:
    """Fit, report, write."""
    rows = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(GOLD.glob("*.json"))]
    rows += [read_notation(path) for path in sorted(Path(PRACTICE).glob("*.txt"))]
    seen = sentences(rows)
    counts = Counter(name for s in seen for name in s.features)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{n: v for n, v in s.features.items() if counts[n] >= LEAST} for s in seen]
    )
    answers = np.array([s.claims > 0 for s in seen])
    chances = np.zeros(len(seen))
    split = GroupKFold(FOLDS, shuffle=True, random_state=0)
    for train, test in split.split(matrix, answers, [s.report for s in seen]):
        fitted = _model().fit(matrix[train], answers[train])
        chances[test] = fitted.predict_proba(matrix[test])[:, 1]
    _report(seen, chances)
    weights = _model().fit(matrix, answers).coef_[0]
    stored = {
        n: round(float(w), 4) for n, w in zip(vectorizer.feature_names_, weights, strict=True)
    }
    text = json.dumps({"weights": stored}, ensure_ascii=False, indent=0)
    (WEIGHTS / "gate.json").write_text(text + "\n", encoding="utf-8")


def _model() -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=500, fit_intercept=False)


def _report(seen: list[Seen], chances: np.ndarray[Any, Any]) -> None:
    reports: dict[str, list[int]] = {}
    for i, sentence in enumerate(seen):
        if sentence.plain:
            reports.setdefault(sentence.report, []).append(i)
    closed, below, averages = 0, 0, []
    for members in reports.values():
        figures = sum(seen[i].claims for i in members)
        if len(members) <= gate.SHORT or not figures:
            continue
        average = float(chances[members].mean())
        averages.append(average)
        if average < gate.AVERAGE:
            closed += figures
        else:
            below += sum(seen[i].claims for i in members if chances[i] < gate.LEAST)
    total = sum(s.claims for s in seen)
    print(
        f"{len(averages)} annotated reports with claims do not name the matter; least average "
        f"{min(averages):.3f}; of {total} figures, {closed} lie in reports not read and {below} "
        "in sentences not read"
    )


if __name__ == "__main__":
    main()
