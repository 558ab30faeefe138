"""Each figure is read a second time, with what the first reading made of all of them in view."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from extraction.context import Candidate, lay_out
from extraction.evidence import Features
from extraction.reports import Report
from extraction.second_reading import Spread, around, kindred, read_again
from extraction.thread import Reading

TEXT = "Some 421 people left. Another 50 came.\n\nThe end.\n\n60 more went home."


class Recorder:
    """A decider that notes what it is asked and always answers the same."""

    def __init__(self, answer: Mapping[Hashable, float]) -> None:
        self.answer = answer
        self.rows: list[Features] = []

    def label(
        self, name: str, candidate: Candidate, features: Features
    ) -> Mapping[Hashable, float]:
        self.rows.append(features)
        return self.answer

    def choice(
        self,
        name: str,
        candidate: Candidate,
        values: Sequence[Hashable],
        features: Sequence[Sequence[Features]],
    ) -> Mapping[Hashable, float]:
        raise AssertionError(f"{name} is not read again")


def first_readings(*shares: Mapping[Hashable, float]) -> list[Reading]:
    candidates = next(lay_out([Report("a", TEXT)])).candidates
    out = []
    for candidate, given in zip(candidates, shares, strict=True):
        reading = Reading(candidate)
        reading.note("group", given)
        reading.asked["group"] = {"own": 1.0}
        out.append(reading)
    return out


def test_the_others_shares_stand_beside_the_figures_own_features() -> None:
    readings = first_readings(
        {"resident": 0.9, "patient": 0.1},
        {"resident": 0.4, "patient": 0.6},
        {"patient": 1.0},
    )
    decider = Recorder({"resident": 1.0})
    read_again(readings, decider)
    row = decider.rows[1]
    assert row["own"] == 1.0
    assert row["a:own=patient"] == 0.6
    assert row["a:before=resident"] == 1.0
    assert row["a:after=patient"] == 1.0
    assert row["a:rest=patient"] == 0.5


def test_figures_before_are_seen_by_the_second_reading_and_those_after_by_the_first() -> None:
    readings = first_readings({"resident": 1.0}, {"resident": 1.0}, {"resident": 1.0})
    decider = Recorder({"patient": 1.0})
    again = read_again(readings, decider)
    assert decider.rows[1]["a:before=patient"] == decider.rows[1]["a:after=resident"] == 1.0
    assert [r.values["group"] for r in again] == ["patient"] * 3
    assert [r.values["group"] for r in readings] == ["resident"] * 3


def test_a_value_settled_by_rule_is_not_asked_for_again() -> None:
    readings = first_readings({"resident": 1.0}, {"resident": 1.0}, {"resident": 1.0})
    readings[1].settle("group", "patient")
    decider = Recorder({"resident": 1.0})
    assert read_again(readings, decider)[1].values["group"] == "patient"
    assert len(decider.rows) == 2


def test_figures_of_one_paragraph_are_kin() -> None:
    readings = first_readings({"resident": 1.0}, {"patient": 1.0}, {"staff": 1.0})
    kin = kindred(readings, 0, ["people", None, None])
    found = around(readings[0], kin, Spread("group", readings))
    assert "a:block=patient" in found
    assert "a:block=staff" not in found
