"""The tables that leave the ledger, each made of the records under a filter.

The page and the command both come here, so that they give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from store import reconcile
from store.export.iso import with_alpha_3, with_places
from store.export.machine import with_machine_values
from store.export.spans import with_quotes
from store.export.table import Table, table
from store.ledger import Store

REPORT_COLUMNS = (
    "key", "name", "filename", "title", "publisher", "author", "published", "url", "language",
    "near_copy_of", "n_records", "extractor", "added_at",
)  # fmt: skip


def records(claims: pd.DataFrame, store: Store) -> Table:
    """The records with what cites and places them: codes, coordinates, link, text around."""
    frame = with_places(with_alpha_3(claims))
    links = store.reports().set_index("key")["url"]
    frame = frame.assign(url=frame["report_key"].map(links).astype("category"))
    frame = with_quotes(frame, store.texts)
    return table("records", with_machine_values(frame))


def events(claims: pd.DataFrame, store: Store) -> Table:
    """The events that the records tell of (`store.reconcile.events`), with their places."""
    return _placed("events", reconcile.events(claims))


def rivals(claims: pd.DataFrame, store: Store) -> Table:
    """The events on which claims differ (`store.reconcile.rivals`), with their places."""
    return _placed("rivals", reconcile.rivals(claims))


def running_totals(claims: pd.DataFrame, store: Store) -> Table:
    """Running totals against the sum of days (`store.reconcile.running_totals`)."""
    return table("running_totals", with_alpha_3(reconcile.running_totals(claims)))


def expected(claims: pd.DataFrame, store: Store) -> Table:
    """Expected against crossed (`store.reconcile.expected_against_crossed`)."""
    return table("expected", with_alpha_3(reconcile.expected_against_crossed(claims)))


def reports(claims: pd.DataFrame, store: Store) -> Table:
    """The reports of the records, oldest first: the sources."""
    found = store.reports()
    found = found[found["key"].isin(claims["report_key"].unique())]
    found = found.sort_values(["published", "key"], na_position="last", ignore_index=True)
    return table("reports", found[list(REPORT_COLUMNS)])


TABLES: dict[str, Callable[[pd.DataFrame, Store], Table]] = {
    "records": records,
    "events": events,
    "rivals": rivals,
    "running_totals": running_totals,
    "expected": expected,
    "reports": reports,
}


def _placed(name: str, frame: pd.DataFrame) -> Table:
    return replace(table(name, with_places(with_alpha_3(frame))), places=True)
