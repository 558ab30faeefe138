"""Which reports and sentences are worth parsing."""

import time

from extraction.context import lay_out
from extraction.document import read_document
from extraction.figures import find_figures
from extraction.gate import SHORT, looks, names_the_matter, worth_reading
from extraction.reports import Report

MARKETS = (
    "The index closed at 8,412 points on Monday. Shares in 312 companies lost value. "
    "Profit came in at 41 million pounds on sales of 90 million. Oil stood at 64 dollars a barrel. "
    "The carmaker sold 12,400 vehicles in the quarter. The bank raised its rate 4 times. "
    "Bonds worth 12 million euros were sold to 240 funds."
)
CROSSED = "Some 400 Syrians crossed into Turkey on Monday. "


def _figures(text):
    document = read_document(text)
    found = {s.index: find_figures(text, s.start, s.end) for s in document.sentences}
    return document, {index: figures for index, figures in found.items() if figures}


def test_a_plain_word_in_any_case_or_form_names_the_matter():
    assert names_the_matter("The BORDER is shut")
    assert names_the_matter("119 evacuees landed")
    assert not names_the_matter(MARKETS)


def test_nothing_is_read_of_a_report_about_markets():
    document, figures = _figures(MARKETS)
    assert len(figures) > SHORT
    assert worth_reading(document, figures) == set()
    context = next(lay_out([Report("m", MARKETS)]))
    assert context.candidates == () and not context.parses


def test_a_report_that_names_the_matter_is_read_whole():
    context = next(lay_out([Report("m", CROSSED + MARKETS)]))
    assert {c.figure.count for c in context.candidates} >= {400, 12_400}


def test_a_short_text_is_always_read():
    context = next(lay_out([Report("s", "Shares in 312 companies lost value.")]))
    assert len(context.candidates) == 1


def test_words_near_a_figure_are_told_apart_from_those_of_the_sentence():
    text = "Police said that 40 people came"
    document, figures = _figures(text)
    names = looks(text, document.sentences[0], figures[0])
    assert "a=people" in names and "b=that" in names and "s=police" in names
    assert "a=police" not in names


def test_a_very_long_line_is_weighed_quickly():
    text = "4,000 went " * 1000
    document, figures = _figures(text)
    start = time.perf_counter()
    worth_reading(document, figures)
    assert time.perf_counter() - start < 1
