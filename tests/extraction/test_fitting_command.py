"""The command that fits: what it writes, and what it leaves alone. Nothing is fitted here."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest

from extraction.fitting import __main__ as command
from extraction.fitting.confidence import Confidence
from extraction.fitting.train import Models
from extraction.model import ChoiceModel, LinearModel
from extraction.record import Record

RECORD = Record(
    article="a",
    count=85,
    count_max=None,
    qualifier="exact",
    count_text="85",
    unit="people",
    group="patient",
    demographic=None,
    nationality=(),
    status="crossed",
    scope="event",
    subset=False,
    date=date(2023, 11, 8),
    date_from=None,
    crossing="Rafah",
    origin="PS",
    destination="EG",
    source=None,
    sentence="85 patients left.",
    start=0,
    end=2,
    confidence=0.75,
)


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the command writes its weights to, every slow step replaced."""
    sure = LinearModel(["right", "wrong"], {"base": [0.5, -0.5]})
    found = Confidence(sure, [[RECORD], [], [RECORD]], [0.75, 0.75], [True, False])
    models = Models({"status": LinearModel(["crossed"], {})}, {"date": ChoiceModel({"at": 1.0})})
    monkeypatch.setattr(command, "load_gold", lambda: [])
    monkeypatch.setattr(command, "load_practice", lambda: [])
    monkeypatch.setattr(command, "read_crosswise", lambda gold: [])
    monkeypatch.setattr(command, "fit_confidence", lambda gold, read: found)
    monkeypatch.setattr(command, "fit_all", lambda reports: models)
    monkeypatch.setattr(command, "WEIGHTS", tmp_path / "weights")
    return tmp_path / "weights"


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    """Run the command with these arguments."""
    monkeypatch.setattr(sys, "argv", ["fitting", *arguments])
    command.main()


def test_one_command_writes_every_model_and_the_confidence(
    weights: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch)
    assert {p.name for p in weights.iterdir()} == {"status.json", "date.json", "confidence.json"}
    stored = json.loads((weights / "confidence.json").read_text(encoding="utf-8"))
    assert stored == {"labels": ["right", "wrong"], "weights": {"base": [0.5, -0.5]}}
    assert "expected calibration error 0.500" in capsys.readouterr().out


def test_the_cross_validated_records_are_written_one_a_line_and_the_weights_kept_on_request(
    weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "records.jsonl"
    run(monkeypatch, "--cross-validate", str(out), "--keep-weights")
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert rows == [RECORD.as_json()] * 2
    assert not weights.exists()
