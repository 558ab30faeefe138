"""What leaves the dashboard to be cited: charts as files, briefings, citations. No Streamlit."""
