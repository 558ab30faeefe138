"""Each rule from claims to counts on a small case, one behaviour a test."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from store import reconcile
from store.families import leads
from store.near_copies import shared, shingles
from store.revisions import is_taken_back
from tests.store.claims_made import DAY, claims

NEXT = DAY + timedelta(days=1)
REVISIONS = tomllib.loads(
    (Path(__file__).parents[2] / "store" / "revisions.toml").read_text(encoding="utf-8")
)["marker"]


def only_event(*rows: dict[str, Any]) -> pd.Series:
    frame = reconcile.events(claims(rows))
    assert len(frame) == 1
    return frame.iloc[0]


@pytest.mark.parametrize("marker", REVISIONS, ids=lambda marker: marker["examples"][0][:40])
def test_each_revision_marker_matches_its_examples_and_no_other(marker: dict[str, Any]) -> None:
    for sentences, wanted in ((marker["examples"], True), (marker["not"], False)):
        for sentence in sentences:
            before, figure, _ = sentence.replace("}", "{").split("{")
            plain = sentence.replace("{", "").replace("}", "")
            assert is_taken_back(plain, figure) is wanted, sentence
            assert before in plain


@pytest.mark.parametrize(
    ("rows", "best", "reason"),
    [
        ([{"count": 5}], 5, "the only claim"),
        ([{"count": 5}, {"count": 5, "report": "b"}], 5, "all claims agree"),
        (
            [
                {"count": 5, "published": NEXT, "report": "b"},
                {"count": 4, "recommended": True, "recommended_reason": "saw the list"},
            ],
            4,
            "recommended by a reviewer: saw the list",
        ),
        (
            [{"count": 5}, {"count": 4, "report": "b", "published": NEXT, "qualifier": "about"}],
            4,
            "from the latest report, of 2023-11-02",
        ),
        (
            [{"count": 5, "published": None}, {"count": 4, "report": "b"}],
            4,
            "from the latest report, of 2023-11-01",
        ),
        ([{"count": 50, "qualifier": "about"}, {"count": 47}], 47, "the more exact figure"),
        ([{"count": 5, "qualifier": "at_most"}, {"count": 9, "qualifier": "about"}], 9, "the more"),
        (
            [{"count": 5}, {"count": 6, "report": "b"}, {"count": 6, "report": "c"}],
            6,
            "stated by more sources",
        ),
        ([{"count": 6}, {"count": 5}], 6, "told first in its report"),
        ([{"count": 6}, {"count": 5, "report": "b"}], 5, "nothing sets the claims apart"),
        (
            [{"count": 361}, {"count": 335, "sentence": "not 335 as first said"}],
            361,
            "it revises an earlier figure",
        ),
    ],
)
def test_the_best_claim_is_chosen_for_a_stated_reason(
    rows: list[dict[str, Any]], best: int, reason: str
) -> None:
    event = only_event(*rows)
    assert event["best"] == best
    assert event["best_reason"].startswith(reason)


@pytest.mark.parametrize(
    ("rows", "conflict"),
    [
        ([{"count": 81, "source": "x"}, {"count": 88, "source": "y"}], True),
        ([{"count": 361}, {"count": 300, "qualifier": "at_least", "report": "b"}], False),
        ([{"count": 361}, {"count": 400, "qualifier": "at_least", "report": "b"}], True),
        ([{"count": 361}, {"count": 400, "qualifier": "at_most", "report": "b"}], False),
        ([{"count": 1687}, {"count": 1700, "qualifier": "about", "report": "b"}], False),
        ([{"count": 1000}, {"count": 1700, "qualifier": "about", "report": "b"}], True),
        ([{"count": 300, "count_max": 400}, {"count": 350, "report": "b"}], False),
        ([{"count": 81}, {"count": 88}], False),
    ],
)
def test_claims_conflict_when_two_voices_cannot_both_be_right(
    rows: list[dict[str, Any]], conflict: bool
) -> None:
    assert only_event(*rows)["conflict"] == conflict


def test_a_copy_is_no_source_but_what_it_says_anew_is_a_claim() -> None:
    event = only_event(
        {"count": 5, "report": "a"},
        {"count": 5, "report": "b", "near_copy_of": "a"},
        {"count": 6, "report": "b", "near_copy_of": "a", "published": NEXT},
    )
    assert (event["n_claims"], event["n_reports"], event["n_places"]) == (2, 1, 2)
    assert (event["low"], event["best"], event["high"]) == (5, 6, 6)


def test_a_recommended_copy_recommends_the_claim() -> None:
    event = only_event(
        {"count": 5, "report": "a"},
        {"count": 9, "report": "c", "published": NEXT},
        {"count": 5, "report": "b", "near_copy_of": "a"}
        | {"recommended": True, "recommended_reason": "saw it"},
    )
    assert (event["best"], event["best_reason"]) == (5, "recommended by a reviewer: saw it")


def test_a_speaker_is_one_source_in_two_reports() -> None:
    event = only_event(
        {"report": "a", "source": "Egypt", "publisher": "X"},
        {"report": "b", "source": "egypt ", "publisher": "Y"},
        {"report": "c", "publisher": "Y"},
    )
    assert (event["n_sources"], event["n_reports"]) == (2, 3)


def test_status_is_never_summed_over() -> None:
    rows = ({"count": 5}, {"count": 7, "status": "expected"}, {"count": 9, "status": "refused"})
    frame = reconcile.totals(claims(rows))
    assert dict(zip(frame["status"], frame["best"], strict=True)) == {
        "crossed": 5,
        "expected": 7,
        "refused": 9,
    }


def test_the_remainder_of_a_breakdown_is_as_uncertain_as_both() -> None:
    rows = [
        {"count": 100, "group": "unspecified"},
        {"count": 30, "report": "b"},
        {"count": 40, "report": "c", "published": NEXT},
    ]
    frame = reconcile.totals(claims(rows), ["group"]).set_index("group")
    assert list(frame.loc["unspecified", ["low", "best", "high"]]) == [60, 60, 70]


def test_a_total_can_be_divided_by_a_breakdown_that_is_not_the_largest() -> None:
    rows = [
        {"count": 100},
        {"count": 60, "nationality": "AT"},
        {"count": 30, "demographic": "children"},
    ]
    frame = reconcile.totals(claims(rows), ["demographic"])
    found = dict(zip(frame["demographic"].astype("str").fillna(""), frame["best"], strict=True))
    assert found == {"children": 30, "": 70}


def test_a_periods_figure_stands_on_its_last_day_less_its_days() -> None:
    rows = [{"count": 90, "date": NEXT, "date_from": DAY}, {"count": 60, "report": "b"}]
    frame = reconcile.daily(claims(rows))
    assert list(frame["date"].dt.day) == [1, 2]
    assert list(frame["best"]) == [60, 30]


@pytest.mark.parametrize(
    ("freq", "days", "best"),
    [("D", [1, 5, 6], [1, 2, 4]), ("W", [30, 6], [3, 4]), ("M", [1], [7])],
)
def test_the_timeline_bins_by_day_week_and_month(
    freq: str, days: list[int], best: list[int]
) -> None:
    rows = [{"count": n, "date": date(2023, 11, day)} for n, day in ((1, 1), (2, 5), (4, 6))]
    frame = reconcile.daily(claims([*rows, {"count": 9, "date": None}]), freq=freq)
    assert (list(frame["date"].dt.day), list(frame["best"])) == (days, best)


def test_only_fields_of_people_can_divide_a_total() -> None:
    with pytest.raises(ValueError, match="sentence"):
        reconcile.totals(claims([{}]), ["sentence"])
    with pytest.raises(ValueError, match="fortnight"):
        reconcile.daily(claims([{}]), freq="fortnight")


@pytest.mark.parametrize(
    ("fields", "days_sum"),
    [
        ({}, 160),
        ({"group": "unspecified"}, 160),
        ({"group": "patient"}, None),
        ({"nationality": "AT"}, 60),
        ({"crossing": None}, 160),
        ({"crossing": None, "origin": "SD"}, None),
        ({"crossing": None, "origin": None, "destination": None}, None),
        ({"date_from": NEXT}, 100),
        ({"date": DAY}, 60),
        ({"date": None}, None),
        ({"status": "expected"}, None),
    ],
)
def test_a_running_total_is_held_against_the_days_it_is_over(
    fields: dict[str, Any], days_sum: int | None
) -> None:
    rows = [
        {"count": 60, "nationality": "AT"},
        {"count": 100, "date": NEXT},
        {"count": 200, "scope": "cumulative", "date": NEXT} | fields,
    ]
    (found,) = reconcile.running_totals(claims(rows)).to_dict("records")
    assert found["best"] == 200
    assert found["days_sum"] == days_sum if days_sum else pd.isna(found["days_sum"])


def test_what_a_sum_leaves_out_is_told_in_words() -> None:
    rows = [
        {"count": 100},
        {"count": 31, "nationality": "AT"},
        {"count": 900, "scope": "cumulative"},
        {"count": 901, "scope": "cumulative"},
    ]
    judged = reconcile.judge(claims(rows))
    words = "3 figures left out: 2 running totals, 1 part of another"
    assert reconcile.left_out_summary(judged["left_out"]) == words
    assert reconcile.left_out_summary(judged["left_out"].head(1)) == ""
    assert (
        reconcile.left_out_summary(judged["left_out"].iloc[[1]])
        == "1 figure left out: 1 part of another"
    )


def test_a_status_of_which_nothing_counts_has_no_number() -> None:
    frame = reconcile.totals(claims([{"scope": "cumulative"}]))
    assert frame["best"].isna().all() and list(frame["n_left_out"]) == [1]


def test_no_claims_give_empty_frames_with_their_columns() -> None:
    none = claims([])
    assert list(reconcile.judge(none).columns[-4:]) == ["event_key", "role", "reason", "left_out"]
    for view in (
        reconcile.events,
        reconcile.totals,
        reconcile.daily,
        reconcile.running_totals,
        reconcile.rivals,
        reconcile.expected_against_crossed,
    ):
        assert len(view(none)) == 0 and len(view(none).columns) > 5


def test_a_family_of_copies_has_one_lead_by_any_chain() -> None:
    days = {"a": date(2023, 11, 3), "b": None, "c": date(2023, 11, 2), "x": None, "y": None}
    assert leads([("a", "b"), ("b", "c"), ("y", "x")], days) == {"a": "c", "b": "c", "y": "x"}


def test_a_cut_copy_shares_all_it_has() -> None:
    words = [f"word{n}" for n in range(60)]
    assert shared(shingles(" ".join(words)), shingles(" ".join(words[:40]))) == 1.0
    assert shared(shingles("One, two. Three four five"), shingles("one two three FOUR five")) == 1.0


EXPECTED = {"status": "expected", "group": "patient", "count": 81, "nationality": "PS"}


def test_the_places_own_people_named_or_not_are_the_same_patients() -> None:
    rows = [
        {"status": "expected", "count": 400, "qualifier": "about"},
        EXPECTED | {"source": "Egypt"},
        EXPECTED | {"count": 88, "nationality": "", "source": "Palestinian sources"},
    ]
    frame = reconcile.events(claims(rows)).set_index("group")
    assert list(frame["best"]) == [400, 81]
    assert not frame.loc["foreign_national", "conflict"]
    patients = frame.loc["patient"]
    assert (patients["low"], patients["high"], patients["nationality"]) == (81, 88, "PS")
    assert patients["conflict"]
    assert list(reconcile.rivals(claims(rows))["record_keys"]) == [("r01", "r02")]


@pytest.mark.parametrize(
    ("other", "events"),
    [
        ({"nationality": "EG"}, 2),  # other people than the place's own
        ({"group": "companion"}, 2),
        ({"group": "unspecified"}, 2),  # "88 people" may hold the 81
        ({"origin": "EG", "destination": "PS"}, 2),
        ({"crossing": "RAFAH crossing"}, 1),
    ],
)
def test_only_the_same_people_at_the_same_place_are_one_event(
    other: dict[str, Any], events: int
) -> None:
    rows = [EXPECTED, EXPECTED | {"count": 88, "nationality": "", "source": "other"} | other]
    assert len(reconcile.events(claims(rows))) == events


def test_own_people_inside_a_figure_of_all_patients_are_a_part_of_it() -> None:
    rows = [
        {"group": "patient", "count": 88, "report": "a"},
        {"group": "patient", "count": 40, "nationality": "PS", "subset": True, "report": "a"},
        {"group": "patient", "count": 10, "nationality": "DE", "subset": True, "report": "a"},
    ]
    (total,) = reconcile.totals(claims(rows)).to_dict("records")
    assert total["best"] == 88
    by = reconcile.totals(claims(rows), ["nationality"]).set_index("nationality")["best"]
    assert dict(by) == {"": 38, "DE": 10, "PS": 40}


def test_expected_patients_are_set_against_those_who_crossed_with_no_people_named() -> None:
    rows = [EXPECTED, {"group": "patient", "count": 76}]
    (row,) = reconcile.expected_against_crossed(claims(rows)).to_dict("records")
    assert (row["expected"], row["crossed"]) == (81, 76)
