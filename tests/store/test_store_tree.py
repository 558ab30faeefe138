"""Nobody is counted twice: which figure holds which, on small cases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from store import reconcile
from tests.store.claims_made import DAY, claims

NEXT = DAY + timedelta(days=1)


def total(*rows: dict[str, Any]) -> tuple[int, int, int]:
    frame = reconcile.totals(claims(rows)).set_index("status")
    return tuple(frame.loc["crossed", ["low", "best", "high"]])


@pytest.mark.parametrize(
    ("rows", "best"),
    [
        # group within all people
        ([{"count": 500, "group": "unspecified"}, {"count": 400}], 500),
        ([{"count": 300, "group": "unspecified"}, {"count": 400}], 400),
        # a mixed figure holds the groups that fit into it
        ([{"count": 76, "group": "mixed"}, {"count": 46, "group": "patient"}], 76),
        ([{"count": 76, "group": "mixed"}, {"count": 400}], 476),
        # nationality within group, two of them within a figure over both
        (
            [{"count": 40}, {"count": 31, "nationality": "AT"}, {"nationality": "IT", "count": 4}],
            40,
        ),
        (
            [{"count": 30}, {"count": 31, "nationality": "AT"}, {"nationality": "IT", "count": 4}],
            35,
        ),
        ([{"count": 35, "nationality": "AT|IT"}, {"count": 31, "nationality": "AT"}], 35),
        # two breakdowns of the same people are not added
        ([{"nationality": "AT", "count": 31}, {"demographic": "children", "count": 9}], 40),
        (
            [
                {"count": 20},
                {"nationality": "AT", "count": 31},
                {"demographic": "children", "count": 9},
            ],
            31,
        ),
        ([{"demographic": "women_and_children"}, {"demographic": "children", "count": 60}], 100),
        # a crossing within its corridor, corridors within a country
        ([{"count": 90, "crossing": None}, {"count": 60}, {"count": 20, "crossing": "Erez"}], 90),
        ([{"count": 70, "crossing": None}, {"count": 60}, {"count": 20, "crossing": "Erez"}], 80),
        ([{"count": 90, "crossing": None, "destination": None}, {"count": 60}], 90),
        # another border is another total
        ([{"count": 90, "crossing": None, "origin": "SD"}, {"count": 60}], 150),
        ([{"crossing": None, "origin": None, "destination": None}, {"count": 60}], 160),
        # days within a period, periods that overlap
        ([{"count": 90, "date": NEXT, "date_from": DAY}, {"count": 60}], 90),
        ([{"count": 50, "date": NEXT, "date_from": DAY}, {"count": 60}], 60),
        (
            [
                {"count": 50, "date": NEXT, "date_from": DAY},
                {"count": 70, "date": NEXT + timedelta(days=1), "date_from": NEXT},
            ],
            70,
        ),
        # the two directions of one gate are two movements
        ([{"count": 60}, {"count": 20, "origin": "EG", "destination": "PS"}], 80),
        ([{"count": 60}, {"count": 20, "origin": None, "destination": "PS"}], 80),
        # families are not people
        ([{"count": 60}, {"count": 20, "unit": "families"}], 60),
    ],
)
def test_nobody_is_counted_twice(rows: list[dict[str, Any]], best: int) -> None:
    rows = [row | {"report": f"report {n}"} for n, row in enumerate(rows)]
    assert total(*rows)[1] == best


@pytest.mark.parametrize(
    ("part", "best"),
    [
        ({"group": "staff", "count": 40}, 500),
        ({"group": "staff", "count": 40, "crossing": None, "origin": None}, 500),
        ({"count": 88}, 500),
        ({"group": "staff", "count": 40, "crossing": "Erez"}, 540),
        ({"group": "staff", "count": 40, "date": NEXT}, 540),
        ({"group": "staff", "count": 40, "report": "b"}, 540),
        ({"group": "staff", "count": 40, "status": "expected"}, 500),
    ],
)
def test_a_subset_counts_in_the_figure_that_may_hold_it(part: dict[str, Any], best: int) -> None:
    assert total({"count": 500}, {"subset": True} | part)[1] == best


def test_items_of_a_list_are_parts_of_the_total_not_of_each_other() -> None:
    rows = [
        {"count": 361, "sentence": "361 came."},
        {"count": 31, "nationality": "AT", "subset": True, "sentence": "31 Austrians, 4 Italians."},
        {"count": 4, "nationality": "IT", "subset": True, "sentence": "31 Austrians, 4 Italians."},
    ]
    frame = reconcile.events(claims(rows)).set_index("best")
    assert set(frame.loc[[31, 4], "part_of"]) == {frame.loc[361, "event_key"]}


def test_a_part_told_twice_is_counted_once_under_its_whole() -> None:
    """Patients as a part of a mixed figure in one report, by themselves in another."""
    rows = [
        {"count": 76, "group": "mixed", "sentence": "s"},
        {"count": 50, "group": "patient", "subset": True, "sentence": "s"},
        {"count": 26, "group": "companion", "subset": True, "sentence": "s"},
        {"count": 50, "group": "patient", "report": "b"},
    ]
    assert total(*rows) == (76, 76, 76)


def test_a_copy_without_the_whole_repeats_the_part_as_a_part() -> None:
    rows = [
        {"count": 500, "sentence": "s"},
        {"count": 40, "group": "staff", "subset": True, "sentence": "s"},
        {"count": 40, "group": "staff", "subset": True, "report": "b", "near_copy_of": "a"},
    ]
    assert total(*rows) == (500, 500, 500)
    assert list(reconcile.judge(claims(rows))["left_out"].astype("str")[1:]) == ["part", "repeat"]
