"""The benchmarks of a large ledger: what they tell, and that they measure what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.ingest import compare
from bench.made_reports import made_reports
from bench.pages import Measured, Seconds
from bench.sessions import Outcome
from bench.sizing import Size, put, table
from bench.stores import copied, made_store
from bench.visitor import Drawn
from store.ledger import Store


def seconds(filtered: float, cold: float = 4.0) -> Seconds:
    return Seconds([cold], [filtered] * 5, [0.9], chart_bytes=90_000, megabytes=400)


def test_a_run_that_meets_every_bar_says_so_and_a_slow_one_does_not() -> None:
    good = Measured(1_000_000, seconds(0.6), seconds(0.5), seconds(5.0), seconds(2.0))
    assert good.met
    assert "| filter change to redrawn chart, s | 0.60 | < 1.0 | yes |" in good.told()
    slow = Measured(1_000_000, seconds(0.6, cold=6.0), seconds(0.5), seconds(5.0), seconds(2.0))
    assert not slow.met
    assert "| the same against 10,000 records, times | 1.50 | ≤ 1.2 | no |" in slow.told()


def test_without_datasette_the_table_says_how_to_get_it() -> None:
    found = Measured(10, seconds(0.6), seconds(0.5), seconds(5.0), None)
    assert found.met and "pip install -r bench/requirements.txt" in found.told()


def test_sessions_tell_their_slowest_twentieth_and_their_errors() -> None:
    outcome = Outcome(megabytes=900, added=3)
    for n in range(100):
        outcome.take(Drawn(seconds=n / 50, size=40_000, charts=[20_000]))
    outcome.take(Drawn(seconds=1, size=1, errors=["ValueError: no"]))
    assert 1.8 < outcome.p95 < 2
    assert "errors: 1\n  ValueError: no" in outcome.told()


def test_the_same_reports_are_added_to_both_stores(tmp_path: Path) -> None:
    made = made_store(80, tmp_path / "kept")
    assert made_store(80, tmp_path / "kept") == made  # kept, not made again
    stores = [Store(copied(made, tmp_path / name)) for name in ("a", "b")]
    told = list(made_reports(40, seed=5))
    small, large = compare(stores[0], stores[1], told)
    assert small.median > 0 and large.median > 0
    assert len(stores[0].reports()) == len(stores[1].reports()) == 10 + len(told)
    assert len(Store(f"sqlite:///{made}").reports()) == 10


def test_the_sizing_table_goes_between_the_marks_of_its_page() -> None:
    page = (Path(__file__).parents[2] / "docs" / "running.md").read_text(encoding="utf-8")
    once = put("a table\n", page)
    assert "<!-- sizing:begin -->\na table\n<!-- sizing:end -->" in once
    assert put("a table\n", once) == once
    with pytest.raises(ValueError, match="sizing:begin"):
        put("a table", "no marks")


def test_the_sizing_table_has_a_row_for_each_size() -> None:
    sizes = [Size(10_000, 17.1, 2.0, 1.5, 0.12, 0.1, 340, 420, 9.0)]
    assert table(sizes, 20).splitlines()[-1].endswith("0.12 | 0.10 | 340 | 420 | 9 |")
