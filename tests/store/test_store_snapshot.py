"""Records in memory follow the store, whatever was written, by reading only what changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from store import kept, reconcile
from store import shelf as shelves
from store.access import local_user
from store.engine import StoreError
from store.ledger import Store
from store.query import Filter
from store.review import Figure
from store.shelf import Shelf
from store.snapshot import Snapshot, renewed, taken
from tests.store.claims_made import DAY, record, report

WIRE = (
    "By nightfall 335 foreigners and dual nationals had walked through the gate at Rafah, an "
    "Egyptian official told reporters who had waited there since the early morning. Ambulances "
    "took the badly wounded to hospitals in the Sinai, and buses stood ready for the others."
)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    opened = Store(database).signed_by(local_user("Ana"))
    yield opened
    opened.close()


def add(store: Store, text: str, days: int = 0, **fields: Any) -> str:
    told = [record(text, "335", count=335, **fields)]
    made = report(text, published=DAY + timedelta(days=days))
    return store.add(made, told, extractor="1").key


def followed(store: Store, old: Snapshot) -> Snapshot:
    """The snapshot brought up to date; it must be what a whole reading gives."""
    now, whole = renewed(store.engine, old), taken(store.engine)
    pd.testing.assert_frame_equal(now.frame, whole.frame, check_categorical=False)
    assert (now.version, now.act) == (whole.version, whole.act)
    return now


def test_each_kind_of_write_is_followed(store: Store) -> None:
    seen = followed(store, taken(store.engine))
    first = add(store, WIRE, days=1)
    seen = followed(store, seen)
    copy = add(store, WIRE + " One line more.", crossing="Erez", count_max=400)
    seen = followed(store, seen)
    assert seen.frame["near_copy_of"].notna().sum() == 1
    add(store, "335 others left.", days=-3, source="a witness")
    seen = followed(store, seen)
    key = str(seen.frame.loc[seen.frame["report_key"] == first, "record_key"].iloc[0])
    store.recommend(key, "the ministry's list")
    seen = followed(store, seen)
    assert seen.frame["recommended"].sum() == 1
    store.review.correct(key, {"count": 340, "crossing": "Kerem Shalom"}, base=0)
    seen = followed(store, seen)
    store.review.add(first, Figure(0, 2, {"count": 2, "unit": "people"}), "missed")
    seen = followed(store, seen)
    store.remove(copy)
    seen = followed(store, seen)
    assert seen.frame["near_copy_of"].isna().all()
    store.restore(copy)
    seen = followed(store, seen)
    store.read_again(first, [record(WIRE, "335", count=335, group="staff")], extractor="2")
    seen = followed(store, seen)
    store.unrecommend(key)
    assert followed(store, seen).frame["recommended"].sum() == 0


def test_nothing_written_is_nothing_read(store: Store) -> None:
    add(store, WIRE)
    seen = taken(store.engine)
    assert renewed(store.engine, seen) is seen


def test_readers_of_one_version_share_what_is_worked_out(store: Store) -> None:
    add(store, WIRE)
    shelf, made = Shelf(store), []
    views = shelf.current()
    assert shelf.current() is views
    for _ in range(2):
        assert views.once("sum", 1, lambda: made.append(1) or len(made)) == 1
    with pytest.raises(ZeroDivisionError):
        views.once("sum", 2, lambda: 1 // 0)
    assert views.once("sum", 2, lambda: 5) == 5


def test_a_reader_sees_at_once_what_was_written_to_a_small_store(store: Store) -> None:
    shelf = Shelf(store)
    assert len(shelf.current().frame) == 0
    add(store, WIRE)
    assert len(shelf.current().frame) == 1


def test_a_reader_of_a_large_store_goes_on_with_what_there_is(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "PATIENT", 0)
    monkeypatch.setattr(shelves, "GLANCE", 0.01)
    go_on = threading.Event()

    def slow(*args: Any) -> Snapshot:
        assert go_on.wait(60)
        return renewed(*args)

    shelf = Shelf(store, tmp_path / "views")
    assert len(shelf.current().frame) == 0
    monkeypatch.setattr(shelves, "renewed", slow)
    add(store, WIRE)
    assert len(shelf.current().frame) == 0
    go_on.set()
    monkeypatch.setattr(shelves, "GLANCE", 60)
    assert len(shelf.current().frame) == 1


def test_a_large_store_rests_between_two_renewals(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "PATIENT", 0)
    monkeypatch.setattr(shelves, "GLANCE", 60)
    monkeypatch.setattr(shelves, "REST", 1e6)
    shelf = Shelf(store, tmp_path / "views")
    assert len(shelf.current().frame) == 0
    add(store, WIRE)
    assert len(shelf.current().frame) == 1
    add(store, "335 others left.", nationality=("AT", "IT"))
    assert len(shelf.current().frame) == 1
    shelf._rests_until = 0.0
    assert len(shelf.current().frame) == 2


def test_a_reader_is_told_of_a_store_that_cannot_be_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Snapshot:
        raise StoreError("the store failed")

    shelf = Shelf(store)
    monkeypatch.setattr(shelves, "taken", broken)
    with pytest.raises(StoreError, match="the store failed"):
        shelf.current()
    monkeypatch.setattr(shelves, "taken", taken)
    assert len(shelf.current().frame) == 0


def test_a_large_store_is_kept_for_the_next_start(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "PATIENT", 1)
    add(store, WIRE, source="an official")
    add(store, WIRE + " One line more.")
    add(store, "335 others left.", nationality=("AT", "IT"), subset=True)
    folder = tmp_path / "views"
    before = Shelf(store, folder).current()
    until_kept(folder, before.snapshot.version)

    def unread(*_: Any) -> Snapshot:
        raise AssertionError("the store was read")

    monkeypatch.setattr(shelves, "taken", unread)
    after = Shelf(store, folder).current()
    pd.testing.assert_frame_equal(after.frame, before.frame)
    for view in (reconcile.judge, reconcile.events, reconcile.totals):
        pd.testing.assert_frame_equal(view(after.whole), view(before.whole))
    wire = Filter(sources=("an official",)).mask(after.frame)
    assert reconcile.totals(reconcile.narrowed(after.ready, wire))["best"].tolist() == [335]


def test_what_other_code_or_another_store_kept_is_not_read(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, WIRE)
    views = Shelf(store, tmp_path).current()
    kept.write(tmp_path, views.snapshot, views.whole)
    identity = views.snapshot.version.partition("-")[0]
    assert kept.read(tmp_path, identity) is not None
    assert kept.read(tmp_path, "another") is None
    (next(tmp_path.glob(f"{identity}*")) / "shape.json").write_text("cut", encoding="utf-8")
    assert kept.read(tmp_path, identity) is None
    kept.write(tmp_path, views.snapshot, views.whole)
    monkeypatch.setattr(kept, "made_by", lambda: "others")
    assert kept.read(tmp_path, identity) is None


def until_kept(folder: Path, version: str) -> None:
    """Wait for the thread that keeps this version."""
    for _ in range(1_000):
        if list(folder.glob(f"{version}-*")):
            return
        time.sleep(0.01)
    raise AssertionError("nothing was kept")
