"""Cached loaders: the store, and its frames keyed by the store's version.

Frames are shared between sessions and never changed in place (`cache_resource` hands out the
object itself; copying a million rows on each run would cost more than the query).
"""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from store import address, doubt, gold, reconcile
from store.access import Access
from store.ledger import Store, StoredReport
from store.query import Filter
from ui import facets, people


def database_url() -> str | None:
    """The database that `DATABASE_URL` names; None for the store's default."""
    return os.environ.get("DATABASE_URL") or None


@st.cache_resource(show_spinner=False)
def _store(url: str | None) -> Store:
    # Shared by all sessions, so nobody's: it writes nothing until it is signed.
    return Store(url, Access(login=True))


def unsigned() -> Store:
    """The process's store for the database in use, in nobody's name: what reads it may share it."""
    return _store(database_url())


def ledger() -> Store:
    """The process's store for the database in use, in the name of whoever is at the page.

    It can be read by anyone; every write raises NotAllowed for one who is no editor.
    """
    return _store(database_url()).signed_by(people.identity(), people.access())


@st.cache_resource(max_entries=2, show_spinner=False)
def _records(url: str | None, version: str) -> pd.DataFrame:
    return _store(url).records(rejected=True)


@st.cache_resource(max_entries=2, show_spinner=False)
def _reports(url: str | None, version: str) -> pd.DataFrame:
    return _store(url).reports()


def version() -> str:
    """What changes whenever the store's content does."""
    return str(_store(database_url()).version())


def records() -> pd.DataFrame:
    """The record frame of the whole store (see `store.frame`), rejected ones too; read only."""
    return _records(database_url(), version())


def reports() -> pd.DataFrame:
    """The frame of reports (see `Store.reports`); read only."""
    return _reports(database_url(), version())


def report(report_key: str) -> StoredReport:
    """A report with the text to which its records' offsets refer; KeyError for an unknown one."""
    return _store(database_url()).text(report_key)


@st.cache_resource(max_entries=2, show_spinner=False)
def _measured(url: str | None, version: str) -> dict[str, Any] | None:
    found = _store(url).review.gold()
    how = "as reviewers of this ledger found them"
    return gold.measured(found).as_json() | {"how": how} if found else None


def measured() -> dict[str, Any] | None:
    """The accuracy of the stored reading on reviewed records; None where nothing was reviewed."""
    return _measured(database_url(), version())


@st.cache_resource(max_entries=12, show_spinner=False)
def _claims(url: str | None, version: str, chosen: Filter) -> pd.DataFrame:
    return chosen.apply(_records(url, version))


@st.cache_resource(max_entries=24, show_spinner=False)
def _mask(url: str | None, version: str, chosen: Filter) -> np.ndarray:
    return chosen.mask(_records(url, version))


def mask(chosen: Filter) -> np.ndarray:
    """For each row of `records()` whether it passes the filter (bool); read only."""
    return _mask(database_url(), version(), chosen)


@st.cache_resource(max_entries=400, show_spinner=False)
def _tally(url: str | None, version: str, name: str, over: Filter) -> facets.Tally:
    parameter = address.BY_NAME[name]
    if parameter.column is None:
        raise ValueError(f"{name} is not a choice")
    return facets.tally(
        _records(url, version)[parameter.column], _mask(url, version, over), parameter
    )


def tally(name: str, over: Filter) -> facets.Tally:
    """Records for each value of a parameter, over what the filter leaves; read only."""
    return _tally(database_url(), version(), name, over)


@st.cache_resource(max_entries=40, show_spinner=False)
def _surer(url: str | None, version: str, over: Filter) -> np.ndarray:
    sure = _records(url, version)["confidence"].to_numpy(dtype="float64", na_value=np.nan)
    return np.sort(sure[_mask(url, version, over) & ~np.isnan(sure)])


def at_least(confidence: float, over: Filter) -> int:
    """How many records under the filter are known to be at least so sure."""
    sure = _surer(database_url(), version(), over)
    return int(len(sure) - np.searchsorted(sure, confidence))


@st.cache_resource(max_entries=12, show_spinner=False)
def _ruled(url: str | None, version: str, chosen: Filter) -> reconcile.Reconciled:
    return reconcile.reconcile(_claims(url, version, chosen))


