"""All that knows Streamlit, and the drawing."""
