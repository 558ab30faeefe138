"""Numbers that certainly count no people are no candidates; those that might are."""

from __future__ import annotations

import pytest

from extraction.figures import find_figures


def counts(text: str) -> list[int]:
    return [figure.count for figure in find_figures(text)]


@pytest.mark.parametrize(
    "text",
    [
        "at 11:15 GMT",
        "at 9 a.m. on Friday",
        "by 4.20 in the afternoon",
        "on 4 March",
        "the 3rd of May",
        "on March 4",
        "on March 4 and 5",
        "on June 20, 21 and 22",
        "from 4 to 9 March",
        "on 4, 5 and 6 March",
        "updated 2023-11-05",
        "on 03/11/2023",
        "in 1999",
        "since 2015",
        "the 2011 war",
        "in May 1996",
        "พ.ศ. March 2566",
        "All through 2015 it was shut",
        "Three in four of the Egyptians have left",
        "one out of every ten",
        "a boy of 15",
        "A man of 54 was refused",
        "a fee of 90 euros",
        "worth $400",
        "€3,000 each",
        "Rs 500",
        "400 dollars",
        "40 per cent",
        "40%",
        "a 40 km road",
        "12 kilometres away",
        "400 tonnes of flour",
        "for 12 days",
        "for three weeks",
        "two and a half years",
        "a 40-year-old",
        "a 12-hour wait",
        "the 4th batch",
        "Keren Gobin, 17, said",
        "aged 34",
        "children under twelve",
        "those aged under 12 and the sick",
        "men over 60 were let through",
        "two-thirds of them",
        "three quarters are women",
        "Flight 73",
        "Resolution 1701",
        "an A-320",
        "the F16",
        "No. 12",
        "Highway 4",
        "zero",
        "0 people",
    ],
)
def test_what_is_certainly_no_count_is_no_candidate(text: str) -> None:
    assert counts(text) == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Feb 12 – 13 people", 13),
        ("On April 19, 20 people left", 20),
        ("March 3, 4 families", 4),
        ("June 22, 17 on the 27th", 17),
        ("On 4 March 200 people left", 200),
        ("another 20 may follow", 20),
        ("400 march to the border", 400),
        ("Five in three cars crossed", 5),
        ("40 in two buses", 40),
        ("21,000 foot passengers", 21_000),
        ("200 day labourers", 200),
        ("96\nMonth of March", 96),
        ("at the zero line 23,200 waited", 23_200),
        ("some 2000 left", 2000),
        ("more than 1,999 left", 1999),
        ("31 Austrians, four of them", 31),
        ("Friday | 3 590", 3590),
        ("Austria (31)", 31),
        ("on 5 January 21 patients left", 21),
        ("Algerians, 96, Eritreans, 81, and Nigerians, 69.", 69),
        ("a 41-strong group of nurses", 41),
        ("another half million were on the move", 500_000),
        ("children, under 40 of them", 40),
        ("Egypt let out 80 Europeans", 80),
        ("at the head of the line 11 Brazilians", 11),
    ],
)
def test_a_count_beside_such_a_number_stays_a_candidate(text: str, count: int) -> None:
    assert count in counts(text)


def test_a_day_that_goes_on_as_a_date_behind_a_comma_is_a_date() -> None:
    assert counts("on April 19, 20 and 21") == []
    assert counts("on April 19, 20, 2019") == []
