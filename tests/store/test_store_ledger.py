"""Reports come into the store once and whole, and come out as documented frames."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DataError, IntegrityError

from store import schema
from store.engine import StoreError
from store.frame import DTYPES, empty_frame, explode_nationality, nationalities, record_frame
from store.ledger import Store, report_key
from store.query import Filter
from tests.store.claims_made import record, report

TEXT = "On Wednesday 361 foreigners crossed at Rafah, 31 of them Austrians and four Italians."
WIRE = (
    "By nightfall 335 foreigners and dual nationals had walked through the gate at Rafah, an "
    "Egyptian official told reporters who had waited there since the early morning. Ambulances "
    "took the badly wounded to hospitals in the Sinai, and buses stood ready for the others."
)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    opened = Store(database)
    yield opened
    opened.close()


def add_three(store: Store) -> str:
    records = [
        record(TEXT, "361", confidence=0.9, inferred=("crossing", "date")),
        record(TEXT, "31", count=31, nationality=("AT",), subset=True),
        record(TEXT, "four", count=4, nationality=("IT", "AT"), count_max=6, date=None),
    ]
    return store.add(report(TEXT), records, extractor="1", filename="wire.txt").key


def rows_in(store: Store) -> dict[str, int]:
    tables = ("reports", "records", "uploads", "bands", "near_copies")
    with store.engine.connect() as connection:
        return {
            name: connection.execute(sa.text(f"SELECT count(*) FROM {name}")).scalar_one()
            for name in tables
        }


def test_a_report_comes_out_with_what_went_in(store: Store) -> None:
    key = add_three(store)
    frame = store.records()
    row = frame.iloc[0]
    assert list(frame["count"]) == [361, 31, 4]
    assert (row["record_key"] != "") and (row["report_key"] == key)
    assert (row["crossing"], row["origin"], row["group"]) == ("Rafah", "PS", "foreign_national")
    assert (row["date"], row["published"]) == (pd.Timestamp(2023, 11, 1),) * 2
    assert (row["title"], row["publisher"]) == ("At the gate", "Wire desk")
    assert row["inferred"] == "crossing|date"
    assert list(frame["nationality"]) == ["", "AT", "AT|IT"]
    stored = store.text(key)
    assert stored.text[frame["start"][2] : frame["end"][2]] == "four"
    assert stored.added_at.tzinfo is UTC and stored.published == date(2023, 11, 1)


@pytest.mark.parametrize("filled", [True, False])
def test_the_record_frame_has_the_documented_dtypes(store: Store, filled: bool) -> None:
    if filled:
        add_three(store)
    frame = store.records()
    assert list(frame.columns) == list(DTYPES)
    for name, dtype in DTYPES.items():
        wanted = pd.CategoricalDtype if dtype == "category" else None
        found = frame[name].dtype
        assert isinstance(found, wanted) if wanted else found == dtype, name
    for name in ("crossing", "nationality"):
        assert frame[name].cat.categories.dtype == "str"
    pd.testing.assert_index_equal(empty_frame().columns, frame.columns)


def test_the_same_text_twice_is_one_report_with_two_uploads(store: Store) -> None:
    key = add_three(store)
    again = store.add(report(TEXT, id="other"), [record(TEXT, "31")], extractor="2")
    assert (again.status, again.key, again.n_records) == ("already_here", key, 3)
    assert len(store.records()) == 3
    assert list(store.reports()["n_uploads"]) == [2]


def test_a_text_in_another_unicode_form_is_the_same_report() -> None:
    composed = "361 Palästinenser crossed"
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed
    assert report_key(composed) == report_key(decomposed)


def test_a_near_copy_is_kept_and_told(store: Store) -> None:
    first = store.add(report(WIRE), [record(WIRE, "335", count=335)], extractor="1")
    copy = WIRE + " This story was first published elsewhere."
    day = date(2023, 11, 2)
    added = store.add(report(copy, published=day), [record(copy, "335", count=335)], extractor="1")
    other = store.add(report(TEXT), [], extractor="1")
    assert (first.status, added.status, other.status) == ("kept", "near_copy", "kept")
    assert added.near_copy_of == first.key
    told = store.records().set_index("report_key")["near_copy_of"]
    assert told[added.key] == first.key and pd.isna(told[first.key])


def test_the_lead_of_copies_is_the_first_published_whichever_came_first(store: Store) -> None:
    copy = WIRE + " This story was first published elsewhere."
    late = store.add(report(copy, published=date(2023, 11, 3)), [], extractor="1")
    early = store.add(report(WIRE, published=date(2023, 11, 1)), [], extractor="1")
    copies = store.reports().set_index("key")["near_copy_of"]
    assert early.near_copy_of is None
    assert copies[late.key] == early.key
    store.remove(early.key)
    assert store.reports()["near_copy_of"].isna().all()


def test_short_texts_alike_are_no_copies(store: Store) -> None:
    store.add(report("On Monday 31 people crossed at Rafah."), [], extractor="1")
    second = store.add(report("On Monday 31 people crossed at Rafah!"), [], extractor="1")
    assert second.status == "kept"


def test_a_removed_report_is_gone_until_it_is_restored(store: Store) -> None:
    key = add_three(store)
    before = store.records()
    store.remove(key)
    assert store.records().empty and store.reports().empty
    assert list(store.reports(removed=True)["key"]) == [key]
    store.restore(key)
    pd.testing.assert_frame_equal(store.records(), before)


def test_adding_a_removed_report_again_brings_it_back(store: Store) -> None:
    key = add_three(store)
    store.remove(key)
    again = store.add(report(TEXT), [], extractor="1")
    assert (again.status, again.n_records) == ("kept", 3)
    assert len(store.records()) == 3


def test_a_recommendation_is_kept_with_its_reason_and_can_be_withdrawn(store: Store) -> None:
    add_three(store)
    key = store.records()["record_key"][1]
    store.recommend(key, "seen the list")
    marked = store.records().set_index("record_key").loc[key]
    assert marked["recommended"] and marked["recommended_reason"] == "seen the list"
    store.unrecommend(key)
    assert not store.records()["recommended"].any()
    with pytest.raises(ValueError, match="reason"):
        store.recommend(key, " ")


def test_unknown_keys_are_told(store: Store) -> None:
    for ask in (store.text, store.remove, store.restore):
        with pytest.raises(KeyError):
            ask("none")
    with pytest.raises(KeyError):
        store.recommend("none", "why")


def test_every_write_changes_the_version_and_no_reading_does(store: Store) -> None:
    seen = [store.version()]
    key = add_three(store)
    seen.append(store.version())
    store.remove(key)
    seen.append(store.version())
    store.restore(key)
    seen.append(store.version())
    store.recommend(store.records()["record_key"][0], "why")
    seen.append(store.version())
    other = Store(store.url)
    other.add(report("Another 12 crossed."), [], extractor="1")
    seen.append(store.version())
    assert len(set(seen)) == 6
    store.records(), store.reports(), store.text(key)
    assert store.version() == other.version() == seen[-1]


def test_two_stores_have_no_version_in_common(fresh: Callable[[], str]) -> None:
    one, other = Store(fresh()), Store(fresh())
    assert one.version() != other.version()


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"count": -5}, "count -5"),
        ({"count": 10**20}, "count 1000"),
        ({"count": 3.7}, "no whole number"),
        ({"count": True}, "no whole number"),
        ({"count": "12 or so"}, "no whole number"),
        ({"count_max": 12}, "count_max 12"),
        ({"group": "tourist"}, "group"),
        ({"origin": "Gaza"}, "alpha-2"),
        ({"nationality": ("Austria",)}, "alpha-2"),
        ({"date": datetime(2023, 11, 1)}, "no date"),
        ({"confidence": float("nan")}, "confidence"),
        ({"source": "a\0b"}, "NUL"),
        ({"crossing": "\ud800"}, "Unicode"),
        ({"start": 0}, "not at 0"),
    ],
)
def test_a_record_that_breaks_the_contract_is_refused_by_name(
    store: Store, change: dict[str, object], cause: str
) -> None:
    good = record(TEXT, "361")
    with pytest.raises(ValueError, match=cause) as told:
        store.add(report(TEXT), [good, replace(good, **change)], extractor="1")
    assert "a.txt: record 1" in str(told.value)
    assert rows_in(store)["reports"] == 0


@pytest.mark.parametrize("text", ["", " \n", "31 crossed\0", "31 crossed \ud800"])
def test_a_text_that_no_database_should_hold_is_refused(store: Store, text: str) -> None:
    with pytest.raises(ValueError, match=r"a\.txt"):
        store.add(report(text), [], extractor="1")


def test_a_fault_at_any_statement_leaves_no_half_report(store: Store) -> None:
    """The n-th statement of `add` fails, for n = 1, 2, ...: nothing of the report is kept."""
    store.add(report(WIRE), [record(WIRE, "335", count=335)], extractor="1")
    before, version = rows_in(store), store.version()
    copy = WIRE + " With a line added."
    records = [record(copy, "335", count=335)]
    fails_at = 0
    while True:
        fails_at += 1
        if not _add_failing(store, copy, records, fails_at):
            break
        assert rows_in(store) == before
        assert store.version() == version
    # BEGIN, look-up, report, records, candidates, bands, pairs, upload, version at the least.
    assert fails_at > 8
    after = rows_in(store)
    assert (after["reports"], after["records"], after["near_copies"]) == (2, 2, 1)


def _add_failing(store: Store, text: str, records: list, fails_at: int) -> bool:
    """Whether the statement was reached, and failed the adding."""
    done = 0

    def fail(*_: object) -> None:
        nonlocal done
        done += 1
        if done == fails_at:
            raise sqlite3.OperationalError("disk I/O error")

    sa.event.listen(store._engine, "before_cursor_execute", fail)
    try:
        store.add(report(text), records, extractor="1")
    except (sqlite3.OperationalError, StoreError):
        return True
    finally:
        sa.event.remove(store._engine, "before_cursor_execute", fail)
    return False


def test_the_database_itself_refuses_half_numbers_and_strange_words(store: Store) -> None:
    key = add_three(store)
    changes = ["count = 'a dozen'", "count = -1", "count = 2147483648"]
    changes += ["\"group\" = 'tourist'", "status = ''"]
    if store.engine.dialect.name == "sqlite":
        changes.append("count = 3.7")  # PostgreSQL rounds it, which `store.checks` is there for
    for change in changes:
        with pytest.raises((IntegrityError, DataError)), store.engine.begin() as connection:
            connection.execute(sa.text(f"UPDATE records SET {change}"))
    with pytest.raises((IntegrityError, DataError)), store.engine.begin() as connection:
        told = sa.update(schema.reports).where(schema.reports.c.key == key).values(text="a\0b")
        connection.execute(told)


def test_sqlite_is_set_so_that_an_acknowledged_commit_survives(own_ledger: str) -> None:
    with Store(own_ledger).engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    assert found == ["wal", 2, 1, 30_000]


def test_a_store_that_cannot_be_opened_says_where_and_why(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="memory"):
        Store("sqlite://")
    (tmp_path / "not.db").write_text("no database at all " * 100)
    with pytest.raises(StoreError, match=r"not\.db"):
        Store(f"sqlite:///{tmp_path / 'not.db'}")


def test_the_default_store_is_the_one_that_the_environment_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'deep' / 'my.db'}")
    Store().close()
    assert (tmp_path / "deep" / "my.db").exists()


def test_records_of_a_filter_are_those_that_the_filter_keeps(store: Store) -> None:
    key = add_three(store)
    store.add(
        report("Another 12 crossed."),
        [record("Another 12 crossed.", "12", count=12)],
        extractor="1",
    )
    whole = store.records()
    for chosen in (
        Filter(date_from=date(2023, 11, 1)),
        Filter(date_to=date(2023, 10, 1)),
        Filter(reports=(key,), nationalities=("AT",)),
        Filter(text="austrians"),
    ):
        wanted = chosen.apply(whole).reset_index(drop=True)
        found = store.records(chosen)
        pd.testing.assert_frame_equal(found, wanted, check_categorical=False)


def test_nationalities_can_be_taken_apart(store: Store) -> None:
    add_three(store)
    frame = store.records()
    assert nationalities(frame) == ["AT", "IT"]
    assert list(explode_nationality(frame)["nationality"]) == ["", "AT", "AT", "IT"]


def test_a_frame_with_a_strange_word_is_refused() -> None:
    with pytest.raises(ValueError, match="tourist"):
        record_frame([{"group": "tourist"}])
