"""The rules run in order over a record frame, and what they make of each claim."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from store.query import standing
from tests.store.plain.claims import prepared
from tests.store.plain.events import at_odds, event_table, keyed, with_revised
from tests.store.plain.tree import Forest, build, counted

ROLES = ("best", "support", "rival", "repeat", "revised", "running_total", "rejected")
LEFT_OUT = (
    "running_total",
    "part",
    "exceeded",
    "rival",
    "support",
    "repeat",
    "revised",
    "families",
    "rejected",
)


@dataclass(frozen=True)
class Reconciled:
    """A record frame after the rules; every view of `store.reconcile` reads from it.

    `claims`: the frame as given. `told`: its rows that no reviewer rejected, prepared
    (`store.claims`) and keyed (`store.events`), index 0 to n-1. `table`: the events of people
    and of families. `totals`: running totals as a table of the same shape. `forest`: the events of
    people.
    """

    claims: pd.DataFrame
    told: pd.DataFrame
    table: pd.DataFrame
    totals: pd.DataFrame

    @cached_property
    def people(self) -> pd.DataFrame:
        """The events of people, in the order of the forest's nodes."""
        return self.table[self.table["unit"] == "people"]

    @cached_property
    def forest(self) -> Forest:
        """The events of people as trees (`store.tree`)."""
        return build(self.people)

    @cached_property
    def judged(self) -> pd.DataFrame:
        """Index as `told`: `role`, `reason`, `left_out` (str, "" where counted)."""
        return _judged(self)


def reconcile(claims: pd.DataFrame) -> Reconciled:
    """Run the rules over a record frame (`store.frame`) or any slice of one."""
    told = with_revised(keyed(prepared(standing(claims))))
    table = event_table(told)
    return Reconciled(claims, told, table[~table["running"]], table[table["running"]])


def _judged(r: Reconciled) -> pd.DataFrame:
    told = r.told
    both = pd.concat([r.table, r.totals])
    best_row = told["event"].map(both["best_row"]).astype("int64")
    why = told["event"].map(both["best_reason"]).astype("str")
    best = told.loc[best_row].set_index(told.index)
    is_best = best_row == told.index
    odds = at_odds(told, best)
    figure = best["low"].map("{:,}".format).astype("str")
    verdict = told["event"].map(dict(zip(r.people.index, counted(r.forest), strict=True)))
    role = np.select(
        [told["repeat"], told["running"], told["revised"], is_best, odds],
        ["repeat", "running_total", "revised", "best", "rival"],
        "support",
    )
    left_out = np.select(
        [role != "best", told["unit"] == "families", verdict != "counted"],
        [role, "families", verdict.astype("str").fillna("part")],
        "",
    )
    reason = np.select(
        [role == word for word in ROLES[1:-1]] + [left_out == "part", left_out == "exceeded"],
        [
            "says what the event is counted with, " + figure,
            "differs from " + figure + ", which is taken: " + why,
            "a near copy of this report says the same",
            "its own report gives " + figure + " in its place",
            "a running total is never added to days",
            why + "; part of another figure",
            why + "; its parts add up to more",
        ],
        why,
    )
    return pd.DataFrame({"role": role, "reason": reason, "left_out": left_out}, index=told.index)
