"""Crossings, ports and airports named in a text."""

from __future__ import annotations

import time

import pytest

from extraction.placenames import place_mentions


def names(text: str) -> list[str]:
    """The names as they stand."""
    return [mention.text for mention in place_mentions(text)]


def test_a_known_crossing_is_found_with_its_place() -> None:
    (mention,) = place_mentions("They left through Rafah on Friday.")
    assert mention.place is not None
    assert set(mention.place.countries) == {"EG", "PS"}


def test_an_unknown_crossing_is_kept_as_written() -> None:
    (mention,) = place_mentions("They came by the Qwertyville border crossing.")
    assert (mention.text, mention.place, mention.cued) == ("Qwertyville", None, True)


def test_text_and_offsets_agree() -> None:
    text = "The Qwertyville crossing’s gates and Asdfton airport were shut; Rafah was not."
    for mention in place_mentions(text):
        assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize(
    "text",
    [
        "Gaza’s crossings department said so.",
        "He was held at the Azerbaijani checkpoint.",
        "Both crossings were shut.",
        "The Northern crossing was shut.",
    ],
)
def test_a_country_a_people_or_a_common_word_names_no_crossing(text: str) -> None:
    assert names(text) == []


def test_a_city_is_a_port_only_where_the_text_says_so() -> None:
    said, bare = place_mentions("the port of Misrata"), place_mentions("a clinic in Misrata")
    assert [m.cued for m in said] == [True]
    assert not any(m.cued for m in bare)


@pytest.mark.parametrize("piece", ["Aa Bb ", "crossing of ", "Port (x ", "Ab-Cd’s "])
def test_a_long_line_is_read_at_once(piece: str) -> None:
    started = time.perf_counter()
    place_mentions(piece * (5000 // len(piece)))
    assert time.perf_counter() - started < 1
