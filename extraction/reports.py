"""Reports as they come in: a text and what is known about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Report:
    """One report: `text` is what every offset refers to; an unknown field is None."""

    id: str
    text: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None


class UnreadableReport(Exception):
    """A file that cannot be read as reports; the message names the file, the cause, the mend."""
