"""Rival claims as marks on the timeline, each with the claims of its event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from store.rows import Claims
from ui import cards, labels
from ui.behind import rows_of
from ui.figures.axis import bin_starts

MOST_MARKS: Final = 120
"""The marks with the largest differences; more would hide each other, and slow the browser."""
MOST_EVENTS: Final = 4 * MOST_MARKS
"""Events that are looked at for them."""
MOST_IN_BIN: Final = 6
_COLUMNS: Final = ["date", "status", "value", "words", "event"]
_TOLD: Final = [*cards.SPOKEN, "group", "bin", "status"]


@dataclass(frozen=True)
class Marks:
    """The marks that are drawn, and how many rival claims there are.

    `drawn` has the columns `date` (of the bin), `status`, `value`, `words`, `event` (the key of
    the record that its event is counted with).
    """

    drawn: pd.DataFrame
    known: int

    @classmethod
    def none(cls) -> Marks:
        """No mark, where no rival claim is to be drawn."""
        return cls(pd.DataFrame([], columns=_COLUMNS), 0)


def rival_marks(rivals: pd.DataFrame, daily: pd.DataFrame, judged: Claims, freq: str) -> Marks:
    """Rival claims at the height that their bar would have with that figure.

    `rivals` as `reconcile.rivals` gives it, largest difference first, `daily` the chart's bars,
    `judged` the claims. The largest differences are drawn, at most `MOST_MARKS`.
    """
    statuses = list(daily["status"].unique())
    drawable = rivals["date"].notna() & (rivals["unit"] == "people")
    drawable &= rivals["status"].isin(statuses)
    rivals = rivals[drawable]
    drawn = judged["role"].eq("rival") & judged["date"].notna() & judged["unit"].eq("people")
    known = int((drawn & judged["status"].isin(statuses)).sum())
    tops = daily.groupby(["date", "status"], observed=True)["best"].sum()
    found = _largest(rivals.head(MOST_EVENTS), judged, freq)
    # Rows one by one, and all their columns, cost more than the whole chart.
    told = rivals[["best", "best_record"]].iloc[found["event"].to_numpy()]
    rows: list[dict[str, Any]] = []
    for claim, best, key in zip(
        found[_TOLD].to_dict("records"),
        told["best"].astype("int64").tolist(),
        told["best_record"],
        strict=True,
    ):
        top = int(tops.get((claim["bin"], claim["status"]), 0))
        rows.append(
            {
                "date": claim["bin"],
                "status": str(claim["status"]),
                "value": max(0, top - best + int(claim["count"])),
                "words": _words(claim, best),
                "event": key,
            }
        )
    return Marks(pd.DataFrame(rows, columns=_COLUMNS), max(known, len(rows)))


def _largest(rivals: pd.DataFrame, judged: Claims, freq: str) -> pd.DataFrame:
    """The rival claims of these events in their order: judged rows with `event`, the number of
    theirs, and `bin`; at most `MOST_MARKS`, and `MOST_IN_BIN` in each bin and status."""
    lists = [rows_of(keys, judged) for keys in rivals["record_keys"]]
    if not lists:
        return judged.head(0).assign(event=[], bin=[])
    labels_, event = np.concatenate(lists), np.repeat(np.arange(len(lists)), [*map(len, lists)])
    is_rival = (judged["role"] == "rival").to_numpy()
    at = np.searchsorted(judged.index.to_numpy(), labels_)
    at, event = at[is_rival[at]], event[is_rival[at]]
    bins = bin_starts(rivals["date"], freq).iloc[event].array
    status = rivals["status"].astype("str").iloc[event].array
    slots = pd.DataFrame({"bin": bins, "status": status})
    nth = slots.groupby(["bin", "status"]).cumcount().to_numpy()
    kept = np.flatnonzero(nth < MOST_IN_BIN)[:MOST_MARKS]
    return judged.take(at[kept]).assign(event=event[kept], bin=bins[kept], status=status[kept])


def _words(claim: dict[str, Any], best: int) -> str:
    return (
        f"{cards.figure(claim)} {labels.value('group', claim['group']).lower()}, "
        f"says {cards.speaker(claim)}; best figure {labels.number(best)}"
    )
