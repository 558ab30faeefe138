"""Reports per second of the extraction against spaCy's whole small English pipeline.

Both read the same texts in one process and take turns; the ratio is the median over the
rounds. spaCy does its tagging, parsing, lemmas and names; the extraction gives records.
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench.other_news import other_reports
from extraction import Report, extract_many
from extraction.parsing import MODEL

GOLD = Path(__file__).parents[1] / "tests" / "gold" / "reports"
OTHERS = 9  # reports about something else for each gold one, in the mixture
LEAST = {"gold": 3.0, "mixture": 8.0}  # times as fast as spaCy
MOST_MEMORY = 700.0  # megabytes, the peak of the process before spaCy joins in
SEED = 20240229


@dataclass(frozen=True, slots=True)
class Timing:
    """One set of reports: median reports per second of either side, and the median ratio."""

    name: str
    reports: int
    words: int
    ours: float
    spacy: float
    ratio: float


def gold_reports() -> list[Report]:
    """The published gold reports, without their annotations."""
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLD.glob("*.json"))]
    return [
        Report(
            row["id"],
            row["text"],
            row.get("title"),
            date.fromisoformat(row["published"]) if row.get("published") else None,
        )
        for row in rows
    ]


def mixture(gold: Sequence[Report], size: int, seed: int = SEED) -> list[Report]:
    """`size` reports, one in ten of them gold, in an order that the seed fixes."""
    dice = random.Random(seed)
    mine = size // (OTHERS + 1)
    mixed = [*dice.sample(list(gold), mine), *other_reports(size - mine, seed)]
    dice.shuffle(mixed)
    return mixed


def compare(name: str, reports: Sequence[Report], pipeline: Any, rounds: int) -> Timing:
    """Time both sides over `reports`, by turns, after one round that warms them up."""
    texts = [report.text for report in reports]

    def ours() -> None:
        for _ in extract_many(reports):
            pass

    def whole() -> None:
        for _ in pipeline.pipe(texts):
            pass

    ours()
    whole()
    pairs = [(_seconds(ours), _seconds(whole)) for _ in range(rounds)]
    return Timing(
        name,
        len(reports),
        sum(len(text.split()) for text in texts),
        len(reports) / statistics.median(a for a, _ in pairs),
        len(reports) / statistics.median(b for _, b in pairs),
        statistics.median(b / a for a, b in pairs),
    )


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak_megabytes() -> float:
    """The most memory that this process has held so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 / 1024 if sys.platform == "darwin" else peak / 1024


def main(argv: Sequence[str] | None = None) -> int:
    """Print the comparison; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="turns of either side (default 5)")
    parser.add_argument("--size", type=int, default=200, help="reports in the mixture")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(argv)
    gold = gold_reports()
    mixed = mixture(gold, options.size)
    for _ in extract_many([*gold, *mixed]):
        pass
    alone = peak_megabytes()
    pipeline = importlib.import_module(MODEL).load()
    timings = [
        compare("gold", gold, pipeline, options.rounds),
        compare("mixture", mixed, pipeline, options.rounds),
    ]
    peak = peak_megabytes()
    if options.json:
        rows = {
            t.name: {"reports_per_second": t.ours, "spacy": t.spacy, "ratio": t.ratio}
            for t in timings
        }
        print(json.dumps({**rows, "peak_megabytes": alone}, indent=1))
    else:
        for t in timings:
            print(
                f"{t.name}: {t.reports} reports, {t.words} words: {t.ours:.1f} reports a second, "
                f"spaCy {t.spacy:.1f}: {t.ratio:.1f} to 1 (at least {LEAST[t.name]:.0f})"
            )
        print(
            f"peak memory: {alone:.0f} MB after all reports (at most {MOST_MEMORY:.0f}), "
            f"{peak:.0f} MB with spaCy's whole pipeline in the same process"
        )
    met = alone <= MOST_MEMORY and all(t.ratio >= LEAST[t.name] for t in timings)
    return 0 if met else 1
