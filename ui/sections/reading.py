"""What was read out of reports: their claims as cards, by status, and where sources differ."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from extraction.record import STATUSES
from store.query import Filter
from ui import cached, cards, labels, safe
from ui.components import claims as claim_cards
from ui.sections import record

MOST_CARDS = 24


def show(report_keys: Sequence[str], where: str) -> None:
    """The claims of these reports: first what differs, then each status apart from the others."""
    if not report_keys:
        return
    chosen = Filter(reports=tuple(report_keys))
    found = cached.judged(chosen).frame()
    differences(cached.rivals(chosen), found)
    opened = by_status(found, f"reading_{where}", several=len(report_keys) > 1)
    filled = " (“filled in”: taken from the rest of the report, not from the figure's sentence)"
    st.caption(
        "Click a card to open the report on its sentence"
        f"{filled if (found['inferred'] != '').any() else ''}."
    )
    record.remember(f"reading_{where}", opened)
    record.detail_if_open(f"reading_{where}")


def by_status(found: pd.DataFrame, key: str, *, several: bool) -> str | None:
    """Cards in one group for each status; gives the record key of one that was clicked."""
    opened = None
    for status in STATUSES:
        rows = found[found["status"] == status]
        if rows.empty:
            continue
        st.markdown(
            f"**{labels.STATUSES[status]}** · {labels.plural(len(rows), 'figure')} – "
            f"{labels.STATUSES_HELP[status]}"
        )
        deck = [
            cards.card(row, cards.report_name(row) if several else None)
            for row in rows.head(MOST_CARDS).to_dict("records")
        ]
        opened = claim_cards(deck, key=f"{key}_{status}") or opened
        if len(rows) > MOST_CARDS:
            st.caption(f"{len(rows) - MOST_CARDS} more stand on the Records page.")
    return opened


def differences(events: pd.DataFrame, found: pd.DataFrame) -> None:
    """One line for each event on which the claims differ: "81 (Egypt) against 88 (…)"."""
    for event in events.to_dict("records"):
        rows = found[found["record_key"].isin(event["record_keys"])]
        told = [
            f"**{cards.figure(row)}** ({safe.markdown(cards.speaker(row), 60)})"
            for row in rows.sort_values("count").to_dict("records")
        ]
        people = labels.value("group", event["group"]).lower()
        st.warning(
            f"Sources differ on {people}, {labels.STATUSES[str(event['status'])].lower()}, "
            f"{labels.day(event['date'])}: " + " against ".join(told),
            icon=":material/compare_arrows:",
        )
