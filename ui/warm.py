"""A server begins to work before the first visitor comes: modules, records, the commonest views.

Of a million records these take seconds, which a team's server has between its start and the first
click.
"""

from __future__ import annotations

import logging
import threading
from importlib import import_module
from typing import Final

from store.engine import StoreError

_LOG: Final = logging.getLogger(__name__)
_MODULES: Final = (
    "plotly.graph_objects",
    "ui.shell",
    "ui.sections.batch",
    "ui.sections.crossings",
    "ui.sections.exports",
    "ui.sections.library",
    "ui.sections.timeline",
    "ui.sections.upload",
)


def begin() -> None:
    """Begin beside the server's own start; nobody waits for it."""
    threading.Thread(target=_warm, name="warm", daemon=True).start()


def _warm() -> None:
    for name in _MODULES:
        import_module(name)
    from store import address
    from store.query import Filter
    from ui import cached, filters
    from ui.figures.axis import choose_freq

    try:
        everything = Filter()
        records = cached.judged(everything)
        if records.empty:
            return
        for name in filters.CHOICES:
            cached.tally(name, address.to_filter({}))
        cached.totals(everything)
        cached.daily(everything, "group", choose_freq(records["date"].drop_duplicates()))
    except StoreError as error:
        # The first page says so to whoever opens it.
        _LOG.info("nothing was made ready before the first visitor: %s", error)
