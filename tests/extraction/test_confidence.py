"""The confidence of a record, the figures that it is measured by, and whom it is fitted on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from extraction.assemble import assemble
from extraction.confidence import FURTHER, RIGHT, WHOLE, WRONG, confidences, signals
from extraction.context import Context, lay_out
from extraction.fitting import crossread
from extraction.fitting.confidence import calibration_error, fit_confidence, wrong_among_least_sure
from extraction.fitting.gold import Annotated, align
from extraction.fitting.train import Models
from extraction.model import WEIGHTS, LinearModel, load
from extraction.reports import Report
from extraction.thread import Reading

TEXT = "On Wednesday 85 patients left Gaza. Later 40 foreigners left too, and 40 wait."


@pytest.fixture(scope="module")
def context() -> Context:
    """A report of three figures."""
    (laid_out,) = lay_out([Report("a", TEXT, None, date(2023, 11, 9))])
    return laid_out


def readings(context: Context, doubt: float = 0.9) -> list[Reading]:
    """A reading of each figure, each answer as likely as `doubt`."""
    values = {
        "status": "crossed",
        "scope": "event",
        "subset": "False",
        "group": "patient",
        "demographic": "None",
        "date": date(2023, 11, 8),
        "date_from": None,
        "nationality": (),
        "route": ("PS", None),
        "crossing": None,
        "source": None,
    }
    return [
        Reading(candidate, dict(values), dict.fromkeys((*WHOLE, *FURTHER), doubt))
        for candidate in context.candidates
    ]


def test_the_shipped_confidence_is_a_probability_and_grows_with_the_models_own(
    context: Context,
) -> None:
    low, high = (confidences(readings(context, doubt)) for doubt in (0.5, 0.99))
    assert all(0 < a < b < 1 for a, b in zip(low, high, strict=True))


def test_a_certain_or_an_impossible_answer_breaks_nothing(context: Context) -> None:
    for doubt in (0.0, 1.0):
        assert all(0 < p < 1 for p in confidences(readings(context, doubt)))


def test_an_answer_that_was_never_asked_for_weighs_nothing(context: Context) -> None:
    read = readings(context)
    del read[0].doubts["crossing"]
    assert signals(read)[0]["sure:crossing"] == 0.0


def test_a_record_carries_its_confidence_rounded_and_what_was_filled_in(context: Context) -> None:
    model = LinearModel([RIGHT, WRONG], {"base": [0.5, -0.5]})
    first, *_ = assemble(context, readings(context), model)
    assert first.confidence == 0.731
    assert first.inferred == ()
    last = assemble(context, readings(context), model)[-1]
    assert set(last.inferred) == {"date", "origin"}


def test_a_figure_said_twice_keeps_the_first_ones_confidence(context: Context) -> None:
    read = readings(context)
    read[2].doubts["claim"] = 0.5
    records = assemble(context, read)
    chances = confidences(read)
    assert chances[2] < chances[1]
    assert [record.count for record in records] == [85, 40]
    assert [record.confidence for record in records] == [round(p, 3) for p in chances[:2]]


def test_the_shipped_weights_are_plain_and_finite() -> None:
    stored = json.loads((WEIGHTS / "confidence.json").read_text(encoding="utf-8"))
    assert sorted(stored["labels"]) == [RIGHT, WRONG]
    assert all(abs(w) < 20 for row in stored["weights"].values() for w in row)
    assert load("confidence").labels == stored["labels"]


def test_calibration_error_is_the_distance_of_told_and_true_shares_by_bins() -> None:
    assert calibration_error([0.5] * 10, [True, False] * 5, bins=1) == pytest.approx(0.0)
    assert calibration_error([0.9] * 10, [False] * 10) == pytest.approx(0.9)
    told, right = [0.1] * 5 + [0.8] * 5, [False] * 5 + [True] * 5
    assert calibration_error(told, right, bins=2) == pytest.approx(0.15)
    with pytest.raises(ValueError, match="no records"):
        calibration_error([], [])


def test_the_share_of_the_wrong_that_the_least_sure_fifth_holds() -> None:
    told = [i / 10 for i in range(10)]
    assert wrong_among_least_sure(told, [False, False] + [True] * 8) == 1.0
    assert wrong_among_least_sure(told, [False, True, False, False] + [True] * 6) == pytest.approx(
        1 / 3
    )
    assert wrong_among_least_sure(told, [True] * 10) == 1.0


def annotated(context: Context, number: int, right: bool) -> Annotated:
    """The report under another name, annotated so that the first reading is right or wrong."""
    record = {
        "count": 85,
        "count_max": None,
        "count_text": "85",
        "group": "patient",
        "status": "crossed" if right else "waiting",
        "scope": "event",
        "subset": False,
        "nationality": [],
        "date": "2023-11-08",
        "crossing": None,
        "origin": "PS",
        "destination": None,
    }
    named = replace(context, report=replace(context.report, id=f"r{number}"))
    return Annotated(named, align(named, [record]), (record,))


def test_the_fit_learns_to_be_surer_of_what_was_right(context: Context) -> None:
    gold = [annotated(context, i, right=i % 2 == 0) for i in range(20)]
    read = [
        (report.context, readings(context, 0.95 if i % 2 == 0 else 0.5)[:1])
        for i, report in enumerate(gold)
    ]
    found = fit_confidence(gold, read)
    assert found.right == [i % 2 == 0 for i in range(20)]
    confident = [records[0].confidence or 0.0 for records in found.records]
    assert min(confident[0::2]) > max(confident[1::2])


def test_a_report_is_read_by_models_that_never_saw_it(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold = [annotated(context, i, right=True) for i in range(5)]
    practice = [annotated(context, 9, right=True)]
    seen: list[str] = []

    def fit_all(reports: list[Annotated]) -> Models:
        seen.extend(report.context.report.id for report in reports)
        return Models()

    monkeypatch.setattr(crossread, "_laid_out", {"gold": gold, "practice": practice})
    monkeypatch.setattr(crossread, "fit_all", fit_all)
    monkeypatch.setattr(
        crossread, "read_claims", lambda context, *models: (context, readings(context))
    )
    answers = crossread._read_fold(["r1", "r3"])
    assert seen == ["r0", "r2", "r4", "r9"]
    assert list(answers) == ["r1", "r3"]


def test_readings_come_back_whole_from_the_process_that_read_them(context: Context) -> None:
    read = readings(context)
    answers = [crossread.Answer(r.candidate.index, r.values, r.doubts) for r in read]
    dated, back = crossread.again(context, answers)
    assert dated.report.published == date(2023, 11, 9)
    assert back == read
