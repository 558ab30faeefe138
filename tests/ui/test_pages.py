"""Every page, through the entry script: full, empty, and with nothing left by the filter."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from extraction.reports import Report
from store import reconcile
from store.ledger import Store
from tests.ui.conftest import Run, claim, words
from ui import lazy
from ui.navigation import PAGES
from ui.publish.footnote import Footnote
from ui.sections import chart_files

STEMS = [page.stem for page in PAGES]


def charts(at: AppTest) -> list[dict[str, object]]:
    return [json.loads(chart.proto.spec) for chart in at.get("plotly_chart")]


def opened(at: AppTest, *popovers: str) -> None:
    """Open popovers by their keys: what they hold is made only then."""
    for key in popovers:
        at.session_state[key] = True
    at.run()


@pytest.mark.parametrize("stem", STEMS)
def test_a_page_draws_over_a_ledger_with_claims(stem: str, ledger: Store, dashboard: Run) -> None:
    at = dashboard(stem)
    assert not at.exception
    assert at.title[0].value == next(page.title for page in PAGES if page.stem == stem)


@pytest.mark.parametrize("stem", STEMS)
def test_a_page_draws_over_an_empty_ledger(stem: str, dashboard: Run) -> None:
    at = dashboard(stem)
    assert not at.exception
    if stem not in {"method", "reports"}:
        assert "The ledger is empty" in words(at)


def test_over_many_claims_the_timeline_opens_its_lower_parts_when_asked_to(
    ledger: Store, dashboard: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = dashboard("timeline")
    assert "Running totals against the sum of days" in [one.value for one in plain.subheader]
    monkeypatch.setattr(lazy, "MANY", 0)
    at = dashboard("timeline")
    assert "Running totals against the sum of days" not in [one.value for one in at.subheader]
    folded = [one.label for one in at.expander]
    assert "**Expected against crossed**" in folded
    assert "running_series" not in [one.key for one in at.selectbox]
    at.session_state["running"] = True
    at.run()
    assert not at.exception
    assert "No running total" in words(at)


@pytest.mark.parametrize("stem", ["overview", "timeline", "map", "rivals", "records"])
def test_a_page_says_so_where_the_filter_leaves_nothing(
    stem: str, ledger: Store, dashboard: Run
) -> None:
    at = dashboard(stem, q=["no such word anywhere"])
    assert not at.exception
    assert "No record passes this filter" in words(at)
    at.button(key="empty_reset").click().run()
    assert "No record passes this filter" not in words(at)


def test_the_overview_keeps_expected_apart_from_crossed(ledger: Store, dashboard: Run) -> None:
    at = dashboard("overview")
    tiles = {tile.label: tile.value for tile in at.metric}
    assert tiles["Crossed"] == "2,361"
    assert tiles["Expected"] == "481"
    assert tiles["Waiting"] == "–"


def test_a_tile_opens_the_claims_behind_it_and_what_it_left_out(
    ledger: Store, dashboard: Run
) -> None:
    at = dashboard("overview")
    opened(at, "behind_crossed")
    behind = "\n".join(text.value for text in at.get_by_key("behind_crossed").text)
    assert "361 Foreign nationals" in behind
    assert "31" in behind and "640" in behind


def test_the_timeline_draws_expected_as_outlines_beside_crossed(
    ledger: Store, dashboard: Run
) -> None:
    at = dashboard("timeline", leaving=["all"])
    bars = [trace for trace in charts(at)[0]["data"] if trace.get("name") == "Patients"]
    assert bars[0]["offsetgroup"] == "expected"
    assert bars[0]["marker"]["line"]["width"] == 2


def test_the_timeline_keeps_to_the_country_that_the_newest_report_tells_of(
    ledger: Store, dashboard: Run
) -> None:
    at = dashboard("timeline")
    box = at.selectbox(key="leaving")
    assert box.value == "PK"
    assert at.query_params["leaving"] == "PK"
    assert set(at.dataframe[0].value["Crossing"]) == {"Torkham"}
    box.select("PS").run()
    assert set(at.dataframe[0].value["Crossing"]) == {"Rafah"}
    assert not at.exception


def test_with_a_filter_the_timeline_begins_with_all_that_it_leaves(
    ledger: Store, dashboard: Run
) -> None:
    at = dashboard("timeline", status=["crossed"])
    assert at.selectbox(key="leaving").value == "all"


def test_the_number_of_the_last_days_opens_the_claims_behind_it(
    ledger: Store, dashboard: Run
) -> None:
    at = dashboard("overview")
    opened(at, "behind_change")
    behind = "\n".join(text.value for text in at.get_by_key("behind_change").text)
    assert "361 Foreign nationals" in behind


def test_people_not_on_the_map_are_numbered_and_open_the_claims_behind_them(
    ledger: Store, dashboard: Run
) -> None:
    text = "That day 70 people left by ways that nobody named."
    ledger.add(
        Report("else", text),
        [claim(text, "70", 70, crossing=None, origin="SD", destination="TD")],
        extractor="by hand",
    )
    at = dashboard("map")
    assert "people with no crossing stated" in words(at)
    opened(at, "behind_unplaced")
    behind = "\n".join(text.value for text in at.get_by_key("behind_unplaced").text)
    assert "70 Foreign nationals" in behind


def test_the_timeline_counts_reports_on_request(ledger: Store, dashboard: Run) -> None:
    at = dashboard("timeline")
    at.selectbox(key="count").select("Reports").run()
    assert not at.exception
    assert charts(at)[0]["layout"]["yaxis"]["title"]["text"] == "Reports"


def test_the_map_draws_a_mark_for_each_crossing_with_local_outlines(
    ledger: Store, dashboard: Run
) -> None:
    at = dashboard("map")
    chart = at.get("plotly_chart")[0].proto
    marks = json.loads(chart.spec)["data"][-1]
    assert {row[0] for row in marks["customdata"]} == {"Rafah", "Torkham"}
    assert json.loads(chart.config)["topojsonURL"].startswith("/app/static/")


def test_the_records_page_opens_a_record_that_a_link_names(ledger: Store, dashboard: Run) -> None:
    key = ledger.records().set_index("count_text").loc["88", "record_key"]
    at = dashboard()
    at.query_params["record"] = [key]
    at.switch_page("pages/records.py").run()
    assert "88 · Patients" in "\n".join(head.value for head in at.subheader).replace("\\", "")
    assert "Palestinian sources" in words(at)


def test_the_records_page_lists_each_claim_with_its_speaker(ledger: Store, dashboard: Run) -> None:
    table = dashboard("records").dataframe[0].value
    row = table[table["As written"] == "88"].iloc[0]
    assert row["Who says so"] == "Palestinian sources"
    assert row["Crossing"] == "Rafah"
    assert list(row["Group"]) == ["Patients"]
    assert list(row["Status"]) == ["Expected"]


def test_rivals_shows_the_two_figures_and_a_recommendation_counts_at_once(
    ledger: Store, dashboard: Run
) -> None:
    at = dashboard("rivals")
    assert "81–88" in words(at).replace("\\", "")
    assert {tile.label: tile.value for tile in dashboard("overview").metric}["Expected"] == "481"
    radio = at.radio[0]
    radio.set_value(1)
    why = next(box for box in at.text_input if box.label == "Why")
    why.set_value("the list names each of them")
    at.get("form_submit_button")[0].click().run()
    assert not at.exception
    assert "Recommended" in words(at)
    chosen = ledger.records().query("recommended")
    assert list(chosen["count"]) == [88]
    assert list(chosen["recommended_reason"]) == ["the list names each of them"]
    assert "recommended by a reviewer: the list names each of them" in words(at).replace("\\", "")
    # The totals follow at once, and go back when the choice is withdrawn.
    at.switch_page("pages/overview.py").run()
    assert {tile.label: tile.value for tile in at.metric}["Expected"] == "488"
    at.switch_page("pages/rivals.py").run()
    at.button(key=f"withdraw_{chosen['record_key'].iloc[0]}").click().run()
    at.switch_page("pages/overview.py").run()
    assert {tile.label: tile.value for tile in at.metric}["Expected"] == "481"


def test_removing_a_report_takes_its_claims_away_and_can_be_undone(
    ledger: Store, dashboard: Run
) -> None:
    reports = ledger.reports().set_index("name")
    at = dashboard()
    at.query_params["open"] = [reports.loc["torkham", "key"]]
    at.switch_page("pages/reports.py").run()
    at.button(key="library_remove").click().run()
    assert len(ledger.reports()) == 1
    at.button(key="library_restore").click().run()
    assert len(ledger.reports()) == 2
    assert not at.exception


def test_an_address_opens_an_event_with_all_its_claims_whatever_the_filter(
    ledger: Store, dashboard: Run
) -> None:
    events = reconcile.events(ledger.records()).set_index("best_record")
    records = ledger.records().set_index("count_text")
    at = dashboard(crossing=["Torkham"])
    at.query_params["event"] = [events.loc[records.loc["361", "record_key"], "event_key"]]
    at.switch_page("pages/rivals.py").run()
    assert not at.exception
    assert "best figure **361**" in words(at)
    at.button(key="event_all").click().run()
    assert "best figure **361**" not in words(at)


def test_a_record_that_is_open_has_a_citation_to_copy(ledger: Store, dashboard: Run) -> None:
    key = ledger.records().set_index("count_text").loc["88", "record_key"]
    at = dashboard()
    at.query_params["record"] = [key]
    at.switch_page("pages/records.py").run()
    (told,) = (block.value for block in at.code)
    assert "according to Palestinian sources. “A day at Rafah”, Wire desk, 1 Nov 2023." in told
    assert told.endswith(f"/claims?record={key}")


def test_a_chart_leaves_with_all_that_it_is_drawn_under(
    ledger: Store, dashboard: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes: dict[str, list[str]] = {}

    def buttons(_: object, title: str, *rest: object) -> None:
        footnote = next(one for one in rest if isinstance(one, Footnote))
        notes[title] = footnote.told()

    monkeypatch.setattr(chart_files, "buttons", buttons)
    at = dashboard("map", group=["foreign_national", "returnee"])
    at.select_slider(key="day_crossed").set_value("2023-11-01").run()
    opened(at, "download_map")
    opened(dashboard("timeline", leaving=["PS"]), "download_timeline", "download_running")
    opened(dashboard("overview"), "download_rank_group")
    told = notes["Crossings: people crossed"]
    assert told[0].startswith("The area of a mark goes with its people.")
    kept = "Group: Foreign nationals; Group: Returnees; Status: Crossed; Day: 1 Nov 2023."
    assert told[1] == f"Filter: {kept}"
    assert "outlines are expected, not crossed" in notes["People per day"][0]
    assert notes["People per day"][1] == "Filter: From country: Palestine."
    assert notes["Groups: people who crossed"][1] == "Filter: none."
    assert any(title.startswith("Running totals: ") for title in notes)
