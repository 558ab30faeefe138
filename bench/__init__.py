"""Timing the extraction: `python -m bench`."""
