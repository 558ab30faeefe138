"""Which way a figure's people move."""

from __future__ import annotations

import pytest

from extraction.context import lay_out
from extraction.movement import movement
from extraction.reports import Report


def signs(text: str) -> list[str]:
    """The sign of each figure's movement."""
    (context,) = lay_out([Report("test", text)])
    return [movement(candidate).sign for candidate in context.candidates]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On Friday 400 Syrians entered Lebanon.", ["in"]),
        ("On Friday 400 people left the Strip.", ["out"]),
        ("On Friday 400 Afghans returned to Kabul.", ["back"]),
        ("Some 300 people went out of there, and 200 people came in.", ["none", "in"]),
        ("About 80,000 Palestinians are seeking to come home.", ["back"]),
        ("On Friday 362 travellers were turned away.", ["refused"]),
    ],
)
def test_the_verb_above_a_figure_tells_the_way(text: str, expected: list[str]) -> None:
    assert signs(text) == expected


def test_an_event_noun_that_is_counted_tells_the_way_by_itself() -> None:
    assert signs("1 March: 1,224 entries, 1,591 exits") == ["in", "out"]


def test_an_adverb_behind_a_bare_number_tells_the_way() -> None:
    assert signs("He gave the figures for Saturday: 8,572 in, 4,199 out.") == ["in", "out"]


def test_the_other_way_is_neither_in_nor_out() -> None:
    found = signs("On Saturday 8,600 Russians arrived by land and 4,200 went the other way.")
    assert found == ["in", "other"]


def test_other_people_do_not_go_the_other_way() -> None:
    assert "other" not in signs("On Friday 320 other Palestinians left the Strip.")
