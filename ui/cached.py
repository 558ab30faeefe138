"""Cached loaders: the store, and what is worked out of one version of it.

Frames are shared between sessions and never changed in place (copying a million rows on each run
would cost more than the query). They are kept with the records that they were made of
(`store.shelf`), and go with these when the store has moved on.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Hashable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Final, TypeVar

import numpy as np
import pandas as pd
import streamlit as st

from store import address, doubt, gold, reconcile
from store.access import Access
from store.ledger import Store, StoredReport
from store.query import Filter
from store.rows import Rows
from store.shelf import Shelf, Views
from ui import facets, people

_PINNED: Final = threading.local()

T = TypeVar("T")


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


@st.cache_resource(show_spinner=False)
def _shelf(url: str | None) -> Shelf:
    return Shelf(_store(url))


def begin() -> None:
    """Let the run of a page that begins here see one version of the store throughout."""
    url = database_url()
    _PINNED.url, _PINNED.views = url, _shelf(url).current()


def _views() -> Views:
    url = database_url()
    if getattr(_PINNED, "url", "") == url:
        views: Views = _PINNED.views
        return views
    return _shelf(url).current()


@contextmanager
def _pinned(views: Views) -> Iterator[None]:
    """What a view is made of is of its own version, too."""
    before = vars(_PINNED).copy()
    _PINNED.url, _PINNED.views = database_url(), views
    try:
        yield
    finally:
        vars(_PINNED).clear()
        vars(_PINNED).update(before)


def _shared(most: int = 12) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Work a view out once for all sessions; the `most` last used stay with their version."""

    def decorate(make: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(make)
        def shared(*key: Any) -> Any:
            return once(make.__name__, key, lambda: make(*key), most)

        return shared

    return decorate


def once(kind: str, key: Hashable, make: Callable[[], T], most: int = 12) -> T:
    """What a section makes of this version's records, made once for all sessions; read only.

    `key` tells the views of one kind apart, of which the `most` last used stay.
    """
    views = _views()

    def made() -> T:
        with _pinned(views):
            return make()

    return views.once(kind, key, made, most)


@_shared(1)
def _reports() -> pd.DataFrame:
    return unsigned().reports()


@_shared(4)
def _newest(most: int) -> pd.DataFrame:
    return unsigned().newest(most)


def newest(most: int) -> pd.DataFrame:
    """The reports that came in last, as `reports` has them, without reading all others."""
    return _newest(most)


@_shared(1)
def _report_column() -> pd.Series:
    return records()["report_key"].astype("category")


@_shared(1)
def _first_rows() -> tuple[pd.Index, np.ndarray]:
    column = _report_column()
    return column.cat.categories, np.unique(column.cat.codes.to_numpy(), return_index=True)[1]


def first_rows(report_keys: Collection[str]) -> np.ndarray:
    """The place in `records()` of one row of each of these reports; an unknown one has none."""
    keys, first = _first_rows()
    at = keys.get_indexer(list(report_keys))
    return first[at[at >= 0]]


def sources(places: np.ndarray) -> int:
    """How many reports the records at these places in `records()` are of."""
    codes = _report_column().cat.codes.to_numpy()[places]
    return int(np.count_nonzero(np.bincount(codes))) if len(codes) else 0


def version() -> str:
    """What changes whenever the store's content does."""
    return _views().snapshot.version


def newest_version() -> str:
    """The version that a page would show which is drawn now, whatever this one shows."""
    return _shelf(database_url()).current().snapshot.version


def records() -> pd.DataFrame:
    """The record frame of the whole store (see `store.frame`), rejected ones too; read only."""
    return _views().frame


def reports() -> pd.DataFrame:
    """The frame of reports (see `Store.reports`); read only."""
    return _reports()


def report(report_key: str) -> StoredReport:
    """A report with the text to which its records' offsets refer; KeyError for an unknown one."""
    return _store(database_url()).text(report_key)


@_shared(2)
def _measured() -> dict[str, Any] | None:
    found = unsigned().review.gold()
    how = "as reviewers of this ledger found them"
    return gold.measured(found).as_json() | {"how": how} if found else None


def measured() -> dict[str, Any] | None:
    """The accuracy of the stored reading on reviewed records; None where nothing was reviewed."""
    return _measured()


@_shared(24)
def _mask(chosen: Filter) -> np.ndarray:
    return chosen.mask(records())


def mask(chosen: Filter) -> np.ndarray:
    """For each row of `records()` whether it passes the filter (bool); read only."""
    return _mask(chosen)


@_shared(400)
def _tally(name: str, over: Filter) -> facets.Tally:
    parameter = address.BY_NAME[name]
    if parameter.column is None:
        raise ValueError(f"{name} is not a choice")
    column = _report_column() if name == "report" else records()[parameter.column]
    return facets.tally(column, _mask(over), parameter)


def tally(name: str, over: Filter) -> facets.Tally:
    """Records for each value of a parameter, over what the filter leaves; read only."""
    return _tally(name, over)


@_shared(40)
def _surer(over: Filter) -> np.ndarray:
    sure = records()["confidence"].to_numpy(dtype="float64", na_value=np.nan)
    return np.sort(sure[_mask(over) & ~np.isnan(sure)])


def at_least(confidence: float, over: Filter) -> int:
    """How many records under the filter are known to be at least so sure."""
    sure = _surer(over)
    return int(len(sure) - np.searchsorted(sure, confidence))


@_shared(6)
def _ruled(chosen: Filter) -> reconcile.Reconciled:
    views = _views()
    return reconcile.narrowed(views.ready, _mask(chosen)) if chosen else views.whole


@_shared(12)
def _judged(chosen: Filter) -> Rows:
    ruled = _ruled(chosen)
    return Rows(records(), ruled.chosen, reconcile.roles(ruled), {_FILTER: chosen})


def judged(chosen: Filter) -> Rows:
    """The claims that pass the filter with their roles (see `reconcile.judge`); read only.

    Without `event_key` and `reason`, which `with_texts` adds to the rows that are shown, but
    `event` (int32), a number for each event, -1 for running totals. The index is the row's place in
    `records()`.
    """
    return _judged(chosen)


_FILTER = "chosen"
"""In a judged frame's `attrs`: the filter over which its roles hold."""


def with_texts(rows: pd.DataFrame) -> pd.DataFrame:
    """Some rows of a frame that `judged` gave, with the texts that it leaves out.

    These are `event_key` and `reason`.
    """
    ruled = _ruled(rows.attrs[_FILTER])
    keys, reasons = ruled.explained(rows.index.to_numpy())
    return rows.assign(event_key=pd.array(keys, dtype="str"), reason=pd.array(reasons, dtype="str"))


@_shared(6)
def _doubted(chosen: Filter) -> doubt.Doubt:
    return doubt.doubted(_judged(chosen))


def doubted(chosen: Filter) -> doubt.Doubt:
    """How doubtful the claims that pass the filter are (`store.doubt`); read only."""
    return _doubted(chosen)


def judged_all() -> Rows:
    """Every record with its role in the whole ledger (see `reconcile.judge`); read only."""
    return judged(Filter())


@_shared(40)
def _totals(chosen: Filter, by: tuple[str, ...]) -> pd.DataFrame:
    return reconcile.totals(_ruled(chosen), by)


def totals(chosen: Filter, by: tuple[str, ...] = ()) -> pd.DataFrame:
    """Best totals by status and `by` (see `reconcile.totals`); read only."""
    return _totals(chosen, by)


@_shared(12)
def _daily(chosen: Filter, by: str, freq: str) -> pd.DataFrame:
    return reconcile.daily(_ruled(chosen), by, freq)


def daily(chosen: Filter, by: str, freq: str) -> pd.DataFrame:
    """People per day, week or month (see `reconcile.daily`); read only."""
    return _daily(chosen, by, freq)


@_shared(8)
def _running(chosen: Filter) -> pd.DataFrame:
    return reconcile.running_totals(_ruled(chosen))


def running_totals(chosen: Filter) -> pd.DataFrame:
    """Running totals against the sum of days (see `reconcile.running_totals`); read only."""
    return _running(chosen)


@_shared(8)
def _cumulated(chosen: Filter, event_key: str) -> pd.DataFrame:
    return reconcile.cumulated_days(_ruled(chosen), event_key)


def cumulated_days(chosen: Filter, event_key: str) -> pd.DataFrame:
    """The days of one running total added up (see `reconcile.cumulated_days`); read only."""
    return _cumulated(chosen, event_key)


@_shared(4)
def _events(chosen: Filter) -> pd.DataFrame:
    return reconcile.events(_ruled(chosen))


def events(chosen: Filter) -> pd.DataFrame:
    """Events with their claims (see `reconcile.events`); read only."""
    return _events(chosen)


@_shared(12)
def _rivals(chosen: Filter, most: int | None, drawn: tuple[str, ...] | None) -> pd.DataFrame:
    return reconcile.rivals(_ruled(chosen), most=most, drawn=drawn)


def rivals(
    chosen: Filter, most: int | None = None, drawn: tuple[str, ...] | None = None
) -> pd.DataFrame:
    """Events on which claims differ (see `reconcile.rivals`); read only."""
    return _rivals(chosen, most, drawn)


def n_rivals(chosen: Filter) -> int:
    """On how many events claims differ."""
    return reconcile.n_rivals(_ruled(chosen))


@_shared(8)
def _expected(chosen: Filter) -> pd.DataFrame:
    return reconcile.expected_against_crossed(_ruled(chosen))


def expected_against_crossed(chosen: Filter) -> pd.DataFrame:
    """Expected set against crossed (see `reconcile.expected_against_crossed`); read only."""
    return _expected(chosen)
