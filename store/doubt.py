"""Which records a reviewer should look at first, and why, in words."""

from __future__ import annotations

import numpy as np
import pandas as pd

UNFIT = {
    "reading_changed": "the rules now read it otherwise than when it was reviewed",
    "not_read": "the rules no longer read this figure",
}
_UNKNOWN = 0.5
_FILLED_IN = 0.1
_RIVALS = 0.25


def by_doubt(judged: pd.DataFrame) -> pd.DataFrame:
    """Claims (a frame as `reconcile.judge` gives it) with `doubt` and `why`, most doubtful first.

    `doubt` (Float64) is how unsure the reading is (1 less its confidence, 0.5 where that was not
    estimated), more by 0.1 for each field that was filled in and by 0.25 where sources differ on
    the event; a review that no longer fits the rules comes before all of these. `why` (str) says
    so for a reader. Ties stand in the order of reports and text.
    """
    filled = judged["inferred"].astype("str").map(_how_many).astype("float64")
    odds = set(judged.loc[judged["role"] == "rival", "event_key"].dropna())
    differ = judged["event_key"].isin(odds)
    unfit = judged["review_fit"].notna()
    sure = judged["confidence"].astype("Float64")
    doubt = 1 - sure.fillna(_UNKNOWN) + _FILLED_IN * filled + _RIVALS * differ + 10 * unfit
    words = [_why(*told) for told in zip(judged["review_fit"], sure, filled, differ, strict=True)]
    frame = judged.assign(doubt=doubt, why=np.array(words, dtype=object))
    return frame.sort_values("doubt", ascending=False, kind="stable")


def open_for_review(judged: pd.DataFrame) -> pd.Series:
    """True for claims that nobody has reviewed, or whose review no longer fits the rules."""
    return (judged["review"] == "unreviewed") | judged["review_fit"].notna()


def _how_many(inferred: str) -> int:
    return len(inferred.split("|")) if inferred else 0


def _why(fit: object, sure: float, filled: float, differ: bool) -> str:
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
