"""Charts as pure functions: frames in, `plotly.graph_objects.Figure` out."""
