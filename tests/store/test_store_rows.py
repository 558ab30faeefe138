"""Rows of a frame that are taken out when asked for read as the frame that they stand for."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from store.rows import Rows

FRAME = pd.DataFrame(
    {
        "status": pd.Categorical(["crossed", "expected", "crossed", "waiting"]),
        "count": pd.array([10, 20, None, 40], dtype="Int64"),
        "text": pd.array(["a", None, "c", "d"], dtype="str"),
    }
)


@pytest.mark.parametrize("at", [None, np.array([0, 2, 3]), np.array([], dtype="int64")])
def test_columns_masks_and_places_give_what_the_frame_gives(at: np.ndarray | None) -> None:
    plain = FRAME if at is None else FRAME.iloc[at]
    role = np.arange(len(plain))
    rows, plain = Rows(FRAME, at, {"role": role}), plain.assign(role=role)
    assert (len(rows), rows.empty, rows.columns) == (len(plain), plain.empty, list(plain.columns))
    for name in plain.columns:
        pd.testing.assert_series_equal(rows[name], plain[name])
    some = plain["status"] == "crossed"
    pd.testing.assert_frame_equal(rows[some], plain[some])
    pd.testing.assert_frame_equal(rows[["text", "role"]], plain[["text", "role"]])
    pd.testing.assert_frame_equal(rows.take(np.arange(len(plain))[::-1]), plain.iloc[::-1])
    pd.testing.assert_frame_equal(rows.head(2), plain.head(2))
    pd.testing.assert_frame_equal(rows.frame(), plain)


def test_what_is_taken_out_keeps_what_was_noted_of_the_whole() -> None:
    assert Rows(FRAME, None, attrs={"chosen": "all"}).head(1).attrs == {"chosen": "all"}


def test_a_column_that_is_not_there_is_told() -> None:
    rows = Rows(FRAME)
    assert "status" in rows and "nobody" not in rows
    with pytest.raises(KeyError, match="nobody"):
        rows["nobody"]
