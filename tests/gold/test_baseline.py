"""The extraction over the gold reports does not fall below the marks it has reached."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

import extraction
from extraction.reports import Report
from tests.gold.score import HERE, load, score

BASELINE = json.loads((HERE / "baseline.json").read_text(encoding="utf-8"))
GOLD = load()


@pytest.fixture(scope="module")
def found() -> list[dict[str, Any]]:
    """The records read from all gold reports, as printed."""
    reports = [
        Report(
            id=article["id"],
            text=article["text"],
            title=article["title"],
            published=date.fromisoformat(article["published"]) if article["published"] else None,
        )
        for article in GOLD
    ]
    return [record.as_json() for records in extraction.extract_many(reports) for record in records]


@pytest.mark.parametrize("level", ["figure", "ledger", "full"])
def test_accuracy_does_not_fall_below_the_baseline(level: str, found: list[dict[str, Any]]) -> None:
    total = score(GOLD, found)
    assert round(total.f1(level), 4) >= BASELINE[level], "\n".join(total.misses)


def test_every_record_stands_at_its_offsets(found: list[dict[str, Any]]) -> None:
    texts = {article["id"]: article["text"] for article in GOLD}
    assert found, "nothing was read from the gold reports"
    for record in found:
        assert texts[record["article"]][record["start"] : record["end"]] == record["count_text"]
        assert record["count_text"] in record["sentence"]
