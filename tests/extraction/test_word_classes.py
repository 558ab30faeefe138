"""Classes of words, cues in a sentence, and what stands above a figure in its parse."""

from __future__ import annotations

from dataclasses import dataclass

from extraction.context import Candidate, lay_out
from extraction.reports import Report
from extraction.word_classes import (
    cue_spans,
    governors,
    noun_classes,
    noun_classes_in,
    verb_classes,
    verb_classes_in,
    within,
)


@dataclass(frozen=True)
class Spot:
    start: int


def candidate(text: str) -> Candidate:
    return next(lay_out([Report("a", text)])).candidates[0]


def test_a_noun_has_the_classes_of_its_rows_and_an_unknown_one_has_none() -> None:
    assert "resident" in noun_classes("refugee")
    assert "patient" in noun_classes("patient")
    assert noun_classes("zyzzyva") == ()


def test_a_verb_takes_its_particle_along() -> None:
    found = candidate("Some 12 people were turned back at the gate.")
    verb = next(w for w in found.parse.words if w.lemma == "turn")
    assert "refuse" in verb_classes(found.parse, verb.index)


def test_the_verbs_above_a_figure_come_nearest_first_with_its_branch() -> None:
    found = candidate("Officials said that some 400 people left Gaza.")
    above = [(found.parse.words[i].lemma, dep) for i, dep in governors(found)]
    assert above == [("leave", "nsubj"), ("say", "ccomp")]


def test_cues_are_found_as_words_and_as_phrases() -> None:
    spans = cue_spans(["they", "were", "turned", "back", "at", "the", "border"])
    assert (2, "refused") in spans
    assert (6, "border") in spans


def test_a_text_that_is_not_parsed_is_read_by_the_commonest_forms() -> None:
    assert "enter" in verb_classes_in("Arrivals: by day") or "cross" in verb_classes_in("Crossed")
    assert "resident" in noun_classes_in("Refugees, by country")


def test_spans_within_bounds_are_those_that_begin_there() -> None:
    spots = [Spot(1), Spot(4), Spot(9)]
    assert within(spots, 2, 9) == [Spot(4)]
    assert within(spots, 0, 10) == spots
    assert within(spots, 5, 9) == []
