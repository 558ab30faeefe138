"""Reports that older rules have read: read them again, with every review carried over."""

from __future__ import annotations

import logging

import pandas as pd
import streamlit as st

from store.access import NotAllowed
from store.engine import StoreError
from store.keeping import extractor, read_again
from ui import cached, labels, people, session
from ui.review import acts

_LOG = logging.getLogger(__name__)


def offer(reports: pd.DataFrame) -> None:
    """Offer to read again what other rules than the current ones have read; nothing where none."""
    older = list(reports.loc[reports["extractor"] != extractor(), "key"])
    if not older or not people.may_edit():
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"{labels.plural(len(older), 'report was', 'reports were')} read by other rules than "
            "today's. Reading again changes no text, and carries over what reviewers said."
        )
        if st.button("Read all again", key="read_again", icon=":material/refresh:"):
            _run(older)


def _run(keys: list[str]) -> None:
    store, failed = cached.ledger(), []
    with st.spinner(f"Reading {labels.plural(len(keys), 'report')} again"):
        for key in keys:
            try:
                read_again(store, key)
            except (NotAllowed, StoreError) as error:
                session.keep_notice("warning", acts.plain(error))
                st.rerun()
            except Exception:  # noqa: BLE001 - one report that cannot be read stops no other
                _LOG.exception("reading %s again failed", key)
                failed.append(key)
    words = f"{labels.plural(len(keys) - len(failed), 'report')} read again."
    if failed:
        words += f" {labels.plural(len(failed), 'report')} could not be read, and stayed as before."
    session.keep_notice("warning" if failed else "success", words)
    st.rerun()
