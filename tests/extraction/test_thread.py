"""What the figures read so far tell about the next one."""

from __future__ import annotations

from extraction.context import Candidate, lay_out
from extraction.reports import Report
from extraction.thread import Reading, Thread

TEXT = (
    "Some 421 people left, 31 of them children. After a long wait at the border, in the heat and "
    "without water, 20 stayed.\nAnother 50 came.\n\nThe end.\n\n60 more went."
)


def candidates() -> tuple[Candidate, ...]:
    return next(lay_out([Report("a", TEXT)])).candidates


def thread_of(*readings: tuple[Candidate, dict[str, str]]) -> Thread:
    thread = Thread()
    for candidate, values in readings:
        thread.add(Reading(candidate, dict(values)))
    return thread


def test_at_the_start_of_a_report_nothing_is_near() -> None:
    first = candidates()[0]
    thread = Thread()
    assert thread.nearness(first) == "none"
    assert thread.label_features("status", first) == {"t:none": 1.0}
    assert thread.option_features("status", first, "crossed") == {}


def test_nearness_names_how_the_last_figure_stands_to_the_next() -> None:
    first, second, third, fourth, fifth = candidates()
    assert thread_of((first, {})).nearness(second) == "list"
    assert thread_of((second, {})).nearness(third) == "block"
    assert thread_of((third, {})).nearness(fourth) == "next"
    assert thread_of((third, {})).nearness(fifth) == "far"


def test_a_field_is_offered_the_value_of_the_last_and_the_first_figure() -> None:
    first, second, third, *_ = candidates()
    thread = thread_of((first, {"status": "crossed"}), (second, {"status": "waiting"}))
    found = thread.label_features("status", third)
    assert found["t:last=waiting"] == found["t:first=crossed"] == 1.0


def test_an_option_knows_whether_earlier_figures_took_it() -> None:
    first, second, third, *_ = candidates()
    thread = thread_of((first, {"crossing": "Rafah"}), (second, {"crossing": "Erez"}))
    taken = thread.option_features("crossing", third, "Rafah")
    assert (taken["t:first=same"], taken["t:seen"], taken["t:share"]) == (1.0, 1.0, 0.5)
    new = thread.option_features("crossing", third, "Torkham")
    assert new["t:share"] == 0.0
    assert "t:seen" not in new
