"""Another count of the same people takes over who they are."""

from __future__ import annotations

import pytest

from extraction.context import Candidate, lay_out
from extraction.reports import Report
from extraction.rival import counts_anew


def last(text: str) -> Candidate:
    return next(lay_out([Report("a", text)])).candidates[-1]


@pytest.mark.parametrize(
    "text",
    [
        "Egypt let in 81 wounded people. Palestinian officials put the number at 88.",
        "The ministry said 120 Syrians crossed; an activist makes it 150.",
        "The governor counted 400 refugees, and the Red Cross gave its figure as 450.",
    ],
)
def test_a_second_count_is_told_by_its_phrase(text: str) -> None:
    assert counts_anew(last(text))


@pytest.mark.parametrize(
    "text",
    [
        "Egypt let in 81 wounded people. The officials put 88 patients on buses.",
        "The ministry said 120 Syrians crossed and 150 followed.",
        "They put the number of patients at 88 children.",
    ],
)
def test_a_figure_with_people_of_its_own_is_no_second_count(text: str) -> None:
    assert not counts_anew(last(text))
