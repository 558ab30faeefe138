"""Review: records by doubt, one at a time or in a grid; missed figures; what was done."""

import streamlit as st

from ui import session, shell
from ui.review import acts, grid, history, missed, one, queue

view = shell.open_page("review")
acts.say()

if not shell.empty(view):
    session.follow_link(queue.WHERE, "record")
    way = st.segmented_control(
        "Way of working",
        list(queue.WAYS),
        default="one",
        format_func=queue.WAYS.__getitem__,
        required=True,
        key="review_way",
        bind="query-params",
        label_visibility="collapsed",
    )
    if way in ("one", "grid"):
        records = queue.choose(view)
        if way == "one":
            one.draw(records)
        else:
            grid.draw(records)
    elif way == "missed":
        missed.draw(view)
    else:
        history.latest()
