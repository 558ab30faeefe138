"""What is behind a number: the claims that it counts, and those that it leaves out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from store import reconcile
from store.ledger import Store
from tests.ui.conftest import Run, words
from ui.behind import Behind


def figures(ledger: Store, totals: pd.DataFrame) -> dict[str, object]:
    """The figures behind rows of totals, as written, each with why it is left out."""
    judged = reconcile.judge(ledger.records())
    found = Behind.of(totals, judged).claims(judged)
    return dict(zip(found["count_text"], found["left_out"].astype("object"), strict=True))


def test_a_part_is_left_out_of_its_whole_and_counted_in_a_bar_of_its_own(ledger: Store) -> None:
    by_group = reconcile.totals(ledger.records(), ["group"])
    foreign = by_group[
        (by_group["group"] == "foreign_national") & (by_group["status"] == "crossed")
    ]
    assert figures(ledger, foreign)["31"] == "part"
    by_country = reconcile.totals(ledger.records(), ["nationality"])
    austrians = figures(ledger, by_country[by_country["nationality"] == "AT"])
    assert list(austrians) == ["31"] and pd.isna(austrians["31"])


def test_what_is_taken_off_is_behind_the_remainder(ledger: Store) -> None:
    totals = reconcile.totals(ledger.records(), ["nationality"])
    rest = totals[(totals["nationality"] == "") & (totals["status"] == "crossed")]
    assert int(rest["best"].iloc[0]) == 361 - 31
    found = figures(ledger, rest)
    assert pd.isna(found["361"]) and pd.isna(found["31"])
    assert found["640"] == "running_total"


def test_of_two_numbers_what_one_counts_is_counted() -> None:
    one = Behind(np.array([1, 2]), np.array([3]))
    both = one | Behind(np.array([3]), np.array([1, 4]))
    assert (list(both.used), list(both.left)) == ([1, 2, 3], [4])


def test_the_claims_behind_the_timeline_tell_what_they_leave_out(
    ledger: Store, dashboard: Run
) -> None:
    at = dashboard("timeline", leaving=["PS"])
    assert not at.exception
    assert "**3 claims counted**; 2 figures left out: 1 part of another, 1 rival figure." in words(
        at
    )


def test_a_running_total_stands_beside_the_days_added_up(ledger: Store, dashboard: Run) -> None:
    at = dashboard("timeline", leaving=["PS"])
    assert "640 stated by 2 Nov 2023; 1 day on record accounts for 361 of them" in words(at)
    assert "**1 claim counted**; 2 figures left out: 1 running total, 1 part" in words(at)
