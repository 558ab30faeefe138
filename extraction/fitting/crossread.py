"""Reading each gold report by models that never saw it: folds over reports, two at a time.

What is read so is what a new report can expect, so accuracy and confidence are measured on it.
"""

from __future__ import annotations

import time
from collections.abc import Hashable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from extraction.context import Context
from extraction.date_expressions import infer_published
from extraction.fitting.gold import PRACTICE, Annotated, load_gold, load_practice
from extraction.fitting.linear import folds
from extraction.fitting.train import fit_all
from extraction.pipeline import read_claims
from extraction.thread import Reading

PROCESSES = 2

_laid_out: dict[str, list[Annotated]] = {}  # of the process it stands in


@dataclass(frozen=True, slots=True)
class Answer:
    """What was read of one candidate: enough to make its `Reading` again in another process."""

    index: int
    values: dict[str, Hashable]
    doubts: dict[str, float]


def read_crosswise(
    gold: Sequence[Annotated], processes: int = PROCESSES, practice: Path = PRACTICE
) -> list[tuple[Context, list[Reading]]]:
    """Each gold report's readings by models fitted without it, in the reports' order.

    The reports of the folder `practice` are in every fold's training. The contexts carry the
    date that the report was read with. `gold` must be the gold set, as `load_gold` gives it.
    """
    names = [report.context.report.id for report in gold]
    # A fresh process each: threads that a parser or a fit has started do not survive a fork.
    with ProcessPoolExecutor(
        processes, get_context("spawn"), initializer=_lay_out, initargs=(practice,)
    ) as pool:
        held_out = [[names[i] for i in test] for _, test in folds(names)]
        parts = list(pool.map(_read_fold, held_out))
    answers = {name: found for part in parts for name, found in part.items()}
    return [again(report.context, answers[report.context.report.id]) for report in gold]


def again(context: Context, answers: Sequence[Answer]) -> tuple[Context, list[Reading]]:
    """The context with the report's date filled in, and the readings that `answers` tell."""
    published = context.report.published or infer_published(context.document.text)
    dated = replace(context, report=replace(context.report, published=published))
    return dated, [
        Reading(context.candidates[a.index], dict(a.values), dict(a.doubts)) for a in answers
    ]


def _lay_out(practice: Path) -> None:
    threadpool_limits(1)  # a process a core is enough: more threads only wait for each other
    _laid_out["gold"], _laid_out["practice"] = load_gold(), load_practice(practice)


def _read_fold(held_out: Sequence[str]) -> dict[str, list[Answer]]:
    """Fit without the reports named, then read them."""
    began = time.monotonic()
    gold, kept_back = _laid_out["gold"], frozenset(held_out)
    rest = [report for report in gold if report.context.report.id not in kept_back]
    models = fit_all([*rest, *_laid_out["practice"]])
    out: dict[str, list[Answer]] = {}
    for report in gold:
        name = report.context.report.id
        if name in kept_back:
            _, readings = read_claims(
                report.context,
                models.linear.__getitem__,
                models.choices.__getitem__,
                models.trees.__getitem__,
            )
            out[name] = [Answer(r.candidate.index, r.values, r.doubts) for r in readings]
    took = time.monotonic() - began
    print(f"fold of {len(held_out)} reports fitted and read in {took:.0f} s", flush=True)
    return out
