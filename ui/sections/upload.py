"""Reports in: files or a pasted text, what came of each, and what was read out of it."""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from ui import cached, intake, labels, people, safe, session
from ui.intake import Outcome
from ui.sections import reading

_ICONS: Final = {
    "read": ":material/check_circle:",
    "nothing": ":material/remove_circle:",
    "already_here": ":material/content_copy:",
    "near_copy": ":material/content_copy:",
    "held": ":material/event_busy:",
    "failed": ":material/error:",
}


def dropzone(where: str) -> None:
    """The file uploader; what is dropped is read, kept and shown at once."""
    if not people.only_editors("Adding reports"):
        return
    files = st.file_uploader(
        "Drop reports here: wire stories, situation reports, statements (.txt, .md)",
        type=[suffix.lstrip(".") for suffix in intake.SUFFIXES],
        accept_multiple_files=True,
        key=f"upload_{where}_{session.upload_round()}",
    )
    if files:
        _run([(file.name, file.getvalue()) for file in files], None)


def paste(where: str) -> None:
    """A form for a text from the clipboard, with what is known of it."""
    if not people.only_editors("Adding reports"):
        return
    with st.form(f"paste_{where}_{session.upload_round()}", border=False):
        text = st.text_area("Text of the report", height=180, key=f"paste_text_{where}")
        left, right = st.columns(2)
        title = left.text_input("Title", key=f"paste_title_{where}")
        publisher = right.text_input("Publisher", key=f"paste_publisher_{where}")
        url = left.text_input("Address (URL)", key=f"paste_url_{where}")
        published = right.date_input(
            "Published on",
            value=None,
            format="YYYY-MM-DD",
            min_value=date(1945, 1, 1),
            key=f"paste_published_{where}",
            help="Days such as “on Wednesday” are counted from it.",
        )
        sent = st.form_submit_button("Read this text", type="primary")
    if sent:
        with st.spinner("Reading the text"):
            outcome = intake.keep_text(
                cached.ledger(),
                text,
                title=title.strip() or None,
                publisher=publisher.strip() or None,
                url=url.strip() or None,
                published=published,
            )
        session.keep_outcomes([outcome])
        st.rerun()


def outcomes(where: str) -> None:
    """What came of the last upload, file by file, with the figures that were read."""
    found: tuple[Outcome, ...] = session.outcomes()
    if not found:
        return
    with st.container(border=True):
        head, close = st.columns([5, 1], vertical_alignment="center")
        head.subheader(_summary(found), anchor=False)
        close.button(
            "Dismiss", key=f"dismiss_{where}", on_click=session.forget_outcomes, width="stretch"
        )
        for at, outcome in enumerate(found):
            _line(outcome)
            if outcome.status == "held":
                _ask_for_day(at, outcome, where)
        keys = list(dict.fromkeys(one.key for one in found if one.key and one.figures))
        if keys:
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
        reading.show(keys, where)


def _run(files: list[tuple[str, bytes]], published: date | None) -> None:
    with st.status(f"Reading {labels.plural(len(files), 'report')}", expanded=True) as status:
        bar = st.progress(0.0)

        def progress(done: int, name: str) -> None:
            bar.progress(
                done / len(files), text=f"{done + 1} of {len(files)}: {safe.markdown(name)}"
            )

        found = intake.keep_files(cached.ledger(), files, published, progress)
        bar.progress(1.0)
        status.update(label="Done", state="complete", expanded=False)
    session.keep_outcomes(found)
    st.rerun()


def _summary(found: tuple[Outcome, ...]) -> str:
    figures = sum(one.figures for one in found if one.status in {"read", "near_copy"})
    reports = sum(one.status in {"read", "near_copy", "nothing"} for one in found)
    waiting = sum(one.status == "held" for one in found)
    if waiting:
        rest = f"{labels.plural(waiting, 'report waits', 'reports wait')} for a date"
        return rest if not reports else f"{labels.plural(figures, 'figure')} read; {rest}"
    if not reports:
        return "Nothing new was added"
    return f"{labels.plural(figures, 'figure')} read from {labels.plural(reports, 'report')}"


def _line(outcome: Outcome) -> None:
    name = safe.markdown(outcome.name, 80)
    st.markdown(f"{_ICONS[outcome.status]} **{name}** – {_words(outcome)}")


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
    if outcome.status == "held":
        return (
            f"{figures} found, but the text does not pin its days. "
            "Say when it was published, and it is kept."
        )
    return f"not added: {safe.markdown(outcome.cause)}."


def _title(key: str | None) -> str:
    if key is None:
        return "another report"
    report = cached.report(key)
    return report.title or report.name


def _ask_for_day(at: int, outcome: Outcome, where: str) -> None:
    key = f"held_{where}_{session.upload_round()}_{at}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.date_input(
            "Published on",
            value=None,
            format="YYYY-MM-DD",
            min_value=date(1945, 1, 1),
            key=key,
            width=180,
        )
        st.button(
            "Keep with this day",
            key=f"{key}_with",
            type="primary",
            on_click=_settle,
            args=(at, outcome, key),
        )
        st.button(
            "Keep without a day", key=f"{key}_without", on_click=_settle, args=(at, outcome, None)
        )
    # Never a disabled button: a typed day counts once the field is left, and a click leaves it.
    if session.read(f"{key}_asked"):
        st.caption("Say the day first: type it, or choose it in the calendar.")


def _settle(at: int, outcome: Outcome, key: str | None) -> None:
    if outcome.report is None:
        return
    published = session.read(key) if key else None
    if key and published is None:
        session.seed(f"{key}_asked", True)
        return
    settled = intake.keep(
        cached.ledger(), intake.dated(outcome.report, published), filename=outcome.name
    )
    session.replace_outcome(at, settled)
