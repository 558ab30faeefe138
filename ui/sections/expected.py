"""What was expected, set against what then crossed."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from store.rows import Rows
from ui import cached, labels, paging
from ui.sections import claims
from ui.shell import View

MOST_ROWS: Final = 100


def draw(view: View, judged: Rows) -> None:
    """One row an expectation; a row that is selected shows the claims on both sides."""
    frame = cached.expected_against_crossed(view.chosen)
    if frame.empty:
        st.caption("No figure of people expected to cross is among these records.")
        return
    known = len(frame)
    frame = frame.sort_values("date", ascending=False, na_position="last")
    start, stop = paging.turn(known, MOST_ROWS, "page_expected")
    frame = frame.iloc[start:stop]
    st.dataframe(
        pd.DataFrame(
            {
                "Day": labels.iso_days(frame["date"]),
                "Crossing": frame["crossing"].astype("str").where(frame["crossing"].notna(), ""),
                "Group": [labels.value("group", group) for group in frame["group"]],
                "Expected": _ranges(frame, "expected"),
                "Then crossed": _ranges(frame, "crossed"),
                "Share": ["" if labels.missing(one) else f"{one:.0%}" for one in frame["share"]],
            }
        ),
        key=f"expected_{start}",
        hide_index=True,
        height=250 if len(frame) > 6 else "content",
        column_config={
            "Share": st.column_config.TextColumn(help="Those who crossed, of those expected."),
        },
        on_select="rerun",
        selection_mode=["single-row", "single-cell"],
        alt="Expected figures against those who then crossed",
    )
    if words := paging.told(known, start, stop, MOST_ROWS, "expectations"):
        st.caption(f"{words} Newest first.")
    both = list(zip(frame["record_keys"], frame["crossed_record_keys"], strict=True))
    claims.of_row(judged, f"expected_{start}", both, "expected_claims")


def _ranges(frame: pd.DataFrame, side: str) -> list[str]:
    """Best figures with their ranges: "400", "88 (81–88)", "none on record"."""
    out = []
    for low, best, high in zip(
        frame[f"{side}_low"], frame[side], frame[f"{side}_high"], strict=True
    ):
        if labels.missing(best):
            out.append("none on record")
        elif int(low) == int(high):
            out.append(labels.number(best))
        else:
            out.append(f"{labels.number(best)} ({labels.span(low, high)})")
    return out
