"""Ways in for reports: files, a pasted text, an address."""

from __future__ import annotations

from datetime import date

import streamlit as st

from extraction.formats.fetch import fetch
from extraction.formats.piece import Refused
from store.access import NotAllowed
from ui import intake, labels, people, safe, session

FORMS = (
    "text, Markdown, web page, PDF, Word, OpenDocument, RTF, e-mail, table of reports (CSV, Excel, "
    "JSON Lines), ZIP"
)


def dropzone(where: str) -> None:
    """The file uploader; what is dropped is kept, and read, at once."""
    if not people.only_editors("Adding reports"):
        return
    files = st.file_uploader(
        f"Drop reports here, as many as you like: {FORMS}",
        accept_multiple_files=True,
        key=f"upload_{where}_{session.upload_round()}",
    )
    if not files:
        return
    if len(files) > intake.MOST_FILES or sum(file.size for file in files) > intake.MOST_BYTES:
        st.error(
            f"That is too much at once: at most {intake.MOST_FILES:,} files and "
            f"{intake.MOST_BYTES // 10**6} MB. Nothing was taken; drop fewer, or use "
            "`python -m store add FOLDER`."
        )
        return
    with st.spinner(f"Keeping {labels.plural(len(files), 'file')}"):
        _bring([(file.name, file.getvalue()) for file in files], where)


def look_first(where: str) -> None:
    """The switch for looking at each report before it is kept."""
    if people.may_edit():
        st.toggle(
            "Look at each report before it is kept",
            key=f"preview_{where}",
            help="Shows its figures in the text; you keep it, correct it or leave it out.",
        )


def _looks_first(where: str) -> bool:
    return bool(session.read(f"preview_{where}"))


def _bring(files: list[tuple[str, bytes]], where: str, **chosen: str) -> None:
    try:
        batch = intake.bring(files, preview=_looks_first(where), chosen=chosen)
    except NotAllowed as refusal:
        st.error(safe.markdown(str(refusal), 300))
        return
    session.keep_batch(batch)
    st.rerun()


def paste(where: str) -> None:
    """A form for a text from the clipboard, with what is known of it."""
    if not people.only_editors("Adding reports"):
        return
    # The round is part of every key: a text that was kept leaves its box.
    part = f"{where}_{session.upload_round()}"
    with st.form(f"paste_{part}", border=False):
        text = st.text_area("Text of the report", height=180, key=f"paste_text_{part}")
        left, right = st.columns(2)
        title = left.text_input("Title", key=f"paste_title_{part}")
        publisher = right.text_input("Publisher", key=f"paste_publisher_{part}")
        url = left.text_input("Address (URL)", key=f"paste_url_{part}")
        published = right.date_input(
            "Published on",
            value=None,
            format="YYYY-MM-DD",
            min_value=date(1945, 1, 1),
            key=f"paste_published_{part}",
            help="Days such as “on Wednesday” are counted from it.",
        )
        sent = st.form_submit_button("Read this text", type="primary")
    if not sent:
        return
    try:
        with st.spinner("Reading the text"):
            batch = intake.bring_text(
                text,
                title=title.strip() or None,
                publisher=publisher.strip() or None,
                url=url.strip() or None,
                published=published,
                preview=_looks_first(where),
            )
    except Refused as refusal:
        st.error(f"Not added: {safe.markdown(str(refusal), 300)}.")
        return
    except NotAllowed as refusal:
        st.error(safe.markdown(str(refusal), 300))
        return
    session.keep_batch(batch)
    st.rerun()


def address(where: str) -> None:
    """A form for a web address: the one place where the ledger asks the network for anything."""
    if not people.only_editors("Adding reports"):
        return
    part = f"{where}_{session.upload_round()}"
    with st.form(f"fetch_{part}", border=False):
        url = st.text_input("Address of a report", placeholder="https://", key=f"fetch_url_{part}")
        st.caption(
            "The page is fetched once, now, by the machine that this ledger runs on. "
            "Nothing else here asks the network for anything."
        )
        sent = st.form_submit_button("Fetch and read it", type="primary")
    if not sent:
        return
    try:
        with st.spinner("Fetching the page"):
            name, content = fetch(url.strip())
    except Refused as refusal:
        st.error(f"Not fetched: {safe.markdown(str(refusal), 300)}.")
        return
    _bring([(name, content)], where, address=url.strip())
