"""Timeline: people per day with ranges and rival claims, expected apart, running totals."""

import streamlit as st

from ui import cached, shell
from ui.sections import expected, leaving, running, timeline

view = shell.open_page("timeline")

if not shell.empty(view):
    view = leaving.choose(view)
    judged = cached.judged(view.chosen)
    choice = timeline.controls(view)
    keys = timeline.draw(view, choice, judged)

    st.subheader("Claims behind the chart", anchor=False)
    timeline.behind(judged, keys, "timeline")

    st.subheader("Expected against crossed", anchor=False)
    expected.draw(view, judged)

    st.subheader("Running totals against the sum of days", anchor=False)
    running.draw(view, judged)
