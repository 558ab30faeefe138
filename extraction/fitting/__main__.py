"""Fit the shipped weights: `python -m extraction.fitting` (needs the development requirements).

Reads the published gold reports (tests/gold/reports) and the practice reports
(data/annotated) and writes one JSON file per model to extraction/weights.
"""

from __future__ import annotations

import json

from extraction.fitting.gold import load_gold, load_practice
from extraction.fitting.train import fit_all
from extraction.model import WEIGHTS


def main() -> None:
    """Fit on all annotated reports and write the weights."""
    models = fit_all([*load_gold(), *load_practice()])
    WEIGHTS.mkdir(exist_ok=True)
    for name, model in {**models.linear, **models.choices, **models.trees}.items():
        path = WEIGHTS / f"{name}.json"
        text = json.dumps(
            model.as_json(), ensure_ascii=False, separators=(",", ":"), sort_keys=True
        )
        path.write_text(text.replace("],", "],\n") + "\n", encoding="utf-8")
        print(f"{path.name}: {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