def claims(chosen: Filter) -> pd.DataFrame:
    """The records that pass the filter (see `store.frame`); read only."""
    return _claims(database_url(), version(), chosen)


@st.cache_resource(max_entries=12, show_spinner=False)
def _judged(url: str | None, version: str, chosen: Filter) -> pd.DataFrame:
    return reconcile.judge(_ruled(url, version, chosen))


def judged(chosen: Filter) -> pd.DataFrame:
    """The claims that pass the filter with their roles (see `reconcile.judge`); read only."""
    return _judged(database_url(), version(), chosen)


@st.cache_resource(max_entries=6, show_spinner=False)
def _doubted(url: str | None, version: str, chosen: Filter) -> doubt.Doubt:
    return doubt.doubted(_judged(url, version, chosen))


def doubted(chosen: Filter) -> doubt.Doubt:
    """How doubtful the claims that pass the filter are (`store.doubt`); read only."""
    return _doubted(database_url(), version(), chosen)


def judged_all() -> pd.DataFrame:
    """Every record with its role in the whole ledger (see `reconcile.judge`); read only."""
    return judged(Filter())


@st.cache_resource(max_entries=40, show_spinner=False)
def _totals(url: str | None, version: str, chosen: Filter, by: tuple[str, ...]) -> pd.DataFrame:
    return reconcile.totals(_ruled(url, version, chosen), by)


def totals(chosen: Filter, by: tuple[str, ...] = ()) -> pd.DataFrame:
    """Best totals by status and `by` (see `reconcile.totals`); read only."""
    return _totals(database_url(), version(), chosen, by)


@st.cache_resource(max_entries=12, show_spinner=False)
def _daily(url: str | None, version: str, chosen: Filter, by: str, freq: str) -> pd.DataFrame:
    return reconcile.daily(_ruled(url, version, chosen), by, freq)


def daily(chosen: Filter, by: str, freq: str) -> pd.DataFrame:
    """People per day, week or month (see `reconcile.daily`); read only."""
    return _daily(database_url(), version(), chosen, by, freq)


@st.cache_resource(max_entries=8, show_spinner=False)
def _running(url: str | None, version: str, chosen: Filter) -> pd.DataFrame:
    return reconcile.running_totals(_ruled(url, version, chosen))


def running_totals(chosen: Filter) -> pd.DataFrame:
    """Running totals against the sum of days (see `reconcile.running_totals`); read only."""
    return _running(database_url(), version(), chosen)


@st.cache_resource(max_entries=8, show_spinner=False)
def _cumulated(url: str | None, version: str, chosen: Filter, event_key: str) -> pd.DataFrame:
    return reconcile.cumulated_days(_ruled(url, version, chosen), event_key)


def cumulated_days(chosen: Filter, event_key: str) -> pd.DataFrame:
    """The days of one running total added up (see `reconcile.cumulated_days`); read only."""
    return _cumulated(database_url(), version(), chosen, event_key)


@st.cache_resource(max_entries=4, show_spinner=False)
def _events(url: str | None, version: str, chosen: Filter) -> pd.DataFrame:
    return reconcile.events(_ruled(url, version, chosen))


def events(chosen: Filter) -> pd.DataFrame:
    """Events with their claims (see `reconcile.events`); read only."""
    return _events(database_url(), version(), chosen)


@st.cache_resource(max_entries=8, show_spinner=False)
def _rivals(url: str | None, version: str, chosen: Filter) -> pd.DataFrame:
    return reconcile.rivals(_ruled(url, version, chosen))


def rivals(chosen: Filter) -> pd.DataFrame:
    """Events on which claims differ (see `reconcile.rivals`); read only."""
    return _rivals(database_url(), version(), chosen)


@st.cache_resource(max_entries=8, show_spinner=False)
def _expected(url: str | None, version: str, chosen: Filter) -> pd.DataFrame:
    return reconcile.expected_against_crossed(_ruled(url, version, chosen))


def expected_against_crossed(chosen: Filter) -> pd.DataFrame:
    """Expected set against crossed (see `reconcile.expected_against_crossed`); read only."""
    return _expected(database_url(), version(), chosen)
