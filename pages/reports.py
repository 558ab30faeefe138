"""Reports: add them, see what was read out of each, open one, remove one."""

import streamlit as st

from ui import cached, session, shell
from ui.review import acts, again
from ui.sections import batch, library, upload

view = shell.open_page("reports")
session.follow_link("library", "open")

files, pasted, fetched = st.tabs(["Files", "Pasted text", "Web address"])
with files:
    upload.dropzone("reports")
with pasted:
    upload.paste("reports")
with fetched:
    upload.address("reports")
upload.look_first("reports")
batch.account("reports")
batch.unfinished("reports")

library.put_back()
reports = cached.reports()
acts.say()
again.offer(reports)
if reports.empty:
    st.info("No report yet. Drop one above.", icon=":material/inbox:")
else:
    st.subheader("In the ledger", anchor=False)
    opened = library.listing(library.searched(reports))
    if opened:
        library.opened(opened, reports)
    else:
        st.caption("Select a row to open the report with all its figures highlighted.")
library.removed()

session.show_link("library", "open")
