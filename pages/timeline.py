"""Timeline: people per day with ranges and rival claims, expected apart, running totals."""

from functools import partial

import streamlit as st

from ui import cached, lazy, shell
from ui.sections import expected, leaving, running, timeline

view = shell.open_page("timeline")

if not shell.empty(view):
    view = leaving.choose(view)
    judged = cached.judged(view.chosen)
    choice = timeline.controls(view)
    keys = timeline.draw(view, choice, judged)

    st.subheader("Claims behind the chart", anchor=False)
    timeline.behind(judged, keys, "timeline")

    # Over many claims these take longer than the chart, for which most readers come.
    many = len(judged) > lazy.MANY
    lazy.section(
        "Expected against crossed", "expected", partial(expected.draw, view, judged), folded=many
    )
    lazy.section(
        "Running totals against the sum of days",
        "running",
        partial(running.draw, view, judged),
        folded=many,
    )
