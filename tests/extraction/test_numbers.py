"""Numbers as they are written, with their values."""

from __future__ import annotations

import pytest

from extraction.numbers import DIGITS_MOST, find_numbers, read_range


def values(text: str) -> list[float]:
    return [number.value for number in find_numbers(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("421", 421),
        ("12,000", 12_000),
        ("1,234,567", 1_234_567),
        ("3 590", 3590),
        ("12\u00a0500", 12_500),
        ("12\u202f500", 12_500),
        ("12.500", 12_500),
        ("1,50,000", 150_000),
        ("1.5 million", 1_500_000),
        ("3.8m", 3_800_000),
        ("90k", 90_000),
        ("2 lakh", 200_000),
        ("1.2 crore", 12_000_000),
        ("eleven", 11),
        ("sixty-three", 63),
        ("twenty five", 25),
        ("a hundred", 100),
        ("two hundred and five", 205),
        ("two hundred and five thousand", 205_000),
        ("one hundred thousand", 100_000),
        ("six thousand four hundred and two", 6402),
        ("One thousand, one hundred and eighty-eight", 1188),
        ("one million, two hundred thousand", 1_200_000),
        ("two dozen", 24),
        ("a dozen people", 12),
        ("half a dozen", 6),
        ("half a million", 500_000),
        ("a million and a half", 1_500_000),
        ("two and a half thousand", 2500),
        ("one and a half million", 1_500_000),
        ("6 and a half million", 6_500_000),
        ("another hundred", 100),
        ("an estimated thousand", 1000),
        ("hundred or so", 100),
    ],
)
def test_a_number_has_the_value_of_what_is_written(text: str, value: float) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a couple", 2),
        ("dozens", 24),
        ("scores", 40),
        ("hundreds", 200),
        ("several hundred", 200),
        ("thousands", 2000),
        ("tens of thousands", 20_000),
        ("hundreds of thousands", 200_000),
        ("millions", 2_000_000),
    ],
)
def test_a_vague_plural_takes_its_least_reading(text: str, value: int) -> None:
    (number,) = find_numbers(text, 0, len(text))
    assert (number.value, number.form) == (value, "vague")


@pytest.mark.parametrize("text", ["several", "a few", "many", "a group", "no one", "Iten", "bone"])
def test_a_word_of_no_stated_number_is_none(text: str) -> None:
    assert [v for v in values(text) if v != 1] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one hundred and two hundred", [100, 200]),
        ("one thousand and two thousand", [1000, 2000]),
        ("six and fifteen", [6, 15]),
        ("seventy and eighty", [70, 80]),
        ("two thousand, three hundred of them children", [2000, 300]),
        ("two dozen and five", [24, 5]),
    ],
)
def test_two_numbers_beside_each_other_are_not_added_up(text: str, expected: list[int]) -> None:
    assert values(text) == expected


def test_a_half_without_a_scale_is_no_whole_number() -> None:
    assert values("two and a half hours") == [2.5]


def test_a_run_of_digits_too_long_for_a_count_is_no_number() -> None:
    assert values("9" * DIGITS_MOST) != []
    assert values("9" * (DIGITS_MOST + 1)) == []
    assert values("9" * 400) == []


@pytest.mark.parametrize("text", ["dozen\u017f", "5 mİllion", "\u017fix"])
def test_letters_that_only_look_alike_do_not_stop_the_reader(text: str) -> None:
    find_numbers(text, 0, len(text))


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("300 to 400", (300, 400)),
        ("300-400", (300, 400)),
        ("300 – 400", (300, 400)),
        ("between 300 and 400", (300, 400)),
        ("from 300 to 400", (300, 400)),
        ("eight or nine", (8, 9)),
        ("twelve to fourteen thousand", (12_000, 14_000)),
        ("1.5 to 2 million", (1_500_000, 2_000_000)),
        ("12-14 thousand", (12_000, 14_000)),
        ("two to three hundred thousand", (200_000, 300_000)),
        ("between one and one and a half million", (1_000_000, 1_500_000)),
    ],
)
def test_a_range_has_both_bounds_and_a_scale_told_once_holds_for_both(
    text: str, bounds: tuple[int, int]
) -> None:
    low, high = find_numbers(text, 0, len(text))
    found = read_range(text, 0, low, high)
    assert found is not None
    assert (found[0].value, found[1].value) == bounds


@pytest.mark.parametrize(
    "text",
    ["300 and 400", "400 to 300", "No 3 – 135", "Feb 12 – 14", "Oct 13 – thirty-seven", "40, 50"],
)
def test_two_numbers_that_are_not_joined_as_bounds_are_no_range(text: str) -> None:
    low, high = find_numbers(text, 0, len(text))
    assert read_range(text, 0, low, high) is None
