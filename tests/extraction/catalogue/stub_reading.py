"""A reading for the tests of the catalogue: quick, and as bad as its reports ask for."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from extraction.record import Record
from extraction.reports import Report

READ = f"{__name__}:read"


def read(reports: Iterable[Report]) -> Iterator[list[Record]]:
    """A record for each number; a text that says how the reading ends has it end so.

    "dies once at PATH" kills the process unless a file is there, and makes it.
    """
    for report in reports:
        if "raises" in report.text:
            raise ValueError("no such verb")
        if "dies once" in report.text:
            mark = Path(report.text.rsplit(" ", 1)[1])
            if not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        elif "dies" in report.text:
            os.kill(os.getpid(), signal.SIGSEGV)
        while "spins" in report.text:
            pass
        if "sleeps" in report.text:
            time.sleep(3600)
        if "takes its time" in report.text:
            time.sleep(0.02)
        yield [_record(report, found) for found in re.finditer(r"\d+", report.text)]


def _record(report: Report, found: re.Match[str]) -> Record:
    return Record(
        article=report.id,
        count=int(found[0]),
        count_max=None,
        qualifier="exact",
        count_text=found[0],
        unit="people",
        group="unspecified",
        demographic=None,
        nationality=("AT", "IT"),
        status="crossed",
        scope="event",
        subset=False,
        date=report.published,
        date_from=None,
        crossing="Rafah",
        origin="PS",
        destination="EG",
        source=None,
        sentence=report.text,
        start=found.start(),
        end=found.end(),
        confidence=0.5,
        inferred=("crossing",),
    )
