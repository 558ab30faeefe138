"""The filter that all pages share: in the address, as chips, with counts beside the choices."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from store import address
from store.ledger import Store
from store.query import Filter
from tests.ui.conftest import Run
from ui import facets


def rows(at: AppTest) -> int:
    return len(at.dataframe[0].value)


def test_an_address_reopens_the_view_that_was_sent(ledger: Store, dashboard: Run) -> None:
    at = dashboard("records", group=["patient"], to=["2023-11-01"])
    assert rows(at) == 2
    assert at.multiselect(key="filter_group").value == ["patient"]
    assert at.date_input(key="filter_to").value == date(2023, 11, 1)


def test_a_choice_goes_into_the_address_as_its_code(ledger: Store, dashboard: Run) -> None:
    at = dashboard("records")
    at.multiselect(key="filter_crossing").set_value(["Torkham"]).run()
    assert at.query_params["crossing"] == "Torkham"
    assert rows(at) == 1


def test_the_filter_stays_when_the_page_changes(ledger: Store, dashboard: Run) -> None:
    at = dashboard("overview")
    at.multiselect(key="filter_status").set_value(["expected"]).run()
    at.switch_page("pages/records.py").run()
    assert rows(at) == 3
    assert at.query_params["status"] == "expected"


def test_a_chip_takes_one_choice_out_again(ledger: Store, dashboard: Run) -> None:
    at = dashboard("records", group=["patient"], crossing=["Rafah"])
    at.button(key="chip_group_patient").click().run()
    assert "group" not in at.query_params
    assert at.query_params["crossing"] == "Rafah"
    assert rows(at) == 6


def test_reset_clears_every_choice(ledger: Store, dashboard: Run) -> None:
    at = dashboard("records", group=["patient"], q=["Egypt"])
    at.button(key="filter_reset").click().run()
    assert rows(at) == 7
    assert "q" not in at.query_params


def test_an_address_that_cannot_be_read_is_dropped(ledger: Store, dashboard: Run) -> None:
    at = dashboard("records", **{"from": ["yesterday"]}, confidence=["7"])
    assert not at.exception
    assert rows(at) == 7
    assert "from" not in at.query_params


def test_what_states_nothing_can_be_chosen(ledger: Store, dashboard: Run) -> None:
    at = dashboard("records", speaker=["-"])
    assert set(at.dataframe[0].value["Who says so"]) == {""}


def test_a_choice_carries_the_count_that_the_other_choices_leave(
    ledger: Store, dashboard: Run
) -> None:
    at = dashboard("records", status=["expected"], group=["patient"])
    offered = at.multiselect(key="filter_group").options
    assert offered == ["Patients · 2", "Foreign nationals · 1"]
    assert at.multiselect(key="filter_status").options == ["Expected · 2"]


def counted(frame: pd.DataFrame, name: str) -> facets.Tally:
    parameter = address.BY_NAME[name]
    kept = np.ones(len(frame), dtype=bool)
    return facets.tally(frame[str(parameter.column)], kept, parameter)


def test_of_thousands_of_values_those_with_most_records_are_listed_and_all_are_counted() -> None:
    names = [f"speaker {n:04}" for n in range(3_000)]
    frame = pd.DataFrame({"source": pd.Series([*names, "speaker 2999", None], dtype="category")})
    tally = counted(frame, "speaker")
    assert len(tally.listed) == facets.MOST_LISTED
    assert list(tally.listed)[:3] == ["speaker 2999", "-", "speaker 0000"]
    assert (tally.known, tally.of("speaker 2500"), tally.of("nobody")) == (3_001, 1, 0)
    assert tally.options(("speaker 2500",))[-1] == "speaker 2500"


def test_a_name_that_is_not_listed_is_found_by_a_part_of_it() -> None:
    names = pd.Series(["Omar Haddad", "Rania Haddad", "OCHA", None], dtype="category")
    assert facets.named(names, "haddad", 5) == (["Omar Haddad", "Rania Haddad"], 2)
    assert facets.named(names, "haddad", 1) == (["Omar Haddad"], 2)
    assert facets.named(names, "ocha", 5) == (["OCHA"], 1)
    assert facets.named(names, "nobody", 5) == ([], 0)


def test_a_figure_over_two_nationalities_counts_with_both(ledger: Store) -> None:
    frame = ledger.records()
    frame["nationality"] = "AT|IT"
    tally = counted(frame, "nationality")
    assert tally.listed == {"AT": 7, "IT": 7}


def test_a_chosen_value_is_offered_even_where_no_record_has_it() -> None:
    tally = counted(Store().records(), "group")
    assert tally.options(("patient",)) == ["patient"]


def test_a_store_that_cannot_be_opened_says_why(
    dashboard: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    damaged = tmp_path / "no.db"
    damaged.write_bytes(b"this is no database" * 100)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{damaged}")
    at = dashboard("overview")
    assert not at.exception
    assert "database" in at.error[0].value


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"group": ["patient", "patient", ""]}, Filter(groups=("patient",))),
        ({"from": ["2023-11-01"]}, Filter(date_from=date(2023, 11, 1))),
        ({"confidence": ["0.7"]}, Filter(min_confidence=0.7)),
        ({"confidence": ["nan"], "to": ["2023-13-01"]}, Filter()),
        ({"crossing": ["-"]}, Filter(crossings=("",))),
        ({"q": ["flotilla"], "utm": ["x"]}, Filter(text="flotilla")),
    ],
)
def test_an_address_gives_the_filter_that_it_says(
    raw: dict[str, list[str]], expected: Filter
) -> None:
    assert address.to_filter(address.parse(raw)) == expected


def test_a_command_reads_the_same_filter_from_the_address_that_a_page_shows() -> None:
    params = {"from": ("2023-11-01",), "group": ("patient", "staff"), "speaker": ("-", "A & B")}
    query = address.to_query(params)
    assert address.from_query(f"http://127.0.0.1:8501/claims?{query}") == address.to_filter(params)
    assert address.from_query("") == address.to_filter({})


@pytest.mark.parametrize("query", ["grup=patient", "from=yesterday", "confidence=7", "q="])
def test_a_command_refuses_a_filter_that_cannot_be_read(query: str) -> None:
    with pytest.raises(ValueError, match=query.split("=")[0]):
        address.from_query(query)


def test_a_confidence_shows_how_many_records_it_would_leave(ledger: Store, dashboard: Run) -> None:
    at = dashboard("records", status=["expected"])
    assert at.selectbox(key="filter_confidence").options == ["50% · 3", "70% · 3", "90% · 0"]
    at.selectbox(key="filter_confidence").set_value("0.7").run()
    assert at.query_params["confidence"] == "0.7"
    assert not at.exception
