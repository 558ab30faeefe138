"""The Review page: the queue, a record's form, the grid, missed figures, two people at once."""

from __future__ import annotations

import json

import pandas as pd
from streamlit.testing.v1 import AppTest

from store.access import local_user
from store.ledger import Store
from tests.ui.conftest import TEXT, Run, words


def opened(at: AppTest) -> str:
    return str(at.session_state["open_review"])


def row_of(store: Store, key: str) -> pd.Series:
    return store.records(rejected=True).set_index("record_key").loc[key]


def count_key(store: Store, count: int) -> str:
    frame = store.records()
    return str(frame.loc[frame["count"] == count, "record_key"].iloc[0])


def open_record(at: AppTest, key: str) -> AppTest:
    at.session_state["open_review"] = key
    return at.run()


def test_the_queue_begins_with_the_most_doubtful(ledger: Store, dashboard: Run) -> None:
    at = dashboard("review")
    assert not at.exception
    # All are equally sure; only on the patients do the sources differ.
    assert row_of(ledger, opened(at))["group"] == "patient"
    assert "sources differ" in words(at).lower()


def test_accepting_goes_on_to_the_next(ledger: Store, dashboard: Run) -> None:
    at = dashboard("review")
    first = opened(at)
    at.button(key="review_accept").click().run()
    assert row_of(ledger, first)["review"] == "accepted"
    assert opened(at) != first


def test_a_changed_field_is_saved_with_its_reason_and_undone(ledger: Store, dashboard: Run) -> None:
    at = dashboard("review")
    key = opened(at)
    at.selectbox(key=f"review_{key}_group").set_value("companion")
    at.text_input(key=f"review_{key}_reason").set_value("they escort them")
    at.button(key="review_accept").click().run()
    row = row_of(ledger, key)
    assert (row["group"], row["review"]) == ("companion", "corrected")
    assert json.loads(row["machine_read"]) == {"group": "patient"}
    assert row["review_reason"] == "they escort them"
    at.button(key="review_undo").click().run()
    assert row_of(ledger, key)["group"] == "patient"


def test_the_second_of_two_is_told_and_keeps_what_was_typed(ledger: Store, dashboard: Run) -> None:
    at = dashboard("review")
    key = opened(at)
    at.selectbox(key=f"review_{key}_status").set_value("waiting")
    bo = ledger.signed_by(local_user("Bo"))
    bo.review.correct(key, {"group": "companion"}, base=0)
    at.button(key="review_accept").click().run()
    told = words(at).replace("\\", "")
    assert "Bo reviewed this record in the meantime: Group: Companions of patients" in told
    assert row_of(ledger, key)["status"] == "expected"
    assert at.selectbox(key=f"review_{key}_group").value == "companion"
    assert at.selectbox(key=f"review_{key}_status").value == "waiting"
    at.button(key="review_accept").click().run()
    row = row_of(ledger, key)
    assert (row["group"], row["status"]) == ("companion", "waiting")


def test_the_grid_saves_verdicts_and_corrections_and_tells_what_it_did_not(
    ledger: Store, dashboard: Run
) -> None:
    at = dashboard("review")
    at.segmented_control(key="review_way").set_value("grid").run()
    assert not at.exception
    rows = at.session_state["grid_rows"]["rows"]
    keys = list(rows["record_key"])
    ledger.signed_by(local_user("Bo")).review.accept(keys[2], base=0)
    at.session_state["grid_1"] = {
        "edited_rows": {
            0: {"Verdict": "Accept"},
            1: {"Group": "Residents", "People": 89},
            2: {"Verdict": "Reject"},
        },
        "added_rows": [],
        "deleted_rows": [],
    }
    at.button(key="grid_save").click().run()
    told = words(at).replace("\\", "")
    assert "2 records saved." in told and "Bo reviewed this record in the meantime" in told
    assert row_of(ledger, keys[0])["review"] == "accepted"
    assert (row_of(ledger, keys[1])["group"], row_of(ledger, keys[1])["count"]) == ("resident", 89)
    assert row_of(ledger, keys[2])["review"] == "accepted"


def test_a_missed_figure_is_added_by_its_words(ledger: Store, dashboard: Run) -> None:
    key = count_key(ledger, 31)
    ledger.review.reject(key, base=0)
    at = dashboard("review")
    at.segmented_control(key="review_way").set_value("missed").run()
    rafah = next(k for k in ledger.reports()["key"] if ledger.text(k).text == TEXT)
    at.selectbox(key="missed_report").set_value(rafah).run()
    at.text_input(key="missed_words").set_value("including 31 Austrians").run()
    assert at.number_input(key="missed_count").value == 31
    at.multiselect(key="missed_nationality").set_value(["AT"]).run()
    at.button(key="missed_add").click().run()
    added = ledger.records().query("review == 'added'")
    assert list(added["count_text"]) == ["including 31 Austrians"]
    assert list(added["nationality"]) == ["AT"] and list(added["crossing"]) == ["Rafah"]


def test_words_that_are_not_in_the_report_are_told(ledger: Store, dashboard: Run) -> None:
    at = dashboard("review")
    at.segmented_control(key="review_way").set_value("missed").run()
    at.text_input(key="missed_words").set_value("no such words").run()
    assert "These words are not in the report" in words(at)


def test_totals_follow_a_rejection_and_its_undoing(ledger: Store, dashboard: Run) -> None:
    act = ledger.review.reject(count_key(ledger, 400), base=0)
    tiles = {tile.label: tile.value for tile in dashboard("overview").metric}
    assert tiles["Expected"] == "81"
    ledger.review.undo(act)
    tiles = {tile.label: tile.value for tile in dashboard("overview").metric}
    assert tiles["Expected"] == "481"


def test_the_history_takes_an_act_back(ledger: Store, dashboard: Run) -> None:
    key = count_key(ledger, 400)
    act = ledger.review.reject(key, "no figure", base=0)
    at = dashboard("review")
    at.segmented_control(key="review_way").set_value("history").run()
    assert "no figure" in words(at)
    at.button(key=f"undo_latest_{act}").click().run()
    assert row_of(ledger, key)["review"] == "unreviewed"


def test_the_method_page_measures_the_reviewed_records(ledger: Store, dashboard: Run) -> None:
    assert "No record has been reviewed yet" in words(dashboard("method"))
    ledger.review.accept(count_key(ledger, 400), {"group": "staff"}, base=0)
    ledger.review.accept(count_key(ledger, 361), base=0)
    told = words(dashboard("method"))
    assert "2 annotated figures in 1 report; as reviewers of this ledger found them" in told
