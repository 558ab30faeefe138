"""What holds of the counts whatever the claims are (hypothesis)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from store import reconcile
from store.totals import FIELDS
from tests.store.claims_drawn import CLAIMS, ROWS, Row, searched
from tests.store.claims_made import DAY, claims

FEW = searched(6)
LATER = DAY + timedelta(days=20)


def sums(rows: list[Row], by: tuple[str, ...] = ()) -> dict[Any, tuple[int, int, int]]:
    """Totals by status and `by`, cells of nobody left out."""
    frame = reconcile.totals(claims(rows), by)
    frame = frame[frame["best"].fillna(0) > 0].astype(dict.fromkeys(("status", *by), "object"))
    keys = frame[["status", *by]].fillna("").itertuples(index=False, name=None)
    cells = frame[["low", "best", "high"]].itertuples(index=False, name=None)
    return dict(zip(keys, cells, strict=True))


@FEW
@given(CLAIMS, st.data())
def test_a_duplicate_report_changes_no_total(rows: list[Row], data: st.DataObject) -> None:
    original = data.draw(st.sampled_from([row["report"] for row in rows]))
    # The copy may be cut, and the whole of a part with it.
    copy = [
        row | {"report": "z", "near_copy_of": original, "sentence": "copied"}
        for row in rows
        if row["report"] == original and data.draw(st.integers(0, 3))
    ]
    by = data.draw(st.sampled_from([(), ("group",), ("nationality",), ("date", "crossing")]))
    assert sums(rows + copy, by) == sums(rows, by)


@FEW
@given(CLAIMS, ROWS)
def test_a_running_total_changes_no_total(rows: list[Row], extra: Row) -> None:
    total = extra | {"scope": "cumulative", "published": LATER, "count": 10_000, "count_max": None}
    assert sums([*rows, total]) == sums(rows)


@FEW
@given(CLAIMS, st.data())
def test_subsets_with_room_in_their_whole_change_no_total(
    rows: list[Row], data: st.DataObject
) -> None:
    """The whole is a figure that counts; each new part has a nationality of its own."""
    rows = [row | {"sentence": f"sentence of {n}"} for n, row in enumerate(rows)]
    ruled = reconcile.reconcile(claims(rows))
    judged = reconcile.judge(ruled)
    wholes = judged[
        (judged["role"] == "best")
        & (judged["unit"] == "people")
        & ~judged["subset"]
        & (judged["count"] > 0)
        & (judged["nationality"] == "")
        & judged["demographic"].isna()
    ].drop_duplicates("report_key")
    stories: dict[str, list[Row]] = {}
    for n in wholes.index:
        story = rows[n]["report"][1:]
        if story in stories:
            continue  # two reports of one story may tell of the same part
        left = room(ruled, n)
        stories[story] = []
        # Siblings: together they are at most what the whole leaves.
        for code in data.draw(st.lists(st.sampled_from(["FR", "PL", "CH"]), unique=True)):
            count = data.draw(st.integers(0, left))
            left -= count
            part = {"count": count, "count_max": None, "qualifier": "exact", "nationality": code}
            group = data.draw(st.sampled_from([rows[n]["group"], "staff", "companion"]))
            stories[story].append(
                rows[n] | part | {"group": group, "subset": True, "recommended": False}
            )
    added = [part for parts in stories.values() for part in parts]
    assert sums([*rows, *added]) == sums(rows)


def room(r: reconcile.Reconciled, row: int) -> int:
    """What the parts of a claim's event leave of its own figure."""
    forest, at = r.forest, r.node_of[r.event[row]]
    inside = (forest.parent == at) & ~forest.twice
    high = max((forest.value[2][inside & (forest.axis == n)].sum() for n in range(5)), default=0)
    low, best, most = forest.nodes.own[:, at]
    return int(max(0, min(low - high, best - max(forest.sums[:, at].max(), 0), most - high)))


@FEW
@given(CLAIMS)
def test_totals_never_fall_below_the_largest_part(rows: list[Row]) -> None:
    r = reconcile.reconcile(claims(rows))
    whole = sums(rows)
    forest, part = r.forest, r.forest.parent >= 0
    assert (forest.value[:, part] <= forest.value[:, forest.parent[part]]).all()
    statuses = r.ready.claims.words["status"]
    for status, best in zip(forest.fields["status"], forest.value[1], strict=True):
        assert best == 0 or whole[(statuses[status],)][1] >= best


@FEW
@given(CLAIMS, st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_nothing(rows: list[Row], random: Any) -> None:
    frame = claims(rows)
    order = list(frame.index)
    random.shuffle(order)
    one, other = reconcile.reconcile(frame), reconcile.reconcile(frame.loc[order])
    for view in (
        reconcile.events,
        reconcile.daily,
        reconcile.running_totals,
        reconcile.expected_against_crossed,
    ):
        pd.testing.assert_frame_equal(view(other), view(one))
    pd.testing.assert_frame_equal(reconcile.judge(other).loc[frame.index], reconcile.judge(one))


@FEW
@given(CLAIMS, st.lists(st.sampled_from(FIELDS), max_size=3, unique=True))
def test_low_best_and_high_are_in_order_everywhere(rows: list[Row], by: list[str]) -> None:
    frame = claims(rows)
    for table in (reconcile.events(frame), reconcile.totals(frame, by)):
        stated = table.dropna(subset=["best"])
        assert (stated["low"] >= 0).all()
        assert (stated["low"] <= stated["best"]).all()
        assert (stated["best"] <= stated["high"]).all()


@FEW
@given(CLAIMS, st.lists(st.sampled_from(FIELDS), max_size=3, unique=True))
def test_cells_sum_to_the_total_whatever_it_is_divided_by(rows: list[Row], by: list[str]) -> None:
    whole = {key[0]: best for key, (_, best, _) in sums(rows).items()}
    divided: dict[str, int] = {}
    for key, (_, best, _) in sums(rows, tuple(by)).items():
        divided[key[0]] = divided.get(key[0], 0) + best
    assert divided == whole


@FEW
@given(CLAIMS)
def test_each_claim_is_counted_or_left_out_for_a_reason(rows: list[Row]) -> None:
    judged = reconcile.judge(claims(rows))
    assert (judged["reason"] != "").all()
    not_best = judged["role"] != "best"
    assert judged.loc[not_best, "left_out"].notna().all()
    totals = reconcile.totals(claims(rows))
    behind = {key for keys in totals["record_keys"] for key in keys}
    left = {key for keys in totals["left_out_keys"] for key in keys}
    assert behind | left == set(judged["record_key"])
    assert set(judged.loc[judged["left_out"].isna(), "record_key"]) == behind


@FEW
@given(CLAIMS)
def test_days_add_up_to_what_a_running_total_is_held_against(rows: list[Row]) -> None:
    r = reconcile.reconcile(claims(rows))
    for total in reconcile.running_totals(r).to_dict("records"):
        days = reconcile.cumulated_days(r, total["event_key"])
        last = days["days_sum"].iloc[-1] if len(days) else None
        assert last is None if pd.isna(total["days_sum"]) else last == total["days_sum"]
        behind = {key for keys in days["record_keys"] for key in keys}
        assert set(total["day_record_keys"]) <= behind
