"""The table of claims: one row a record, in a reader's words; a row opens on its sentence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from extraction.record import GROUPS, STATUSES
from store import reconcile
from store.rows import Claims
from ui import cards, labels, paging, palette, safe, session
from ui.behind import Behind, Found, places
from ui.sections import record

PAGE: Final = 250
PAGE_UNDER: Final = 100
"""Rows to a page: on the Records page, and under a chart."""
ORDERS: Final = {
    "Newest first": (["date", "report_key", "start"], [False, True, True]),
    "Oldest first": (["date", "report_key", "start"], [True, True, True]),
    "Largest figure first": (["count", "date", "start"], [False, False, True]),
    "Least sure first": (["confidence", "date", "start"], [True, False, True]),
    "By report": (["published", "report_key", "start"], [False, True, True]),
}


def table(
    found: Found,
    where: str,
    *,
    height: int = 390,
    order: str = "Newest first",
    size: int = PAGE,
) -> None:
    """Draw claims, `size` rows to a page; a row that is selected opens below.

    The order goes over all of them; a page's columns can be sorted and searched in place.
    """
    if not len(found):
        st.caption("No claims here.")
        return
    start, stop = paging.turn(len(found), size, f"page_{where}")
    columns, ascending = ORDERS[order]
    rows = found.rows(paging.first_rows(found, columns, ascending, start, stop))
    keys = tuple(rows["record_key"])
    digest = hashlib.sha256("".join(keys).encode()).hexdigest()[:8]
    key = f"table_{where}_{session.table_round(where)}_{digest}"
    st.dataframe(
        display(rows),
        key=key,
        height=height if len(rows) > 10 else "content",
        hide_index=True,
        column_config=_columns(),
        on_select=lambda: _pick(where, key, keys),
        selection_mode=["single-row", "single-cell"],
        alt="Claims: day, figure, group, status, crossing, speaker, sentence, report",
    )
    if words := paging.told(len(found), start, stop, size):
        st.caption(f"{words} {order}.")
    if session.opened(where) is None:
        st.caption("Select a row to open it on its sentence in the whole report.")
    record.detail_if_open(where)


def behind(judged: Claims, numbers: Behind, where: str, *, height: int = 390) -> None:
    """The claims behind a number in one table, under a line that tells what it leaves out."""
    found = numbers.found(judged)
    words = reconcile.left_out_summary(found.column("left_out"))
    counted = labels.plural(found.n_counted, "claim")
    st.markdown(f"**{counted} counted**" + (f"; {words}." if words else ", none left out."))
    table(found, where, height=height, size=PAGE_UNDER)


def of_points(
    judged: Claims, picked: Sequence[tuple[str, pd.DataFrame, list[Any]]], where: str
) -> None:
    """The claims behind bars that were selected on rankings.

    Each is a field, the totals by it, and the bar's (value, status).
    """
    if not picked:
        st.caption("Click a bar to see the claims behind it.")
        return
    rows = [
        totals[(totals[by].astype("str") == code) & (totals["status"] == status)]
        for by, totals, (code, status, *_) in picked
    ]
    names = [labels.value(by, point[0]) for by, _, point in picked]
    st.markdown(f"**Claims behind {safe.markdown(labels.listing(names))}**")
    behind(judged, Behind.of(pd.concat(rows), judged), where, height=300)


def of_row(
    judged: Claims, table_key: str, lists_by_row: Sequence[Iterable[Any]], where: str
) -> None:
    """The claims behind the row that is selected in another table, if one is.

    Of each row of that table `lists_by_row` has its lists of record keys.
    """
    row = session.picked_row(table_key)
    if row is None or row >= len(lists_by_row):
        st.caption("Select a row to see the claims on both sides.")
        return
    behind(judged, Behind.at(judged, places(lists_by_row[row], judged)), where)


def _pick(where: str, key: str, keys: Sequence[str]) -> None:
    row = session.picked_row(key)
    if row is not None and row < len(keys):
        session.open_record(where, keys[row])
    else:
        session.close_record(where)


def display(rows: pd.DataFrame) -> pd.DataFrame:
    """The claims in a reader's words, one column for each thing a reader looks for."""
    claims = rows.to_dict("records")
    return pd.DataFrame(
        {
            "Day": labels.iso_days(rows["date"]),
            "People": rows["count"],
            "As written": rows["count_text"],
            "Counted": [_counted(claim) for claim in claims],
            "Group": [[labels.value("group", claim["group"])] for claim in claims],
            "Status": [[labels.value("status", claim["status"])] for claim in claims],
            "Crossing": _text(rows["crossing"]),
            "Who says so": _text(rows["source"]),
            "Nationality": [labels.countries(codes) for codes in rows["nationality"]],
            "Way": [_way(claim) for claim in claims],
            "Sentence": rows["sentence"],
            "Report": [cards.report_name(claim) for claim in claims],
            "Confidence": rows["confidence"],
        }
    )


def _text(column: pd.Series) -> pd.Series:
    return column.astype("str").where(column.notna(), "")


def _way(claim: dict[str, Any]) -> str:
    way = cards.way(claim)
    return "" if way == labels.NOT_STATED else way


def _counted(claim: dict[str, Any]) -> str:
    reason = claim.get("left_out")
    return "yes" if labels.missing(reason) else f"no: {labels.value('left_out', reason)}"


def _columns() -> dict[str, Any]:
    config = st.column_config
    groups = [labels.GROUPS[group] for group in GROUPS]
    statuses = [labels.STATUSES[status] for status in STATUSES]
    return {
        "Day": config.TextColumn(width=95),
        "People": config.NumberColumn(
            format="localized", width=85, help="The figure; the lower bound of a range."
        ),
        "As written": config.TextColumn(width=130, help="The figure as it stands in the text."),
        "Group": config.MultiselectColumn(
            options=groups, color=[palette.group_colour(group) for group in GROUPS], width=165
        ),
        "Status": config.MultiselectColumn(
            options=statuses, color=[palette.status_colour(one) for one in STATUSES], width=95
        ),
        "Crossing": config.TextColumn(width=120),
        "Who says so": config.TextColumn(width=190),
        "Nationality": config.TextColumn(width=130),
        "Way": config.TextColumn(width=170),
        "Counted": config.TextColumn(
            width=170, help="Whether totals count the claim, and why not. See the Method page."
        ),
        "Sentence": config.TextColumn(width=420),
        "Report": config.TextColumn(width=240),
        "Confidence": config.ProgressColumn(
            min_value=0.0,
            max_value=1.0,
            format="percent",
            width=105,
            help="How sure the reading is that all fields are right.",
        ),
    }
