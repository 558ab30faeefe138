"""Makes reports, records and claim frames for the tests of the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from extraction.record import Record
from extraction.reports import Report
from store.frame import record_frame

DAY = date(2023, 11, 1)


def record(text: str, count_text: str, **fields: Any) -> Record:
    """A record of `count_text` where it first stands in `text`; foreigners at Rafah by default."""
    start = text.index(count_text)
    values: dict[str, Any] = {
        "article": "a.txt",
        "count": 361,
        "count_max": None,
        "qualifier": "exact",
        "count_text": count_text,
        "unit": "people",
        "group": "foreign_national",
        "demographic": None,
        "nationality": (),
        "status": "crossed",
        "scope": "event",
        "subset": False,
        "date": DAY,
        "date_from": None,
        "crossing": "Rafah",
        "origin": "PS",
        "destination": "EG",
        "source": None,
        "sentence": text,
        "start": start,
        "end": start + len(count_text),
    }
    return Record(**values | fields)


def report(text: str = "On Wednesday 361 foreigners crossed.", **fields: Any) -> Report:
    """A report of 1 November 2023 by the wire desk, unless said otherwise."""
    values = {"id": "a.txt", "published": DAY, "publisher": "Wire desk", "title": "At the gate"}
    return Report(text=text, **values | fields)


def claims(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """A record frame of claims; what a row does not state is as in `record` and `report`.

    The keys are the row's number and its `report` (a short name, "a" by default).
    """
    told = []
    for n, row in enumerate(rows):
        values = {
            "record_key": f"r{n:02}",
            "report_key": row.get("report", "a"),
            "article": "a.txt",
            "count": 100,
            "count_max": None,
            "qualifier": "exact",
            "count_text": str(row.get("count", 100)),
            "unit": "people",
            "group": "foreign_national",
            "demographic": None,
            "nationality": "",
            "status": "crossed",
            "scope": "event",
            "subset": False,
            "date": DAY,
            "date_from": None,
            "crossing": "Rafah",
            "origin": "PS",
            "destination": "EG",
            "source": None,
            "sentence": f"sentence {n}",
            "start": n * 10,
            "end": n * 10 + 3,
            "published": DAY,
            "publisher": None,
        }
        told.append(values | {name: value for name, value in row.items() if name != "report"})
    return record_frame(told)
