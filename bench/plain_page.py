"""What the dashboard is measured against: a plain page that asks the database on each rerun.

It shows what the Timeline shows, as most Streamlit pages would: the rows under the filter by
`read_sql`, grouped by day, as `px.bar`. Run by `python -m bench.pages`.
"""

from __future__ import annotations

import os

import pandas as pd
import plotly.express as px
import sqlalchemy as sa
import streamlit as st

st.set_page_config(layout="wide")
engine = sa.create_engine(os.environ["DATABASE_URL"])
ROWS = """
SELECT r.date, r."group", r.status, r.crossing, r.nationality, r.count
FROM records r JOIN reports p ON p.key = r.report_key AND p.extractor = r.extractor
WHERE p.removed_at IS NULL
"""
frame = pd.read_sql(ROWS, engine, parse_dates=["date"])
for name in ("status", "group", "crossing", "nationality"):
    counts = frame[name].value_counts()
    chosen = st.sidebar.multiselect(name.capitalize(), list(counts.index), key=name)
    if chosen:
        frame = frame[frame[name].isin(chosen)]
daily = frame.groupby(["date", "group"], as_index=False)["count"].sum()
st.plotly_chart(px.bar(daily, x="date", y="count", color="group"))
