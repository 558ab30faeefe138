"""Eight writers and four readers on one store: nothing is lost, nobody sees an error."""

from __future__ import annotations

from pathlib import Path

from bench.many import run


def test_nothing_is_lost_where_many_correct_the_same_records(tmp_path: Path) -> None:
    outcome = run(f"sqlite:///{tmp_path / 'ledger.db'}", seconds=2, reports=6)
    assert outcome.errors == []
    assert outcome.lost == 0, outcome.told()
    assert outcome.written > 0 and len(outcome.readings) >= 4
