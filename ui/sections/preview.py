"""A report before it is kept: its text with the figures marked, the table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from extraction.formats.language import unread_because
from extraction.formats.sandbox import Reader
from extraction.record import GROUPS, QUALIFIERS, STATUSES, Record
from extraction.reports import Report
from store.batches import Batches
from store.keeping import leave, pieces_of, read_figures, settle
from store.outcomes import Outcome
from store.previewed import correct_kept
from ui import cached, evidence, labels, safe
from ui.components import passage
from ui.sections import asking

_EDITED: Final = (
    "count", "qualifier", "group", "status", "nationality", "date", "crossing", "origin",
    "destination", "source",
)  # fmt: skip


def next_one(waiting: Sequence[Outcome], where: str) -> None:
    """The first report that waits for a look, with keep, leave, and the same for all."""
    if not waiting:
        return
    outcome = waiting[0]
    key = f"preview_{where}_{outcome.batch}_{outcome.ordinal}_{outcome.part}"
    report = _report(cached.database_url(), outcome.batch, outcome.ordinal, outcome.part)
    if report is None:
        st.error("This file cannot be read any more; leave it out.")
        st.button("Leave it out", key=f"{key}_leave", on_click=_leave, args=(outcome,))
        return
    st.markdown(
        f"**{safe.markdown(outcome.name, 80)}** – look, correct what is wrong, then keep it. "
        f"{labels.plural(len(waiting), 'report waits', 'reports wait')}."
    )
    report = _imprint(report, outcome, key)
    records = _records(report)
    left, right = st.columns([5, 6], gap="medium")
    with left:
        marked = evidence.marks(report.text, [_claim(n, one) for n, one in enumerate(records)])
        passage(
            evidence.pieces(report.text, marked),
            key=f"{key}_passage",
            label="The report with its figures marked",
            height=420,
        )
    with right:
        unread = unread_because(report.language)
        nothing = (
            f"Not read: {safe.markdown(unread)}."
            if unread
            else "No figure of people crossing, expected, waiting or refused was found in it."
        )
        edited = _table(records, f"{key}_{report.published}", nothing)
    with st.container(horizontal=True):
        if st.button("Keep", key=f"{key}_keep", type="primary", icon=":material/check:"):
            _keep(outcome, report, records, edited)
        st.button("Leave it out", key=f"{key}_leave", on_click=_leave, args=(outcome,))
        if len(waiting) > 1:
            st.button(
                f"Keep all {len(waiting)} as they were read",
                key=f"{key}_all",
                on_click=_keep_all,
                args=(tuple(waiting),),
            )
            st.button(
                f"Leave all {len(waiting)} out",
                key=f"{key}_none",
                on_click=_leave_all,
                args=(tuple(waiting),),
            )


@st.cache_resource(max_entries=20, show_spinner="Reading the file")
def _report(url: str | None, batch: int, ordinal: int, part: int) -> Report | None:
    batches = Batches(cached.unsigned())
    with Reader() as reader:
        pieces = pieces_of(batches, batches.entry(batch, ordinal), reader)
    return pieces[part].report if part < len(pieces) else None


@st.cache_resource(max_entries=20, show_spinner="Reading the figures")
def _records(report: Report) -> list[Record]:
    return [] if unread_because(report.language) else read_figures(report)


def _imprint(report: Report, outcome: Outcome, key: str) -> Report:
    """The report with its title, publisher and day as the user leaves them."""
    title, publisher, day = st.columns([3, 2, 1.4])
    stated = title.text_input("Title", value=report.title or "", key=f"{key}_title")
    said_by = publisher.text_input(
        "Publisher", value=report.publisher or "", key=f"{key}_publisher"
    )
    undated = report.published is None and any(one.date is None for one in _records(report))
    guess, guess_from = asking.guess_of(outcome)
    published = day.date_input(
        "Published on",
        value=guess if undated else report.published,
        format="YYYY-MM-DD",
        min_value=asking.FIRST,
        key=f"{key}_published",
    )
    if undated:
        st.caption(f"The file states no publication date. A guess: {safe.markdown(guess_from)}.")
    return replace(
        report,
        title=stated.strip() or None,
        publisher=said_by.strip() or None,
        published=published if isinstance(published, date) else None,
    )


def _claim(n: int, record: Record) -> dict[str, Any]:
    return {
        "record_key": str(n),
        "start": record.start,
        "end": record.end,
        "group": record.group,
        "status": record.status,
        "sentence": record.sentence,
    }


def _rows(records: Sequence[Record]) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "keep": [True for _ in records],
            "as_written": [one.count_text for one in records],
            **{name: [getattr(one, name) for one in records] for name in _EDITED},
        }
    )
    frame["nationality"] = [", ".join(one.nationality) for one in records]
    frame["date"] = pd.to_datetime(frame["date"])
    return frame


def _table(records: Sequence[Record], key: str, nothing: str) -> pd.DataFrame:
    if not records:
        st.caption(nothing)
        return _rows(records)
    column = st.column_config
    return st.data_editor(
        _rows(records),
        key=f"{key}_table",
        hide_index=True,
        height=420,
        disabled=["as_written"],
        column_config={
            "keep": column.CheckboxColumn("Keep", width=50),
            "as_written": column.TextColumn("As written", width=100),
            "count": column.NumberColumn(labels.FIELDS["count"], min_value=0, step=1),
            "qualifier": column.SelectboxColumn(labels.FIELDS["qualifier"], options=QUALIFIERS),
            "group": column.SelectboxColumn(labels.FIELDS["group"], options=GROUPS),
            "status": column.SelectboxColumn(labels.FIELDS["status"], options=STATUSES),
            "date": column.DateColumn(labels.FIELDS["date"], format="YYYY-MM-DD"),
            **{
                name: column.TextColumn(labels.FIELDS[name])
                for name in ("nationality", "crossing", "origin", "destination", "source")
            },
        },
    )


def _keep(
    outcome: Outcome, report: Report, records: Sequence[Record], edited: pd.DataFrame
) -> None:
    kept = settle(cached.ledger(), outcome, report.published, report)
    said = changes_of(records, edited)
    try:
        if kept.key and said:
            correct_kept(cached.ledger(), kept.key, said)
    except ValueError as error:
        st.error(
            f"The report is kept, but a correction is not: {safe.markdown(str(error), 200)}. "
            "Correct it on the Review page."
        )
        return
    st.rerun()


def changes_of(
    records: Sequence[Record], edited: pd.DataFrame
) -> dict[tuple[int, int], dict[str, Any] | None]:
    """What a user changed in the table of `records`, by where each figure stands in the text."""
    out: dict[tuple[int, int], dict[str, Any] | None] = {}
    for record, row in zip(records, edited.to_dict("records"), strict=True):
        place = record.start, record.end
        if not row["keep"]:
            out[place] = None
            continue
        changes = {}
        for name in _EDITED:
            value = _value(name, row[name])
            if value != getattr(record, name):
                changes[name] = value
        if changes:
            out[place] = changes
    return out


def _value(name: str, cell: Any) -> Any:
    """A cell of the table as the record has the field."""
    if name == "nationality":
        codes = str(cell or "").replace(",", " ").upper().split()
        return tuple(sorted(codes))
    if cell is None or cell is pd.NaT or cell != cell:
        return None
    if name == "count":
        return int(cell)
    if name == "date":
        return pd.Timestamp(cell).date()
    text = str(cell).strip()
    return (text.upper() if name in ("origin", "destination") else text) or None


def _leave(outcome: Outcome) -> None:
    leave(cached.ledger(), outcome)


def _leave_all(waiting: Sequence[Outcome]) -> None:
    for outcome in waiting:
        leave(cached.ledger(), outcome)


def _keep_all(waiting: Sequence[Outcome]) -> None:
    for outcome in waiting:
        settle(cached.ledger(), outcome, None, ask=True)
