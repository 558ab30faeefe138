"""Crossing Ledger: the dashboard's entry. Page set-up and navigation, nothing else."""

import streamlit as st

from ui.navigation import streamlit_pages

st.set_page_config(
    page_title="Crossing Ledger",
    page_icon=":material/signpost:",
    layout="wide",
    initial_sidebar_state="auto",
)
st.navigation(streamlit_pages()).run()
