"""Reports in, movement records out: `extract` for one report, `extract_many` for a stream."""

from extraction.pipeline import extract, extract_many
from extraction.record import Record
from extraction.reports import Report

__all__ = ["Record", "Report", "extract", "extract_many"]
