"""The text around each figure, for the W3C TextQuoteSelector of its place in the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import pandas as pd

AROUND = 32
"""Characters before and after; the model leaves their number open."""

Texts = Callable[[Sequence[str]], Iterable[tuple[str, str]]]
"""Gives (key, text) of the reports with these keys."""


def with_quotes(frame: pd.DataFrame, texts: Texts) -> pd.DataFrame:
    """The record frame with `quote_prefix` and `quote_suffix` (str, NaN where no text is kept).

    Texts are read one after the other and not held.
    """
    before: list[str | None] = [None] * len(frame)
    after: list[str | None] = [None] * len(frame)
    start, end = frame["start"].tolist(), frame["end"].tolist()
    rows = frame.reset_index(drop=True).groupby("report_key", sort=False, observed=True).indices
    for key, text in _in_batches(texts, list(rows)):
        for row in rows[key]:
            before[row] = text[max(0, start[row] - AROUND) : start[row]]
            after[row] = text[end[row] : end[row] + AROUND]
    columns = {"quote_prefix": before, "quote_suffix": after}
    return frame.assign(
        **{name: pd.Series(cells, frame.index, dtype="str") for name, cells in columns.items()}
    )


def _in_batches(texts: Texts, keys: Sequence[str], size: int = 400) -> Iterator[tuple[str, str]]:
    for at in range(0, len(keys), size):
        yield from texts(keys[at : at + size])
