"""Rival claims as marks on the timeline, each with the claims of its event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from ui import cards, labels
from ui.behind import places
from ui.figures.axis import bin_start

MOST_MARKS: Final = 120
"""The marks with the largest differences; more would hide each other, and slow the browser."""
MOST_IN_BIN: Final = 6
_COLUMNS: Final = ["date", "status", "value", "words", "record_keys"]


@dataclass(frozen=True)
class Marks:
    """The marks that are drawn, and how many rival claims there are.

    `drawn` has the columns `date` (of the bin), `status`, `value`, `words`, `record_keys` (the
    event's, with a space between them).
    """

    drawn: pd.DataFrame
    known: int

    @classmethod
    def none(cls) -> Marks:
        """No mark, where no rival claim is to be drawn."""
        return cls(pd.DataFrame([], columns=_COLUMNS), 0)


def rival_marks(
    rivals: pd.DataFrame, daily: pd.DataFrame, judged: pd.DataFrame, freq: str
) -> Marks:
    """Rival claims at the height that their bar would have with that figure.

    `rivals` as `reconcile.rivals` gives it, largest difference first, `daily` the chart's bars,
    `judged` the claims. The largest differences are drawn, at most `MOST_MARKS`.
    """
    statuses = list(daily["status"].unique())
    drawable = rivals["date"].notna() & (rivals["unit"] == "people")
    drawable &= rivals["status"].isin(statuses)
    rivals = rivals[drawable]
    told = judged["role"].eq("rival") & judged["date"].notna() & judged["unit"].eq("people")
    known = int((told & judged["status"].isin(statuses)).sum())
    tops = daily.groupby(["date", "status"], observed=True)["best"].sum()
    rows: list[dict[str, Any]] = []
    in_bin: dict[tuple[pd.Timestamp, str], int] = {}
    for event in rivals.head(4 * MOST_MARKS).to_dict("records"):
        if len(rows) >= MOST_MARKS:
            break
        day, status = bin_start(event["date"], freq), str(event["status"])
        top = int(tops.get((day, status), 0))
        claims = judged.loc[places([event["record_keys"]], judged)]
        for claim in claims[claims["role"] == "rival"].to_dict("records"):
            if in_bin.get((day, status), 0) >= MOST_IN_BIN:
                break
            in_bin[day, status] = in_bin.get((day, status), 0) + 1
            rows.append(
                {
                    "date": day,
                    "status": status,
                    "value": max(0, top - int(event["best"]) + int(claim["count"])),
                    "words": _words(claim, event),
                    "record_keys": " ".join(event["record_keys"]),
                }
            )
    return Marks(pd.DataFrame(rows, columns=_COLUMNS), max(known, len(rows)))


def _words(claim: dict[str, Any], event: dict[str, Any]) -> str:
    return (
        f"{cards.figure(claim)} {labels.value('group', claim['group']).lower()}, "
        f"says {cards.speaker(claim)}; best figure {labels.number(event['best'])}"
    )
