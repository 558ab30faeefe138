"""Rules 2 and 3: claims about the same thing are one event, and one of them is its best figure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from store.revisions import is_taken_back
from tests.store.plain.parts import wholes
from tests.store.plain.places import place_keys

_KEY = ("first", "last", "place", "group", "peoples", "demographic", "status", "unit")

ABOUT = 0.1
"""Two figures of which one is "about" are at odds only when they are further apart than this."""

_EXACTNESS = {"exact": 0, "about": 1, "at_least": 2, "at_most": 2}


def keyed(c: pd.DataFrame) -> pd.DataFrame:
    """Prepared claims (`store.claims`) with `place`, `event` and `part_of` (str, "" for none).

    An event is one day or period, place, group, nationality (`peoples`), demographic, status and
    unit; that key is kept as `base`. A part whose whole is another kind of figure ("500
    foreigners, of whom 40 are staff"), or the same kind ("4,200, of whom 88 before noon"), is an
    event of its own, told from one that stands alone by the event it is part of: without that it
    would be added to its whole, or taken for a rival of it.
    """
    c = c.assign(place=place_keys(c))
    key = c["scope"].where(c["running"], "event").str.cat([_day_key(c)])
    for name in _KEY[2:]:
        key = key.str.cat(c[name], sep="|")
    plain: list[str] = key.tolist()
    low: list[int] = c["low"].tolist()
    inner = {row: part for row, part in wholes(c).items() if part.alike or not part.by_fields}
    event, part_of = list(plain), [""] * len(plain)

    def full(row: int) -> str:
        if row not in inner:
            return plain[row]
        # Parts that no field tells apart are told apart by their size.
        size = f" ({low[row]})" if inner[row].alike else ""
        return f"{plain[row]}{size} in ({full(inner[row].whole)})"

    for row, part in inner.items():
        event[row], part_of[row] = full(row), full(part.whole)
    c = c.assign(event=event, base=plain, part_of=part_of)
    # A copy may be cut: what its claim is part of is told by the claim that it repeats.
    return c.assign(event=c["event"].loc[c["told_by"]].array)


def _day_key(c: pd.DataFrame) -> pd.Series:
    return "|" + c["first"].astype("str") + "|" + c["last"].astype("str")


def with_revised(c: pd.DataFrame) -> pd.DataFrame:
    """Adds `revised` (bool): the claim's own report takes it back for another of the event."""
    group = c.groupby(["report_key", "event"], sort=False)["low"]
    several = group.transform("max") > group.transform("min")
    taken = pd.Series(False, index=c.index)
    for row in c.index[several]:
        taken[row] = is_taken_back(c.at[row, "sentence"], c.at[row, "count_text"])
    # Where every figure of the event is called earlier, there is none that replaces it.
    stands = (
        (~taken & ~c["repeat"]).groupby([c["report_key"], c["event"]], sort=False).transform("any")
    )
    return c.assign(revised=taken & stands)


def ranked(c: pd.DataFrame) -> pd.DataFrame:
    """The claims that may be an event's best, best first within each event (rule 3).

    A reviewer's recommendation, else the latest report's figure. Within a report: the exact one
    (then "about", then "at least" and "at most"), then what more voices state, then what is told
    first. Between reports of one day: the more exact, then what more voices state, then the
    lower. The last keys only fix the order of claims that say the same. Adds `exactness`,
    `voices` and `told` (the claim's rank within its report).
    """
    standing = c[~c["repeat"] & ~c["revised"]]
    exactness = standing["qualifier"].map(_EXACTNESS).astype("int64")
    voices = standing.groupby(["event", "low", "high"], sort=False)["voice"].transform("nunique")
    standing = standing.assign(exactness=exactness, voices=voices).sort_values(
        ["event", "report_key", "exactness", "voices", "start", "record_key"],
        ascending=[True, True, True, False, True, True],
    )
    told = standing.groupby(["event", "report_key"], sort=False).cumcount()
    return standing.assign(told=told).sort_values(
        ["event", "recommended", "published", "told", "exactness", "voices", "low", "high"]
        + ["report_key", "start", "record_key"],
        ascending=[True, False, False, True, True, False, True, True, True, True, True],
        na_position="last",
    )


def event_table(c: pd.DataFrame) -> pd.DataFrame:
    """One row an event over keyed claims with `revised`; index: the event's key, sorted.

    Columns: those of the key, `running` (a running total is an event of its own kind),
    `crossing`, `base`, `part_of`, `origin`, `destination`, `nationality` (the one that most claims
    state, of claims for the place's own people), `low`, `best`, `high` (int64,
    low <= best <= high), `low_open`, `high_open`, `conflict` (bool), `n_claims`, `n_sources`,
    `n_reports`, `n_places` (int64), `best_row` (row of `c`), `best_reason` (str).
    """
    order = ranked(c)
    by_event = order.groupby("event", sort=True)
    table = by_event[[*_KEY, "running", "crossing", "base", "part_of"]].first()
    for name in ("origin", "destination", "nationality"):
        table[name] = _usual(order, name).reindex(table.index, fill_value="")
    best = order.drop_duplicates("event")
    return table.assign(
        low=by_event["low"].min(),
        best=best.set_index("event")["low"],
        high=by_event["high"].max(),
        low_open=(order["qualifier"] == "at_most").groupby(order["event"]).any(),
        high_open=(order["qualifier"] == "at_least").groupby(order["event"]).any(),
        conflict=_conflicts(order),
        n_claims=by_event.size(),
        n_sources=by_event["voice"].nunique(),
        n_reports=by_event["lead"].nunique(),
        n_places=c.groupby("event")["report_key"].nunique().reindex(table.index),
        best_row=pd.Series(best.index, index=best["event"]),
        best_reason=_reasons(order, c),
    )


def _conflicts(order: pd.DataFrame) -> pd.Series:
    """Whether two voices, or one in two reports, say what cannot both be true (bool by event)."""
    lowest, highest = _reach(order)
    reach = order.assign(lowest=lowest, highest=highest)
    said = reach.groupby(["event", "voice", "lead"]).agg({"lowest": "min", "highest": "max"})
    by_event = said.groupby("event")
    return by_event["lowest"].max() > by_event["highest"].min()


def at_odds(claims: pd.DataFrame, others: pd.DataFrame) -> pd.Series:
    """Whether each claim says other than the claim in the same row of `others` (bool)."""
    lowest, highest = _reach(claims)
    other_lowest, other_highest = _reach(others)
    return np.maximum(lowest, other_lowest) > np.minimum(highest, other_highest)


def _reach(claims: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The least and the most that each claim's words allow (float)."""
    word = claims["qualifier"]
    about = word == "about"
    lowest = (claims["low"] * (1 - ABOUT * about)).where(word != "at_most", 0.0)
    highest = (claims["high"] * (1 + ABOUT * about)).where(word != "at_least", np.inf)
    return lowest, highest


def _usual(order: pd.DataFrame, name: str) -> pd.Series:
    """The value that most claims of an event state, the first in the alphabet of equals."""
    stated = order[order[name] != ""]
    counted = stated.groupby(["event", name]).size().rename("n").reset_index()
    counted = counted.sort_values(["event", "n", name], ascending=[True, False, True])
    return counted.drop_duplicates("event").set_index("event")[name]


def _reasons(order: pd.DataFrame, c: pd.DataFrame) -> pd.Series:
    """Why the best claim of each event is the best: what first sets it apart from the next."""
    best = order.drop_duplicates("event").set_index("event")
    mine = best.loc[order["event"]]
    other = (order["low"].to_numpy() != mine["low"].to_numpy()) | (
        order["high"].to_numpy() != mine["high"].to_numpy()
    )
    rival = order[other].drop_duplicates("event").set_index("event").reindex(best.index)
    alone = rival["low"].isna()
    revising = c.loc[c["revised"], "event"].unique()
    later = (best["published"] > rival["published"]) | (
        best["published"].notna() & rival["published"].isna()
    )
    day = best["published"].dt.strftime("%Y-%m-%d").fillna("")
    told: Sequence[tuple[pd.Series, pd.Series | str]] = (
        (
            best["recommended"],
            "recommended by a reviewer: " + best["recommended_reason"].fillna(""),
        ),
        (alone & best.index.isin(revising), "it revises an earlier figure"),
        (alone & (order.groupby("event").size() == 1), "the only claim"),
        (alone, "all claims agree"),
        (later, "from the latest report, of " + day),
        (best["exactness"] < rival["exactness"], "the more exact figure"),
        (best["voices"] > rival["voices"], "stated by more sources"),
        (best["report_key"] == rival["report_key"], "told first in its report"),
    )
    reason = pd.Series("nothing sets the claims apart: the lower is taken", index=best.index)
    for holds_, words in reversed(told):
        reason = reason.mask(holds_.astype(bool), words)
    return reason
