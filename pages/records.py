"""Records: every claim that passes the filter; one opens on its sentence; downloads."""

import streamlit as st

from ui import cached, session, shell
from ui.behind import Found
from ui.sections import claims, exports

view = shell.open_page("records")
session.follow_link("records", "record")

if not shell.empty(view):
    exports.buttons(view, "records")
    order = st.segmented_control(
        "Order",
        list(claims.ORDERS),
        default="Newest first",
        required=True,
        key="order",
        bind="query-params",
    )
    claims.table(Found(cached.judged(view.chosen)), "records", height=520, order=order)

session.show_link("records", "record")
