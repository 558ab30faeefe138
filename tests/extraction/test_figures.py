"""Candidates: every number of a text that may count people, with exact offsets."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from extraction.figures import find_figures

# Words that the reader has rules about, so that arbitrary texts are made of hard cases.
PIECES = st.sampled_from(
    ["12", "3,500", "1.5", "million", "two", "hundred", "and", "a", "half", "thousand", "dozens"]
    + ["to", "–", "between", "or", "more", "than", "not", "over", "some", "another", "give or take"]
    + ["March", "May", ",", ".", "(", ")", "\n", "|", "2023", "a day", "km", "$", "No.", "٣", "ſix"]
    + ["99999999999999999999", "people", "families"]
)
TEXTS = st.one_of(
    st.text(max_size=120), st.lists(PIECES, max_size=25).map(" ".join), st.from_regex(r"[\d., -]+")
)


@given(TEXTS)
@example("9" * 400)
@example("one million million million million")
def test_each_figure_is_a_slice_of_the_text_with_a_count(text: str) -> None:
    at = 0
    for figure in find_figures(text):
        assert 0 <= figure.start <= figure.number_start < figure.number_end <= figure.end
        assert figure.end <= len(text)
        assert text[figure.start : figure.end].strip() == text[figure.start : figure.end] != ""
        assert figure.count > 0
        assert figure.count_max is None or figure.count_max > figure.count
        assert figure.number_start >= at
        at = figure.number_end


@given(TEXTS, st.text("abc .", max_size=9), st.text("xyz .", max_size=9))
def test_a_part_of_a_text_is_read_as_if_it_stood_alone(text: str, head: str, tail: str) -> None:
    whole = f"{head}\n{text}\n{tail}"
    shift = len(head) + 1
    alone = [(f.start, f.end, f.count, f.count_max, f.qualifier) for f in find_figures(text)]
    inside = [
        (f.start - shift, f.end - shift, f.count, f.count_max, f.qualifier)
        for f in find_figures(whole, shift, shift + len(text))
    ]
    assert inside == alone


def test_a_range_is_one_figure_with_both_bounds() -> None:
    (figure,) = find_figures("Between 300 and 400 people left.")
    assert (figure.count, figure.count_max) == (300, 400)


def test_the_bare_number_is_told_apart_from_its_qualifier() -> None:
    text = "More than 600 people left."
    (figure,) = find_figures(text)
    assert text[figure.number_start : figure.number_end] == "600"
    assert text[figure.start : figure.end] == "More than 600"


def test_figures_of_one_text_come_in_order() -> None:
    text = "Of 421 people 31 were Austrians, four Italians, and 12 to 14 thousand still wait."
    assert [(f.count, f.count_max) for f in find_figures(text)] == [
        (421, None),
        (31, None),
        (4, None),
        (12_000, 14_000),
    ]
