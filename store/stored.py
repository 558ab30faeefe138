"""What the store says of a report: what became of it when it came in, and how it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True)
class Added:
    """What became of a report: `status` is "kept", "already_here" (the same text was there) or
    "near_copy" (kept, and told to be a copy of `near_copy_of`)."""

    key: str
    status: Literal["kept", "already_here", "near_copy"]
    n_records: int
    near_copy_of: str | None = None


@dataclass(frozen=True)
class StoredReport:
    """A report as it is stored: `text` is what the records' offsets refer to."""

    key: str
    text: str
    name: str
    filename: str | None
    title: str | None
    published: date | None
    publisher: str | None
    author: str | None
    url: str | None
    language: str | None
    extractor: str
    n_records: int
    added_at: datetime
    removed_at: datetime | None
