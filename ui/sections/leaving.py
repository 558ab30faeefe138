"""One crisis at a time: the timeline keeps to the people who leave one country.

Several crises in one chart differ a thousandfold, and one large figure flattens all others.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st

from store.rows import Rows
from ui import cached, labels, safe, session
from ui.shell import View

EVERYWHERE: Final = "all"
_KEY: Final = "leaving"
_LOOKED_AT: Final = 50
"""So many of the newest reports are asked where people leave; then it is everywhere."""


def choose(view: View) -> View:
    """Draw the choice where several countries are left; gives the view that it leaves.

    At first it is the country of the report that came in last, so that whoever has just added a
    story sees it; with a filter set, everywhere, for then the reader has chosen already.
    """
    tally = view.claims["origin"].value_counts()
    tally = tally[tally > 0]
    if len(tally) < 2:
        return view
    options = [EVERYWHERE, *tally.index.astype("str")]
    if session.read(_KEY) not in options:
        start = EVERYWHERE if view.params else _newest(view.claims) or EVERYWHERE
        session.seed_choice(_KEY, _KEY, options, start)
    code = st.selectbox(
        "People leaving",
        options,
        format_func=lambda code: _words(code, tally),
        key=_KEY,
        help="One crisis at a time, so that a large one does not flatten the others. "
        "It begins with the report that came in last.",
        width=320,
    )
    session.show_choice(_KEY, _KEY)
    if code == EVERYWHERE:
        return view
    chosen = replace(view.chosen, origins=(code,))
    params = {**view.params, "origin": (code,)}
    return replace(view, chosen=chosen, params=params, claims=cached.judged(chosen))


def _newest(claims: Rows) -> str | None:
    """The country that most figures of the newest report leave, of those that tell of one."""
    keys = list(cached.newest(_LOOKED_AT)["key"])
    told = claims[claims["report_key"].isin(keys)][["report_key", "origin"]].dropna()
    for key in keys:
        here = told.loc[told["report_key"] == key, "origin"]
        if len(here):
            return str(here.mode().iloc[0])
    return None


def _words(code: str, tally: pd.Series) -> str:
    if code == EVERYWHERE:
        return "everywhere"
    return f"{safe.plain(labels.country(code), 40)} · {labels.plural(int(tally[code]), 'record')}"
