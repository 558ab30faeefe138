"""Who is named as a speaker, and whom a figure may choose from."""

from __future__ import annotations

import pytest

from extraction.attribution import SourceChoice
from extraction.context import Context, lay_out
from extraction.reports import Report
from extraction.speakers import speakers
from extraction.thread import Reading, Thread


def read(text: str) -> Context:
    return next(lay_out([Report("a", text)]))


def offered(text: str, figure: int = -1) -> list[str | None]:
    """The names offered to one figure of a report of which no figure is read yet."""
    context = read(text)
    options = SourceChoice(context).options(context.candidates[figure], Thread())
    return [option.name for option in options]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("An Egyptian border official said 421 people left.", "An Egyptian border official"),
        ("Some 421 people left, the Interior Ministry said.", "the Interior Ministry"),
        ("Some 421 people left, said Gen. Omar Salem.", "Gen. Omar Salem"),
        ("According to the Red Crescent, 421 people left.", "the Red Crescent"),
        ("By the agency’s own count 421 people left.", "the agency"),
        ("Over 3 million people have fled, by the U.N.’s count.", "the U.N"),
        ("The Foreign Ministry announced that 421 people had left.", "The Foreign Ministry"),
        ("The mayor spoke of 421 people who had left.", "The mayor"),
        ("The Border Guard counted 421 people.", "The Border Guard"),
        ("Numbers from the Red Crescent: 15 patients left.", "the Red Crescent"),
        ("Defence Secretary R K Mathur: 342 Indians left.", "Defence Secretary R K Mathur"),
        ("Arrivals: 79,300 people (government, 9 May).", "government"),
    ],
)
def test_a_speaker_is_found_by_how_it_is_said(text: str, name: str) -> None:
    found = speakers(read(text))
    assert name in [speaker.name.rstrip(".") for speaker in found]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # The parser takes the speaker for the place's other name, or the verb for a participle.
        (
            "300 fighters came to help hold Kobane, the Syrian Observatory for Human Rights says.",
            "the Syrian Observatory for Human Rights",
        ),
        (
            "Hundreds were caught by the guard, but immigration officers estimated on Monday "
            "that 500 had slipped through.",
            "immigration officers",
        ),
        (
            "They were 428 pilgrims, 160 deportees and five foreigners, the mayor said.",
            "the mayor",
        ),
    ],
)
def test_a_speaker_is_found_where_the_parser_misses_the_subject(text: str, name: str) -> None:
    assert name in offered(text)


@pytest.mark.parametrize(
    "text",
    [
        "Some 421 people left Gaza on Friday.",
        "Some 350 Syrians are expected at the gate today.",
        "Deported: 2,352 families",
    ],
)
def test_who_only_moves_or_is_counted_is_no_speaker(text: str) -> None:
    assert speakers(read(text)) == []


def test_a_day_whose_count_is_told_is_no_speaker() -> None:
    assert "Wednesday" not in offered("By Wednesday’s count 400 people left.")


def test_a_machine_that_puts_people_down_does_not_say_how_many() -> None:
    found = speakers(read("A plane of the navy put down 46 Cypriots."))
    assert [s for s in found if s.act != "other"] == []


def test_a_speakers_name_is_a_slice_of_the_text() -> None:
    text = (
        "The Foreign Ministry said 40 people left. According to the UN, 30 stayed, "
        "a spokesman told reporters.\nBuses waited, an official said."
    )
    found = speakers(read(text))
    assert len(found) >= 3
    for speaker in found:
        assert text[speaker.start : speaker.end] == speaker.name


def test_a_pronoun_stands_for_the_speaker_named_before_it() -> None:
    text = "Gen. Omar Salem said 421 people left. He said 30 more would follow."
    found = speakers(read(text))
    assert [(s.name, s.form) for s in found][-1] == ("Gen. Omar Salem", "pronoun")


def test_he_is_no_ministry_and_it_is_no_spokesman() -> None:
    text = "The mayor said 40 people left. The ministry said 30 did. He said 20 stayed."
    assert [s.name for s in speakers(read(text)) if s.form == "pronoun"] == ["The mayor"]
    text = "The ministry said 40 people left. The mayor said 30 did. It said 20 stayed."
    assert [s.name for s in speakers(read(text)) if s.form == "pronoun"] == ["The ministry"]


def test_a_pronoun_without_a_name_before_it_is_nobody() -> None:
    assert speakers(read("He said 421 people left.")) == []


def test_a_figure_may_always_have_no_speaker_and_far_ones_are_not_offered() -> None:
    text = "The UN said 40 left.\n\nIt rained.\n\nIt rained.\n\nIt rained.\n\nSome 60 people came."
    assert offered(text) == [None]
    assert offered(text, 0) == [None, "The UN"]


def test_a_line_of_a_list_is_offered_who_speaks_at_its_head() -> None:
    text = (
        "The commission said 900 people had left, as follows:\n"
        "- by bus: 400 people\n- by train: 300 people\n- on foot: 200 people\n"
    )
    assert "The commission" in offered(text)


def test_the_last_figures_source_is_offered_anew() -> None:
    context = read("The UN said 40 people left.\n\nIt rained.\n\nIt rained.\n\nSome 60 came.")
    thread = Thread()
    reading = Reading(context.candidates[0])
    reading.values["source"] = "The UN"
    thread.add(reading)
    options = SourceChoice(context).options(context.candidates[-1], thread)
    assert [(o.name, o.where) for o in options] == [(None, "none"), ("The UN", "carried")]


def test_each_option_has_features_of_its_own() -> None:
    context = read("The UN said 40 people left, and 30 stayed, according to Egypt.")
    choice, thread = SourceChoice(context), Thread()
    candidate = context.candidates[0]
    options = choice.options(candidate, thread)
    rows = choice.features(candidate, options, {"subset": "False"}, thread)
    assert len(rows) == len(options) == 3
    assert rows[0]["none"] == 1.0
    assert rows[1]["here-:subject/utters"] == 1.0
    assert rows[2]["here+:according/utters"] == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "the official and the minister " * 400 + "said 40 left",
        "by the count of the count of " * 400 + "40 left",
        "X’s own " * 800 + "count is 40",
        "(" + "a, " * 2000 + "40",
    ],
)
def test_a_long_line_without_a_full_stop_is_read_in_linear_time(text: str) -> None:
    assert isinstance(speakers(read(text)), list)
