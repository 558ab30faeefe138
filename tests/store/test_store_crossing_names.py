"""One crossing under several spellings is one place, in sums and in filters."""

from __future__ import annotations

import pytest

from store import reconcile
from store.crossing_names import crossing_name
from store.frame import record_frame
from store.query import Filter
from tests.store.claims_made import claims


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("TORKHAM", "Torkham"),
        ("the Torkham border crossing", "Torkham"),
        ("Ras Jedir", "Ras Ajdir"),
        ("Larnaca airport", "Larnaca"),  # reports name the city for its port and for its airport
        ("Larnaca", "Larnaca"),
        ("Shehyni", "Medyka"),  # the far side of one border post
        ("Adre", "Adré"),
        ("Rafah and Kerem Shalom", "Kerem Shalom and Rafah"),
        ("RAFAH and an old gate", "An Old Gate and Rafah"),
        ("QALAT gate", "Qalat Gate"),
        ("Qalât  Gate", "Qalat Gate"),
        ("Saint mary's Gate", "Saint Mary's Gate"),
    ],
)
def test_each_spelling_gives_the_one_name(written: str, name: str) -> None:
    assert crossing_name(written) == name
    assert crossing_name(name) == name


def test_claims_under_two_spellings_are_one_event() -> None:
    frame = claims(
        [{"crossing": "TORKHAM", "count": 5}, {"crossing": "Torkham", "count": 6, "report": "b"}]
    )
    (event,) = reconcile.events(frame).to_dict("records")
    assert (event["crossing"], event["low"], event["high"]) == ("Torkham", 5, 6)
    assert list(frame["crossing_as_written"]) == ["TORKHAM", "Torkham"]


def test_a_frame_made_again_keeps_what_was_written() -> None:
    frame = claims([{"crossing": "Ras Jedir"}, {"crossing": None}])
    again = record_frame(frame)
    assert again["crossing_as_written"].dropna().tolist() == ["Ras Jedir"]
    assert again["crossing"].dropna().tolist() == ["Ras Ajdir"]


@pytest.mark.parametrize("spelling", ["Ras Jedir", "ras ajdir"])
def test_a_filter_takes_any_spelling(spelling: str) -> None:
    frame = claims([{"crossing": "Ras Jedir"}, {"crossing": "Dhehiba"}, {"crossing": None}])
    assert list(Filter(crossings=(spelling,)).apply(frame).index) == [0]
    assert list(Filter(crossings=(spelling, "")).apply(frame).index) == [0, 2]
    assert list(Filter(text="jedir").apply(frame).index) == [0]
