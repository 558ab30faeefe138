"""The process that reads reports for `guarded.GuardedReader`: reports in, records out, as JSON."""

from __future__ import annotations

import importlib
import io
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import psutil

from extraction.catalogue.rows import report_of
from extraction.formats.child import limit
from extraction.formats.sandbox import receive, send
from extraction.record import Record
from extraction.reports import Report
from extraction.rules import extractor

Read = Callable[[Iterable[Report]], Iterator[list[Record]]]

_WARM = Report("warm", "On Monday 31 people crossed the border.")


def main() -> None:
    """Answer each message until there are no more; load the model first."""
    name, wanted, megabytes, processor, clock = sys.argv[1:]
    answers = os.fdopen(os.dup(1), "wb")
    sys.stdout = io.StringIO()  # what a library prints must not stand among the answers
    os.dup2(2, 1)
    limit(int(megabytes))
    if wanted not in ("", extractor()):
        send(answers, f"this worker has the rules {extractor()}, not {wanted}".encode())
        return
    module, function = name.split(":")
    read: Read = getattr(importlib.import_module(module), function)
    list(read([_WARM]))
    send(answers, b"ready")
    while (message := receive(sys.stdin.buffer)) is not None:
        _end_after(float(processor), float(clock))
        reports = [report_of(row) for row in json.loads(message)]
        rows = _read(read, reports)
        _end_after(0, 0)
        memory, processor_time = psutil.Process().memory_info().rss, time.process_time()
        told = {"reports": rows, "memory": memory, "processor": processor_time}
        answer = json.dumps(told, ensure_ascii=False)
        send(answers, answer.encode("utf-8", "surrogatepass"))


def _end_after(processor: float, clock: float) -> None:
    """Have the kernel end this process after so many seconds of either; 0 takes it back.

    Whoever started it looks at the clock too, but may have died since.
    """
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.setitimer(signal.ITIMER_PROF, processor)
        signal.setitimer(signal.ITIMER_REAL, clock)


def _read(read: Read, reports: list[Report]) -> list[dict[str, Any]]:
    """The records of each report, or why there are none; one that fails stops no other."""
    try:
        return [{"records": [one.as_json() for one in found]} for found in read(reports)]
    except Exception as error:  # noqa: BLE001 - whatever is raised belongs to one of the reports
        if len(reports) == 1:
            return [{"cause": f"reading it failed ({_told(error)})"}]
        return [row for report in reports for row in _read(read, [report])]


def _told(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "it needs too much memory"
    said = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


if __name__ == "__main__":
    main()
