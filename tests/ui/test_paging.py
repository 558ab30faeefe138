"""A page of a long table holds the rows that sorting all of them would put there."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from ui import paging
from ui.behind import Found
from ui.sections.claims import ORDERS

DAYS = [*pd.date_range("2024-01-01", periods=4), pd.NaT]
ROW = st.tuples(
    st.sampled_from(DAYS),
    st.sampled_from(DAYS),
    st.integers(0, 5),
    st.sampled_from([0.2, 0.5, None]),
    st.sampled_from("abc"),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=30), st.sampled_from(list(ORDERS)), st.integers(1, 12))
def test_pages_one_after_the_other_are_the_whole_table_in_its_order(
    drawn: list[tuple[object, ...]], order: str, size: int
) -> None:
    frame = pd.DataFrame(drawn, columns=["date", "published", "count", "confidence", "report_key"])
    frame = frame.astype({"count": "Int64", "confidence": "Float64"})
    frame = frame.astype({"date": "datetime64[us]", "published": "datetime64[us]"})
    frame["start"] = np.arange(len(frame))
    columns, ascending = ORDERS[order]
    wanted = frame.sort_values(columns, ascending=ascending, kind="stable", na_position="last")
    found = [
        place
        for start in range(0, len(frame), size)
        for place in paging.first_rows(Found(frame), columns, ascending, start, start + size)
    ]
    assert found == list(wanted.index)


def test_a_table_in_pages_says_which_rows_are_shown_and_how_far_it_can_be_turned() -> None:
    assert paging.told(80, 0, 80, 100) == ""
    assert paging.told(250, 100, 200, 100) == "Records 101–200 of 250."
    words = paging.told(1_000_000, 0, 100, 100)
    assert words.startswith("Records 1–100 of 1,000,000; the first 4,000 can be paged through")
