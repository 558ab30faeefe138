"""Made-up stores kept between benchmarks, because a million records take minutes to make."""

from __future__ import annotations

import shutil
from pathlib import Path

from bench.million import fill

KEPT = Path(__file__).parents[1] / ".venv" / "bench-stores"
"""Beside the virtual environment's packages, so that removing it clears them away too."""


def made_store(records: int, folder: Path = KEPT) -> Path:
    """The SQLite file of a made-up store with so many records, made where it is not there yet."""
    path = folder / f"made-{records}.db"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        begun = folder / f"begun-{records}.db"
        for left in folder.glob(f"{begun.name}*"):
            left.unlink()
        print(f"making a store of {records:,} records", flush=True)
        fill(f"sqlite:///{begun}", records)
        begun.rename(path)
    return path


def copied(path: Path, folder: Path) -> str:
    """The URL of a copy in `folder` that may be written to."""
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / path.name
    shutil.copyfile(path, copy)
    return f"sqlite:///{copy}"
