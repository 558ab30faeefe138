"""Rival claims as marks on the timeline, each with the claims of its event."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ui import cards, labels
from ui.figures.axis import bin_start


def rival_marks(
    rivals: pd.DataFrame, daily: pd.DataFrame, judged: pd.DataFrame, freq: str
) -> pd.DataFrame:
    """Each rival claim at the height that its bar would have with that figure.

    `rivals` as `reconcile.rivals` gives it, `daily` the chart's bars, `judged` the claims; columns
    `date` (of the bin), `status`, `value`, `words`, `record_keys` (the event's, with a space
    between them).
    """
    tops = daily.groupby(["date", "status"], observed=True)["best"].sum()
    rows: list[dict[str, Any]] = []
    told = judged.set_index("record_key")
    for event in rivals.to_dict("records"):
        if labels.missing(event["date"]) or event["unit"] != "people":
            continue
        day = bin_start(event["date"], freq)
        top = int(tops.get((day, event["status"]), 0))
        for key in event["record_keys"]:
            claim = told.loc[key].to_dict()
            if claim["role"] != "rival":
                continue
            rows.append(
                {
                    "date": day,
                    "status": str(event["status"]),
                    "value": max(0, top - int(event["best"]) + int(claim["count"])),
                    "words": _words(claim, event),
                    "record_keys": " ".join(event["record_keys"]),
                }
            )
    return pd.DataFrame(rows, columns=["date", "status", "value", "words", "record_keys"])


def _words(claim: dict[str, Any], event: dict[str, Any]) -> str:
    return (
        f"{cards.figure(claim)} {labels.value('group', claim['group']).lower()}, "
        f"says {cards.speaker(claim)}; best figure {labels.number(event['best'])}"
    )
