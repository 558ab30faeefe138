"""What holds of the counts whatever the claims are (hypothesis)."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from store import reconcile
from store.totals import FIELDS
from tests.store.claims_made import DAY, claims

Row = dict[str, Any]

DAYS = st.integers(0, 3).map(lambda n: DAY + timedelta(days=n))
LATER = DAY + timedelta(days=20)

ROWS = st.fixed_dictionaries(
    {
        "report": st.sampled_from("abcd"),
        "count": st.integers(0, 60),
        "count_max": st.none() | st.integers(60, 80),
        "qualifier": st.sampled_from(["exact", "about", "at_least", "at_most"]),
        "group": st.sampled_from(
            ["foreign_national", "patient", "resident", "staff", "mixed", "unspecified"]
        ),
        "nationality": st.sampled_from(["", "", "AT", "IT", "AT|IT", "PS", "EG"]),
        "demographic": st.sampled_from([None, None, "children", "women_and_children"]),
        "status": st.sampled_from(["crossed", "crossed", "expected"]),
        "scope": st.sampled_from(["event", "event", "event", "cumulative"]),
        "subset": st.booleans(),
        "date": st.none() | DAYS,
        "date_from": st.none() | DAYS,
        "crossing": st.sampled_from(["Rafah", "RAFAH", "Erez", "Beit Hanoun", None]),
        "origin": st.sampled_from(["PS", "PS", "EG", None]),
        "destination": st.sampled_from(["EG", None]),
        "source": st.none() | st.sampled_from(["a ministry", "a witness"]),
        "unit": st.sampled_from(["people", "people", "people", "families"]),
        "sentence": st.sampled_from(["one", "two"]),
        "recommended": st.booleans(),
    }
)
PUBLISHED = {"a": DAY, "b": DAY + timedelta(days=1), "c": DAY + timedelta(days=1), "d": None}


def apart(worlds: list[list[Row]]) -> list[Row]:
    """Several stories in one frame, each in reports and weeks of its own: one run tests all."""
    rows = []
    for n, world in enumerate(worlds):
        shift = timedelta(days=50 * n)
        for row in world:
            days = {name: row[name] and row[name] + shift for name in ("date", "date_from")}
            names = {"report": f"{row['report']}{n}", "sentence": f"{row['sentence']} {n}"}
            rows.append(row | days | names | {"published": PUBLISHED[row["report"]]})
    return rows


CLAIMS = st.lists(st.lists(ROWS, min_size=1, max_size=12), min_size=1, max_size=6).map(apart)
# Each example holds up to six stories; HYPOTHESIS_EXAMPLES asks for a longer search.
FEW = settings(max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", "5")), deadline=None)


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
def test_a_subset_with_room_in_its_whole_changes_no_total(
    rows: list[Row], data: st.DataObject
) -> None:
    """The whole is a figure that counts; the new part has a nationality of its own."""
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
    parts = []
    for n in wholes.index:
        parts.append(
            rows[n]
            | {
                "count": data.draw(st.integers(0, room(ruled, n))),
                "count_max": None,
                "qualifier": "exact",
                "group": data.draw(st.sampled_from([rows[n]["group"], "staff", "companion"])),
                "nationality": "FR" if n % 2 else "PL",
                "subset": True,
                "recommended": False,
            }
        )
    # One part a story: two reports of one story may tell of the same part.
    stories = {part["report"][1:]: part for part in parts}
    assert sums([*rows, *stories.values()]) == sums(rows)


def room(r: reconcile.Reconciled, row: int) -> int:
    """What the parts of a claim's event leave of its own figure."""
    at = list(r.people.index).index(r.told.loc[row, "event"])
    taken = max((best for _, best, _ in r.forest.sums(at).values()), default=0)
    high = max((high for _, _, high in r.forest.sums(at).values()), default=0)
    low, best, most = r.forest.nodes[at].own
    return max(0, min(low - high, best - taken, most - high))


@FEW
@given(CLAIMS)
def test_totals_never_fall_below_the_largest_part(rows: list[Row]) -> None:
    r = reconcile.reconcile(claims(rows))
    whole = sums(rows)
    for node in r.forest.nodes:
        for kids in node.children.values():
            for child in (r.forest.nodes[i] for i in kids):
                assert all(a >= b for a, b in zip(node.value, child.value, strict=True))
        if node.value[1]:
            assert whole[(node.status,)][1] >= node.value[1]


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
    assert set(judged.loc[judged["left_out"].isna(), "record_key"]) <= behind
