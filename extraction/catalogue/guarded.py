"""Reports read in a process of their own: one that crashes it or never ends harms no other.

A process that dies may have been killed by anybody, so its reports are read again by a new one;
where that dies too they are read one by one, and only the report with which a process dies twice,
or in time does not end twice, is given up.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from extraction.catalogue.process import Answerer, Died, TookTooLong
from extraction.catalogue.rows import report_row
from extraction.context import BATCH
from extraction.reports import Report

SECONDS = 60.0
"""Of the processor, for one report: on a busy machine the clock says little of what it needs."""
PATIENCE = 10  # times as many seconds by the clock, for a process that waits for something
MEGABYTES = 4_000  # of address space, for the process that reads
_CHILD = "extraction.catalogue.child"


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a report: its records as JSON rows, or the cause why it was given up."""

    records: tuple[dict[str, Any], ...] = ()
    cause: str | None = None


class GuardedReader:
    """Reads reports by the function `read` ("package.module:function"), which each process loads
    once; `extractor` is the name of the rules that it must have ("" for any). A report may take
    `seconds` of the processor, and `patience` times as many by the clock. Not shared between
    threads."""

    def __init__(
        self,
        read: str,
        extractor: str = "",
        seconds: float = SECONDS,
        patience: float = PATIENCE,
    ) -> None:
        self._clock = seconds * patience
        times = (str(seconds), str(self._clock + 1))  # its own clock is for where this has died
        self._arguments = (read, extractor, str(MEGABYTES), *times)
        self._process: Answerer | None = None
        self.memory = 0.0
        """Megabytes that the process held when it last answered."""
        self.processor = 0.0
        """Seconds of the processor that it had used by then, since it started."""

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.close()
            self._process = None

    @property
    def pid(self) -> int | None:
        """The number of the process that reads; None where there is none."""
        return self._process.pid if self._process is not None else None

    def read(self, reports: Sequence[Report]) -> Iterator[Reading]:
        """What came of each report, in order.

        Raises OSError where no process comes up, or one that has other rules.
        """
        for first in range(0, len(reports), BATCH):
            yield from self._batch(reports[first : first + BATCH])

    def _batch(self, reports: Sequence[Report]) -> list[Reading]:
        cause = ""
        for _ in range(2):
            try:
                return self._asked(reports)
            except Died as error:
                self._process = None
                cause = str(error)
                if isinstance(error, TookTooLong) and len(reports) > 1:
                    break
        if len(reports) == 1:
            return [Reading(cause=f"reading it failed: {cause}")]
        return [one for report in reports for one in self._batch([report])]

    def _asked(self, reports: Sequence[Report]) -> list[Reading]:
        if self._process is None:
            try:
                self._process = Answerer(_CHILD, self._arguments)
            except Died as error:
                raise OSError(f"the process that reads reports did not start: {error}") from error
        message = json.dumps([report_row(report) for report in reports], ensure_ascii=False)
        answer = self._process.ask(message.encode("utf-8", "surrogatepass"), self._clock)
        told = json.loads(answer.decode("utf-8", "surrogatepass"))
        self.memory, self.processor = told["memory"] / 1e6, told["processor"]
        return [Reading(tuple(row.get("records", ())), row.get("cause")) for row in told["reports"]]
