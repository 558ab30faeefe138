"""One record opened: what it says, why it counts or not, its sentence, and the whole report."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ui import cached, cards, evidence, labels, links, safe, session
from ui.components import passage
from ui.navigation import path
from ui.publish.citation import citation


def remember(where: str, record_key: str | None) -> None:
    """Keep a record open in the place `where` when one was clicked in this run."""
    if record_key:
        session.open_record(where, record_key)


def detail_if_open(where: str) -> None:
    """Draw the record that is open in this place, if one is."""
    key = session.opened(where)
    if key:
        detail(key, where)


def detail(record_key: str, where: str) -> None:
    """Draw one record with its evidence; says so where it is no longer in the ledger."""
    found = cached.judged_all()
    rows = found[found["record_key"] == record_key]
    with st.container(border=True, key=f"detail_{where}"):
        if rows.empty:
            st.info("This record is not in the ledger any more: its report was removed.")
            st.button("Close", key=f"close_{where}", on_click=session.close_record, args=(where,))
            return
        claim = cached.with_texts(rows).iloc[0].to_dict()
        _head(claim, where)
        report = cached.report(claim["report_key"])
        siblings = found[found["report_key"] == claim["report_key"]].to_dict("records")
        marked = evidence.marks(report.text, siblings, current=record_key)
        current = next((mark for mark in marked if mark.current), None)
        if current is not None:
            passage(
                evidence.quote(report.text, current),
                key=f"quote_{where}",
                label="The sentence that states the figure",
            )
        _facts(claim)
        _others(claim, found)
        _cite(claim, report.url, where)
        st.markdown(f"**In the whole report: {safe.markdown(cards.report_name(claim), 120)}**")
        st.caption(_imprint(report, len(siblings)))
        clicked = passage(
            evidence.pieces(report.text, marked),
            key=f"passage_{where}",
            label="The whole report with its figures marked",
            height=420,
        )
        if clicked and clicked != record_key:
            session.open_record(where, clicked)
            st.rerun()


def _head(claim: dict[str, Any], where: str) -> None:
    title, close = st.columns([6, 1], vertical_alignment="center")
    title.subheader(
        f"{safe.markdown(cards.figure(claim))} · {safe.markdown(cards.people(claim))}", anchor=False
    )
    close.button(
        "Close",
        key=f"close_{where}",
        on_click=session.close_record,
        args=(where,),
        width="stretch",
    )


def _facts(claim: dict[str, Any]) -> None:
    facts = cards.facts(claim)
    facts.append({"name": "As written", "value": claim["count_text"], "inferred": False})
    facts.append(
        {"name": "Scope", "value": labels.value("scope", claim["scope"]), "inferred": False}
    )
    if not labels.missing(claim["confidence"]):
        sure = f"{float(claim['confidence']):.0%} sure of all fields"
        facts.append({"name": "Confidence", "value": sure, "inferred": False})
    with st.container(horizontal=True, gap="medium"):
        for fact in facts:
            with st.container(width=132, gap="xsmall"):
                note = " (filled in)" if fact["inferred"] else ""
                st.caption(f"{fact['name']}{note}")
                st.text(fact["value"])
    st.markdown(_verdict(claim))
    if any(fact["inferred"] for fact in facts):
        st.caption(
            "“Filled in”: the sentence does not state it; it comes from the rest of the report."
        )


def _verdict(claim: dict[str, Any]) -> str:
    """Whether totals count the claim, and why: the rule's own words."""
    counted = labels.missing(claim["left_out"])
    words = "Counted" if counted else f"Not counted, {labels.value('left_out', claim['left_out'])}"
    if labels.missing(claim["reason"]) or not str(claim["reason"]):
        return f"**{words}.**"
    return f"**{words}:** {safe.markdown(claim['reason'], 300)}."


def _others(claim: dict[str, Any], found: pd.DataFrame) -> None:
    """The other claims about the same event, with their speakers."""
    if labels.missing(claim["event_key"]):
        return
    same = found[(found["event"] == claim["event"]) & (found["record_key"] != claim["record_key"])]
    if same.empty:
        return
    told = [
        f"**{cards.figure(row)}** ({safe.markdown(cards.speaker(row), 60)}, "
        f"{safe.markdown(cards.report_name(row), 60)})"
        for row in same.head(6).to_dict("records")
    ]
    st.markdown("On the same event: " + "; ".join(told))


def _cite(claim: dict[str, Any], url: str | None, where: str) -> None:
    """A citation to copy, and the addresses that reopen the record and its event."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        with st.popover("Copy citation", icon=":material/format_quote:", key=f"cite_{where}"):
            told = citation(claim, url, links.record(str(claim["record_key"])))
            st.code(told, language=None, wrap_lines=True)
        if where != "records":
            link(str(claim["record_key"]))
        if not labels.missing(claim["event_key"]):
            event_link(str(claim["event_key"]))


def _imprint(report: Any, figures: int) -> str:
    parts = [
        safe.markdown(report.publisher, 80) if report.publisher else "publisher not stated",
        labels.day(report.published) if report.published else "publication date not stated",
        labels.plural(figures, "figure") + " marked",
    ]
    if report.url:
        parts.append(safe.markdown(report.url, 120))
    return " · ".join(parts)


def link(record_key: str) -> None:
    """A link to the record on the Records page, for an address that can be sent."""
    st.page_link(
        path("records"),
        label="Open on the Records page, with an address to send",
        icon=":material/link:",
        query_params={"record": record_key},
    )


def event_link(event_key: str) -> None:
    """A link to the event on the Rivals page, with all its claims."""
    st.page_link(
        path("rivals"),
        label="The event, with an address to send",
        icon=":material/link:",
        query_params={"event": event_key},
    )
