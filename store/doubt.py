"""Which records a reviewer should look at first, and why, in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from store.rows import Claims

UNFIT = {
    "reading_changed": "the rules now read it otherwise than when it was reviewed",
    "not_read": "the rules no longer read this figure",
}
_UNKNOWN = 0.5
_FILLED_IN = 0.1
_RIVALS = 0.25


@dataclass(frozen=True, eq=False)
class Doubt:
    """How doubtful each row of a judged frame is, and the rows most doubtful first.

    `score` (float64) is how unsure the reading is (1 less its confidence, 0.5 where that was not
    estimated), more by 0.1 for each field that was filled in and by 0.25 where sources differ on
    the event (`differ`, bool); a review that no longer fits the rules comes before all of these.
    `order` are positions; ties stand in the order of reports and text.
    """

    score: npt.NDArray[np.float64]
    differ: npt.NDArray[np.bool_]
    filled: npt.NDArray[np.int64]
    order: npt.NDArray[np.int64]

    def rows(self, judged: Claims, at: npt.NDArray[np.int64]) -> pd.DataFrame:
        """The rows of the frame at these positions with `doubt` (Float64) and `why` (str), which
        says so for a reader."""
        some = judged.take(at)
        told = zip(
            some["review_fit"],
            some["confidence"].astype("Float64"),
            self.filled[at],
            self.differ[at],
            strict=True,
        )
        words = np.array([_why(*one) for one in told], dtype=object)
        return some.assign(doubt=pd.array(self.score[at], dtype="Float64"), why=words)


def doubted(judged: Claims) -> Doubt:
    """The doubt of claims (a frame as `reconcile.judge` gives it)."""
    inferred = judged["inferred"].astype("category")
    many = np.array([_how_many(str(kind)) for kind in inferred.cat.categories] + [0], dtype="int64")
    filled = many[inferred.cat.codes.to_numpy()]
    # Pages hold numbers of events (-1: none) and no keys.
    told = judged["event"].where(judged["event"] >= 0) if "event" in judged else judged["event_key"]
    event, kinds = pd.factorize(told)
    rival = (judged["role"] == "rival").to_numpy()
    odds = np.zeros(len(kinds) + 1, dtype=bool)
    odds[event[rival & (event >= 0)]] = True
    differ = odds[event]  # the last entry stands for no event
    sure = judged["confidence"].to_numpy(dtype="float64", na_value=np.nan)
    unfit = judged["review_fit"].notna().to_numpy()
    score = 1 - np.where(np.isnan(sure), _UNKNOWN, sure)
    score += _FILLED_IN * filled + _RIVALS * differ + 10 * unfit
    return Doubt(score, differ, filled, np.argsort(-score, kind="stable"))


def open_for_review(judged: Claims) -> pd.Series:
    """True for claims that nobody has reviewed, or whose review no longer fits the rules."""
    return (judged["review"] == "unreviewed") | judged["review_fit"].notna()


def _how_many(inferred: str) -> int:
    return len(inferred.split("|")) if inferred else 0


def _why(fit: object, sure: float, filled: int, differ: bool) -> str:
    parts = []
    if isinstance(fit, str):
        parts.append(UNFIT[fit])
    if not pd.isna(sure):
        parts.append(f"{sure:.0%} sure")
    if filled:
        parts.append(f"{int(filled)} field{'' if filled == 1 else 's'} filled in")
    if differ:
        parts.append("sources differ")
    return ", ".join(parts)
