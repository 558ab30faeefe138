"""What reviewers said judges a reading, and leaves as gold files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.gold import measured, write
from store.ledger import Store
from store.review import Figure
from tests.gold.check import faults
from tests.store.claims_made import record, report

TEXT = (
    "On Wednesday 361 foreigners crossed at Rafah, 31 of them Austrians. "
    "Another 12 patients crossed. Forty ambulances waited, 12 of them damaged."
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = Store(f"sqlite:///{tmp_path / 'ledger.db'}")
    records = [
        record(TEXT, "361", group="resident"),
        record(TEXT, "31", count=31, nationality=("AT",), subset=True),
        record(TEXT, "Forty", count=40),
    ]
    opened.add(report(TEXT), records, extractor="1")
    return opened


def review_all(store: Store) -> None:
    keys = store.records().set_index("count_text")["record_key"]
    store.review.accept(keys["361"], {"group": "foreign_national"}, "they are named", base=0)
    store.review.accept(keys["31"], base=0)
    store.review.reject(keys["Forty"], base=0)
    start = TEXT.index("12 patients")
    values = {"count": 12, "group": "patient", "crossing": "Rafah"}
    store.review.add(store.reports()["key"].iloc[0], Figure(start, start + 2, values))


def test_nothing_is_measured_before_anything_was_reviewed(store: Store) -> None:
    assert store.review.gold() == []


def test_a_correction_is_a_miss_a_rejection_is_made_up_an_addition_was_missed(store: Store) -> None:
    review_all(store)
    total = measured(store.review.gold())
    # Two of three that were read are figures, of three that there are; one has the right group.
    assert (total.found, total.gold, total.right["figure"], total.right["ledger"]) == (3, 3, 2, 1)


def test_what_nobody_has_looked_at_is_neither_right_nor_wrong(store: Store) -> None:
    keys = store.records().set_index("count_text")["record_key"]
    store.review.accept(keys["31"], base=0)
    found = store.review.gold()
    total = measured(found)
    assert (total.found, total.gold, total.right["full"]) == (1, 1, 1)
    printed = [row | {"article": found[0]["id"]} for row in found[0]["read"]]
    elsewhere = printed[0] | {"count": 40, "start": TEXT.index("Forty"), "end": len(TEXT)}
    assert measured(found, [*printed, elsewhere]).found == 1


def test_a_fully_reviewed_report_leaves_as_a_gold_file(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "gold"
    keys = store.records()["record_key"]
    store.review.accept(keys[0], base=0)
    assert write(store.review.gold(), out) == 0
    store.review.undo(int(store.review.latest()["act"].iloc[0]))
    version = int(store.records()["review_version"].iloc[0])
    store.review.correct(keys[0], {"count": 362}, base=version)
    store.review.undo(int(store.review.latest()["act"].iloc[0]))
    for row in store.records().to_dict("records"):
        base = int(row["review_version"])
        if row["count_text"] == "Forty":
            store.review.reject(row["record_key"], base=base)
        else:
            store.review.accept(row["record_key"], base=base)
    start = TEXT.index("12 of them")
    store.review.add(store.reports()["key"].iloc[0], Figure(start, start + 2, {"count": 12}))
    assert write(store.review.gold(), out) == 1
    article = json.loads(next(out.glob("*.json")).read_text(encoding="utf-8"))
    assert list(faults(article)) == []
    assert [gold["count_text"] for gold in article["records"]] == ["361", "31", "12"]
    assert article["records"][2]["occurrence"] == 2
