"""Which claims are behind a number, and which of them it leaves out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Behind:
    """The record keys of the claims behind a number: those it counts, and those it leaves out."""

    used: frozenset[str]
    left: frozenset[str]

    @classmethod
    def of(cls, totals: pd.DataFrame) -> Behind:
        """What is behind rows of `reconcile.totals` or `reconcile.daily`."""
        used = {key for keys in totals["record_keys"] for key in keys}
        left = {key for keys in totals["left_out_keys"] for key in keys}
        return cls(frozenset(used), frozenset(left - used))

    @classmethod
    def among(cls, judged: pd.DataFrame, record_keys: Iterable[str]) -> Behind:
        """These claims, counted or left out as they are in the whole."""
        found = judged[judged["record_key"].isin(set(record_keys))]
        out = found["left_out"].notna()
        return cls(
            frozenset(found.loc[~out, "record_key"]), frozenset(found.loc[out, "record_key"])
        )

    def claims(self, judged: pd.DataFrame) -> pd.DataFrame:
        """The claims with `left_out` as it is for this number.

        The 31 Austrians of "361, including 31 Austrians" are part of another figure in a total,
        and counted in a bar of Austrians.
        """
        found = judged[judged["record_key"].isin(self.used | self.left)]
        counted = found["record_key"].isin(self.used)
        return found.assign(left_out=found["left_out"].fillna("part").mask(counted))

    def __or__(self, other: Behind) -> Behind:
        """What is behind two numbers: what one of them counts is counted."""
        used = self.used | other.used
        return Behind(used, (self.left | other.left) - used)


NOTHING = Behind(frozenset(), frozenset())
