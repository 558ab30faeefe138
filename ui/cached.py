"""What pages draw, worked out once for each version of the store and shared by all sessions.

Frames are never changed in place: copying a million rows on each run would cost more than the
query. `ui.views` says where they are kept.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from store import address, doubt, gold, reconcile
from store.ledger import StoredReport
from store.query import Filter
from store.rows import Rows
from ui import facets
from ui.views import begin as begin
from ui.views import current, newest_views, shared
from ui.views import database_url as database_url
from ui.views import ledger as ledger
from ui.views import once as once
from ui.views import unsigned as unsigned


@shared(1)
def _reports() -> pd.DataFrame:
    return unsigned().reports()


@shared(4)
def _newest(most: int) -> pd.DataFrame:
    return unsigned().newest(most)


def newest(most: int) -> pd.DataFrame:
    """The reports that came in last, as `reports` has them, without reading all others."""
    return _newest(most)


@shared(1)
def _report_column() -> pd.Series:
    return records()["report_key"].astype("category")


@shared(1)
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
    return current().snapshot.version


def newest_version() -> str:
    """The version that a page would show which is drawn now, whatever this one shows."""
    return newest_views().snapshot.version


def records() -> pd.DataFrame:
    """The record frame of the whole store (see `store.frame`), rejected ones too; read only."""
    return current().frame


def reports() -> pd.DataFrame:
    """The frame of reports (see `Store.reports`); read only."""
    return _reports()


def report(report_key: str) -> StoredReport:
    """A report with the text to which its records' offsets refer; KeyError for an unknown one."""
    return unsigned().text(report_key)


@shared(2)
def _measured() -> dict[str, Any] | None:
    found = unsigned().review.gold()
    how = "as reviewers of this ledger found them"
    return gold.measured(found).as_json() | {"how": how} if found else None


def measured() -> dict[str, Any] | None:
    """The accuracy of the stored reading on reviewed records; None where nothing was reviewed."""
    return _measured()


@shared(24)
def _mask(chosen: Filter) -> np.ndarray:
    return chosen.mask(records())


def mask(chosen: Filter) -> np.ndarray:
    """For each row of `records()` whether it passes the filter (bool); read only."""
    return _mask(chosen)


@shared(400)
def _tally(name: str, over: Filter) -> facets.Tally:
    parameter = address.BY_NAME[name]
    if parameter.column is None:
        raise ValueError(f"{name} is not a choice")
    column = _report_column() if name == "report" else records()[parameter.column]
    return facets.tally(column, _mask(over), parameter)


def tally(name: str, over: Filter) -> facets.Tally:
    """Records for each value of a parameter, over what the filter leaves; read only."""
    return _tally(name, over)


@shared(40)
def _surer(over: Filter) -> np.ndarray:
    sure = records()["confidence"].to_numpy(dtype="float64", na_value=np.nan)
    return np.sort(sure[_mask(over) & ~np.isnan(sure)])


def at_least(confidence: float, over: Filter) -> int:
    """How many records under the filter are known to be at least so sure."""
    sure = _surer(over)
    return int(len(sure) - np.searchsorted(sure, confidence))


@shared(6)
def _ruled(chosen: Filter) -> reconcile.Reconciled:
    views = current()
    return reconcile.narrowed(views.ready, _mask(chosen)) if chosen else views.whole


@shared(12)
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


@shared(6)
def _doubted(chosen: Filter) -> doubt.Doubt:
    return doubt.doubted(_judged(chosen))


def doubted(chosen: Filter) -> doubt.Doubt:
    """How doubtful the claims that pass the filter are (`store.doubt`); read only."""
    return _doubted(chosen)


def judged_all() -> Rows:
    """Every record with its role in the whole ledger (see `reconcile.judge`); read only."""
    return judged(Filter())


@shared(40)
def _totals(chosen: Filter, by: tuple[str, ...]) -> pd.DataFrame:
    return reconcile.totals(_ruled(chosen), by)


def totals(chosen: Filter, by: tuple[str, ...] = ()) -> pd.DataFrame:
    """Best totals by status and `by` (see `reconcile.totals`); read only."""
    return _totals(chosen, by)


@shared(12)
def _daily(chosen: Filter, by: str, freq: str) -> pd.DataFrame:
    return reconcile.daily(_ruled(chosen), by, freq)


def daily(chosen: Filter, by: str, freq: str) -> pd.DataFrame:
    """People per day, week or month (see `reconcile.daily`); read only."""
    return _daily(chosen, by, freq)


@shared(8)
def _running(chosen: Filter) -> pd.DataFrame:
    return reconcile.running_totals(_ruled(chosen))


def running_totals(chosen: Filter) -> pd.DataFrame:
    """Running totals against the sum of days (see `reconcile.running_totals`); read only."""
    return _running(chosen)


@shared(8)
def _cumulated(chosen: Filter, event_key: str) -> pd.DataFrame:
    return reconcile.cumulated_days(_ruled(chosen), event_key)


def cumulated_days(chosen: Filter, event_key: str) -> pd.DataFrame:
    """The days of one running total added up (see `reconcile.cumulated_days`); read only."""
    return _cumulated(chosen, event_key)


@shared(4)
def _events(chosen: Filter) -> pd.DataFrame:
    return reconcile.events(_ruled(chosen))


def events(chosen: Filter) -> pd.DataFrame:
    """Events with their claims (see `reconcile.events`); read only."""
    return _events(chosen)


@shared(12)
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


@shared(8)
def _expected(chosen: Filter) -> pd.DataFrame:
    return reconcile.expected_against_crossed(_ruled(chosen))


def expected_against_crossed(chosen: Filter) -> pd.DataFrame:
    """Expected set against crossed (see `reconcile.expected_against_crossed`); read only."""
    return _expected(chosen)
