"""The pages and where they stand in the menu.

Each `url_path` differs from its file's stem: a folder named `pages/` beside the entry script keeps
Streamlit's legacy page discovery on, and equal names would let an address reach a page without
the entry script.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st

ROOT: Final = Path(__file__).resolve().parent.parent
# Files, not names of icons: a named icon for the tab would be fetched from another host.
ICON: Final = str(ROOT / "ui" / "brand" / "icon.svg")
WORDMARK: Final = str(ROOT / "ui" / "brand" / "wordmark.svg")


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page: its file under `pages/`, its address, its words in the menu.

    `live`: it is drawn anew when the ledger changes; else that is offered (see `ui.fresh`).
    """

    stem: str
    url_path: str
    title: str
    icon: str
    section: str
    help: str
    default: bool = False
    live: bool = False

    @property
    def file(self) -> Path:
        """The script that draws the page."""
        return ROOT / "pages" / f"{self.stem}.py"


PAGES: Final[tuple[PageEntry, ...]] = (
    PageEntry(
        "overview",
        "summary",
        "Overview",
        ":material/dashboard:",
        "Ledger",
        "Best totals by status with their ranges, the largest crossings and groups, "
        "the newest reports, and what every total left out.",
        default=True,
        live=True,
    ),
    PageEntry(
        "timeline",
        "days",
        "Timeline",
        ":material/bar_chart:",
        "Ledger",
        "People per day with ranges and rival claims, expected figures, running totals "
        "against the sum of days.",
        live=True,
    ),
    PageEntry(
        "map",
        "crossings",
        "Map",
        ":material/map:",
        "Ledger",
        "Crossings sized by people, and the ways from origin to destination.",
        live=True,
    ),
    PageEntry(
        "rivals",
        "differences",
        "Rivals",
        ":material/compare_arrows:",
        "Ledger",
        "Events on which sources differ, with the claims side by side.",
    ),
    PageEntry(
        "records",
        "claims",
        "Records",
        ":material/table_rows:",
        "Sources",
        "Every figure with its group, day, crossing and speaker; each opens on its sentence.",
    ),
    PageEntry(
        "reports",
        "library",
        "Reports",
        ":material/article:",
        "Sources",
        "Add reports, see what was read out of each, open one with its figures highlighted.",
    ),
    PageEntry(
        "review",
        "doubts",
        "Review",
        ":material/fact_check:",
        "Sources",
        "Go through records by doubt: accept, correct, reject, add what was missed. The rules' "
        "reading stays beside every change.",
    ),
    PageEntry(
        "method",
        "how-it-works",
        "Method",
        ":material/rule:",
        "Sources",
        "Rules, vocabularies, measured accuracy and limits.",
        live=True,
    ),
)


def entry(stem: str) -> PageEntry:
    """The page whose script is `pages/<stem>.py`; KeyError names an unknown one."""
    for page in PAGES:
        if page.stem == stem:
            return page
    raise KeyError(stem)


def streamlit_pages() -> dict[str, list[st.Page]]:
    """The menu for `st.navigation`: pages by section, in order."""
    menu: dict[str, list[st.Page]] = {}
    for page in PAGES:
        menu.setdefault(page.section, []).append(_page(page))
    return menu


def _page(page: PageEntry) -> st.Page:
    return st.Page(
        page.file,
        title=page.title,
        icon=page.icon,
        url_path=page.url_path,
        default=page.default,
        help=page.help,
    )


def path(stem: str) -> str:
    """A page's script as `st.switch_page` and `st.page_link` take it."""
    return f"pages/{entry(stem).stem}.py"
