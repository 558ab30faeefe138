"""Records from readings: said twice is one record, offsets hold, what was filled in is marked."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from extraction.assemble import assemble
from extraction.context import Context, lay_out
from extraction.record import Record
from extraction.reports import Report
from extraction.thread import Reading

DAY = date(2023, 11, 1)
VALUES: dict[str, Hashable] = {
    "group": "foreign_national",
    "demographic": "None",
    "nationality": ("AT",),
    "status": "crossed",
    "scope": "event",
    "subset": "False",
    "date": DAY,
    "date_from": None,
    "crossing": "Rafah",
    "route": ("PS", "EG"),
    "source": None,
}


def laid_out(text: str, published: date | None = DAY) -> Context:
    return next(lay_out([Report("a.txt", text, published=published)]))


def records(text: str, *changes: dict[str, Hashable], published: date | None = DAY) -> list[Record]:
    """The records of a text of which every figure is read as VALUES, with the given changes."""
    context = laid_out(text, published)
    readings = []
    for number, candidate in enumerate(context.candidates):
        change = changes[number] if number < len(changes) else {}
        readings.append(Reading(candidate, {**VALUES, **change}))
    return assemble(context, readings)


def test_a_record_carries_the_values_that_were_read() -> None:
    text = "About 31 Austrians left Gaza through Rafah on Wednesday."
    (record,) = records(text)
    assert (record.article, record.count, record.qualifier) == ("a.txt", 31, "about")
    assert (record.group, record.nationality, record.status) == (
        "foreign_national",
        ("AT",),
        "crossed",
    )
    assert (record.origin, record.destination, record.crossing) == ("PS", "EG", "Rafah")
    assert (record.demographic, record.subset, record.source) == (None, False, None)
    assert record.sentence == text


def test_the_count_text_is_the_slice_that_the_offsets_name() -> None:
    text = "On Friday some 400 left.\n\nBetween 30 and 40 others, and 12 more, stayed."
    found = records(text)
    assert [r.count_text for r in found] == ["some 400", "Between 30 and 40", "12 more"]
    assert all(text[r.start : r.end] == r.count_text for r in found)


def test_a_figure_said_twice_is_one_record() -> None:
    text = "Some 421 people left. The ministry spoke of 421 people."
    assert [r.start for r in records(text)] == [0]


def test_the_same_count_of_others_is_a_record_of_its_own() -> None:
    text = "Some 421 people left. Another 421 people wait."
    for change in (
        {"status": "waiting"},
        {"group": "resident"},
        {"nationality": ("IT",)},
        {"date": date(2023, 11, 2)},
    ):
        assert len(records(text, {}, change)) == 2


def test_a_small_count_met_again_is_taken_for_another() -> None:
    assert len(records("Two people left. Two people stayed.")) == 2


def test_without_a_day_a_record_takes_the_publication_date_or_none() -> None:
    text = "Some 421 people left."
    assert records(text, {"date": None})[0].date == DAY
    assert records(text, {"date": None}, published=None)[0].date is None


def test_families_are_their_own_unit() -> None:
    units = {
        "Some 30 families left.": "families",
        "Some 30 displaced families left.": "families",
        "Some 30 households left.": "families",
        "Some 30 people of two families left.": "people",
    }
    for text, unit in units.items():
        assert records(text)[0].unit == unit, text


def test_what_the_sentence_does_not_tell_is_marked_as_inferred() -> None:
    told, carried = records(
        "Some 421 people left Gaza for Egypt through Rafah on 1 November.\n\nAnother 31 followed."
    )
    assert not {"crossing", "origin", "destination"} & set(told.inferred)
    assert {"crossing", "origin", "destination"} <= set(carried.inferred)


def test_a_record_as_json_has_plain_values_only() -> None:
    row = records("Some 421 people left.")[0].as_json()
    assert (row["date"], row["date_from"], row["nationality"]) == ("2023-11-01", None, ["AT"])
    assert isinstance(row["inferred"], list)
