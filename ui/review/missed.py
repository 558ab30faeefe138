"""A figure that the rules missed: its words are marked in the text, or typed, then its fields."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from extraction.figures import find_figures
from store.corrections import FIELDS
from store.review import Figure
from ui import cached, evidence, people, safe, session
from ui.components import passage
from ui.review import acts, fields
from ui.sections import library
from ui.shell import View

FORM: Final = "missed"
MOST_LISTED: Final = 200
_INHERITED: Final = ("date", "date_from", "crossing", "origin", "destination", "status")


def call(report_key: str) -> None:
    """Go to the marking of missed figures, with this report."""
    session.seed("review_way", "missed")
    session.seed("missed_report", report_key)


def draw(view: View) -> None:
    """A report with its figures, where words can be marked, and the fields of a marked figure."""
    if not people.only_editors("Adding figures"):
        return
    reports = library.searched(cached.reports(), "missed_search")
    called = cached.reports()["key"] == session.read("missed_report")
    rows = pd.concat([reports.head(MOST_LISTED), cached.reports()[called]])
    names = {row["key"]: library.name(row) for row in rows.to_dict("records")}
    key = st.selectbox(
        "Report",
        list(names),
        format_func=lambda one: safe.plain(names[one], 100),
        key="missed_report",
    )
    if len(reports) > MOST_LISTED:
        st.caption(
            f"The newest {MOST_LISTED} of {len(reports):,} reports are listed; search for others."
        )
    if key is None:
        return
    report = cached.report(key)
    claims = cached.judged_all()
    claims = claims[claims["report_key"] == key]
    left, right = st.columns([1, 1], gap="large")
    with left:
        st.caption("Mark the words of the figure with the mouse, or type them beside it.")
        marked = evidence.marks(report.text, claims.to_dict("records"))
        told = passage(
            evidence.pieces(report.text, marked),
            key=f"missed_passage_{key}",
            label="The report; mark the words of a figure that was missed",
            height=520,
            marking=True,
        )
        if isinstance(told, dict):
            _take(report.text, int(told["start"]), int(told["end"]))
    with right:
        _fields(key, report.text, claims, view)


def _fields(key: str, text: str, claims: Any, view: View) -> None:
    typed = st.text_input(
        "Words of the figure",
        key="missed_words",
        placeholder="as they stand in the report, e.g. about 400",
    )
    if not typed or not typed.strip():
        return
    start = find(text, typed, near=int(session.read("missed_at") or 0))
    if start is None:
        st.warning("These words are not in the report: mark them, or copy them as they stand.")
        return
    span = (start, start + len(typed.strip()))
    if session.read("missed_span") != (key, *span):
        session.seed("missed_span", (key, *span))
        fields.forget(FORM)
        fields.fill(FORM, _first_values(text, span, claims), 0)
    crossings = [str(name) for name in view.everything["crossing"].cat.categories]
    fields.fill(FORM, fields.given(FORM), 0)
    fields.draw(FORM, crossings, {}, set())
    st.text_input("Reason", key="missed_reason", placeholder="kept beside the figure, if given")
    st.button("Add this figure", type="primary", key="missed_add", on_click=_add, args=(key, *span))


def _take(text: str, start: int, end: int) -> None:
    """Words were marked: without the blanks at their ends they are the figure's."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    if words.strip() and session.read("missed_marked") != (start, end):
        session.seed("missed_marked", (start, end))
        session.seed("missed_at", start)
        session.seed("missed_words", words.strip())
        st.rerun()


def find(text: str, words: str, near: int = 0) -> int | None:
    """Where the words stand in the text: the place nearest to `near`; None if nowhere."""
    words, places, at = words.strip(), [], -1
    while words and (at := text.find(words, at + 1)) >= 0:
        places.append(at)
    return min(places, key=lambda place: abs(place - near), default=None)


def _first_values(text: str, span: tuple[int, int], claims: Any) -> fields.Values:
    """What the words say by themselves, and the day and place of the figure nearest to them."""
    values: fields.Values = dict.fromkeys(FIELDS) | {
        "qualifier": "exact",
        "unit": "people",
        "group": "unspecified",
        "nationality": [],
        "status": "crossed",
        "scope": "event",
        "subset": False,
    }
    if not claims.empty:
        nearest = (claims["start"] - span[0]).abs().astype("int64").idxmin()
        near = fields.values_of(claims.loc[nearest].to_dict())
        values |= {name: near[name] for name in _INHERITED}
    # The qualifier may stand before the words that were marked.
    for figure in find_figures(text, max(0, text.rfind("\n", 0, span[0]))):
        if figure.start < span[1] and span[0] < figure.end:
            values |= {"count": figure.count, "count_max": figure.count_max}
            values["qualifier"] = figure.qualifier
            break
    return values


def _add(key: str, start: int, end: int) -> None:
    figure = Figure(start, end, fields.given(FORM))
    reason = str(session.read("missed_reason") or "")
    review = cached.ledger().review
    if acts.tried(lambda: review.add(key, figure, reason), "Added to the ledger."):
        session.seed("missed_words", "")
        session.seed("missed_span", None)
        session.seed("missed_reason", "")
