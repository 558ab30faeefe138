"""How far a run is: a bar on a terminal, else a line every half minute."""

from __future__ import annotations

import sys
import time
from collections import Counter
from typing import TextIO

from extraction.catalogue.part import Counts
from extraction.catalogue.work import Done

EVERY = 30.0  # seconds between two lines


class Progress:
    """Takes what comes of slices and tells it on `stream`; `total` counts the files, lines or rows
    of all slices."""

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        from tqdm import tqdm

        self.counts = Counts()
        self.parts = self.there = self.done = 0
        self.errors: list[str] = []
        self.seconds: Counter[str] = Counter()
        self._stream = stream or sys.stderr
        self._total = total
        self._begun = self._told = time.monotonic()
        quiet = not self._stream.isatty()
        self._bar = tqdm(total=total, unit="report", disable=quiet, file=self._stream, leave=False)

    def add(self, done: Done) -> None:
        """Count a slice in, and name what of it was not read."""
        self.counts += done.counts
        self.parts += len(done.parts)
        self.there += done.there
        self.done += done.slice.size
        if done.error is not None:
            self.errors.append(f"{done.slice.name}: {done.error}")
        for name, cause in done.failures:
            self._bar.write(f"{name}: {cause}", file=self._stream)
        self._bar.update(done.slice.size)
        if self._bar.disable and time.monotonic() - self._told >= EVERY:
            self._told = time.monotonic()
            rate = self.done / (self._told - self._begun)
            print(f"{self.done:,} of {self._total:,}, {rate:.1f} a second", file=self._stream)

    def close(self) -> None:
        """Take the bar away, and say what was read."""
        self._bar.close()
        counts = self.counts
        read = counts.reports - counts.unread - counts.failed
        said = [f"{counts.reports:,} reports: {read:,} read, {counts.records:,} records"]
        if counts.unread:
            said.append(f"{counts.unread:,} in another language")
        if counts.failed:
            said.append(f"{counts.failed:,} failed")
        said.append(f"{self.parts:,} parts, {self.there:,} of them there before")
        print("; ".join(said), file=self._stream)
        for error in self.errors:
            print(f"not worked off, run again: {error}", file=self._stream)

    @property
    def whole(self) -> bool:
        """Whether every report was read."""
        return not (self.counts.unread or self.counts.failed or self.errors)
