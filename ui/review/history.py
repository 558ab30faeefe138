"""What was said of a record, by whom, when and why; each act can be taken back."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from ui import cached, labels, people, safe
from ui.review import acts

WORDS: Final = {
    "accept": "accepted",
    "correct": "corrected",
    "reject": "rejected",
    "mark": "added a missed figure",
    "split": "split",
    "join": "joined",
    "undo": "took an act back",
}


def of_record(record_key: str) -> None:
    """The history of one record, oldest first; nothing where it was never reviewed."""
    try:
        told = cached.ledger().review.history(record_key)
    except KeyError:
        return
    if told.empty:
        return
    with st.expander(f"History: {labels.plural(told['act'].nunique(), 'act')}"):
        for act, rows in told.groupby("act", sort=True):
            said = []
            for row in rows.to_dict("records"):
                words = acts.said_of(row["field"], row["value"])
                if not labels.missing(row["machine"]):
                    words += f" (read: {acts.said_of(row['field'], row['machine'])})"
                said.append(words)
            _act(int(str(act)), rows.iloc[0].to_dict(), "; ".join(said), "record")


def latest() -> None:
    """The newest acts of review in the whole ledger."""
    told = cached.ledger().review.latest()
    if told.empty:
        st.info("Nobody has reviewed anything yet.", icon=":material/history:")
        return
    frame = cached.records()
    frame = frame[frame["record_key"].isin(set(told["record_key"]))].set_index("record_key")
    for row in told.to_dict("records"):
        about = "a figure that is not in the ledger now"
        if row["record_key"] in frame.index:
            found = frame.loc[row["record_key"]]
            about = f"“{found['count_text']}” in {found['title'] or found['article']}"
        _act(int(row["act"]), row, safe.markdown(about, 120), "latest")


def _act(act: int, row: dict[str, Any], words: str, where: str) -> None:
    struck = "~~" if row["undone"] else ""
    why = "" if labels.missing(row["reason"]) or not row["reason"] else f" – {row['reason']}"
    told, button = st.columns([6, 1], vertical_alignment="center")
    with told:
        st.markdown(
            f"{labels.day(row['at'])} {pd.Timestamp(row['at']):%H:%M} UTC, "
            f"**{safe.markdown(row['who'], 60)}** {WORDS.get(row['what'], row['what'])}: "
            f"{struck}{words}{struck}{safe.markdown(why, 200)}",
        )
    with button:
        if people.may_edit() and not row["undone"]:
            st.button(
                "Take back",
                key=f"undo_{where}_{act}",
                on_click=acts.undo,
                args=(act,),
            )
