"""One record at a time: its sentence, its fields as widgets, what can be done with it."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import streamlit as st

from store.doubt import UNFIT
from ui import cached, cards, evidence, labels, people, safe, session
from ui.components import passage
from ui.review import acts, fields, history, missed, parts
from ui.review.queue import WHERE, Queue

KEYS = "Keys: A accepts, X rejects, J goes on, K goes back, U takes your last act back."


def draw(queue: Queue) -> None:
    """The record at hand beside its report; says so where the queue is empty."""
    row = queue.current
    if row is None:
        st.success("Nothing is left to review here.", icon=":material/done_all:")
        return
    session.open_record(WHERE, str(row["record_key"]))
    siblings = cached.judged_all()
    siblings = siblings[siblings["report_key"] == row["report_key"]]
    left, right = st.columns([1, 1], gap="large")
    with left:
        _evidence(row, siblings)
    with right:
        if people.only_editors("Reviewing"):
            _form(row, queue.key(1), queue.key(-1), _crossings())
        else:
            _steps(queue.key(1), queue.key(-1))
            st.text("\n".join(f"{labels.field(k)}: {v}" for k, v in _read_out(row)))
    if people.may_edit():
        parts.draw(row, siblings)
        history.of_record(str(row["record_key"]))


def _evidence(row: dict[str, Any], siblings: pd.DataFrame) -> None:
    st.subheader(
        f"{safe.markdown(cards.figure(row))} · {safe.markdown(cards.people(row))}", anchor=False
    )
    state = labels.value("review", row["review"])
    if row["review"] == "unreviewed":
        st.caption(". ".join(filter(None, [state, safe.markdown(row["why"])])) + ".")
    else:
        st.caption(f"{state}. Reviewed by {safe.markdown(row['reviewer'], 60)}.")
    if not labels.missing(row["review_fit"]):
        st.warning(f"Look again: {UNFIT[str(row['review_fit'])]}.", icon=":material/rule:")
    report = cached.report(row["report_key"])
    rows = siblings.to_dict("records")
    if row["record_key"] not in set(siblings["record_key"]):
        rows.append(row)  # a rejected one is not among the report's figures any more
    marked = evidence.marks(report.text, rows, current=row["record_key"])
    current = next((mark for mark in marked if mark.current), None)
    if current is not None:
        passage(
            evidence.quote(report.text, current),
            key="review_quote",
            label="The sentence that states the figure",
        )
    st.markdown(f"**In the whole report: {safe.markdown(cards.report_name(row), 120)}**")
    clicked = passage(
        evidence.pieces(report.text, marked),
        key="review_passage",
        label="The whole report with its figures marked",
        height=430,
    )
    if clicked and clicked != row["record_key"]:
        session.open_record(WHERE, clicked)
        st.rerun()
    st.button(
        "A figure is missing in this report",
        key="review_missing",
        icon=":material/add_notes:",
        on_click=missed.call,
        args=(row["report_key"],),
    )


@st.fragment
def _form(row: dict[str, Any], then: str | None, back: str | None, crossings: list[str]) -> None:
    """The fields and the buttons; a change of a field draws these alone anew."""
    if acts.acted():
        st.rerun()
    key = str(row["record_key"])
    form = f"review_{key}"
    by_others = fields.fill(form, fields.values_of(row), int(row["review_version"]))
    if by_others:
        names = labels.listing(map(labels.field, by_others), 6)
        st.info(f"{safe.markdown(row['reviewer'])} has changed: {names}. Yours stand on top.")
    read = json.loads(row["machine_read"]) if not labels.missing(row["machine_read"]) else {}
    notes = {name: f"As read: {safe.markdown(fields.told(name, read[name]), 60)}" for name in read}
    filled = {name for name in str(row["inferred"] or "").split("|") if name}
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Accept",
            key="review_accept",
            type="primary",
            icon=":material/check:",
            shortcut="A",
            help="The record is right as it stands here, with what you changed.",
            on_click=acts.save,
            args=(key, form, then),
        )
        st.button(
            "Reject",
            key="review_reject",
            icon=":material/close:",
            shortcut="X",
            help="It is no figure of people who cross, wait, are expected or refused.",
            on_click=acts.reject,
            args=(key, form, then),
        )
        st.button(
            "Undo",
            key="review_undo",
            icon=":material/undo:",
            shortcut="U",
            help="Takes back what you did last in this session.",
            on_click=acts.undo,
            args=(None,),
        )
    fields.draw(form, crossings, notes, filled)
    st.text_input("Reason", key=f"{form}_reason", placeholder="kept beside the change, if given")
    _steps(then, back)
    st.caption(KEYS)


def _steps(then: str | None, back: str | None) -> None:
    with st.container(horizontal=True, gap="small"):
        st.button("Back", key="review_back", shortcut="K", on_click=acts.go, args=(back,))
        st.button("Skip", key="review_skip", shortcut="J", on_click=acts.go, args=(then,))


def _crossings() -> list[str]:
    return [str(name) for name in cached.records()["crossing"].cat.categories]


def _read_out(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [(name, fields.told(name, value)) for name, value in fields.values_of(row).items()]
