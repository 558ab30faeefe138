"""Method: the rules, the vocabularies, the measured accuracy, the limits."""

import streamlit as st

from ui import shell
from ui.sections import method

shell.open_page("method")

measured, rules, words = st.tabs(["How well it reads", "Rules", "Words"])
with measured:
    method.accuracy()
with rules:
    method.rules()
with words:
    method.vocabularies()
