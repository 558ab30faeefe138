"""A report laid out: which sentences are parsed, and which noun a figure counts."""

from __future__ import annotations

import pytest

from extraction import context as module
from extraction.context import BATCH, Candidate, Context, lay_out
from extraction.reports import Report


def read(text: str) -> Context:
    return next(lay_out([Report("a", text)]))


def noun(candidate: Candidate) -> str | None:
    return None if candidate.noun is None else candidate.parse.words[candidate.noun].text


def test_a_sentence_without_a_figure_is_not_parsed() -> None:
    text = "The gate opened. Some 400 people left. Buses waited at 9 a.m. on Friday."
    context = read(text)
    assert list(context.parses) == [1]
    assert [c.sentence.text for c in context.candidates] == ["Some 400 people left."]


def test_a_report_without_figures_has_no_candidates() -> None:
    assert read("The gate stayed shut.").candidates == ()
    assert read("").candidates == ()


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Some 400 people left Gaza.", "people"),
        ("About 31 foreign passport holders left.", "holders"),
        ("Hundreds of refugees crossed on Friday.", "refugees"),
        ("Some 40 of the patients were taken out.", "patients"),
        ("Twenty ambulances waited at the gate.", "ambulances"),
        ("The embassy flew out 54 Canadian citizens.", "citizens"),
        ("Of them 335 left.", None),
    ],
)
def test_a_figure_counts_the_noun_it_stands_with(text: str, counted: str | None) -> None:
    assert noun(read(text).candidates[0]) == counted


def test_each_candidates_anchor_is_a_word_of_its_number() -> None:
    context = read("More than 600 people and twenty-two thousand others left on Friday.")
    for candidate in context.candidates:
        word = candidate.parse.words[candidate.anchor]
        assert candidate.figure.number_start <= word.start < candidate.figure.number_end


def test_candidates_are_numbered_in_order_of_the_text() -> None:
    context = read("Some 400 left, 30 of them children.\n\nAnother 20 waited.")
    assert [c.index for c in context.candidates] == [0, 1, 2]
    starts = [c.figure.start for c in context.candidates]
    assert starts == sorted(starts)


def test_a_report_is_laid_out_alike_alone_and_among_others() -> None:
    texts = [f"Some {n} people left Gaza." for n in range(100, 100 + BATCH + 3)]
    together = list(lay_out(Report(str(i), text) for i, text in enumerate(texts)))
    assert [c.report.text for c in together] == texts
    alone = next(lay_out([Report("7", texts[7])]))
    assert together[7] == alone


def test_reports_are_taken_in_only_as_they_are_needed() -> None:
    taken: list[int] = []

    def reports():
        for number in range(3 * BATCH):
            taken.append(number)
            yield Report(str(number), "Nobody left.")

    next(module.lay_out(reports()))
    assert len(taken) == BATCH
