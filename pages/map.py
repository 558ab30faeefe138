"""Map: crossings sized by people, ways from origin to destination, what could not be placed."""

import streamlit as st

from ui import cached, shell
from ui.sections import crossings

view = shell.open_page("map")

if not shell.empty(view):
    choice = crossings.controls(view)
    judged = cached.judged(choice.chosen)
    points = crossings.draw(view, choice, judged)

    st.subheader("Claims behind the map", anchor=False)
    crossings.behind(judged, points, choice, "map")
