"""Crossing Ledger: the dashboard's entry. Page set-up and navigation, nothing else."""

import streamlit as st

from ui.navigation import ICON, WORDMARK, streamlit_pages

st.set_page_config(page_title="Crossing Ledger", page_icon=ICON, layout="wide")
st.logo(WORDMARK, size="large", icon_image=ICON)
st.navigation(streamlit_pages()).run()
