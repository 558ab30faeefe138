"""Batches of files: kept as they came in before anything is read, so that none can be lost.

A batch is worked off file by file (`store.keeping`); what came of each report is written in the
same transaction as the report. So after a crash the files that are done are whole, the others wait,
and the batch goes on with them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from extraction.formats.archives import members
from store import schema
from store.access import Identity
from store.engine import reading, writing
from store.ledger import Store
from store.outcomes import (
    OPEN,
    Entry,
    Outcome,
    Progress,
    entry_of,
    file_row,
    outcome_of,
    write_outcome,
)
from store.workers import alive
from store.writes import moment, now

LEASE = timedelta(seconds=60)
"""A worker of another machine that was not seen for so long is gone."""


class Batches:
    """The batches of a store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._engine = store.engine

    @contextmanager
    def _writing(self) -> Iterator[sa.Connection]:
        # Not the pen's own: the state of a batch is no content of the ledger, and must not make
        # every page read everything anew. But nobody writes it who may not write the ledger.
        self.store.editor()
        with writing(self._engine) as connection:
            yield connection

    def new(
        self,
        files: Iterable[tuple[str, bytes]],
        *,
        preview: bool = False,
        chosen: Mapping[str, str] | None = None,
    ) -> int:
        """Keep the files (archives unpacked) as a batch; gives its number.

        With `preview` no report is kept before a user has looked at it; `chosen` is what a user
        says of each file (see `extraction.formats.reader.pieces_of`).

        Each file is in the store when this returns; what could not be unpacked has its outcome.
        """
        with self._writing() as connection:
            who = json.dumps(asdict(self.store.editor()))
            row = {"at": now(), "who": who, "preview": preview}
            batch = connection.execute(
                sa.insert(schema.batches).values(row).returning(schema.batches.c.id)
            ).scalar_one()
        ordinal = 0
        for name, content in files:
            # A transaction a file: a batch of hundreds must not keep other writers waiting.
            inside = list(members(name, content))
            with self._writing() as connection:
                for member in inside:
                    file_hash = None
                    if member.content:
                        file_hash = keep_file(connection, member.content)
                    entry = Entry(batch, ordinal, member.name, file_hash, dict(chosen or {}))
                    connection.execute(
                        sa.insert(schema.batch_files),
                        file_row(entry) | {"done": member.refusal is not None},
                    )
                    if member.refusal is not None:
                        outcome = Outcome(
                            batch, ordinal, 0, member.name, "failed", cause=member.refusal
                        )
                        write_outcome(connection, outcome)
                    ordinal += 1
        return int(batch)

    def take_next(self, batch: int, worker: str) -> Entry | None:
        """The first file that waits, where this worker holds the batch or nobody does; else None.

        None too for a batch that was cancelled.
        """
        b, f = schema.batches.c, schema.batch_files.c
        with self._writing() as connection:
            row = connection.execute(sa.select(schema.batches).where(b.id == batch)).one()
            at = moment(connection)
            if row.cancelled_at is not None or _held_by_another(row, worker, at):
                return None
            entry = connection.execute(
                sa.select(schema.batch_files)
                .where(f.batch_id == batch, f.done.is_(False))
                .order_by(f.ordinal)
                .limit(1)
            ).first()
            holder = {"worker": worker if entry else None, "worker_seen": at}
            connection.execute(sa.update(schema.batches).where(b.id == batch).values(holder))
        return entry_of(entry) if entry else None

    def seen(self, batch: int, worker: str) -> None:
        """Say that this worker lives, though the file in hand takes long."""
        b = schema.batches.c
        with self._writing() as connection:
            connection.execute(
                sa.update(schema.batches)
                .where(b.id == batch, b.worker == worker)
                .values(worker_seen=moment(connection))
            )

    def let_go(self, batch: int, worker: str) -> None:
        """Say that this worker no longer holds the batch."""
        b = schema.batches.c
        with self._writing() as connection:
            connection.execute(
                sa.update(schema.batches)
                .where(b.id == batch, b.worker == worker)
                .values(worker=None)
            )

    def finish(self, entry: Entry) -> None:
        """Say that every report of a file has its outcome."""
        f = schema.batch_files.c
        with self._writing() as connection:
            connection.execute(
                sa.update(schema.batch_files)
                .where(f.batch_id == entry.batch, f.ordinal == entry.ordinal)
                .values(done=True)
            )

    def again(self, batch: int, ordinal: int, chosen: Mapping[str, str]) -> None:
        """Let a table wait again, its columns now picked; its outcomes so far are taken back."""
        f, o = schema.batch_files.c, schema.outcomes.c
        with self._writing() as connection:
            connection.execute(
                sa.delete(schema.outcomes).where(o.batch_id == batch, o.ordinal == ordinal)
            )
            connection.execute(
                sa.update(schema.batch_files)
                .where(f.batch_id == batch, f.ordinal == ordinal)
                .values(done=False, chosen=json.dumps(dict(chosen)))
            )

    def write(self, outcome: Outcome) -> None:
        """Keep what came of a report, in place of what was said of it before."""
        with self._writing() as connection:
            write_outcome(connection, outcome)

    def cancel(self, batch: int) -> None:
        """Stop after the file in hand; those that wait go on waiting."""
        self._set_cancelled(batch, now())

    def go_on(self, batch: int) -> None:
        """Take a cancelled batch up again."""
        self._set_cancelled(batch, None)

    def _set_cancelled(self, batch: int, at: datetime | None) -> None:
        with self._writing() as connection:
            connection.execute(
                sa.update(schema.batches)
                .where(schema.batches.c.id == batch)
                .values(cancelled_at=at)
            )

    def progress(self, batch: int) -> Progress:
        """How far a batch is. Raises KeyError where there is none of this number."""
        f = schema.batch_files.c
        with reading(self._engine) as connection:
            row = connection.execute(
                sa.select(schema.batches).where(schema.batches.c.id == batch)
            ).first()
            if row is None:
                raise KeyError(f"no batch {batch}")
            mine = f.batch_id == batch
            counted = sa.select(sa.func.count(), sa.func.min(f.ordinal)).where(mine)
            total, _ = connection.execute(counted).one()
            waiting, first = connection.execute(counted.where(f.done.is_(False))).one()
            in_hand = connection.execute(sa.select(f.name).where(mine, f.ordinal == first)).scalar()
            running = bool(row.worker) and _held_by_another(row, "", moment(connection))
        return Progress(
            batch,
            total,
            total - waiting,
            in_hand,
            running and waiting > 0,
            row.cancelled_at is not None,
            row.preview,
            (now() - row.at).total_seconds(),
        )

    def outcomes(self, batch: int) -> list[Outcome]:
        """What came of each report of a batch so far, in the files' order."""
        o = schema.outcomes.c
        return self._outcomes(sa.select(schema.outcomes).where(o.batch_id == batch))

    def counts(self, batch: int) -> dict[str, int]:
        """How many reports of a batch came to each status so far."""
        o = schema.outcomes.c
        query = sa.select(o.status, sa.func.count()).where(o.batch_id == batch).group_by(o.status)
        with reading(self._engine) as connection:
            return {str(row[0]): int(row[1]) for row in connection.execute(query)}

    def parts_done(self, entry: Entry) -> set[int]:
        """Which reports of a file have their outcome."""
        o = schema.outcomes.c
        query = sa.select(o.part).where(o.batch_id == entry.batch, o.ordinal == entry.ordinal)
        with reading(self._engine) as connection:
            return set(connection.execute(query).scalars())

    def open_outcomes(self) -> list[Outcome]:
        """The reports of all batches that wait for a user."""
        o = schema.outcomes.c
        return self._outcomes(sa.select(schema.outcomes).where(o.status.in_(OPEN)))

    def _outcomes(self, query: sa.Select[Any]) -> list[Outcome]:
        o = schema.outcomes.c
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(o.batch_id, o.ordinal, o.part)).all()
        return [outcome_of(row) for row in rows]

    def brought_by(self, batch: int) -> Identity:
        """The editor who brought a batch; whether that is one still is asked at every write."""
        c = schema.batches.c
        with reading(self._engine) as connection:
            who = connection.execute(sa.select(c.who).where(c.id == batch)).scalar_one()
        return Identity(**json.loads(who))

    def entry(self, batch: int, ordinal: int) -> Entry:
        """One file of a batch. Raises KeyError where there is none."""
        f = schema.batch_files.c
        with reading(self._engine) as connection:
            row = connection.execute(
                sa.select(schema.batch_files).where(f.batch_id == batch, f.ordinal == ordinal)
            ).first()
        if row is None:
            raise KeyError(f"no file {ordinal} in batch {batch}")
        return entry_of(row)

    def unfinished(self) -> list[int]:
        """The batches in which files wait, cancelled ones too, oldest first."""
        f = schema.batch_files.c
        with reading(self._engine) as connection:
            query = sa.select(f.batch_id).where(f.done.is_(False)).distinct().order_by(f.batch_id)
            return list(connection.execute(query).scalars())

    def content(self, file_hash: str) -> bytes:
        """A file's bytes as they came in. Raises KeyError where there is none of this hash."""
        c = schema.files.c
        with reading(self._engine) as connection:
            found = connection.execute(sa.select(c.content).where(c.hash == file_hash)).scalar()
        if found is None:
            raise KeyError(f"no file {file_hash}")
        return bytes(found)


def keep_file(connection: sa.Connection, content: bytes) -> str:
    """Keep a file's bytes, once however often they come in; gives their sha256."""
    file_hash = hashlib.sha256(content).hexdigest()
    c = schema.files.c
    if connection.execute(sa.select(c.hash).where(c.hash == file_hash)).first() is None:
        row = {"hash": file_hash, "size": len(content), "content": content, "added_at": now()}
        connection.execute(sa.insert(schema.files), row)
    return file_hash


def _held_by_another(row: Any, worker: str, at: datetime) -> bool:
    if not row.worker or row.worker == worker or row.worker_seen is None:
        return False
    lives = alive(row.worker)
    return bool(at - row.worker_seen < LEASE) if lives is None else lives
