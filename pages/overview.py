"""Overview: best totals with their ranges, the largest crossings and groups, what is missing."""

from functools import partial

import streamlit as st

from ui import cached, shell
from ui.figures import ranking
from ui.sections import batch, briefing, chart, claims, gaps, library, tiles, upload

view = shell.open_page("overview")
upload.dropzone("overview")
batch.account("overview")

if not shell.empty(view):
    judged = cached.judged(view.chosen)

    briefing.buttons(view)
    tiles.scope(view.claims)
    tiles.by_status(cached.totals(view.chosen), judged)
    tiles.change(cached.daily(view.chosen, "group", "D"), judged)
    part = chart.Part(partial(cached.judged, view.chosen))
    chart.left_out(part, "overview")

    left, right = st.columns(2, gap="large")
    picked = []
    for column, by, title in (
        (left, "crossing", "Largest crossings"),
        (right, "group", "Groups"),
    ):
        with column:
            st.subheader(title, anchor=False)
            totals = cached.totals(view.chosen, (by,))
            figure = ranking.bars(totals, by)
            named = f"{title}: people who crossed"
            points = chart.draw(figure, named, f"rank_{by}")
            key, words = f"rank_{by}", view.described
            chart.under(figure, named, part, words, key, totals, ranking.READING)
            picked += [(by, totals, point) for point in points]
    claims.of_points(judged, picked, "overview")

    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Newest reports", anchor=False)
        library.newest(cached.newest(library.NEWEST))
    with right:
        st.subheader("What is missing", anchor=False)
        gaps.missing(view.claims)
