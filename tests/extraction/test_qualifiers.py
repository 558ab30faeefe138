"""The words around a number that say how firm it is."""

from __future__ import annotations

import pytest

from extraction.figures import find_figures


def read(text: str) -> tuple[str, str]:
    """The first figure's text and qualifier."""
    figure = find_figures(text)[0]
    return text[figure.start : figure.end], figure.qualifier


@pytest.mark.parametrize(
    ("text", "figure", "qualifier"),
    [
        ("421 people left", "421", "exact"),
        ("exactly 421 left", "421", "exact"),
        ("only 40 left", "40", "exact"),
        ("some 400 foreigners", "some 400", "about"),
        ("around 400", "around 400", "about"),
        ("nearly 400", "nearly 400", "about"),
        ("roughly 400", "roughly 400", "about"),
        ("approximately 400", "approximately 400", "about"),
        ("an estimated 10,000", "an estimated 10,000", "about"),
        ("an estimated thousand left", "an estimated thousand", "about"),
        ("just shy of 900 left", "just shy of 900", "about"),
        ("at the very least 60 left", "at the very least 60", "at_least"),
        ("300+ people left", "300+", "at_least"),
        ("perhaps 120 left", "perhaps 120", "about"),
        ("maybe 50 left", "maybe 50", "about"),
        ("barely 1,000 got out", "barely 1,000", "about"),
        ("another 8,200 or so", "another 8,200 or so", "about"),
        ("300-odd people", "300-odd", "about"),
        ("10,000, give or take, left", "10,000, give or take", "about"),
        ("60 families, give or take", "60", "about"),
        ("was estimated at 6,735 persons", "6,735", "about"),
        ("more than 600 migrants", "more than 600", "at_least"),
        ("well over 600", "well over 600", "at_least"),
        ("at least 2,000", "at least 2,000", "at_least"),
        ("no fewer than 70", "no fewer than 70", "at_least"),
        ("40 or more", "40 or more", "at_least"),
        ("dozens of people", "dozens", "at_least"),
        ("thousands fled", "thousands", "at_least"),
        ("up to 350 people", "up to 350", "at_most"),
        ("as many as four million", "as many as four million", "at_most"),
        ("no more than 500", "no more than 500", "at_most"),
        ("fewer than 500", "fewer than 500", "at_most"),
        ("60 at most", "60 at most", "at_most"),
        ("the arrivals did not exceed 12,000", "not exceed 12,000", "at_most"),
        ("not 400 had crossed", "not 400", "at_most"),
        ("not even 400 had crossed", "not even 400", "at_most"),
    ],
)
def test_the_words_beside_a_number_qualify_it_and_stand_in_its_text(
    text: str, figure: str, qualifier: str
) -> None:
    assert read(text) == (figure, qualifier)


@pytest.mark.parametrize(
    "text",
    [
        "The tally is 1,044, not 1,034.",
        "It was not 30 but 40.",
        "if not 400 then more",
    ],
)
def test_a_number_denied_for_another_is_no_upper_limit(text: str) -> None:
    assert [f.qualifier for f in find_figures(text)] == ["exact"] * len(find_figures(text))


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("A request to bring over forty infants", "exact"),
        ("They handed over 45 prisoners", "exact"),
        ("Planes brought over 400 people", "at_least"),
        ("The toll has gone up to 7,519", "exact"),
        ("The boat takes some 40", "about"),
    ],
)
def test_a_word_that_goes_with_the_verb_qualifies_nothing(text: str, qualifier: str) -> None:
    assert read(text)[1] == qualifier


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("1,300 people a day", "about"),
        ("1,300 per week", "about"),
        ("an average of 500 a day", "about"),
        ("1,012 a week earlier", "exact"),
        ("40 people in a day", "exact"),
    ],
)
def test_a_rate_is_about_and_a_comparison_with_an_earlier_time_is_none(
    text: str, qualifier: str
) -> None:
    assert read(text)[1] == qualifier


@pytest.mark.parametrize(
    ("text", "figure", "qualifier"),
    [
        ("between 300 and 400 left", "between 300 and 400", "exact"),
        ("300 to 400 left", "300 to 400", "exact"),
        ("some 300 to 400 left", "some 300 to 400", "about"),
        ("anything from 1,500 to 2,000 a day", "anything from 1,500 to 2,000", "about"),
        ("anywhere between 50 and 70", "anywhere between 50 and 70", "about"),
    ],
)
def test_a_plain_range_is_exact_and_a_loose_one_is_about(
    text: str, figure: str, qualifier: str
) -> None:
    assert read(text) == (figure, qualifier)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("another 289 people", "another 289"),
        ("a further 696 people", "696"),
        ("3,500 more crossed", "3,500 more"),
    ],
)
def test_a_figure_that_comes_on_top_is_marked_as_more(text: str, figure: str) -> None:
    (found,) = find_figures(text)
    assert text[found.start : found.end] == figure
    assert found.more


def test_more_than_behind_a_number_is_no_more() -> None:
    assert not find_figures("400 more than last week")[0].more
