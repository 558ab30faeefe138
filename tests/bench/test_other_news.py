"""The made-up reports of the benchmark: the same for a seed, as long as they should be."""

import pytest

from bench.other_news import WORDS, fill, other_reports
from extraction.gate import names_the_matter


def test_the_same_seed_makes_the_same_reports():
    assert other_reports(12, 5) == other_reports(12, 5)
    assert other_reports(12, 5) != other_reports(12, 6)


def test_reports_are_about_three_hundred_words_and_full_of_numbers():
    for report in other_reports(12, 5):
        assert WORDS <= len(report.text.split()) < WORDS + 40
        assert sum(c.isdigit() for c in report.text) > 40
        assert not names_the_matter(report.text)


def test_an_unknown_field_is_refused():
    import random

    with pytest.raises(ValueError, match="unknown field 'rain'"):
        fill("{rain} fell", random.Random(1))
