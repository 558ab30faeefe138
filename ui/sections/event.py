"""One event that an address names, with all its claims, whatever the filter."""

from __future__ import annotations

import streamlit as st

from store.query import Filter
from ui import cached, session
from ui.sections import rivals

PARAMETER = "event"


def linked() -> bool:
    """Draw the event that the address names; False where it names none."""
    key = session.linked(PARAMETER)
    if key is None:
        return False
    events = cached.events(Filter())
    found = events[events["event_key"] == key]
    if found.empty:
        st.info("This event is not in the ledger any more: its claims changed or were removed.")
    else:
        judged = cached.judged_all()
        one = found.iloc[0].to_dict()
        rivals.one_event(one, judged[judged["record_key"].isin(one["record_keys"])])
    st.button(
        "Show all events on which sources differ",
        key="event_all",
        on_click=session.forget_linked,
        args=(PARAMETER,),
    )
    return True
