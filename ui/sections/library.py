"""The reports of the ledger: a list, and one opened with all its figures marked."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from extraction.formats.language import name_of, unread_because
from store.keeping import read_again
from store.search import matching
from ui import cached, evidence, labels, paging, people, safe, session
from ui.components import passage
from ui.navigation import path
from ui.sections import reading, record

PAGE: Final = 250
NEWEST: Final = 7
AGAIN = {
    "changed": "Read again: its figures are now those that today's rules read.",
    "same": "Read again: today's rules read the same figures.",
    "unread": "Not read: the report is not in English.",
}


def newest(rows: pd.DataFrame) -> None:
    """The reports that came in last; one that is selected opens on the Reports page."""
    st.dataframe(
        pd.DataFrame(
            {
                "Report": [name(row) for row in rows.to_dict("records")],
                "Published": labels.iso_days(rows["published"]),
                "Figures": rows["n_records"],
            }
        ),
        key="newest",
        hide_index=True,
        column_config={
            "Report": st.column_config.TextColumn(width=200),
            "Published": st.column_config.TextColumn(width=90),
            "Figures": st.column_config.NumberColumn(width=60),
        },
        on_select="rerun",
        selection_mode=["single-row", "single-cell"],
        alt="The newest reports",
    )
    picked = session.picked_row("newest")
    if picked is not None and picked < len(rows):
        session.open_record("library", str(rows["key"].iloc[picked]))
        st.switch_page(path("reports"))


def searched(reports: pd.DataFrame, key: str = "library_search") -> pd.DataFrame:
    """The reports that hold the words in the search box, in title, publisher, file or text."""
    words = st.text_input(
        "Search the reports",
        key=key,
        placeholder="Words in title, publisher, file name or text",
        icon=":material/search:",
    ).strip()
    if not words:
        return reports
    found = reports[reports["key"].isin(matching(cached.ledger(), words))]
    st.caption(f"{labels.plural(len(found), 'report')} of {len(reports):,}")
    return found


def removed() -> None:
    """The reports that were taken out of the ledger, each with its way back."""
    gone = cached.ledger().reports(removed=True)
    if gone.empty or not people.may_edit():
        return
    with st.expander(f"Removed: {labels.plural(len(gone), 'report')}"):
        for row in gone.head(50).to_dict("records"):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(safe.markdown(name(row), 100))
                st.button(
                    "Put it back",
                    key=f"restore_{row['key'][:16]}",
                    on_click=_restore,
                    args=(row["key"],),
                )


def listing(reports: pd.DataFrame) -> str | None:
    """The list of reports; gives the key of the one that is open."""
    start, stop = paging.turn(len(reports), PAGE, "page_library")
    rows = reports.iloc[start:stop]
    keys = tuple(rows["key"])
    table_key = f"library_{session.table_round('library')}_{start}_{len(reports)}"
    st.dataframe(
        pd.DataFrame(
            {
                "Report": [name(row) for row in rows.to_dict("records")],
                "Publisher": rows["publisher"].fillna(""),
                "Published": labels.iso_days(rows["published"]),
                "Figures": rows["n_records"],
                "Language": [language(code) for code in rows["language"]],
                "Added": rows["added_at"],
                "File": rows["filename"].fillna(""),
                "Came in": rows["n_uploads"],
                "Copy": rows["near_copy_of"].notna(),
            }
        ),
        key=table_key,
        hide_index=True,
        height=320 if len(rows) > 8 else "content",
        column_config={
            "Report": st.column_config.TextColumn(width=330),
            "Publisher": st.column_config.TextColumn(width=150),
            "Published": st.column_config.TextColumn(width=100),
            "Figures": st.column_config.NumberColumn(width=75),
            "Language": st.column_config.TextColumn(
                width=110, help="Only English reports are read; the others are kept unread."
            ),
            "Added": st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm", width=140),
            "File": st.column_config.TextColumn(width=150),
            "Came in": st.column_config.NumberColumn(
                width=80, help="How often this text was added, under whatever name."
            ),
            "Copy": st.column_config.CheckboxColumn(
                width=70, help="Nearly a copy of an earlier report: not another source."
            ),
        },
        on_select=lambda: _pick(table_key, keys),
        selection_mode=["single-row", "single-cell"],
        alt="Reports in the ledger",
    )
    if words := paging.told(len(reports), start, stop, PAGE, "reports"):
        st.caption(f"{words} Newest first.")
    return session.opened("library")


def opened(key: str, reports: pd.DataFrame) -> None:
    """One report: what is known of it, its whole text with figures marked, its claims."""
    if not (reports["key"] == key).any():
        st.info("This report is not in the ledger any more.")
        return
    report = cached.report(key)
    claims = cached.judged_all()
    claims = claims[claims["report_key"] == key]
    with st.container(border=True):
        st.subheader(safe.markdown(report.title or report.name, 160), anchor=False)
        row = reports[reports["key"] == key].iloc[0].to_dict()
        st.caption(safe.markdown(_imprint(row), 200))
        if report.url:
            st.caption(safe.markdown(report.url, 200))
        with st.container(horizontal=True):
            st.button(
                "Close", key="library_close", on_click=session.close_record, args=("library",)
            )
            if people.may_edit():
                st.button(
                    "Read it again",
                    key="library_again",
                    icon=":material/refresh:",
                    help="With today's rules. What reviewers said of its figures stays.",
                    on_click=_read_again,
                    args=(key,),
                )
                st.button(
                    "Remove this report",
                    key="library_remove",
                    icon=":material/delete:",
                    help="Its claims leave every page. It can be put back.",
                    on_click=_remove,
                    args=(key,),
                )
        marked = evidence.marks(
            report.text, claims.to_dict("records"), current=session.opened("library_record")
        )
        clicked = passage(
            evidence.pieces(report.text, marked),
            key="library_passage",
            label="The whole report with its figures marked",
            height=460,
        )
        if told := session.once("library_again"):
            st.info(told, icon=":material/refresh:")
        unread = unread_because(report.language)
        if unread:
            st.warning(f"Not read: {safe.markdown(unread)}.", icon=":material/translate:")
        elif claims.empty:
            st.caption(
                "No figure of people crossing, expected, waiting or refused was found in it."
            )
        record.remember("library_record", clicked)
        card = reading.by_status(claims, "library_cards", several=False)
        record.remember("library_record", card)
        record.detail_if_open("library_record")


def put_back() -> None:
    """Offer to undo the last removal of this session."""
    key = session.removed()
    if not key or not people.may_edit():
        return
    report = cached.report(key)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Removed: “{safe.markdown(report.title or report.name, 100)}”.")
        st.button("Put it back", key="library_restore", on_click=_restore, args=(key,))


def name(row: dict[str, Any]) -> str:
    """A report's title, else the name under which it came in."""
    return str(row["name"] if labels.missing(row["title"]) else row["title"])


def _imprint(row: dict[str, Any]) -> str:
    parts = [] if labels.missing(row["publisher"]) else [str(row["publisher"])]
    parts.append(
        "publication date not stated"
        if labels.missing(row["published"])
        else labels.day(row["published"])
    )
    parts.append(labels.plural(int(row["n_records"]), "figure"))
    return " · ".join(parts)


def _pick(table_key: str, keys: tuple[str, ...]) -> None:
    row = session.picked_row(table_key)
    session.forget("library_record")
    if row is not None and row < len(keys):
        session.open_record("library", keys[row])
    else:
        session.close_record("library")


def language(code: Any) -> str:
    """The name of a report's language, "" where it is not told."""
    return "" if labels.missing(code) else name_of(str(code))


def _read_again(key: str) -> None:
    session.seed("library_again", AGAIN[read_again(cached.ledger(), key)])


def _remove(key: str) -> None:
    cached.ledger().remove(key)
    session.close_record("library")
    session.keep_removed(key)


def _restore(key: str) -> None:
    cached.ledger().restore(key)
    session.keep_removed(None)
