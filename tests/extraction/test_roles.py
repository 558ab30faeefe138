"""What the words beside a country's name make of it."""

from __future__ import annotations

import time

import pytest

from extraction.context import Context
from extraction.countries import mentions
from extraction.document import read_document
from extraction.reports import Report
from extraction.roles import placed_countries


def roles(text: str) -> list[tuple[str, str]]:
    """Code and role of each country named in a text."""
    context = Context(Report("test", text), read_document(text), {}, (), tuple(mentions(text)), ())
    return [(p.code, p.role) for p in placed_countries(context)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They fled from northern Sudan.", [("SD", "from")]),
        ("They were brought out of Libya.", [("LY", "from")]),
        ("They crossed into eastern Chad.", [("TD", "to")]),
        ("They have reached Ethiopia.", [("ET", "to")]),
        ("They came home by way of Turkey.", [("TR", "via")]),
        ("They were stuck at the border with Egypt.", [("EG", "with")]),
        ("A bus was seen crossing to the Egyptian side.", [("EG", "to")]),
        ("They sat on Polish soil.", [("PL", "in")]),
    ],
)
def test_a_preposition_or_verb_before_a_name_gives_its_end(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert roles(text) == expected


def test_a_list_of_countries_shares_the_first_one_s_role() -> None:
    found = roles("They entered Tunisia, Egypt and Niger.")
    assert found == [("TN", "to"), ("EG", "to"), ("NE", "to")]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("On Friday Jordan has so far taken in 400 people.", "takes"),
        ("This year Algeria deported 400 people.", "sends"),
        ("On Monday officials in Paris said so.", "desk"),
        ("The agency praised Egypt’s ministry.", "actor"),
    ],
)
def test_a_country_that_acts_is_no_end_by_its_preposition(text: str, role: str) -> None:
    assert [r for _, r in roles(text)] == [role]


@pytest.mark.parametrize("text", ["400 Syrian refugees came.", "400 Syrians came."])
def test_a_name_for_those_who_move_is_their_people(text: str) -> None:
    assert roles(text) == [("SY", "people")]


def test_a_ministry_s_adjective_is_an_actor() -> None:
    assert roles("The Turkish ministry said so.") == [("TR", "actor")]


def test_the_place_that_opens_a_report_is_its_dateline() -> None:
    assert roles("GENEVA, May 3 – Many people left Burundi.")[0] == ("CH", "dateline")


@pytest.mark.parametrize("row", ["Kenya: 41,334", "Kenya | 41,334", "Kenya / 41,334 / 125,035"])
def test_a_name_that_heads_a_row_is_its_label(row: str) -> None:
    text = f"The refugees by country.\nThey came in July, the agency said.\n{row}\nThe end came."
    assert ("KE", "label") in roles(text)


def test_a_long_line_is_read_at_once() -> None:
    text = "from the to Chad, and " * 1500
    started = time.perf_counter()
    roles(text)
    assert time.perf_counter() - started < 1
