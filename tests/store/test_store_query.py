"""What the filter keeps."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from store.query import UNSTATED, Filter
from tests.store.claims_made import claims

FRAME = claims(
    [
        {"date": date(2023, 11, 1), "nationality": "AT|IT", "confidence": 0.9, "source": "Egypt"},
        {"date": date(2023, 11, 2), "nationality": "", "confidence": None, "status": "expected"},
        {"date": None, "nationality": "IT", "confidence": 0.4, "crossing": None, "report": "b"},
        {
            "date": date(2023, 11, 3),
            "sentence": "All (31) left",
            "group": "patient",
            "origin": "SD",
        },
    ]
)


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        (Filter(), [0, 1, 2, 3]),
        (Filter(date_from=date(2023, 11, 2)), [1, 3]),
        (Filter(date_to=date(2023, 11, 2)), [0, 1]),
        (Filter(date_from=date(2023, 11, 2), date_to=date(2023, 11, 2)), [1]),
        (Filter(nationalities=("AT",)), [0]),
        (Filter(nationalities=("IT", "FR")), [0, 2]),
        (Filter(nationalities=(UNSTATED,)), [1, 3]),
        (Filter(statuses=("expected",)), [1]),
        (Filter(groups=("patient", "staff")), [3]),
        (Filter(crossings=("Rafah", UNSTATED)), [0, 1, 2, 3]),
        (Filter(crossings=(UNSTATED,)), [2]),
        (Filter(crossings=("Erez",)), []),
        (Filter(origins=("SD",), destinations=("EG",)), [3]),
        (Filter(sources=("Egypt",)), [0]),
        (Filter(sources=(UNSTATED,)), [1, 2, 3]),
        (Filter(reports=("b",)), [2]),
        (Filter(scopes=("cumulative",)), []),
        (Filter(min_confidence=0.4), [0, 2]),
        (Filter(text="(31)"), [3]),
        (Filter(text="egypt"), [0]),
        (Filter(text="EGYPT", statuses=("expected",)), []),
        (Filter(review=("unreviewed",)), [0, 1, 2, 3]),
    ],
)
def test_a_filter_keeps_what_fits_all_its_fields(chosen: Filter, kept: list[int]) -> None:
    assert list(chosen.apply(FRAME).index) == kept


def test_a_filter_leaves_the_frame_and_itself_as_they_are() -> None:
    before = FRAME.copy(deep=True)
    chosen = Filter(text="x")
    chosen.apply(FRAME)
    assert before.equals(FRAME)
    with pytest.raises(FrozenInstanceError):
        chosen.text = "y"  # type: ignore[misc]


def test_only_a_filter_that_leaves_something_out_is_true() -> None:
    assert not Filter() and not Filter(text="")
    assert Filter(min_confidence=0.0) and Filter(groups=("staff",))


def test_equal_filters_are_one_cache_key() -> None:
    assert hash(Filter(groups=("staff",))) == hash(Filter(groups=("staff",)))
