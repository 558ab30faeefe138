"""What every page begins with: samples on first start, title, the shared filter, its chips."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from store import address
from store.engine import StoreError
from store.query import Filter
from store.rows import Rows
from ui import cached, filters, first_run, fresh, labels, people, safe, session
from ui.navigation import entry, path


@dataclass(frozen=True)
class View:
    """What a page draws: the filter, all records, and the claims that pass with their roles."""

    chosen: Filter
    params: address.Params
    everything: pd.DataFrame
    claims: Rows
    names: dict[str, str]

    @property
    def described(self) -> str:
        """The filter in words."""
        return filters.describe(self.params, self.names)

    def records(self) -> pd.DataFrame:
        """The records that pass the filter (`store.frame`): large where there are many."""
        return self.everything.take(self.claims.index.to_numpy())

    def narrowed(self, *words: str) -> str:
        """The filter in words, and what the page itself keeps to, each as "Name: value"."""
        return "; ".join([self.described, *words] if self.params else words)


def open_page(stem: str) -> View:
    """Start a page, whichever page a session begins with; gives what it is to draw."""
    page = entry(stem)
    session.begin()
    drawn, everything = _load()
    chosen = filters.sidebar(everything)
    people.badge()
    params = session.params()
    names = filters.report_names(everything, params.get("report", ()))
    st.title(page.title, anchor=False)
    st.caption(page.help)
    filters.chips(params, names)
    fresh.watch(drawn, page.live)
    return View(chosen, params, everything, cached.judged(chosen), names)


def _load() -> tuple[str, pd.DataFrame]:
    """The store's version and all records.

    Where the store cannot be reached the page says why and ends there.
    """
    try:
        people.gate()
        first_run.ensure()
        cached.begin()
        return cached.version(), cached.records()
    except StoreError as error:
        st.error(safe.markdown(str(error), 400), icon=":material/database_off:")
        st.caption("Nothing is lost. The page works again as soon as the store answers.")
        st.stop()


def empty(view: View) -> bool:
    """Where there is nothing to draw, say what to do, and give True."""
    if len(view.claims):
        return False
    if len(view.everything) == 0:
        st.info(
            "The ledger is empty. Add a report, and its figures appear on every page.",
            icon=":material/inbox:",
        )
        st.page_link(path("reports"), label="Add reports", icon=entry("reports").icon)
    else:
        st.info(
            "No record passes this filter. "
            f"{labels.plural(len(view.everything), 'record')} stand in the ledger.",
            icon=":material/filter_alt_off:",
        )
        st.button("Reset the filter", key="empty_reset", on_click=session.reset_filter)
    return True
