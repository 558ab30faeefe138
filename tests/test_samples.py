"""The shipped sample reports are whole, dated, various, and name where their facts come from."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "data" / "samples"
PATHS = sorted(FOLDER.glob("*.json"))
KEYS = ["id", "title", "publisher", "facts_source", "url", "published", "style", "text"]


def read(path: Path) -> dict[str, Any]:
    sample: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return sample


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_sample_is_whole_dated_and_names_the_source_of_its_facts(path: Path) -> None:
    sample = read(path)
    assert list(sample) == KEYS
    assert sample["id"] == path.stem
    assert sample["url"] is None
    assert date.fromisoformat(sample["published"])
    assert sample["publisher"].startswith("Sample ")
    assert all(sample[key].strip() for key in ("title", "facts_source", "style"))
    assert 120 <= len(sample["text"].split()) <= 450


def test_there_are_enough_samples_in_enough_styles_and_years() -> None:
    samples = [read(path) for path in PATHS]
    assert len(samples) >= 14
    assert len({sample["style"] for sample in samples}) >= 8
    assert len({sample["published"][:4] for sample in samples}) >= 6


def test_the_first_sample_tells_of_the_day_rafah_opened() -> None:
    first = read(PATHS[0])
    assert (first["id"], first["published"]) == ("01-rafah-first-day", "2023-11-01")
    for words in ("400 foreigners", "81 severely wounded", "88 patients", "40 ambulances"):
        assert words in first["text"]


def test_no_sample_tells_another_ones_story_in_its_words() -> None:
    seen: dict[tuple[str, ...], str] = {}
    for path in PATHS:
        words = read(path)["text"].split()
        for run in zip(*(words[i:] for i in range(12)), strict=False):
            assert seen.setdefault(run, path.stem) == path.stem
