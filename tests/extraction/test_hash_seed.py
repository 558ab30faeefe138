"""A report is read the same in every process: Python orders sets anew in each."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

GOLD = Path(__file__).parents[1] / "gold" / "reports"
TIED = ("euro-06", "gaza-08", "world-12")  # reports that tell of several routes equally often


def test_the_order_of_sets_moves_no_record(tmp_path: Path) -> None:
    reports = tmp_path / "reports.jsonl"
    rows = [(GOLD / f"{name}.json").read_text(encoding="utf-8") for name in TIED]
    reports.write_text("".join(" ".join(row.split("\n")) + "\n" for row in rows), encoding="utf-8")
    told = {
        subprocess.run(
            [sys.executable, "-m", "extraction", str(reports)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(told) == 1
    assert told.pop()
