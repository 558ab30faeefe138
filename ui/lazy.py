"""Parts of a page whose content is made and sent when they are opened, and not with every page.

A list of claims is worth many kilobytes and milliseconds, and most lists are never opened.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import streamlit as st

MANY: Final = 50_000
"""Claims over which a page folds away what takes longer than what most readers come for."""


def popover(label: str, key: str, draw: Callable[[], None], **look: Any) -> None:
    """A popover of this label and key that calls `draw` while it is open.

    Opening it runs this part of the page alone, with what the page knew when it was drawn.
    `look` is passed on to `st.popover`.
    """

    @st.fragment
    def box() -> None:
        with st.popover(label, key=key, on_change="rerun", **look) as opened:
            if opened.open:
                draw()

    # What a fragment draws takes all the width there is, unless something holds it together.
    with st.container(width="stretch" if look.get("width") == "stretch" else "content"):
        box()


def section(title: str, key: str, draw: Callable[[], None], *, folded: bool) -> None:
    """A part of a page under its own heading; `folded`: closed until somebody opens it.

    Opening it runs the whole page, so that what is in it can be selected as elsewhere.
    """
    if not folded:
        st.subheader(title, anchor=False)
        draw()
        return
    with st.expander(f"**{title}**", key=key, on_change="rerun") as opened:
        if opened.open:
            draw()
