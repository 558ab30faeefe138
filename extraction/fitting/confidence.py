"""Fitting the confidence on records that were read crosswise, and how well it then holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from extraction.assemble import assemble
from extraction.confidence import RIGHT, WRONG, signals
from extraction.context import Context
from extraction.evidence import Features
from extraction.fitting.compare import wholly_right
from extraction.fitting.gold import Annotated
from extraction.fitting.linear import cross_validated, fit
from extraction.model import LinearModel
from extraction.record import Record
from extraction.thread import Reading

STRENGTH = 0.5
BINS = 10
_UNFITTED = LinearModel([RIGHT, WRONG], {})


@dataclass(frozen=True, slots=True)
class Confidence:
    """The fitted model, and each report's records with a confidence that never saw them."""

    model: LinearModel
    records: list[list[Record]]
    sure: list[float]  # of all records, in order
    right: list[bool]


def fit_confidence(
    gold: Sequence[Annotated], read: Sequence[tuple[Context, Sequence[Reading]]]
) -> Confidence:
    """Fit on the readings of each report, in the order of `gold`, by models that never saw it.

    The model is fitted on all reports; the records' own confidence is cross-validated.
    """
    rows: list[Features] = []
    right: list[bool] = []
    groups: list[str] = []
    drafts: list[list[Record]] = []
    for report, (context, readings) in zip(gold, read, strict=True):
        told = signals(readings)
        at = {r.candidate.figure.start: row for r, row in zip(readings, told, strict=True)}
        records = assemble(context, readings, _UNFITTED)
        drafts.append(records)
        rows.extend(at[record.start] for record in records)
        right.extend(wholly_right(report.records, [record.as_json() for record in records]))
        groups.extend([context.report.id] * len(records))
    labels = [RIGHT if is_right else WRONG for is_right in right]
    sure = [p[RIGHT] for p in cross_validated(rows, labels, groups, STRENGTH)]
    left = iter(sure)
    return Confidence(
        fit(rows, labels, STRENGTH),
        [[replace(r, confidence=round(next(left), 3)) for r in records] for records in drafts],
        sure,
        right,
    )


def calibration_error(sure: Sequence[float], right: Sequence[bool], bins: int = BINS) -> float:
    """Expected calibration error: the mean distance of confidence and share right, by bins.

    The bins hold equally many records, from the least sure to the surest (Nixon et al. 2019).
    ValueError without records.
    """
    if not sure:
        raise ValueError("no records to measure the calibration on")
    order = np.argsort(np.asarray(sure), kind="stable")
    told, truth = np.asarray(sure)[order], np.asarray(right, dtype=float)[order]
    parts = np.array_split(np.arange(len(order)), min(bins, len(order)))
    gaps = [len(part) * abs(told[part].mean() - truth[part].mean()) for part in parts]
    return float(sum(gaps) / len(order))


def wrong_among_least_sure(
    sure: Sequence[float], right: Sequence[bool], share: float = 0.2
) -> float:
    """The share of all wrong records that the least sure `share` of the records holds.

    1.0 where nothing is wrong.
    """
    order = sorted(range(len(sure)), key=sure.__getitem__)
    least = order[: round(share * len(order))]
    wrong = len(right) - sum(right)
    return sum(not right[i] for i in least) / wrong if wrong else 1.0


def measured(found: Confidence) -> str:
    """The measured figures in a line of text."""
    wrong = len(found.right) - sum(found.right)
    error = calibration_error(found.sure, found.right)
    share = wrong_among_least_sure(found.sure, found.right)
    most = min(1.0, 0.2 * len(found.right) / wrong) if wrong else 1.0
    return (
        f"confidence, cross-validated over {len(found.right)} records, {wrong} of them wrong: "
        f"expected calibration error {error:.3f}; "
        f"the least sure fifth holds {share:.2f} of all wrong ones (it could hold {most:.2f})"
    )
