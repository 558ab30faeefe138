"""Two small browser components that draw a report's words as text nodes, never as HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import streamlit as st

_HERE: Final = Path(__file__).resolve().parent


def _source(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


_PASSAGE: Final = st.components.v2.component(
    "crossing_ledger_passage",
    html="<div class='passage' tabindex='0'>\n</div>",
    css=_source("passage.css"),
    js=_source("pieces.js") + _source("passage.js"),
)
_CLAIMS: Final = st.components.v2.component(
    "crossing_ledger_claims",
    html="<div class='claims' role='list'>\n</div>",
    css=_source("claims.css"),
    js=_source("pieces.js") + _source("claims.js"),
)


def _nothing() -> None:
    """Streamlit gives a trigger its attribute only where a callback stands."""


def passage(
    pieces: Sequence[dict[str, Any]],
    *,
    key: str,
    label: str,
    height: int | None = None,
    on_open: Callable[[], None] = _nothing,
    marking: bool = False,
) -> Any:
    """Draw a text in pieces (`ui.evidence.pieces`), scrolled to the open figure.

    `height` in pixels makes the box scroll; None shows it whole, as a quotation. Gives the record
    key of a figure that was clicked in this run, else None. With `marking` words can be marked:
    it then gives `{"start", "end"}`, offsets in the text that the pieces join to.
    """
    data = {"pieces": list(pieces), "height": height, "label": label, "marking": marking}
    found = _PASSAGE(data=data, key=key, on_opened_change=on_open, on_marked_change=_nothing)
    return found.marked if marking else found.opened


def claims(
    cards: Sequence[dict[str, Any]], *, key: str, on_open: Callable[[], None] = _nothing
) -> str | None:
    """Draw claims as cards (`ui.cards.card`); gives the record key of one clicked in this run."""
    return _CLAIMS(data={"cards": list(cards)}, key=key, on_opened_change=on_open).opened
