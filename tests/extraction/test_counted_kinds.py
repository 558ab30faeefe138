"""What kind of thing a figure counts, also where its noun is dropped."""

from __future__ import annotations

import pytest

from extraction.context import lay_out
from extraction.counted_kinds import counted_kinds, kind_features
from extraction.reports import Report


def kinds(text: str, which: int = -1) -> tuple[tuple[str, ...], str]:
    context = next(lay_out([Report("a", text)]))
    return counted_kinds(context, context.candidates[which])


@pytest.mark.parametrize(
    ("text", "kind", "how"),
    [
        ("Some 400 refugees crossed.", "resident", "own"),
        ("Some 31 Austrians left Gaza.", "people", "people"),
        ("Twenty ambulances crossed.", "vehicle", "own"),
        ("Some 400 refugees crossed on Friday and 200 on Saturday.", "resident", "earlier"),
        ("On Friday 300 crossed.", "nothing", "none"),
    ],
)
def test_a_figure_counts_its_noun_or_else_what_the_figure_before_it_counts(
    text: str, kind: str, how: str
) -> None:
    found, known = kinds(text)
    assert kind in found
    assert known == how


def test_what_is_counted_is_crossed_with_what_is_done() -> None:
    context = next(lay_out([Report("a", "Twenty ambulances crossed into Egypt.")]))
    out = {"v0:cross": 1.0}
    kind_features(out, context, context.candidates[0])
    assert out["x:vehicle/cross"] == 1.0
    assert not any(name.startswith("x:people") for name in out)
