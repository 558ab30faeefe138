"""Which figures are claims of people moving over a border: in or out.

Two models in turn. The first, linear, sees each figure alone; the second, boosted trees, also
sees what the first made of its neighbours, since figures stand in lists and reports keep to
their matter.
"""

from __future__ import annotations

from collections.abc import Sequence

from extraction.context import Context
from extraction.evidence import Features
from extraction.model import LinearModel, load
from extraction.trees import TreeModel, load_trees

IN, OUT = "in", "out"


def first_look(evidence: Sequence[Features], model: LinearModel | None = None) -> list[float]:
    """For each figure alone, the probability that it is a claim; `model` default the shipped."""
    model = model or load("claims_alone")
    return [model.probabilities(features)[IN] for features in evidence]


def with_neighbours(
    context: Context, evidence: Sequence[Features], alone: Sequence[float]
) -> list[Features]:
    """The evidence of each figure with the first look at it and at those around it."""
    out = []
    candidates = context.candidates
    average = sum(alone) / max(1, len(alone))
    by_sentence: dict[int, list[int]] = {}
    by_block: dict[int, list[int]] = {}
    by_heading: dict[int | None, list[int]] = {}
    for candidate in candidates:
        by_sentence.setdefault(candidate.sentence.index, []).append(candidate.index)
        by_block.setdefault(candidate.sentence.block, []).append(candidate.index)
        heading = context.document.blocks[candidate.sentence.block].heading
        by_heading.setdefault(heading, []).append(candidate.index)
    for candidate in candidates:
        i = candidate.index
        features = dict(evidence[i])
        features["a:own"] = alone[i]
        features["a:log"] = _logit(alone[i])
        features["a:report"] = average
        features["a:most"] = max(alone)
        for name, index in (
            ("before", i - 1),
            ("after", i + 1),
            ("before2", i - 2),
            ("after2", i + 2),
        ):
            if 0 <= index < len(candidates):
                other = candidates[index]
                near = (
                    "s"
                    if other.sentence.index == candidate.sentence.index
                    else "b"
                    if other.sentence.block == candidate.sentence.block
                    else "f"
                )
                features[f"a:{name}/{near}"] = _logit(alone[index])
                features[f"a:{name}/{near}/has"] = 1.0
        for name, members in (
            ("sentence", by_sentence[candidate.sentence.index]),
            ("block", by_block[candidate.sentence.block]),
            ("heading", by_heading[context.document.blocks[candidate.sentence.block].heading]),
        ):
            others = [alone[j] for j in members if j != i]
            if others:
                features[f"a:{name}"] = sum(others) / len(others)
                features[f"a:{name}/max"] = max(others)
        same = [
            j
            for j in range(len(candidates))
            if j != i and candidates[j].figure.count == candidate.figure.count
        ]
        if same:
            features["a:again"] = max(alone[j] for j in same)
            features["a:again/has"] = 1.0
        out.append(features)
    return out


def second_look(features: Sequence[Features], model: TreeModel | None = None) -> list[float]:
    """The probability that each figure is a claim, its neighbours taken into account."""
    return (model or load_trees("claims")).probabilities(features)


def _logit(probability: float) -> float:
    """How sure a probability is, from -1 (surely out) to 1 (surely in)."""
    return 2 * probability - 1
