"""One figure that is two, or two that are one: split and join."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from store.review import Figure
from ui import cached, cards, labels, safe, session
from ui.review import acts, missed


def draw(row: dict[str, Any], siblings: pd.DataFrame) -> None:
    """Splitting the record at hand, and joining it with another of its report."""
    key, base = str(row["record_key"]), int(row["review_version"])
    with st.expander("Split into two figures, or join with another"):
        _split(row, key, base)
        others = siblings[siblings["record_key"] != key]
        if others.empty:
            st.caption("The report has no other figure to join it with.")
        else:
            _join(key, base, others)


def _split(row: dict[str, Any], key: str, base: int) -> None:
    st.markdown("**Split**: two figures stand in its place, each with its own words.")
    with st.form(f"split_{key}_{base}", border=False):
        for at in (0, 1):
            words, count, group = st.columns([2, 1, 2])
            words.text_input(
                f"Words of figure {at + 1}",
                value=str(row["count_text"]),
                key=f"split_words_{at}_{key}",
            )
            count.number_input(
                f"People in figure {at + 1}",
                min_value=0,
                value=int(row["count"]),
                step=1,
                key=f"split_count_{at}_{key}",
            )
            group.selectbox(
                f"Group of figure {at + 1}",
                list(labels.GROUPS),
                index=list(labels.GROUPS).index(str(row["group"])),
                format_func=labels.GROUPS.__getitem__,
                key=f"split_group_{at}_{key}",
            )
        st.form_submit_button("Split", on_click=_do_split, args=(row, key, base))


def _do_split(row: dict[str, Any], key: str, base: int) -> None:
    text = cached.report(row["report_key"]).text
    figures = []
    for at in (0, 1):
        words = str(session.read(f"split_words_{at}_{key}") or "")
        start = missed.find(text, words, near=int(row["start"]))
        if start is None:
            session.keep_notice(
                "warning", f"Not saved: “{safe.markdown(words)}” is not in the report."
            )
            return
        values = {
            "count": session.read(f"split_count_{at}_{key}"),
            "group": session.read(f"split_group_{at}_{key}"),
        }
        figures.append(Figure(start, start + len(words.strip()), values))
    review = cached.ledger().review
    if acts.tried(lambda: review.split(key, figures, base=base), "Split in two."):
        acts.finished()


def _join(key: str, base: int, others: pd.DataFrame) -> None:
    st.markdown("**Join**: this record is kept, and the other one, the same figure, is rejected.")
    rows = {str(one["record_key"]): one for one in others.to_dict("records")}
    with st.form(f"join_{key}_{base}", border=False):
        st.selectbox(
            "The other figure",
            list(rows),
            format_func=lambda one: safe.plain(
                f"{cards.figure(rows[one])}, {cards.people(rows[one])}: {rows[one]['sentence']}", 90
            ),
            key=f"join_other_{key}",
        )
        versions = {one: int(row["review_version"]) for one, row in rows.items()}
        st.form_submit_button("Join", on_click=_do_join, args=(key, base, versions))


def _do_join(key: str, base: int, versions: dict[str, int]) -> None:
    other = str(session.read(f"join_other_{key}"))
    seen = versions[other]
    review = cached.ledger().review
    if acts.tried(lambda: review.join(key, other, base=base, other_base=seen), "Joined into one."):
        acts.finished()
