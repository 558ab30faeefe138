"""The files of a batch, what came of each report in them, and how far a batch is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from store import schema

STATUSES = (
    "read", "nothing", "already_here", "near_copy", "unread", "failed", "left",
    "held", "preview", "columns",
)  # fmt: skip
OPEN = ("held", "preview", "columns")
"""What waits for a user: a publication date, a look, a table's text column."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a batch: its name as it came in, its bytes' hash (None: could not be unpacked)."""

    batch: int
    ordinal: int
    name: str
    file_hash: str | None
    chosen: dict[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a report in a file: `status` of `STATUSES`, `cause` where it is not kept.

    `key` is the kept report's, `copy_of` the one that it copies; `guess` a day to offer where
    the publication's is asked for, `columns` those of a table to pick the text from.
    """

    batch: int
    ordinal: int
    part: int
    name: str
    status: str
    cause: str | None = None
    key: str | None = None
    copy_of: str | None = None
    figures: int = 0
    guess: date | None = None
    guess_from: str | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is: files in all and done, the one in hand, whether anybody works on it,
    and how many seconds ago it was brought."""

    batch: int
    total: int
    done: int
    in_hand: str | None
    running: bool
    cancelled: bool
    preview: bool
    seconds: float

    @property
    def finished(self) -> bool:
        """No file waits any more."""
        return self.done >= self.total


def storable(name: str) -> str:
    """A file's name as every database takes it: no NUL, no half characters."""
    return name.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


def write_outcome(connection: sa.Connection, outcome: Outcome) -> None:
    """Write an outcome in a transaction, in place of an earlier one of the same report."""
    o = schema.outcomes.c
    connection.execute(
        sa.delete(schema.outcomes).where(
            o.batch_id == outcome.batch, o.ordinal == outcome.ordinal, o.part == outcome.part
        )
    )
    row = {
        "batch_id": outcome.batch,
        "ordinal": outcome.ordinal,
        "part": outcome.part,
        "name": storable(outcome.name),
        "status": outcome.status,
        "cause": outcome.cause,
        "report_key": outcome.key,
        "copy_of": outcome.copy_of,
        "figures": outcome.figures,
        "guess": outcome.guess,
        "guess_from": outcome.guess_from,
        "columns": json.dumps(outcome.columns),
    }
    connection.execute(sa.insert(schema.outcomes), row)


def file_row(entry: Entry) -> dict[str, Any]:
    """A file of a batch as the table keeps it."""
    return {
        "batch_id": entry.batch,
        "ordinal": entry.ordinal,
        "name": storable(entry.name),
        "file_hash": entry.file_hash,
        "chosen": json.dumps(entry.chosen),
    }


def entry_of(row: Any) -> Entry:
    """A row of the table of files as an entry."""
    return Entry(row.batch_id, row.ordinal, row.name, row.file_hash, json.loads(row.chosen))


def outcome_of(row: Any) -> Outcome:
    """A row of the table of outcomes."""
    return Outcome(
        row.batch_id, row.ordinal, row.part, row.name, row.status, row.cause, row.report_key,
        row.copy_of, row.figures, row.guess, row.guess_from, tuple(json.loads(row.columns)),
    )  # fmt: skip
