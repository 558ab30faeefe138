"""Events on which sources differ: the claims side by side, and a recommendation with its reason."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from store.query import Filter
from ui import cached, cards, labels, people, safe
from ui.behind import places, positions
from ui.components import claims as claim_cards
from ui.sections import record

PER_PAGE: Final = 8


def draw(chosen: Filter) -> None:
    """The events under the filter, largest difference first, a few to a page."""
    known = cached.n_rivals(chosen)
    if not known:
        st.info("On no event do these claims differ.", icon=":material/handshake:")
        return
    pages = -(-known // PER_PAGE)
    st.markdown(f"Sources differ on {labels.plural(known, 'event')}, largest difference first.")
    page = st.pagination(pages, key="rivals_page", bind="query-params") if pages > 1 else 1
    events, judged = cached.rivals(chosen, page * PER_PAGE), cached.judged(chosen)
    for event in events.iloc[(page - 1) * PER_PAGE :].to_dict("records"):
        one_event(event, judged.take(positions(judged, places([event["record_keys"]], judged))))


def one_event(event: dict[str, Any], found: pd.DataFrame) -> None:
    """One event with its claims side by side: `found` are its rows of the judged frame."""
    key = str(event["event_key"])
    with st.container(border=True):
        where = "" if labels.missing(event["crossing"]) else f", {event['crossing']}"
        status = labels.STATUSES[str(event["status"])].lower()
        st.subheader(
            f"{cards.days(event)}{safe.markdown(where, 60)}: "
            f"{safe.markdown(cards.people(event))}, {status}",
            anchor=False,
        )
        why = safe.markdown(event["best_reason"], 300)
        st.markdown(
            f"**{labels.span(event['low'], event['high'])}**, best figure "
            f"**{labels.number(event['best'])}**, chosen because: {why}"
        )
        rows = found.sort_values(["count", "published"]).to_dict("records")
        deck = [cards.card(row, _told(row)) for row in rows]
        for one, row in zip(deck, rows, strict=True):
            if row["role"] == "best":
                one["flag"] = "Best figure"
        opened = claim_cards(deck, key=f"rival_{key}")
        record.remember(f"rival_{key}", opened)
        record.detail_if_open(f"rival_{key}")
        record.event_link(key)
        _recommend(key, rows)


def _told(row: dict[str, Any]) -> str:
    published = row["published"]
    when = "" if labels.missing(published) else f", {labels.day(published)}"
    return f"{cards.report_name(row)}{when}"


def _recommend(key: str, rows: list[dict[str, Any]]) -> None:
    chosen = [row for row in rows if bool(row["recommended"])]
    for row in chosen:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f"Recommended: **{cards.figure(row)}** – "
                f"{safe.markdown(row['recommended_reason'], 200)}"
            )
            if people.may_edit():
                st.button(
                    "Withdraw",
                    key=f"withdraw_{row['record_key']}",
                    on_click=_withdraw,
                    args=(row["record_key"],),
                )
    if not people.may_edit():
        return
    with st.expander("Recommend a figure"), st.form(f"recommend_{key}", border=False):
        words = [f"{cards.figure(row)} – {safe.plain(cards.speaker(row), 60)}" for row in rows]
        at = st.radio(
            "Figure",
            range(len(rows)),
            format_func=lambda number: safe.markdown(words[number], 120),
            key=f"pick_{key}",
        )
        reason = st.text_input(
            "Why", key=f"reason_{key}", placeholder="e.g. the ministry's list names each of them"
        )
        if st.form_submit_button("Count with this figure"):
            if not reason.strip():
                st.error("Say why: it is kept beside the choice, with your name.")
            else:
                _choose(rows, rows[at]["record_key"], reason.strip())
                st.rerun()


def _choose(rows: list[dict[str, Any]], record_key: str, reason: str) -> None:
    store = cached.ledger()
    for row in rows:
        if bool(row["recommended"]) and row["record_key"] != record_key:
            store.unrecommend(row["record_key"], "another figure is recommended")
    store.recommend(record_key, reason)


def _withdraw(record_key: str) -> None:
    cached.ledger().unrecommend(record_key)
