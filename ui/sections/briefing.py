"""The situation brief on the current filter: one click for a page, a Word file or a PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from ui import cached
from ui.publish import brief_page, brief_word, browser
from ui.publish.brief import Brief, brief
from ui.shell import View

_FORMS: Final[dict[str, tuple[str, str, Callable[[Brief], bytes]]]] = {
    "html": ("Page (HTML)", "text/html", brief_page.page),
    "docx": (
        "Word",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        brief_word.word,
    ),
    "pdf": ("PDF", "application/pdf", brief_page.pdf),
}


def buttons(view: View) -> None:
    """The buttons; the brief is written when one is clicked, and not before."""
    drawn = browser.path() is not None
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="briefing"):
        st.markdown("Situation brief of this view:", width="content")
        for suffix, (label, mime, write) in _FORMS.items():
            st.download_button(
                label,
                data=_maker(view, write),
                file_name=f"crossing-ledger-brief.{suffix}",
                mime=mime,
                key=f"brief_{suffix}",
                on_click="ignore",
                disabled=suffix == "pdf" and not drawn,
                help=None if drawn else browser.MISSING,
            )


def _maker(view: View, write: Callable[[Brief], bytes]) -> Callable[[], bytes]:
    def make() -> bytes:
        return write(brief(view.records(), cached.reports(), view.described))

    return make
