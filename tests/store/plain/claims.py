"""Claims made ready for the rules, and the first rule: a story told twice is one story."""

from __future__ import annotations

import numpy as np
import pandas as pd

NO_DAY = -(10**9)
"""In `first` and `last`: the day is not known."""

MOVEMENT = ("crossing", "origin", "destination", "group", "nationality", "demographic")
"""The fields that say where people moved and who they are."""

_WORDS = (*MOVEMENT, "status", "scope", "unit", "qualifier", "source", "publisher")
_SAME_CLAIM = ["lead", "low", "high", "first", "last", *MOVEMENT, "status", "scope", "unit"]
_OWN_PEOPLE = ("resident", "patient", "companion")
"""Groups that come from the place left where nothing else is said of them."""

_PEOPLE_FIELDS = [
    "record_key",
    "report_key",
    "sentence",
    "count_text",
    "subset",
    "start",
    "published",
    "recommended",
    "recommended_reason",
]


def prepared(claims: pd.DataFrame) -> pd.DataFrame:
    """The fields of a record frame that the rules read, with plain dtypes, and rule 1's verdict.

    Index: 0 to n-1 in the order of `claims`. Words are str with "" for a missing one, `low` and
    `high` the claim's own bounds (int64), `first` and `last` its days since 1970 (int64, `NO_DAY`
    when unknown; the same for an event of one day), `lead` the report that leads the family of
    near copies, `voice` who says so (the speaker, else the publisher, else the lead), `peoples` the
    nationality as far as it tells these people from others ("" for the place's own), `running`
    whether it is a running total, `repeat` whether it stands in a copy and says what the family
    said already, `told_by` the row of the claim that it repeats (else its own).
    """
    c = claims[_PEOPLE_FIELDS].reset_index(drop=True).copy()
    for name in _WORDS:
        c[name] = claims[name].astype("str").fillna("").array
    c["low"] = claims["count"].astype("int64").array
    c["high"] = claims["count_max"].fillna(claims["count"]).astype("int64").array
    c["high"] = c[["low", "high"]].max(axis=1)
    c["last"] = _days(claims["date"])
    first = _days(claims["date_from"])
    c["lead"] = claims["near_copy_of"].fillna(claims["report_key"]).astype("str").array
    c["voice"] = _voices(c)
    c["peoples"] = _peoples(c)
    c["running"] = c["scope"] == "cumulative"
    # A first day after the last one was misread: the day that is sure is the last.
    unknown = (first == NO_DAY) | (first > c["last"])
    c["first"] = np.where(unknown, c["last"].where(~c["running"], NO_DAY), first)
    return _with_repeats(c)


def _days(column: pd.Series) -> np.ndarray:
    days = column.to_numpy(dtype="datetime64[D]")
    return np.where(np.isnat(days), NO_DAY, days.astype("int64"))


def _peoples(c: pd.DataFrame) -> pd.Series:
    """The nationality that tells a claim's people from others: "" where it tells nothing.

    "81 wounded Palestinians" and "88 wounded", both out of Palestine, are rival figures for the
    same patients: the name of the place's own people adds nothing. Not so for the people of no
    stated group, where "200 Palestinians" are a part of "500 people".
    """
    own = c["group"].isin(_OWN_PEOPLE) & (c["nationality"] == c["origin"])
    return c["nationality"].where(~own, "")


def _voices(c: pd.DataFrame) -> pd.Series:
    speaker = c["source"].str.casefold().str.strip()
    own = ("publisher: " + c["publisher"].str.casefold()).where(c["publisher"] != "", c["lead"])
    return speaker.where(speaker != "", own)


def _with_repeats(c: pd.DataFrame) -> pd.DataFrame:
    """Rule 1: of one claim in several copies the lead's counts, the others are repeats."""
    copied = c["lead"] != c["report_key"]
    c["repeat"] = False
    c["told_by"] = c.index
    if not copied.any():
        return c
    inside = c[c["lead"].isin(c.loc[copied, "lead"])].assign(copied=copied)
    ranked = inside.sort_values(["copied", "published", "report_key"], kind="stable")
    first = ranked.assign(row=ranked.index).groupby(_SAME_CLAIM, sort=False)["row"]
    c.loc[ranked.index, "told_by"] = first.transform("first")
    c["repeat"] = c["report_key"] != c["report_key"].loc[c["told_by"]].array
    # A reviewer who marked the copy's claim meant the claim, whichever report is the lead.
    same = inside.groupby(_SAME_CLAIM, sort=False)
    c.loc[inside.index, "recommended"] = same["recommended"].transform("any")
    c.loc[inside.index, "recommended_reason"] = same["recommended_reason"].transform("first")
    return c
