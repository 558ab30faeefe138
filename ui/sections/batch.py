"""The account of what was brought: how far it is, and what came of each file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from store.batches import Batches
from store.outcomes import OPEN, Outcome, Progress
from ui import cached, intake, labels, people, safe, session, worker
from ui.sections import asking, preview, reading

EVERY: Final = 0.7
"""Seconds between two looks at a batch that is being read."""

FEW: Final = 12
"""So many outcomes are told in words; of more those that need a user, the rest in a table."""

_ICONS: Final = {
    "read": ":material/check_circle:",
    "nothing": ":material/remove_circle:",
    "already_here": ":material/content_copy:",
    "near_copy": ":material/content_copy:",
    "unread": ":material/translate:",
    "left": ":material/remove_circle:",
    "held": ":material/event_busy:",
    "preview": ":material/visibility:",
    "columns": ":material/view_column:",
    "failed": ":material/error:",
}
_SHORT: Final = {
    "read": "Read",
    "nothing": "No figure found",
    "already_here": "Already here",
    "near_copy": "Near copy",
    "unread": "Not English: unread",
    "left": "Left out",
    "held": "Waits for a date",
    "preview": "Waits for your look",
    "columns": "Waits for a column",
    "failed": "Not added",
}


def account(where: str) -> None:
    """The batch that this session brought: its progress while it is read, then its outcomes."""
    number = session.batch()
    if number is None:
        return
    progress = Batches(cached.ledger()).progress(number)
    with st.container(border=True):
        if progress.finished:
            _outcomes(number, where)
        elif progress.cancelled and not progress.running:
            _stopped(progress, where)
            _outcomes(number, where)
        else:
            worker.wake()
            _running(number, where)


@st.fragment(run_every=EVERY)
def _running(number: int, where: str) -> None:
    batches = Batches(cached.ledger())
    progress = batches.progress(number)
    if progress.finished or (progress.cancelled and not progress.running):
        st.rerun()
    if not progress.running:
        worker.wake()  # who read it, here or on another machine, is gone
    counts = batches.counts(number)
    at = f"{progress.done} of {labels.plural(progress.total, 'file')}"
    in_hand = f"{progress.seconds:,.0f} s · {safe.markdown(progress.in_hand or '', 60)}"
    st.progress(progress.done / progress.total, text=f"{at} · {in_hand}")
    told = [f"{_SHORT[status]}: {n}" for status, n in counts.items()]
    st.caption(
        (" · ".join(told) or "The language model is starting")
        + ". You may close this page: reading goes on."
    )
    st.button(
        "Stopping after the file in hand" if progress.cancelled else "Stop",
        key=f"stop_{where}",
        icon=":material/stop_circle:",
        on_click=_stop,
        args=(number,),
        disabled=progress.cancelled,
    )


def _stop(number: int) -> None:
    Batches(cached.ledger()).cancel(number)


def _stopped(progress: Progress, where: str) -> None:
    left = progress.total - progress.done
    st.warning(
        f"Stopped: {progress.done} of {labels.plural(progress.total, 'file')} done, {left} wait.",
        icon=":material/pause_circle:",
    )
    st.button(
        "Go on",
        key=f"go_on_{where}",
        type="primary",
        icon=":material/play_circle:",
        on_click=_go_on,
        args=(progress.batch,),
    )


def _go_on(number: int) -> None:
    Batches(cached.ledger()).go_on(number)
    worker.wake()
    session.take_up(number)


def unfinished(where: str) -> None:
    """Batches of other sessions, or of before a crash, in which something still waits."""
    if not people.may_edit():
        return
    batches = Batches(cached.ledger())
    for number in batches.unfinished():
        progress = batches.progress(number)
        if number == session.batch():
            continue
        if not progress.cancelled:
            worker.wake()
        left = progress.total - progress.done
        state = "stopped" if progress.cancelled else "being read"
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f":material/pending: A batch of {labels.plural(progress.total, 'file')} is "
                f"{state}: {left} wait."
            )
            st.button(
                "Go on" if progress.cancelled else "Show it",
                key=f"take_up_{where}_{number}",
                on_click=_go_on if progress.cancelled else session.take_up,
                args=(number,),
            )
    open_ones = [one for one in batches.open_outcomes() if one.batch != session.batch()]
    for number, n in Counter(one.batch for one in open_ones).items():
        with st.container(horizontal=True, vertical_alignment="center"):
            reports = labels.plural(n, "report waits", "reports wait")
            st.markdown(f":material/pending: {reports} for your answer.")
            st.button(
                "Answer",
                key=f"answer_{where}_{number}",
                on_click=session.take_up,
                args=(number,),
            )


def _outcomes(number: int, where: str) -> None:
    found = Batches(cached.ledger()).outcomes(number)
    head, close = st.columns([5, 1], vertical_alignment="center")
    head.subheader(summary(found), anchor=False)
    close.button("Dismiss", key=f"dismiss_{where}", on_click=session.forget_batch, width="stretch")
    waiting = [one for one in found if one.status in OPEN]
    told = found if len(found) <= FEW else [one for one in found if one.status == "failed"]
    for outcome in told:
        if outcome.status not in OPEN:
            st.markdown(f"{_ICONS[outcome.status]} **{name(outcome)}** – {_words(outcome)}")
    asking.dates([one for one in waiting if one.status == "held"], where)
    for outcome in (one for one in waiting if one.status == "columns"):
        asking.column(outcome, where)
    preview.next_one([one for one in waiting if one.status == "preview"], where)
    if len(found) > FEW:
        _table(found, where)
    _filter(found, where)
    kept = [one.key for one in found if one.key and one.figures]
    if len(kept) <= FEW:
        reading.show(list(dict.fromkeys(kept)), where)


def _table(found: Sequence[Outcome], where: str) -> None:
    frame = pd.DataFrame(
        {
            "File": [safe.plain(one.name, 200) for one in found],
            "What came of it": [_SHORT[one.status] for one in found],
            "Figures": [one.figures for one in found],
            "Why": [safe.plain(one.cause or _copy(one), 200) for one in found],
        }
    )
    st.dataframe(
        frame,
        key=f"outcomes_{where}",
        hide_index=True,
        height=300,
        column_config={
            "File": st.column_config.TextColumn(width=280),
            "What came of it": st.column_config.TextColumn(width=150),
            "Figures": st.column_config.NumberColumn(width=70),
        },
        alt="What came of each file",
    )


def _copy(outcome: Outcome) -> str:
    return f"nearly a copy of {_title(outcome.copy_of)}" if outcome.copy_of else ""


def _filter(found: Sequence[Outcome], where: str) -> None:
    keys = list(dict.fromkeys(one.key for one in found if one.key and one.figures))
    if not 0 < len(keys) <= FEW:
        return
    st.button(
        "Show only this report on all pages"
        if len(keys) == 1
        else f"Show only these {len(keys)} reports on all pages",
        key=f"only_{where}",
        icon=":material/filter_alt:",
        help="Sets the filter; a click on its chip takes it off again.",
        on_click=session.set_param,
        args=("report", keys),
        disabled=session.params().get("report") == tuple(keys),
    )


def summary(found: Sequence[Outcome]) -> str:
    """What came of a batch, in one line."""
    counts = Counter(one.status for one in found)
    figures = sum(one.figures for one in found if one.status in ("read", "near_copy"))
    reports = counts["read"] + counts["near_copy"] + counts["nothing"]
    parts = []
    if reports:
        parts.append(
            f"{labels.plural(figures, 'figure')} read from {labels.plural(reports, 'report')}"
        )
    for status, one, many in (
        ("held", "report waits for a date", "reports wait for a date"),
        ("preview", "report waits for your look", "reports wait for your look"),
        ("columns", "table waits for a column", "tables wait for a column"),
        ("already_here", "report was here already", "reports were here already"),
        ("unread", "report is not in English", "reports are not in English"),
        ("failed", "file was not added", "files were not added"),
    ):
        if counts[status]:
            parts.append(labels.plural(counts[status], one, many))
    return "; ".join(parts) or "Nothing was added"


def name(outcome: Outcome) -> str:
    """The file's name as Markdown can show it."""
    plain = outcome.name.replace(intake.PASTED, " (pasted)")
    return safe.markdown(plain, 80)


def _words(outcome: Outcome) -> str:
    figures = labels.plural(outcome.figures, "figure")
    if outcome.status == "read":
        return f"{figures} read."
    if outcome.status == "nothing":
        return "kept; no figure of people crossing, expected, waiting or refused was found in it."
    if outcome.status == "already_here":
        return f"already here, with {figures}; nothing was added."
    if outcome.status == "near_copy":
        return (
            f"{figures} read; nearly a copy of “{safe.markdown(_title(outcome.copy_of), 80)}”, "
            "so its claims are not counted as another source."
        )
    if outcome.status == "unread":
        return f"kept, but not read: {safe.markdown(outcome.cause, 200)}."
    if outcome.status == "left":
        return "left out; nothing of it is in the ledger."
    return f"not added: {safe.markdown(outcome.cause, 300)}."


def _title(key: str | None) -> str:
    if key is None:
        return "another report"
    report = cached.report(key)
    return report.title or report.name
