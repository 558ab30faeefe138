"""The rules over arrays give what the rules written claim by claim give (hypothesis)."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from store import reconcile
from store.totals import FIELDS
from tests.store.claims_drawn import CLAIMS, Row, searched
from tests.store.claims_made import claims
from tests.store.plain import reconcile as plain

MANY = searched(30)


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    """The two tables are alike to a reader, lists of keys compared as tuples."""
    lists = [name for name in one if name.endswith("_keys")]
    one, other = (
        frame.assign(**{name: frame[name].map(tuple) for name in lists}) for frame in (one, other)
    )
    if one.empty and other.empty:
        assert list(one) == list(other)
        return
    pd.testing.assert_frame_equal(one, other, check_categorical=False)


@MANY
@given(CLAIMS, st.lists(st.sampled_from(FIELDS), max_size=3, unique=True))
def test_each_view_is_what_the_plain_rules_give(rows: list[Row], by: list[str]) -> None:
    frame = claims(rows)
    one, other = reconcile.reconcile(frame), plain.reconcile(frame)
    same(reconcile.totals(one, by), plain.totals(other, by))
    same(reconcile.judge(one), plain.judge(other))
    same(reconcile.events(one), plain.events(other))
    same(reconcile.rivals(one), plain.rivals(other))
    for freq in ("D", "W", "M"):
        same(reconcile.daily(one, "group", freq), plain.daily(other, "group", freq))
    same(reconcile.running_totals(one), plain.running_totals(other))
    same(reconcile.expected_against_crossed(one), plain.expected_against_crossed(other))
    for key in plain.running_totals(other)["event_key"]:
        same(reconcile.cumulated_days(one, key), plain.cumulated_days(other, key))
