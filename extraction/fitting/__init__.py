"""Fitting the shipped weights to annotated reports: needs the development requirements."""
