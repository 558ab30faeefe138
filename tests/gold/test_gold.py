"""The gold set is sound, its split fair, and its scorer and checker do what they say."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from tests.gold import check
from tests.gold.accuracy import BEGIN, END, between, table
from tests.gold.score import HERE, load, match, same, score

GOLD = load()
SPLIT = json.loads((HERE / "split.json").read_text(encoding="utf-8"))


def as_found(articles: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Gold records as an extractor without fault would print them."""
    return [{**gold, "article": a["id"]} for a in articles for gold in a["records"]]


@pytest.mark.parametrize("article", GOLD, ids=lambda article: article["id"])
def test_an_annotation_keeps_the_rules_and_stands_in_its_text(article: dict[str, Any]) -> None:
    assert list(check.faults(article)) == []


def test_there_are_119_reports_with_ids_of_their_own() -> None:
    assert len({article["id"] for article in GOLD}) == len(GOLD) == 119


def test_the_split_covers_every_report_once_and_each_region_on_both_sides() -> None:
    fitting, checking = SPLIT["fitting"], SPLIT["checking"]
    assert sorted(fitting + checking) == sorted(article["id"] for article in GOLD)
    assert 3.5 < len(fitting) / len(checking) < 4.5
    regions = [{i.rsplit("-", 1)[0] for i in side} for side in (fitting, checking)]
    assert regions[0] == regions[1]


def test_a_split_is_loaded_by_its_name() -> None:
    assert [article["id"] for article in load(split="checking")] == SPLIT["checking"]


def test_records_without_fault_score_one_at_every_level() -> None:
    total = score(GOLD, as_found(GOLD))
    assert [total.f1(level) for level in ("figure", "ledger", "full")] == [1.0, 1.0, 1.0]
    assert total.whole == len(GOLD)
    assert set(total.field_accuracy().values()) == {1.0}
    assert total.misses == []


def test_nothing_printed_scores_nought_and_names_each_miss() -> None:
    total = score(GOLD, [])
    assert [total.f1(level) for level in ("figure", "ledger", "full")] == [0.0, 0.0, 0.0]
    assert len(total.misses) == total.gold
    assert total.field_accuracy() == {}


def test_a_record_printed_twice_counts_once_as_made_up() -> None:
    found = as_found(GOLD)
    total = score(GOLD, [*found, dict(found[0])])
    precision, recall, _ = total.level("figure")
    assert (precision, recall) == (total.gold / (total.gold + 1), 1.0)
    assert [miss.split()[0] for miss in total.misses] == ["made"]


def test_a_record_of_an_unknown_article_counts_as_made_up() -> None:
    stray = {**as_found(GOLD)[0], "article": "no such report"}
    total = score(GOLD, [stray])
    assert (total.found, total.right["figure"]) == (1, 0)


@pytest.mark.parametrize(
    ("name", "wrong", "levels"),
    [
        ("count", 987654, (0, 0, 0)),
        ("count_max", 987654, (0, 0, 0)),
        ("status", "refused", (1, 0, 0)),
        ("group", "other", (1, 0, 0)),
        ("date", "1999-01-01", (1, 0, 0)),
        ("nationality", ["ZZ"], (1, 1, 0)),
        ("source", "somebody else altogether", (1, 1, 1)),
    ],
)
def test_a_wrong_field_costs_the_levels_that_ask_for_it(
    name: str, wrong: Any, levels: tuple[int, int, int]
) -> None:
    article = copy.deepcopy(next(a for a in GOLD if a["id"] == "gaza-03"))
    article["records"] = article["records"][:1]
    found = [{**article["records"][0], "article": "gaza-03", name: wrong}]
    total = score([article], found)
    assert tuple(total.right.values()) == levels


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ({"crossing": "Rafah"}, {"crossing": "Rafah crossing"}, True),
        ({"crossing": "Rafah", "origin": "PS"}, {"crossing": None, "origin": "PS"}, True),
        ({"crossing": "Rafah", "origin": "PS"}, {"crossing": "Erez", "origin": None}, False),
        ({"crossing": "Rafah"}, {"crossing": None}, False),
        ({"origin": "SD", "destination": None}, {"origin": "SD", "destination": "TD"}, True),
        ({}, {"crossing": "Rafah"}, True),
    ],
)
def test_a_place_is_right_by_its_crossing_or_by_the_ends_that_gold_names(
    gold: dict[str, Any], found: dict[str, Any], right: bool
) -> None:
    assert same("place", gold, found) is right


def test_of_two_same_figures_the_likest_are_matched() -> None:
    base = {"count": 40, "group": "patient", "status": "crossed", "date": "2023-11-01"}
    gold = [base, {**base, "status": "expected"}]
    found = [{**base, "status": "expected"}, base]
    assert all(g["status"] == f["status"] for g, f in match(gold, found))


BROKEN = [
    ({"count_text": "nowhere"}, "stands 0 times"),
    ({"count_text": ""}, "stands 0 times"),
    ({"count_text": "40"}, "give 'occurrence'"),
    ({"count": 0}, "count is 0"),
    ({"count": True}, "count is True"),
    ({"count_max": 85}, "count_max is 85"),
    ({"status": "gone"}, "status is 'gone'"),
    ({"origin": "Gaza"}, "origin is 'Gaza'"),
    ({"nationality": "PS"}, "nationality is 'PS'"),
    ({"date": "1 November"}, "date is '1 November'"),
    ({"date_from": "2023-11-02"}, "lies after date"),
    ({"gruop": "patient"}, "unknown field 'gruop'"),
]


@pytest.mark.parametrize(("change", "message"), BROKEN)
def test_the_checker_names_what_is_wrong(change: dict[str, Any], message: str) -> None:
    good = {
        **dict.fromkeys(check.FIELDS),
        "count": 85,
        "count_text": "85",
        "qualifier": "exact",
        "unit": "people",
        "group": "patient",
        "nationality": [],
        "status": "crossed",
        "scope": "event",
        "subset": False,
        "date": "2023-11-01",
    }
    article = {"id": "a", "published": None, "text": "85 left, 40 stayed, 40 waited."}
    assert list(check.faults({**article, "records": [good]})) == []
    (fault,) = check.faults({**article, "records": [{**good, **change}]})
    assert message in fault


def test_the_accuracy_table_replaces_only_what_stands_between_its_markers() -> None:
    new = table(score(GOLD, as_found(GOLD)), "by way of trial")
    page = between(f"head\n{BEGIN}\nold\n{END}\ntail\n", new)
    assert page.startswith("head\n") and page.endswith("\ntail\n") and "old" not in page
    assert "| figure | the number is right | 1.000 | 1.000 | 1.000 |" in page
    with pytest.raises(ValueError, match="once each"):
        between("no markers", new)
