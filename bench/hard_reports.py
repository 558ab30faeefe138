"""How the shipped reading does on hard reports that no model was fitted on.

    python -m bench.hard_reports

The reports of `data/annotated/apart` were written to be hard, a third of them on each of three
questions: who the people are (`ea`), which way and which day (`eb`), status and parts of figures
(`ec`). They are no sample of news: what they score is a floor, not what a reader should expect.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from extraction import Report, extract_many
from extraction.fitting.notation import read_notation
from tests.gold.score import score

APART: Final = Path(__file__).parents[1] / "data" / "annotated" / "apart"
LEVELS: Final = ("figure", "ledger", "full")


def main() -> None:
    """Print a line for each theme, and one for all."""
    gold = [read_notation(path) for path in sorted(APART.glob("*.txt"))]
    reports = [
        Report(
            row["id"],
            row["text"],
            row.get("title"),
            date.fromisoformat(str(row["published"])) if row.get("published") else None,
        )
        for row in gold
    ]
    found = [record.as_json() for records in extract_many(reports) for record in records]
    for theme in (*sorted({row["id"][:2] for row in gold}), ""):
        some = [row for row in gold if row["id"].startswith(theme)]
        names = {row["id"] for row in some}
        total = score(some, [row for row in found if row["article"] in names])
        levels = ", ".join(f"{level} {total.f1(level):.3f}" for level in LEVELS)
        right = total.right["figure"]
        fields = " ".join(f"{name} {n / right:.3f}" for name, n in total.fields.items())
        print(f"{theme or 'all'}: {len(some)} reports, {total.gold} figures: {levels}\n  {fields}")


if __name__ == "__main__":
    main()
