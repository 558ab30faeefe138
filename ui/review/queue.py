"""The queue: which records there are to review, how far the work is, which one is at hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd
import streamlit as st

from store.doubt import by_doubt, open_for_review
from ui import cached, labels, session
from ui.shell import View

WHERE: Final = "review"
WAYS: Final = {
    "one": "One at a time",
    "grid": "In a grid",
    "missed": "Missed figures",
    "history": "History",
}
SCOPES: Final = {
    "open": "To review",
    "done": "Reviewed",
    "rejected": "Rejected",
    "all": "All",
}


@dataclass(frozen=True)
class Queue:
    """The records to go through, most doubtful first, and the place of the one at hand."""

    rows: pd.DataFrame
    at: int

    @property
    def current(self) -> dict[str, Any] | None:
        """The record at hand; None for an empty queue."""
        return None if self.rows.empty else self.rows.iloc[self.at].to_dict()

    def key(self, steps: int) -> str | None:
        """The record that many steps on; None past the end."""
        place = self.at + steps
        return str(self.rows["record_key"].iloc[place]) if 0 <= place < len(self.rows) else None


def choose(view: View) -> Queue:
    """Draw how far the work is and what to go through; gives the queue."""
    judged = cached.judged(view.chosen)
    rejected = cached.judged(replace(view.chosen, review=("rejected",)))
    everything = judged if view.chosen.review else pd.concat([judged, rejected])
    done = int((~open_for_review(everything)).sum())
    st.progress(
        done / max(1, len(everything)),
        text=f"{done:,} of {labels.plural(len(everything), 'record')} reviewed",
    )
    scope = st.segmented_control(
        "Records",
        list(SCOPES),
        default="open",
        format_func=SCOPES.__getitem__,
        required=True,
        key="review_scope",
        bind="query-params",
        label_visibility="collapsed",
    )
    rows = by_doubt(_of_scope(judged, rejected, everything, str(scope)))
    keys = list(rows["record_key"])
    opened = session.opened(WHERE)
    return Queue(rows, keys.index(opened) if opened in keys else 0)


def _of_scope(
    judged: pd.DataFrame, rejected: pd.DataFrame, everything: pd.DataFrame, scope: str
) -> pd.DataFrame:
    if scope == "open":
        # The record at hand stays until the next one is called, so that what was done is seen.
        at_hand = judged["record_key"] == session.opened(WHERE)
        return judged[open_for_review(judged) | at_hand]
    if scope == "done":
        return judged[judged["review"] != "unreviewed"]
    return rejected if scope == "rejected" else everything
