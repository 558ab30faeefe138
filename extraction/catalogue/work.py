"""The work of a cluster as one function: a slice in, its parts written, its counts out.

It knows no engine. Everything that it needs is plain data in its arguments, so that any engine can
send it to any process that has this project and sees the same addresses.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from extraction.catalogue.guarded import SECONDS, GuardedReader, Reading
from extraction.catalogue.part import (
    Counts,
    Folder,
    counts_of,
    failures_of,
    part_bytes,
    part_name,
    row_of,
)
from extraction.catalogue.pieces import pieces_of_slice
from extraction.catalogue.slices import CHUNK, Slice
from extraction.formats.language import unread_because
from extraction.formats.piece import Piece
from extraction.formats.sandbox import Reader
from extraction.rules import extractor

READ = "extraction.pipeline:extract_many"


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for all slices of a run.

    `out` is the address of the folder of parts, `chunk` the reports in one, `seconds` the
    processor's time that one report may take; `published` and `text_column` are those of
    `python -m extraction`. `retry` reads a part anew in which reports failed. `read` names the
    function that reads, `rules` what it is called in the parts.
    """

    out: str
    chunk: int = CHUNK
    seconds: float = SECONDS
    published: date | None = None
    text_column: str | None = None
    retry: bool = False
    read: str = READ
    rules: str = field(default_factory=extractor)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a slice.

    `there` counts those of its parts that were there before, `failures` names what was not read,
    with the cause. `error` is set where the slice could not be worked off at all. `seconds` were
    spent on it, `processor` of them by the process that read, `memory` is what that held at the
    end, in megabytes.
    """

    slice: Slice
    counts: Counts = Counts()
    parts: tuple[str, ...] = ()
    there: int = 0
    failures: tuple[tuple[str, str], ...] = ()
    error: str | None = None
    seconds: float = 0.0
    processor: float = 0.0
    memory: float = 0.0


def work_off(slice_: Slice, job: Job) -> Done:
    """Read a slice and write its parts, but for those that are there.

    Raises OSError where the storage fails or no process comes up that reads.
    """
    begun = time.perf_counter()
    folder = Folder(job.out)
    readers = _readers(job)
    chosen = {"text": job.text_column} if job.text_column else {}
    counts, there, before = Counts(), 0, readers.reports.processor
    parts: list[str] = []
    failures: list[tuple[str, str]] = []
    pieces = pieces_of_slice(slice_, readers.files, job.published, chosen)
    for some in _chunks(pieces, job.chunk):
        name = part_name(some, job.rules)
        counted = folder.counts(name) if folder.has(name) else None
        if counted is None or (job.retry and counted.failed):
            rows = _rows(some, readers.reports)
            folder.write(name, part_bytes(rows, job.rules))
            counted = counts_of(rows)
            failures += failures_of(rows)
        else:
            there += 1
            if counted.failed or counted.unread:
                failures += folder.failures(name)
        counts += counted
        parts.append(name)
    used = max(readers.reports.processor - before, 0.0)  # less than before: by another process
    return Done(
        slice_,
        counts,
        tuple(parts),
        there,
        tuple(failures),
        seconds=time.perf_counter() - begun,
        processor=used,
        memory=readers.reports.memory,
    )


def _rows(pieces: list[Piece], reader: GuardedReader) -> list[dict[str, object]]:
    unread = [unread_because(p.report.language) if p.report else None for p in pieces]
    asked = [p.report for p, why in zip(pieces, unread, strict=True) if p.report and not why]
    readings = reader.read(asked)
    rows = []
    for piece, why in zip(pieces, unread, strict=True):
        reading: Reading | None = next(readings) if piece.report and not why else None
        rows.append(row_of(piece, reading, why))
    return rows


def _chunks(pieces: Iterable[Piece], size: int) -> Iterator[list[Piece]]:
    iterator = iter(pieces)
    while some := list(islice(iterator, size)):
        yield some


class _Readers:
    """What a thread keeps from slice to slice: the process that reads files, and the one with the
    model."""

    def __init__(self, job: Job) -> None:
        self.asked = (job.read, job.rules if job.read == READ else "", job.seconds)
        self.files = Reader()
        self.reports = GuardedReader(*self.asked)

    def close(self) -> None:
        self.files.close()
        self.reports.close()


_KEPT = threading.local()


def _readers(job: Job) -> _Readers:
    kept: _Readers | None = getattr(_KEPT, "readers", None)
    if kept is None or kept.asked != (job.read, job.rules if job.read == READ else "", job.seconds):
        close()
        kept = _KEPT.readers = _Readers(job)
    return kept


def close() -> None:
    """End the processes that this thread keeps; a thread that ends does so by itself."""
    kept: _Readers | None = getattr(_KEPT, "readers", None)
    if kept is not None:
        kept.close()
        _KEPT.readers = None
