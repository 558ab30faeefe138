"""The samples: read into a ledger that was never used, once, and never put back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extraction.reports import Report
from store import keeping
from store.ledger import Store
from tests.ui.conftest import TEXT, Run, claim, words


@pytest.fixture(autouse=True)
def read_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "read_figures", lambda report: [claim(report.text, "361", 361)])


@pytest.fixture
def sample(no_samples: Path) -> Path:
    file = no_samples / "01-rafah.json"
    fields = {"id": "01", "title": "A sample", "published": "2023-11-01", "text": TEXT}
    file.write_text(json.dumps(fields), encoding="utf-8")
    return file


def test_a_new_ledger_starts_with_the_samples(
    sample: Path, dashboard: Run, own_ledger: str
) -> None:
    at = dashboard("overview")
    assert not at.exception
    assert {tile.label: tile.value for tile in at.metric}["Crossed"] == "361"
    assert list(Store(own_ledger).reports()["title"]) == ["A sample"]


def test_samples_that_were_removed_stay_away(sample: Path, dashboard: Run, own_ledger: str) -> None:
    store = Store(own_ledger)
    added = store.add(Report("x", TEXT), [], extractor="by hand")
    store.remove(added.key)
    assert "The ledger is empty" in words(dashboard("overview"))


def test_the_samples_are_looked_at_once(sample: Path, dashboard: Run, own_ledger: str) -> None:
    at = dashboard("overview")
    at.run()
    assert list(Store(own_ledger).reports()["n_uploads"]) == [1]
