"""Which fields count as read from the figure's own sentence, and which as filled in."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

import pytest

from extraction.context import lay_out
from extraction.reports import Report
from extraction.thread import Reading
from extraction.told import Telling

PUBLISHED = date(2023, 11, 9)
NOTHING: dict[str, Hashable] = {
    "date": None,
    "date_from": None,
    "nationality": (),
    "crossing": None,
    "route": (None, None),
    "source": None,
}


def told(text: str, published: date | None = PUBLISHED, **values: Hashable) -> dict[str, bool]:
    """What the sentence of the last figure of `text` tells of the given values."""
    (context,) = lay_out([Report("a", text, None, published)])
    reading = Reading(context.candidates[-1], {**NOTHING, **values})
    return Telling(context).told(reading)


def test_a_day_named_in_the_sentence_is_told() -> None:
    assert told("On Wednesday 85 patients left Gaza.", date=date(2023, 11, 8))["date"]
    assert told("On 8 November 85 patients left Gaza.", date=date(2023, 11, 8))["date"]
    assert told("In the past three days 85 patients left Gaza.", date=PUBLISHED)["date"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On Wednesday the gate opened. Then 85 patients left Gaza.", date(2023, 11, 8)),
        ("On Wednesday 85 patients left Gaza.", date(2023, 11, 7)),
        ("85 patients left Gaza.", None),  # the publication date stands in
        ("85 patients left Gaza in three days.", PUBLISHED),
    ],
)
def test_a_day_that_the_sentence_does_not_name_is_filled_in(text: str, day: date | None) -> None:
    assert told(text, date=day)["date"] is False


def test_what_has_no_value_is_neither_told_nor_filled_in() -> None:
    assert told("Another 85 patients left.", published=None) == {}


@pytest.mark.parametrize(
    ("text", "first", "here"),
    [
        ("Since 3 November 85 patients have left.", date(2023, 11, 3), True),
        ("In the past three days 85 patients have left.", date(2023, 11, 6), True),
        ("The gate opened on 3 November. So far 85 have left.", date(2023, 11, 3), False),
    ],
)
def test_a_first_day_is_told_by_a_beginning_or_a_length(text: str, first: date, here: bool) -> None:
    assert told(text, date=PUBLISHED, date_from=first)["date_from"] is here


def test_a_crossing_is_told_by_its_name_and_filled_in_where_only_the_report_names_it() -> None:
    assert told("Through the Rafah crossing went 85 patients.", crossing="Rafah")["crossing"]
    away = "The Rafah crossing opened. Some 85 patients left."
    assert told(away, crossing="Rafah")["crossing"] is False


def test_two_crossings_joined_are_told_only_where_both_are_named() -> None:
    both = "Through the Rafah crossing and the Erez crossing went 85 patients."
    one = "The Erez crossing was shut. Through the Rafah crossing went 85 patients."
    assert told(both, crossing="Rafah and Erez")["crossing"]
    assert told(one, crossing="Rafah and Erez")["crossing"] is False


def test_ends_of_the_route_and_nationalities_are_told_by_a_name_of_the_country() -> None:
    found = told("31 Austrians left Sudan.", route=("SD", "AT"), nationality=("AT",))
    assert (found["origin"], found["nationality"]) == (True, True)
    found = told("Austria flew its people out of Sudan. 31 left.", route=("SD", "AT"))
    assert (found["origin"], found["destination"]) == (False, False)


def test_a_speaker_is_told_by_the_sentence_that_names_it() -> None:
    text = "85 patients left, the health ministry said."
    assert told(text, source="the health ministry")["source"]
    away = "The health ministry spoke. “Some 85 patients left.”"
    assert told(away, source="The health ministry")["source"] is False
