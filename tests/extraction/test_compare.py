"""The comparison that the confidence is fitted on says what the published scorer says."""

from __future__ import annotations

import random
from typing import Any

import pytest

from extraction.fitting import compare
from store import scoring
from tests.gold import score

GOLD = [article for article in score.load() if article["records"]]
WRONG: dict[str, list[Any]] = {
    "count": [7],
    "count_max": [None, 900],
    "group": ["other", "mixed"],
    "status": ["waiting", "expected"],
    "date": [None, "1999-01-01"],
    "scope": ["event", "cumulative"],
    "subset": [True, False, None],
    "nationality": [[], ["DE"], ["DE", "AT"]],
    "crossing": [None, "", "Rafah", "rafah crossing", "Nowhere"],
    "origin": [None, "PS", "DE"],
    "destination": [None, "EG", "DE"],
    "source": [None, "the ministry", "Ministry of Health"],
    "demographic": ["children"],
    "unit": ["families"],
}


def blurred(records: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    """The records as a poor reader would find them: some left out, doubled or wrong."""
    out = [dict(r) for r in records for _ in range(chance.choice((0, 1, 1, 1, 2)))]
    for record in out:
        for name in chance.sample(sorted(WRONG), chance.choice((0, 0, 1, 2, 4))):
            record[name] = chance.choice(WRONG[name])
    chance.shuffle(out)
    return out


@pytest.mark.parametrize("seed", range(3))
def test_the_same_pairs_and_the_same_whole_records_as_the_scorer(seed: int) -> None:
    chance = random.Random(seed)
    for article in GOLD:
        gold, found = article["records"], blurred(article["records"], chance)
        theirs = score.match(gold, found)
        ours = [(gold[i], found[j]) for i, j in compare.pairs(gold, found)]
        assert [(id(g), id(f)) for g, f in ours] == [(id(g), id(f)) for g, f in theirs]
        records = [{**record, "article": article["id"]} for record in found]
        total = score.score([article], records)
        assert sum(compare.wholly_right(gold, found)) == total.right["full"]


@pytest.mark.parametrize("name", scoring.FIELDS)
def test_each_field_is_judged_as_by_the_scorer(name: str) -> None:
    chance = random.Random(name)
    for article in GOLD:
        for gold in article["records"]:
            for found in blurred([gold], chance):
                assert compare.agrees(name, gold, found) is score.same(name, gold, found)


def test_the_fields_of_a_whole_record_are_the_scorers() -> None:
    assert compare.WHOLE == scoring.LEDGER + scoring.FULL
