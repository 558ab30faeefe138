"""The queue: which records there are to review, how far the work is, which one is at hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from store.corrections import REVIEW_STATES
from store.doubt import Doubt, open_for_review
from store.rows import Rows
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


@dataclass(frozen=True, eq=False)
class Queue:
    """The records to go through, most doubtful first, and the place of the one at hand.

    `order` are their positions in `judged`; of a million only those that are drawn are taken out.
    """

    judged: Rows
    doubt: Doubt
    order: np.ndarray
    at: int

    def __len__(self) -> int:
        return len(self.order)

    def head(self, most: int) -> pd.DataFrame:
        """The first rows with `doubt` and `why` (see `store.doubt`)."""
        return self.doubt.rows(self.judged, self.order[:most])

    @property
    def current(self) -> dict[str, Any] | None:
        """The record at hand; None for an empty queue."""
        if not len(self):
            return None
        return self.doubt.rows(self.judged, self.order[[self.at]]).iloc[0].to_dict()

    def key(self, steps: int) -> str | None:
        """The record that many steps on; None past the end."""
        place = self.at + steps
        if not 0 <= place < len(self):
            return None
        return str(self.judged["record_key"].iloc[self.order[place]])


def choose(view: View) -> Queue:
    """Draw how far the work is and what to go through; gives the queue."""
    judged = cached.judged(view.chosen)
    rejected = replace(view.chosen, review=("rejected",))
    known, done = len(judged), int((~open_for_review(judged)).sum())
    others = 0
    if not view.chosen.review:
        put_aside = cached.judged(rejected)
        others = len(put_aside)
        known, done = known + others, done + int((~open_for_review(put_aside)).sum())
    st.progress(
        done / max(1, known),
        text=f"{done:,} of {labels.plural(known, 'record')} reviewed",
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
    if scope == "rejected":
        judged, doubt = cached.judged(rejected), cached.doubted(rejected)
    elif scope == "all" and others:
        everyone = replace(view.chosen, review=REVIEW_STATES)
        judged, doubt = cached.judged(everyone), cached.doubted(everyone)
    else:
        doubt = cached.doubted(view.chosen)
    # Looked for in the whole ledger: to take a filter's keys out first costs more.
    place = np.flatnonzero(cached.records()["record_key"] == session.opened(WHERE))
    at_hand = np.isin(judged.index.to_numpy(), place)
    order = doubt.order[_of_scope(judged, at_hand, str(scope))[doubt.order]]
    found = np.flatnonzero(at_hand[order])
    return Queue(judged, doubt, order, int(found[0]) if len(found) else 0)


def _of_scope(judged: Rows, at_hand: np.ndarray, scope: str) -> np.ndarray:
    if scope == "open":
        # The record at hand stays until the next one is called, so that what was done is seen.
        return open_for_review(judged).to_numpy() | at_hand
    if scope == "done":
        return (judged["review"] != "unreviewed").to_numpy()
    return np.ones(len(judged), dtype=bool)
