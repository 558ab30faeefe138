"""Reviews are rows: what stands, what is beside it, what is undone, what survives new rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
import sqlalchemy as sa

from extraction.record import Record
from store import reconcile
from store.access import local_user
from store.engine import writing
from store.ledger import Store
from store.query import Filter
from store.review import Conflict, Figure
from tests.store.claims_made import record, report

TEXT = (
    "On Wednesday some 361 foreigners crossed at Rafah, 31 of them Austrians. "
    "Another 12 patients were taken over. Forty ambulances waited."
)
SEEN = ("review", "reviewer", "reviewed_at", "review_reason", "review_version")


def read(text: str = TEXT) -> list[Record]:
    return [
        record(text, "361", inferred=("crossing", "date")),
        record(text, "31", count=31, nationality=("AT",), subset=True),
        record(text, "Forty", count=40, group="staff"),
    ]


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    opened = Store(database).signed_by(local_user("Ana"))
    opened.add(report(TEXT), read(), extractor="1")
    yield opened
    opened.close()


def key_of(store: Store, count_text: str) -> str:
    frame = store.records(rejected=True)
    return str(frame.loc[frame["count_text"] == count_text, "record_key"].iloc[0])


def row_of(store: Store, count_text: str) -> pd.Series:
    frame = store.records(rejected=True)
    return frame[frame["count_text"] == count_text].iloc[0]


def crossed(store: Store) -> int:
    totals = reconcile.totals(store.records()).set_index("status")
    return int(totals["best"].get("crossed", 0))


def test_a_correction_stands_with_the_machines_value_beside_it(store: Store) -> None:
    store.review.correct(key_of(store, "361"), {"group": "patient"}, "they are wounded", base=0)
    row = row_of(store, "361")
    assert (row["group"], row["review"], row["reviewer"]) == ("patient", "corrected", "Ana")
    assert row["machine_read"] == '{"group": "foreign_national"}'
    assert row["review_reason"] == "they are wounded" and row["review_version"] > 0
    history = store.review.history(key_of(store, "361"))
    told = history[["what", "field", "machine", "value", "who"]].iloc[0].tolist()
    assert told == ["correct", "group", '"foreign_national"', '"patient"', "Ana"]


def test_a_corrected_field_is_no_longer_filled_in(store: Store) -> None:
    key = key_of(store, "361")
    store.review.correct(key, {"crossing": "Erez", "date": date(2023, 11, 2)}, base=0)
    row = row_of(store, "361")
    assert row["inferred"] == "" and row["date"] == pd.Timestamp(2023, 11, 2)


def test_a_corrected_day_is_what_a_filter_by_day_keeps(store: Store) -> None:
    store.review.correct(key_of(store, "361"), {"date": date(2024, 1, 5)}, base=0)
    found = store.records(Filter(date_from=date(2024, 1, 1)))
    assert list(found["count_text"]) == ["361"]


def test_an_accepted_record_is_marked_and_left_as_it_is(store: Store) -> None:
    before = store.records().drop(columns=list(SEEN))
    store.review.accept(key_of(store, "31"), base=0)
    pd.testing.assert_frame_equal(store.records().drop(columns=list(SEEN)), before)
    assert row_of(store, "31")["review"] == "accepted"


def test_a_rejected_record_leaves_frames_and_totals_but_not_the_ledger(store: Store) -> None:
    before = crossed(store)
    store.review.reject(key_of(store, "Forty"), "ambulances", base=0)
    assert "Forty" not in set(store.records()["count_text"])
    assert crossed(store) == before - 40
    everything = store.records(rejected=True)
    assert len(everything) == 3
    assert list(Filter(review=("rejected",)).apply(everything)["count_text"]) == ["Forty"]
    judged = reconcile.judge(everything).set_index("count_text")
    assert judged.loc["Forty", ["role", "left_out"]].tolist() == ["rejected", "rejected"]
    assert judged.loc["361", "role"] == "best"
    assert int(reconcile.totals(everything)["best"].iloc[0]) == before - 40


def test_a_missed_figure_is_added_in_its_place_in_the_text(store: Store) -> None:
    start = TEXT.index("Another 12")
    values = {"count": 12, "group": "patient", "date": date(2023, 11, 1), "crossing": "Rafah"}
    store.review.add(key_of_report(store), Figure(start, start + 10, values), "missed")
    frame = store.records()
    assert list(frame["count_text"]) == ["361", "31", "Another 12", "Forty"]
    row = row_of(store, "Another 12")
    assert (row["review"], row["count"], row["group"]) == ("added", 12, "patient")
    assert row["sentence"] == "Another 12 patients were taken over."
    assert pd.isna(row["machine_read"])


def key_of_report(store: Store) -> str:
    return str(store.reports()["key"].iloc[0])


def test_a_split_puts_parts_in_the_place_of_one_and_is_undone_as_one(store: Store) -> None:
    before = store.records()
    start = TEXT.index("361")
    parts = [
        Figure(start, start + 3, {"count": 300}),
        Figure(start, start + 14, {"count": 61, "nationality": ("AT",)}),
    ]
    act = store.review.split(key_of(store, "361"), parts, base=0)
    frame = store.records()
    assert sorted(frame["count"]) == [31, 40, 61, 300]
    assert set(frame.loc[frame["review"] == "added", "crossing"]) == {"Rafah"}
    store.review.undo(act)
    assert_as_before(store, before)


def test_two_records_are_joined_into_one(store: Store) -> None:
    act = store.review.join(
        key_of(store, "361"), key_of(store, "31"), {"count_max": 400}, base=0, other_base=0
    )
    frame = store.records()
    assert list(frame["count_text"]) == ["361", "Forty"] and frame["count_max"].iloc[0] == 400
    store.review.undo(act)
    assert len(store.records()) == 3


def assert_as_before(store: Store, before: pd.DataFrame) -> None:
    """The frame but for the number of the newest act: undone ones count there too."""
    now = store.records().drop(columns="review_version")
    pd.testing.assert_frame_equal(now, before.drop(columns="review_version"))


def test_undo_brings_the_first_state_back_and_can_itself_be_undone(store: Store) -> None:
    before = store.records()
    key = key_of(store, "361")
    first = store.review.correct(key, {"group": "patient"}, base=0)
    second = store.review.reject(key, base=first)
    undoing = store.review.undo(second)
    assert row_of(store, "361")["review"] == "corrected"
    store.review.undo(first)
    assert_as_before(store, before)
    store.review.undo(undoing)
    assert row_of(store, "361")["review"] == "rejected"
    with pytest.raises(ValueError, match="undone already"):
        store.review.undo(first)
    assert list(store.review.latest()["what"]) == ["undo", "undo", "undo", "reject", "correct"]


def test_the_second_of_two_is_told_and_nothing_of_either_is_lost(store: Store) -> None:
    key = key_of(store, "361")
    bo = store.signed_by(local_user("Bo"))
    store.review.correct(key, {"group": "patient"}, base=0)
    with pytest.raises(Conflict, match="Ana") as told:
        bo.review.correct(key, {"group": "resident", "count": 362}, base=0)
    assert [(row.field, row.value) for row in told.value.rows] == [("group", '"patient"')]
    assert row_of(store, "361")["group"] == "patient"
    bo.review.correct(key, {"count": 362}, base=told.value.version)
    row = row_of(store, "361")
    assert (row["group"], row["count"], row["reviewer"]) == ("patient", 362, "Bo")


def test_words_that_are_a_record_already_are_not_added_again(store: Store) -> None:
    start = TEXT.index("some 361")
    with pytest.raises(ValueError, match="'361' is a record already"):
        store.review.add(key_of_report(store), Figure(start, start + 8, {"count": 361}))


@pytest.mark.parametrize(
    "changes",
    [
        {"group": "martian"},
        {"count": -1},
        {"count": 3.5},
        {"origin": "Egypt"},
        {"sentence": "another"},
        {"count_max": 5},
        {"group": "foreign_national"},
        {},
    ],
)
def test_a_value_that_no_record_may_have_is_refused(
    store: Store, changes: dict[str, object]
) -> None:
    version = store.version()
    with pytest.raises(ValueError, match=".+"):
        store.review.correct(key_of(store, "361"), changes, base=0)
    assert store.version() == version


def changed_rules() -> list[Record]:
    """The second reading: a wider span, another group, a figure less, one more."""
    return [
        replace(record(TEXT, "some 361"), qualifier="about", group="resident"),
        record(TEXT, "31", count=31, nationality=("AT",), subset=True),
        record(TEXT, "12", count=12, group="companion"),
    ]


def test_corrections_survive_a_second_reading_by_their_place_in_the_text(store: Store) -> None:
    store.review.correct(key_of(store, "361"), {"group": "patient"}, base=0)
    store.review.reject(key_of(store, "31"), base=0)
    assert store.read_again(key_of_report(store), changed_rules(), extractor="2")
    frame = store.records(rejected=True).set_index("count_text")
    assert frame.loc["some 361", "group"] == "patient"
    assert frame.loc["some 361", "qualifier"] == "about"
    assert frame.loc["some 361", "review_fit"] == "reading_changed"
    assert frame.loc["some 361", "machine_read"] == '{"group": "resident"}'
    assert frame.loc["31", "review"] == "rejected"
    assert frame.loc["12", "review"] == "unreviewed"
    assert "Forty" not in frame.index


def test_a_reviewed_figure_that_the_rules_no_longer_read_stands_and_is_told(store: Store) -> None:
    store.review.accept(key_of(store, "Forty"), {"unit": "families"}, base=0)
    store.read_again(key_of_report(store), changed_rules(), extractor="2")
    row = row_of(store, "Forty")
    assert (row["review_fit"], row["unit"], row["count"]) == ("not_read", "families", 40)
    store.review.reject(row["record_key"], base=int(row["review_version"]))
    assert "Forty" not in set(store.records()["count_text"])


def test_an_accepted_record_keeps_what_was_accepted(store: Store) -> None:
    store.review.accept(key_of(store, "361"), base=0)
    store.read_again(key_of_report(store), changed_rules(), extractor="2")
    row = row_of(store, "some 361")
    assert (row["group"], row["qualifier"]) == ("foreign_national", "exact")
    assert row["review_fit"] == "reading_changed"


def test_a_figure_that_was_added_is_one_when_the_rules_read_it_too(store: Store) -> None:
    start = TEXT.index("Another 12")
    values = {"count": 12, "group": "patient"}
    store.review.add(key_of_report(store), Figure(start, start + 10, values))
    store.read_again(key_of_report(store), changed_rules(), extractor="2")
    frame = store.records()
    assert list(frame["count"]) == [361, 31, 12]
    assert frame["group"].iloc[2] == "patient" and frame["review"].iloc[2] == "added"


def test_a_recommendation_survives_a_second_reading(store: Store) -> None:
    store.recommend(key_of(store, "361"), "seen the list")
    store.read_again(key_of_report(store), changed_rules(), extractor="2")
    frame = store.records()
    assert list(frame.loc[frame["recommended"], "count_text"]) == ["some 361"]


def test_an_act_on_a_record_of_an_earlier_reading_reaches_the_one_in_its_place(
    store: Store,
) -> None:
    old = key_of(store, "361")
    store.read_again(key_of_report(store), changed_rules(), extractor="2")
    store.review.correct(old, {"group": "patient"}, base=0)
    assert row_of(store, "some 361")["group"] == "patient"


def test_reading_again_with_the_same_rules_changes_nothing(store: Store) -> None:
    before = store.records()
    assert not store.read_again(key_of_report(store), [], extractor="1")
    pd.testing.assert_frame_equal(store.records(), before)


def test_what_was_signed_cannot_be_changed(store: Store) -> None:
    store.review.accept(key_of(store, "361"), base=0)
    for table in ("acts", "corrections"):
        for words in (f"UPDATE {table} SET id = id + 1", f"DELETE FROM {table}"):
            with (
                pytest.raises(sa.exc.DatabaseError, match="only ever added to"),
                writing(store._engine) as connection,
            ):
                connection.execute(sa.text(words))


def test_reviewed_reports_keep_their_place_among_the_others(store: Store) -> None:
    for n, day in enumerate([date(2023, 10, 1), date(2023, 11, 1), None, date(2023, 12, 1)]):
        text = f"Report {n}: 31 people crossed at Rafah, then 12 more."
        records = [record(text, "31", count=31), record(text, "12", count=12)]
        store.add(report(text, published=day), records, extractor="1")
    before = store.records()
    for key in before["record_key"][::3]:
        store.review.accept(key, base=0)
    assert list(store.records()["record_key"]) == list(before["record_key"])


def test_reviews_of_a_removed_report_come_back_with_it(store: Store) -> None:
    store.review.correct(key_of(store, "361"), {"group": "patient"}, base=0)
    before, report_key = store.records(), key_of_report(store)
    store.remove(report_key)
    assert store.records().empty
    store.restore(report_key)
    pd.testing.assert_frame_equal(store.records(), before)
