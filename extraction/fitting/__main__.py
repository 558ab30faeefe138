"""Fit the shipped weights (needs the development requirements).

    python -m extraction.fitting [--cross-validate OUT.jsonl] [--keep-weights]

Reads the published gold reports (tests/gold/reports) and the practice reports (data/annotated).
First every gold report is read by models that never saw it (five folds): on these readings the
confidence is fitted and measured. Then all models are fitted on all reports, and one JSON file
per model is written to extraction/weights.

--cross-validate also writes the records of those readings, one JSON object a line; what they
score is what a new report can expect:

    python -m tests.gold.accuracy --records OUT.jsonl --how "cross-validated over reports"
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from extraction.fitting.confidence import fit_confidence, measured
from extraction.fitting.crossread import read_crosswise
from extraction.fitting.gold import load_gold, load_practice
from extraction.fitting.train import fit_all
from extraction.model import WEIGHTS, ChoiceModel, LinearModel
from extraction.trees import TreeModel


def main() -> None:
    """Read crosswise, fit, and write what the arguments ask for."""
    parser = argparse.ArgumentParser(
        prog="python -m extraction.fitting",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--cross-validate", type=Path, metavar="OUT.jsonl")
    parser.add_argument("--keep-weights", action="store_true", help="measure, fit nothing anew")
    arguments = parser.parse_args()
    gold, practice = load_gold(), load_practice()
    found = fit_confidence(gold, read_crosswise(gold))
    print(measured(found), flush=True)
    if arguments.cross_validate:
        rows = (record.as_json() for records in found.records for record in records)
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
        arguments.cross_validate.write_text("".join(lines), encoding="utf-8")
        print(f"{arguments.cross_validate}: {len(lines)} records")
    if not arguments.keep_weights:
        models = fit_all([*gold, *practice])
        write({"confidence": found.model}, WEIGHTS)
        for kind in (models.linear, models.choices, models.trees):
            write(kind, WEIGHTS)


def write(models: Mapping[str, LinearModel | ChoiceModel | TreeModel], folder: Path) -> None:
    """Write each model to `folder` as `<name>.json`, a feature's weights a line."""
    folder.mkdir(exist_ok=True)
    for name, model in models.items():
        path = folder / f"{name}.json"
        text = json.dumps(
            model.as_json(), ensure_ascii=False, separators=(",", ":"), sort_keys=True
        )
        path.write_text(text.replace("],", "],\n") + "\n", encoding="utf-8")
        print(f"{path.name}: {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
