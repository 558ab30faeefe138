"""Claims and reports that hypothesis makes up, for what must hold whatever the claims are."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from tests.store.claims_made import DAY

Row = dict[str, Any]

DAYS = st.integers(0, 3).map(lambda n: DAY + timedelta(days=n))

ROWS = st.fixed_dictionaries(
    {
        "report": st.sampled_from("abcd"),
        "count": st.integers(0, 60),
        "count_max": st.none() | st.integers(60, 80),
        "qualifier": st.sampled_from(["exact", "about", "at_least", "at_most"]),
        "group": st.sampled_from(
            ["foreign_national", "patient", "resident", "staff", "mixed", "unspecified"]
        ),
        "nationality": st.sampled_from(["", "", "AT", "IT", "AT|IT", "PS", "EG"]),
        "demographic": st.sampled_from([None, None, "children", "women_and_children"]),
        "status": st.sampled_from(["crossed", "crossed", "expected"]),
        "scope": st.sampled_from(["event", "event", "event", "cumulative"]),
        "subset": st.booleans(),
        "date": st.none() | DAYS,
        "date_from": st.none() | DAYS,
        "crossing": st.sampled_from(["Rafah", "RAFAH", "Erez", "Beit Hanoun", None]),
        "origin": st.sampled_from(["PS", "PS", "EG", None]),
        "destination": st.sampled_from(["EG", None]),
        "source": st.none() | st.sampled_from(["a ministry", "a witness"]),
        "unit": st.sampled_from(["people", "people", "people", "families"]),
        "sentence": st.sampled_from(["one", "two"]),
        "recommended": st.booleans(),
    }
)
PUBLISHED = {"a": DAY, "b": DAY + timedelta(days=1), "c": DAY + timedelta(days=1), "d": None}


def apart(worlds: list[list[Row]]) -> list[Row]:
    """Several stories in one frame, each in reports and weeks of its own: one run tests all."""
    rows = []
    for n, world in enumerate(worlds):
        shift = timedelta(days=50 * n)
        for row in world:
            days = {name: row[name] and row[name] + shift for name in ("date", "date_from")}
            names = {"report": f"{row['report']}{n}", "sentence": f"{row['sentence']} {n}"}
            rows.append(row | days | names | {"published": PUBLISHED[row["report"]]})
    return rows


CLAIMS = st.lists(st.lists(ROWS, min_size=1, max_size=12), min_size=1, max_size=6).map(apart)


def searched(examples: int) -> settings:
    """So many examples, each of up to six stories; HYPOTHESIS_EXAMPLES asks for another number."""
    return settings(
        max_examples=int(os.environ.get("HYPOTHESIS_EXAMPLES", examples)), deadline=None
    )
