"""How many records each choice of the filter would leave, the other choices standing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from store import address

MOST_LISTED = 100
"""Choices that a widget lists; of thousands, the others are found by their names."""


@dataclass(frozen=True, eq=False)
class Tally:
    """Records for each value of one parameter, as the address writes values ("-": not stated).

    `listed` are the values with most records (ties by name), with their counts; `known` how many
    values have any. `names` and `counts` are those of all values.
    """

    listed: dict[str, int]
    known: int
    names: pd.Index
    counts: np.ndarray

    def of(self, text: str) -> int:
        """The records of one value; 0 for an unknown one."""
        if (n := self.listed.get(text)) is not None:
            return n
        return int(self.counts[self.names.get_loc(text)]) if text in self.names else 0

    def options(self, chosen: tuple[str, ...]) -> list[str]:
        """The choices to offer, largest first, what is chosen always among them."""
        return [*self.listed, *(one for one in chosen if one not in self.listed)]


def others(params: address.Params, name: str) -> address.Params:
    """All parameters but one: what the counts beside that one's choices are taken over."""
    return {other: texts for other, texts in params.items() if other != name}


def tally(column: pd.Series, kept: np.ndarray, parameter: address.Parameter) -> Tally:
    """Count one column of a record frame over the rows that are kept (bool, one a row).

    A record of two nationalities counts in both. Values without a record are left out.
    """
    if not isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype("category")
    # The codes begin with -1, which stands for nothing stated.
    codes = column.cat.codes.to_numpy()
    found = np.bincount(codes[kept].astype("int64") + 1, minlength=len(column.cat.categories) + 1)
    names = pd.Index([address.UNSTATED_WORD], dtype="str").append(
        column.cat.categories.astype("str")
    )
    if parameter.name == "nationality" or "" in column.cat.categories:
        found, names = _split(names, found)
    here = np.flatnonzero(found)
    first = here
    if len(here) > MOST_LISTED:
        least = np.partition(found[here], -MOST_LISTED)[-MOST_LISTED]
        ties = here[found[here] == least]
        # Of many with the same count those stand first whose names do; categories are sorted.
        first = np.concatenate([here[found[here] > least], ties[:MOST_LISTED]])
    ranked = sorted((-found[at], str(names[at]), at) for at in first)[:MOST_LISTED]
    listed = {name: int(found[at]) for _, name, at in ranked}
    return Tally(listed, len(here), names, found)


def _split(names: pd.Index, found: np.ndarray) -> tuple[np.ndarray, pd.Index]:
    """Counts of single values where they stand as "AT|IT", and "" as nothing stated."""
    tallied: Counter[str] = Counter()
    for name, number in zip(names, found, strict=True):
        for part in str(name).split("|"):
            tallied[part or address.UNSTATED_WORD] += int(number)
    return np.array(list(tallied.values())), pd.Index(list(tallied), dtype="str")


def named(column: pd.Series, words: str, most: int) -> tuple[list[str], int]:
    """The values of a column that hold these words, without regard to case: the shortest few, and
    how many there are. One that is these words alone is the only one."""
    kinds = column.cat.categories if isinstance(column.dtype, pd.CategoricalDtype) else column
    texts = pd.Series(kinds, dtype="str").dropna().drop_duplicates()
    wanted = words.strip().casefold()
    found = texts[texts.str.casefold().str.contains(wanted, regex=False)]
    same = found[found.str.casefold() == wanted]
    hits = same if len(same) else found
    ranked = sorted(hits, key=lambda text: (len(text), text))
    return [str(text) for text in ranked[:most]], len(hits)
