"""Lists of record keys in a column: made when they are looked at, and kept through pandas."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from store.behind import KeyLists, Keys, gathered

NAMES = pd.Series(["c", "a", "b", "d"], dtype="str")


def column() -> pd.Series:
    """Two groups: the keys "a", "c" and the keys "b", "d"."""
    return pd.Series(gathered(NAMES, np.arange(4), np.array([0, 0, 1, 1]), 2))


def told(lists: pd.Series) -> list[tuple[str, ...] | None]:
    return [None if keys is None else tuple(keys) for keys in lists]


def test_a_list_reads_as_a_sorted_tuple() -> None:
    assert told(column()) == [("a", "c"), ("b", "d")]
    assert isinstance(column().iloc[1], Keys)


def test_rows_are_picked_ordered_and_joined_as_other_columns_are() -> None:
    one, other = column(), column()[[False, True]]
    assert told(pd.concat([one, other], ignore_index=True)) == [("a", "c"), ("b", "d"), ("b", "d")]
    assert told(one.iloc[::-1]) == [("b", "d"), ("a", "c")]
    frame = pd.DataFrame({"day": [2, 1], "keys": one}).sort_values("day")
    assert [row["keys"] for row in frame.to_dict("records")] == [("b", "d"), ("a", "c")]


def test_a_row_without_a_list_is_missing() -> None:
    wider = column().reindex([0, 5])
    assert told(wider) == [("a", "c"), None]
    assert list(wider.isna()) == [False, True]


def test_as_objects_they_stay_lists_of_their_own() -> None:
    values = column().astype(object).to_numpy()
    assert values.shape == (2,)
    assert values[0] == ("a", "c")


def test_keys_are_found_and_not_given() -> None:
    with pytest.raises(TypeError, match="not given"):
        KeyLists._from_sequence([("a",)])
