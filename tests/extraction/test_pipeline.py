"""Reports in, records out, on short texts that each make one point."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction import Record, Report, extract, extract_many
from extraction.record import DEMOGRAPHICS, GROUPS, QUALIFIERS, SCOPES, STATUSES, UNITS

PUBLISHED = date(2023, 11, 2)
RAFAH = (
    "A total of 421 foreign passport holders left Gaza for Egypt through the Rafah crossing on "
    "Wednesday, an Egyptian border official said.\n\n"
    "Among them were 31 Austrians and four Italians. Twenty ambulances took 76 wounded "
    "Palestinians across.\n\n"
    "About 400 more foreigners are expected to leave on Thursday."
)
TEXTS = {
    "rafah": RAFAH,
    "live": "11:15 GMT\nSome 335 foreigners have left Gaza through Rafah, Egypt said.\n\n"
    "14:20 GMT\nBetween 20 and 30 patients were taken across by ambulance.",
    "list": "Evacuated from Sudan by sea on Tuesday:\n- India: 278\n- Pakistan: 37\n- Kenya: 19",
    "total": "More than 500,000 people have fled Ukraine to Poland since 24 February, UNHCR said.",
    "refused": "Border guards turned back 60 Sudanese refugees at the Adré crossing on Friday.",
    "waiting": "Some 1,200 Afghans are stranded at the Torkham border crossing, officials said.",
    "families": "At least 30 families crossed from Lebanon into Syria at Masnaa on Monday.",
    "nobody": "The gate stayed shut on Monday. Some 14 trucks of flour waited at 9 a.m.",
}
EVERY = [Report(name, text, published=PUBLISHED) for name, text in TEXTS.items()]


def read(name: str) -> list[Record]:
    return extract(Report(name, TEXTS[name], published=PUBLISHED))


def by_count(name: str) -> dict[int, Record]:
    return {record.count: record for record in read(name)}


@pytest.mark.parametrize("name", list(TEXTS))
def test_offsets_name_the_figure_and_values_keep_to_their_vocabularies(name: str) -> None:
    for record in read(name):
        assert TEXTS[name][record.start : record.end] == record.count_text
        assert record.count_text in record.sentence
        assert record.sentence in TEXTS[name]
        assert record.article == name
        assert record.group in GROUPS
        assert record.status in STATUSES
        assert record.scope in SCOPES
        assert record.unit in UNITS
        assert record.qualifier in QUALIFIERS
        assert record.demographic in (None, *DEMOGRAPHICS)


def test_people_are_counted_and_ambulances_and_trucks_are_not() -> None:
    assert set(by_count("rafah")) == {421, 31, 4, 76, 400}
    assert read("nobody") == []


def test_each_row_of_a_list_is_a_record() -> None:
    assert list(by_count("list")) == [278, 37, 19]


def test_what_is_expected_is_kept_apart_from_what_crossed() -> None:
    found = by_count("rafah")
    assert found[421].status == "crossed"
    assert found[400].status == "expected"


def test_parts_of_a_total_are_marked_and_have_their_nationalities() -> None:
    found = by_count("rafah")
    assert not found[421].subset
    assert found[31].subset and found[31].nationality == ("AT",)
    assert found[4].subset and found[4].nationality == ("IT",)


def test_the_way_and_the_speaker_are_read_from_the_sentence() -> None:
    record = by_count("rafah")[421]
    assert (record.crossing, record.origin, record.destination) == ("Rafah", "PS", "EG")
    assert record.source == "an Egyptian border official"
    assert record.date == date(2023, 11, 1)


@pytest.mark.parametrize(
    ("name", "count", "field", "value"),
    [
        ("live", 20, "count_max", 30),
        ("live", 20, "group", "patient"),
        ("total", 500_000, "scope", "cumulative"),
        ("total", 500_000, "qualifier", "at_least"),
        ("refused", 60, "status", "refused"),
        ("waiting", 1200, "status", "waiting"),
        ("waiting", 1200, "qualifier", "about"),
        ("families", 30, "unit", "families"),
    ],
)
def test_a_plain_sentence_is_read_as_it_says(
    name: str, count: int, field: str, value: object
) -> None:
    assert getattr(by_count(name)[count], field) == value


def test_twenty_runs_give_the_same_records() -> None:
    first = list(extract_many(EVERY))
    assert any(first)
    for _ in range(19):
        assert list(extract_many(EVERY)) == first


def test_reports_come_out_in_order_and_alike_alone_and_together() -> None:
    together = list(extract_many(EVERY))
    assert len(together) == len(EVERY)
    assert together == [extract(report) for report in EVERY]
    assert list(extract_many(reversed(EVERY))) == together[::-1]


def test_an_empty_report_has_no_records() -> None:
    assert extract(Report("a", "")) == []
    assert list(extract_many([])) == []


@given(st.text(max_size=80))
@settings(max_examples=25)
def test_no_text_stops_the_reader_and_offsets_hold_in_each(text: str) -> None:
    report = Report("a", f"{text} 421 people left {text}\n{text}")
    for record in extract(report):
        assert report.text[record.start : record.end] == record.count_text
        assert record.count > 0
