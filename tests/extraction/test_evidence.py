"""What is seen around a candidate, as named features."""

from __future__ import annotations

import pytest

from extraction.context import lay_out
from extraction.evidence import Features, evidence
from extraction.reports import Report


def features(text: str, title: str | None = None, which: int = 0) -> Features:
    context = next(lay_out([Report("a", text, title)]))
    return evidence(context)[which]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Some 400 refugees crossed the border.", "n=refugee"),
        ("Some 400 refugees crossed the border.", "n:resident"),
        ("Some 400 refugees crossed the border.", "v0=cross"),
        ("Some 400 refugees crossed the border.", "v0:dep=nsubj"),
        ("Some 400 refugees crossed the border.", "f:q=about"),
        ("Some 400 refugees crossed the border.", "f:form=digits"),
        ("Some 400 refugees crossed the border.", "f:size=2"),
        ("Hundreds of refugees crossed.", "f:form=vague"),
        ("Some 400 patients will cross on Friday.", "c:aux=will"),
        ("Some 400 patients were not evacuated.", "c:neg"),
        ("Some 400 patients were evacuated.", "c:passive"),
        ("Of the refugees 335 left.", "f:form=digits"),
        ("400 left; 30 of them were children.", "l+"),
    ],
)
def test_a_sentence_shows_what_can_be_seen_in_it(text: str, name: str) -> None:
    assert features(text)[name] == 1.0


def test_a_figure_knows_its_neighbours_and_how_they_are_joined() -> None:
    found = features("Some 400 people left, including 31 children.", which=1)
    assert found["l-w=including"] == 1.0
    assert found["l-smaller"] == 1.0


def test_a_heading_and_a_time_stamp_are_seen_by_the_figures_under_them() -> None:
    text = "11:15 GMT\nThe evacuation\nSome 400 people were on board."
    found = features(text)
    assert found["b:headed"] == found["b:stamped"] == 1.0


def test_the_title_is_seen_by_every_figure() -> None:
    text = "Some 400 people came. Another 20 waited."
    for which in (0, 1):
        assert features(text, "Refugees flee", which)["r:titlen=resident"] == 1.0


def test_every_value_lies_between_nought_and_one_but_for_a_figures_size() -> None:
    text = (
        "Some 400 people left, 31 of them children.\n- Poland: 3,200\n\nTwenty ambulances waited."
    )
    context = next(lay_out([Report("a", text)]))
    rows = evidence(context)
    assert len(rows) == len(context.candidates)
    assert all(0.0 <= value <= 1.0 for row in rows for value in row.values())


def test_figures_of_one_report_do_not_share_what_is_their_own() -> None:
    text = "Some 400 people left and 20 buses waited."
    first, second = features(text, which=0), features(text, which=1)
    assert "n:vehicle" not in first
    assert "n:vehicle" in second
