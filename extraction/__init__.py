"""Reports in, movement records out: `extract` for one report, `extract_many` for a stream."""

from extraction.pipeline import extract, extract_many
from extraction.record import Record
from extraction.reports import Report

# Told with every record in the store; raise it when rules or weights change what is read.
VERSION = "0.1.0"

__all__ = ["VERSION", "Record", "Report", "extract", "extract_many"]
