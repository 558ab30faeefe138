"""What the ledger does not know: records without a day, a crossing, a speaker."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from store import address
from store.rows import Rows
from ui import cached, labels, session


def missing(claims: Rows) -> None:
    """One line for each kind of gap, with a button that filters for it where the filter can."""
    if claims.empty:
        return
    total = len(claims)
    rows = [
        ("no crossing", int(claims["crossing"].isna().sum()), "crossing"),
        ("no speaker", int(claims["source"].isna().sum()), "speaker"),
        ("no day", int(claims["date"].isna().sum()), None),
        ("a day that was filled in", int(_inferred(claims, "date").sum()), None),
    ]
    for words, count, parameter in rows:
        if not count:
            continue
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{count:,} of {labels.plural(total, 'record')}: {words}", width="stretch")
            if parameter:
                st.button(
                    "Show",
                    key=f"gap_{parameter}",
                    type="tertiary",
                    help="Filter for these records",
                    on_click=session.set_param,
                    args=(parameter, [address.UNSTATED_WORD]),
                )
    copies = cached.sources(claims.index.to_numpy()[claims["near_copy_of"].notna().to_numpy()])
    if copies:
        st.markdown(
            f"{labels.plural(copies, 'report repeats', 'reports repeat')} another nearly word for "
            "word; what it says again is kept and not counted again."
        )


def _inferred(claims: Rows, field: str) -> pd.Series:
    return claims["inferred"].map(lambda names: field in str(names).split("|")).astype("bool")
