"""A part: the outcome of some reports as one Parquet file, named by what it was made of.

A row is a report with its cleaned text, what came of it, and its records as a list, so that a file
says everything of its reports and is never half there. Its name is a hash of the reports and the
rules: the same reports read by the same rules are the same file, whoever reads them and how often.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import uuid
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
from fsspec.implementations.local import LocalFileSystem

from extraction.catalogue.guarded import Reading
from extraction.catalogue.rows import record_of, report_of, report_row
from extraction.formats.piece import Piece
from extraction.record import Record
from extraction.reports import Report

_LISTS, _DAYS = ("nationality", "inferred"), ("date", "date_from")
_NUMBERS = {"count": pa.int64(), "count_max": pa.int64(), "start": pa.int64(), "end": pa.int64()}
_TYPES = {
    **_NUMBERS,
    **dict.fromkeys(_LISTS, pa.list_(pa.string())),
    **dict.fromkeys(_DAYS, pa.date32()),
    "subset": pa.bool_(),
    "confidence": pa.float64(),
}
RECORD = pa.struct([(n, _TYPES.get(n, pa.string())) for n in Record.__dataclass_fields__])
_REPORT = [
    (name, pa.date32() if name == "published" else pa.string())
    for name in Report.__dataclass_fields__
]
SCHEMA = pa.schema(
    [("name", pa.string()), ("status", pa.string()), ("cause", pa.string()), *_REPORT]
    + [("records", pa.list_(RECORD))]
)
"""`name` is where the report stood, `status` "read", "unread" (in another language) or "failed"
(with its `cause`); a file that gave no report has no `id` and no `text`."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a part holds: reports in all, those in another language, those that failed, records."""

    reports: int = 0
    unread: int = 0
    failed: int = 0
    records: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, n) + getattr(other, n) for n in self.__dataclass_fields__))


@dataclass(frozen=True, slots=True)
class Kept:
    """A report in a part: what came of it, by which rules; `report` is None where none was read."""

    name: str
    status: str
    cause: str | None
    report: Report | None
    records: tuple[Record, ...]
    extractor: str


def part_name(pieces: Sequence[Piece], extractor: str) -> str:
    """The file's name: a hash of all that the outcome depends on."""
    told = hashlib.sha256(extractor.encode())
    for piece in pieces:
        row = report_row(piece.report) if piece.report else {"refusal": piece.refusal}
        told.update(json.dumps([piece.name, row], sort_keys=True).encode())
    return f"part-{told.hexdigest()[:24]}.parquet"


def row_of(piece: Piece, reading: Reading | None, unread: str | None) -> dict[str, Any]:
    """A row of a part: `reading` is None where there was no report, or it is `unread` (why)."""
    cause = piece.refusal or unread or (reading.cause if reading else None)
    status = "unread" if unread else "failed" if cause else "read"
    report = asdict(piece.report) if piece.report else dict.fromkeys(Report.__dataclass_fields__)
    records = [_typed(one) for one in reading.records] if reading else []
    return {"name": piece.name, "status": status, "cause": cause, **report, "records": records}


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in _DAYS}
    return row | days


def counts_of(rows: Sequence[dict[str, Any]]) -> Counts:
    """What these rows hold."""
    statuses = [row["status"] for row in rows]
    records = sum(len(row["records"]) for row in rows)
    return Counts(len(rows), statuses.count("unread"), statuses.count("failed"), records)


def failures_of(rows: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """Name and cause of the rows whose reports were not read."""
    return [(row["name"], row["cause"]) for row in rows if row["cause"] is not None]


def part_bytes(rows: Sequence[dict[str, Any]], extractor: str) -> bytes:
    """The file of these rows: the same bytes for the same rows."""
    told = {"extractor": extractor, "counts": json.dumps(asdict(counts_of(rows)))}
    table = pa.Table.from_pylist(list(rows), schema=SCHEMA.with_metadata(told))
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    return out.getvalue()


class Folder:
    """The folder of parts at a path, or at any address that fsspec knows."""

    def __init__(self, address: str) -> None:
        self.filesystem, self.path = fsspec.core.url_to_fs(address)

    def has(self, name: str) -> bool:
        """Whether a part is there; one that is there is whole."""
        return bool(self.filesystem.exists(f"{self.path}/{name}"))

    def names(self) -> list[str]:
        """The parts that are there, in order of their names."""
        with suppress(FileNotFoundError):
            found = self.filesystem.glob(f"{self.path}/part-*.parquet")
            return sorted(str(path).rsplit("/", 1)[-1] for path in found)
        return []

    def write(self, name: str, content: bytes) -> None:
        """Write a part under another name, then rename it: it is there whole or not at all."""
        self.filesystem.makedirs(self.path, exist_ok=True)
        path, draft = f"{self.path}/{name}", f"{self.path}/.{name}.{uuid.uuid4().hex[:8]}"
        if isinstance(self.filesystem, LocalFileSystem):
            with Path(draft).open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            Path(draft).replace(path)
        else:
            self.filesystem.pipe_file(draft, content)
            self.filesystem.mv(draft, path)

    def counts(self, name: str) -> Counts:
        """What a part holds, read from its last bytes."""
        with self.filesystem.open(f"{self.path}/{name}", "rb") as stream:
            return Counts(**json.loads(pq.read_schema(stream).metadata[b"counts"]))

    def failures(self, name: str) -> list[tuple[str, str]]:
        """Name and cause of the reports of a part that were not read."""
        with self.filesystem.open(f"{self.path}/{name}", "rb") as stream:
            return failures_of(pq.read_table(stream, columns=["name", "cause"]).to_pylist())

    def read(self, name: str) -> Iterator[Kept]:
        """The reports of a part, in order. Raises ValueError for a file that is no part."""
        with self.filesystem.open(f"{self.path}/{name}", "rb") as stream:
            table = pq.read_table(stream)
        if table.schema.remove_metadata() != SCHEMA:
            raise ValueError(f"{self.path}/{name} was not written by this version; read it again")
        extractor = table.schema.metadata[b"extractor"].decode()
        for row in table.to_pylist():
            report = report_of(row) if row["text"] is not None else None
            records = tuple(record_of(one) for one in row["records"])
            yield Kept(row["name"], row["status"], row["cause"], report, records, extractor)
