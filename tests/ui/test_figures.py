"""Charts: pure functions that draw what the frames say."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from store import reconcile
from store.ledger import Store
from ui import outlines, places
from ui.figures import ranking, timeline
from ui.figures.axis import bin_start, choose_freq, time_axis
from ui.figures.crossings import crossings_map

NO_MARKS = pd.DataFrame(columns=["date", "status", "value", "words", "event"])


def days(*texts: str) -> pd.Series:
    return pd.Series(pd.to_datetime(list(texts)))


def test_bars_add_up_to_the_best_total(ledger: Store) -> None:
    daily = timeline.fold(reconcile.daily(ledger.records(), "group", "D"), "group")
    axis = time_axis(daily["date"], "D")
    figure = timeline.people(daily, NO_MARKS, axis, "group", ["crossed"])
    drawn = sum(sum(trace.y) for trace in figure.data if trace.base is None)
    total = reconcile.totals(ledger.records()).set_index("status").loc["crossed", "best"]
    assert drawn == total


def test_a_range_is_drawn_where_claims_differ(ledger: Store) -> None:
    daily = timeline.fold(reconcile.daily(ledger.records(), "group", "D"), "group")
    axis = time_axis(daily["date"], "D")
    figure = timeline.people(daily, NO_MARKS, axis, "group", ["expected"])
    ranges = [trace for trace in figure.data if trace.base is not None]
    assert [list(trace.error_y.array) for trace in ranges] == [[7]]


def test_two_rivals_of_one_day_are_two_traces(ledger: Store) -> None:
    daily = timeline.fold(reconcile.daily(ledger.records(), "group", "D"), "group")
    axis = time_axis(daily["date"], "D")
    day = daily["date"].iloc[0]
    marks = pd.DataFrame(
        {"date": [day] * 2, "status": ["crossed"] * 2, "value": [5, 9], "words": ["a", "<b>"]}
    )
    marks["event"] = ["one other", "one other"]
    figure = timeline.people(daily, marks, axis, "group", ["crossed"])
    drawn = [trace for trace in figure.data if trace.name == "Rival claim"]
    assert [len(trace.x) for trace in drawn] == [1, 1]
    assert [trace.showlegend for trace in drawn] == [True, False]
    assert drawn[1].text[0] == "&lt;b&gt;"


def test_small_nationalities_become_one(ledger: Store) -> None:
    frame = pd.DataFrame({"nationality": ["AT", "IT", "FR", ""], "best": [9, 5, 1, 7]})
    folded = timeline.fold(frame, "nationality", most=2)
    assert list(folded["nationality"]) == ["AT", "IT", timeline.REST, ""]


def test_a_group_has_the_same_colour_in_every_chart(ledger: Store) -> None:
    daily = timeline.fold(reconcile.daily(ledger.records(), "group", "D"), "group")
    bars = timeline.people(
        daily, NO_MARKS, time_axis(daily["date"], "D"), "group", ["crossed"]
    ).data
    stacked = next(trace for trace in bars if trace.name == "Returnees").marker.color
    ranked = ranking.bars(reconcile.totals(ledger.records(), ["group"]), "group").data[0]
    assert dict(zip(ranked.y, ranked.marker.color, strict=True))["Returnees"] == stacked


@pytest.mark.parametrize(
    ("dates", "calendar"),
    [(("2023-11-01", "2023-11-02", "2023-11-04"), True), (("2011-02-20", "2023-11-01"), False)],
)
def test_far_apart_days_are_listed_and_not_spread_over_a_calendar(
    dates: tuple[str, ...], calendar: bool
) -> None:
    assert time_axis(days(*dates), "D").calendar is calendar


def test_the_step_grows_with_the_number_of_days() -> None:
    assert choose_freq(days("2023-11-01", "2023-11-02")) == "D"
    many = pd.Series(pd.date_range("2020-01-01", periods=400))
    assert choose_freq(many) == "W"
    assert choose_freq(pd.Series(pd.date_range("2000-01-01", periods=4000))) == "M"


def test_a_week_begins_on_monday() -> None:
    assert bin_start(pd.Timestamp("2023-11-01"), "W") == pd.Timestamp("2023-10-30")


def test_a_crossing_is_as_large_as_its_people() -> None:
    spots = pd.DataFrame(
        {
            "crossing": ["Rafah", "Torkham"],
            "lat": [31.2, 34.1],
            "lon": [34.3, 71.1],
            "low": [100, 400],
            "best": [100, 400],
            "high": [100, 400],
            "n_claims": [1, 1],
        }
    )
    none = pd.DataFrame({"origin": [], "destination": [], "best": [], "lat": [], "lon": []})
    sizes = crossings_map(spots, none, {}, "crossed").data[-1].marker.size
    assert sizes[1] > sizes[0] > 0


def test_a_country_has_a_point_inside_it() -> None:
    latitude, longitude = outlines.country_points()["EG"]
    assert 22 < latitude < 32 and 25 < longitude < 36
    assert outlines.country_points()["US"][0] < 50


def test_an_unknown_crossing_is_nowhere_and_not_at_a_countrys_middle() -> None:
    assert places.locate("Rafah") is not None
    assert places.locate("No Such Crossing Anywhere") is None


def test_a_figure_is_plain_json_for_the_browser(ledger: Store) -> None:
    daily = timeline.fold(reconcile.daily(ledger.records(), "nationality", "D"), "nationality")
    axis = time_axis(daily["date"], "D")
    figure = timeline.people(daily, NO_MARKS, axis, "nationality", ["crossed", "expected"])
    assert json.loads(figure.to_json())["layout"]["barmode"] == "stack"


def test_a_click_on_a_bar_is_not_taken_for_the_start_of_a_box(ledger: Store) -> None:
    figure = ranking.bars(reconcile.totals(ledger.records(), ["group"]), "group")
    assert figure.layout.dragmode == "pan"
    assert figure.layout.clickmode == "event+select"
