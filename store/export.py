"""Tables as files: pure functions from a record frame to bytes."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

Places = Mapping[str, tuple[float, float]]
"""Crossing to (latitude, longitude) in degrees."""


def to_csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with byte-order mark, every cell quoted, formulas neutralised."""
    raise NotImplementedError


def to_xlsx(frame: pd.DataFrame) -> bytes:
    """A workbook: sheet "records" (or what the frame holds) and sheet "dictionary"."""
    raise NotImplementedError


def to_jsonl(frame: pd.DataFrame) -> bytes:
    """One JSON object a line, UTF-8, ISO dates, null for what is unknown."""
    raise NotImplementedError


def to_geojson(frame: pd.DataFrame, places: Places) -> bytes:
    """A feature a row; the geometry is null where the crossing is not in `places`."""
    raise NotImplementedError
