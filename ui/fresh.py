"""An open page that nobody touches hears of what others write, in this process or another.

Pages that are only looked at are drawn anew. Where somebody may be typing or has picked a row,
drawing anew could move what is under their hands: there the page says that it is out of date, and
offers the changes.
"""

from __future__ import annotations

import gc
import time
from typing import Final

import streamlit as st

from store.engine import StoreError
from ui import cached, session

EVERY: Final = 2.0
"""Seconds between two looks at the store's version."""

AT_LAST: Final = 15.0
"""While a batch comes in the version moves at every look; a page waits so long for it to rest."""


def watch(drawn: str, live: bool) -> None:
    """Look after the store from now on, for a page that shows its version `drawn`.

    With `live` the page is drawn anew by itself, else that is offered.
    """
    _settle()
    session.seed(_SEEN, (drawn, time.monotonic()))
    _look(drawn, live)


_SEEN: Final = "fresh_seen"


@st.fragment(run_every=EVERY)
def _look(drawn: str, live: bool) -> None:
    try:
        now = cached.newest_version()
    except StoreError:
        st.warning("The store does not answer; this page may be out of date.")
        return
    if now == drawn:
        return
    if live:
        seen, since = session.read(_SEEN)
        if now == seen or time.monotonic() - since > AT_LAST:
            st.rerun()
        session.seed(_SEEN, (now, since))
        return
    with st.container(horizontal=True, vertical_alignment="center", key="fresh"):
        st.markdown(":material/sync: The ledger has changed since this page was drawn.")
        if st.button("Show the changes", key="fresh_show"):
            st.rerun()


@st.cache_resource(show_spinner=False)
def _settle() -> None:
    # What was imported until now is half a million objects that stay, and need no looking at each
    # time that Python collects garbage.
    gc.collect()
    gc.freeze()
