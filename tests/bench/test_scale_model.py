"""The simulated cluster does what can be reckoned by hand."""

from __future__ import annotations

import pytest

from bench.scale_model import held_against, simulate


def test_one_worker_takes_the_sum_and_two_take_half() -> None:
    one = simulate(100, 1, lambda: 2.0, scheduler=0)
    two = simulate(100, 2, lambda: 2.0, scheduler=0)
    assert (one.read, two.read) == (200, 100)
    assert one.busy == two.busy == 1


def test_a_slow_loader_ends_last_and_parts_pile_up_before_it() -> None:
    ran = simulate(100, 10, lambda: 1.0, load=0.5, scheduler=0)
    assert ran.read == 10
    assert ran.loaded == pytest.approx(1 + 100 * 0.5)
    assert ran.waiting > 70


def test_a_quick_loader_ends_with_the_readers() -> None:
    ran = simulate(100, 2, lambda: 1.0, load=0.1, scheduler=0)
    assert ran.loaded == pytest.approx(50.2)


def test_beyond_what_the_scheduler_hands_out_more_workers_gain_nothing() -> None:
    few, many = (simulate(2000, n, lambda: 1.0, scheduler=0.01).read for n in (50, 500))
    assert few == pytest.approx(41, abs=2)
    assert many == pytest.approx(21, abs=0.1)


def test_the_model_is_held_against_measured_runs() -> None:
    run = {"workers": 2, "reports": 4, "seconds": 2.0, "parts": [1.0, 1.0, 1.0, 1.0]}
    assert held_against({"pairs": [], "grown": [run]}) < 0.01
    assert held_against({"pairs": [], "grown": [run | {"seconds": 4.0}]}) == pytest.approx(
        0.5, abs=0.01
    )
