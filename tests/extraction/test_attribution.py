"""Who is named as a speaker, and whom a figure may choose from."""

from __future__ import annotations

import pytest

from extraction.attribution import speaker_features, speaker_options, speakers
from extraction.context import Context, lay_out
from extraction.reports import Report


def read(text: str) -> Context:
    return next(lay_out([Report("a", text)]))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("An Egyptian border official said 421 people left.", "An Egyptian border official"),
        ("Some 421 people left, the Interior Ministry said.", "the Interior Ministry"),
        ("Some 421 people left, said Gen. Omar Salem.", "Gen. Omar Salem"),
        ("According to the Red Crescent, 421 people left.", "the Red Crescent"),
        ("By the agency’s own count 421 people left.", "the agency"),
        ("The Foreign Ministry announced that 421 people had left.", "The Foreign Ministry"),
    ],
)
def test_a_speaker_is_found_by_how_it_is_said(text: str, name: str) -> None:
    found = speakers(read(text))
    assert name in [speaker.name for speaker in found]


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


def test_a_pronoun_without_a_name_before_it_is_nobody() -> None:
    assert speakers(read("He said 421 people left.")) == []


def test_a_report_in_its_own_voice_names_no_speaker() -> None:
    assert speakers(read("Some 421 people left Gaza on Friday.")) == []


def test_a_figure_may_always_have_no_speaker_and_far_ones_are_not_offered() -> None:
    text = "The UN said 40 left.\n\nIt rained.\n\nIt rained.\n\nIt rained.\n\nSome 60 people came."
    context = read(text)
    named = speakers(context)
    assert speaker_options(context.candidates[-1], named, context) == [None]
    assert speaker_options(context.candidates[0], named, context) == [None, named[0]]


def test_each_option_has_features_of_its_own() -> None:
    context = read("The UN said 40 people left, and 30 stayed, according to Egypt.")
    options = speaker_options(context.candidates[0], speakers(context), context)
    rows = speaker_features(context, context.candidates[0], options)
    assert len(rows) == len(options) == 3
    assert rows[0]["none"] == 1.0
    assert rows[1]["here-"] == 1.0
    assert rows[2]["here+:according"] == 1.0


def test_a_long_line_without_a_full_stop_is_read_in_linear_time() -> None:
    text = "the official and the minister " * 400 + "said 40 left"
    assert isinstance(speakers(read(text)), list)
