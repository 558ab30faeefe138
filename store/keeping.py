"""Files into the ledger: read, extract, keep, and say of each report what came of it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

import sqlalchemy as sa

from extraction.formats.language import unread_because
from extraction.formats.piece import Piece
from extraction.formats.sandbox import Reader
from extraction.record import Record
from extraction.reports import Report
from store import schema
from store.access import NotAllowed
from store.batches import LEASE, Batches
from store.engine import StoreError, reading
from store.ledger import Added, Store, report_key
from store.outcomes import Entry, Outcome, write_outcome
from store.workers import worker_name

_LOG = logging.getLogger(__name__)
_ONE_AT_A_TIME = threading.Lock()
"""The language model is shared by a process's threads, and reads for one of them at a time."""


def read_figures(report: Report) -> list[Record]:
    """The records of a report, by today's rules; threads take turns."""
    # Imported here because the model takes seconds to load, and much of the store needs none.
    from extraction import extract

    with _ONE_AT_A_TIME:
        return list(extract(report))


def extractor() -> str:
    """The name of today's rules, told with each record: the version, and what the rules are."""
    from extraction import rules

    return rules.extractor()


@dataclass(frozen=True, slots=True)
class Terms:
    """How a report is taken: `ask` holds one whose days hang on an unstated publication date;
    `preview` keeps none before it was looked at."""

    ask: bool = False
    preview: bool = False


def take(
    store: Store,
    piece: Piece,
    at: Outcome,
    terms: Terms = Terms(),
    file_hash: str | None = None,
    *,
    write: bool = False,
) -> Outcome:
    """Keep the report of a piece with its figures; gives `at` (its place in a batch) filled in.

    A failure is an outcome, not an exception. With `write` the outcome is stored too, in the same
    transaction as a report that is kept.
    """
    outcome = _taken(store, piece, at, terms, file_hash, write)
    # A kept report's outcome was written with it.
    if write and outcome.key is None:
        Batches(store).write(outcome)
    return outcome


def _taken(
    store: Store, piece: Piece, at: Outcome, terms: Terms, file_hash: str | None, write: bool
) -> Outcome:
    at = replace(at, name=piece.name, guess=piece.guess, guess_from=piece.guess_from)
    report = piece.report
    if report is None:
        status = "columns" if piece.columns else "failed"
        return replace(at, status=status, cause=piece.refusal, columns=piece.columns)
    unread = unread_because(report.language)
    records: list[Record] = []
    known = _known(store, report.text)
    if unread is not None and terms.preview and not known:
        return replace(at, status="preview")
    if unread is None and not known:
        try:
            records = read_figures(report)
        except Exception as error:  # noqa: BLE001 - one report that cannot be read stops no other
            _LOG.exception("reading %s failed", piece.name)
            return replace(at, status="failed", cause=f"reading it failed ({type(error).__name__})")
        if terms.preview:
            return replace(at, status="preview", figures=len(records))
        undated = report.published is None and any(one.date is None for one in records)
        if terms.ask and undated:
            return replace(at, status="held", figures=len(records))
    return keep(store, report, records, at, unread=unread, file_hash=file_hash, write=write)


def _known(store: Store, text: str) -> bool:
    """Whether this text is in the store, removed or not: then adding it needs no records."""
    query = sa.select(schema.reports.c.key).where(schema.reports.c.key == report_key(text))
    with reading(store.engine) as connection:
        return connection.execute(query).first() is not None


def keep(
    store: Store,
    report: Report,
    records: list[Record],
    at: Outcome,
    *,
    unread: str | None = None,
    file_hash: str | None = None,
    write: bool = False,
) -> Outcome:
    """Keep a report whose figures are read; the outcome is written with it where `write` is set."""
    told: list[Outcome] = []

    def also(connection: sa.Connection, added: Added) -> None:
        told.append(_told(at, added, unread))
        if write:
            write_outcome(connection, told[0])

    try:
        store.add(
            report,
            records,
            extractor=extractor(),
            filename=at.name,
            file_hash=file_hash,
            also=also,
        )
    except (ValueError, StoreError, NotAllowed) as error:
        return replace(at, status="failed", cause=str(error).splitlines()[0])
    return told[0]


def _told(at: Outcome, added: Added, unread: str | None) -> Outcome:
    at = replace(at, key=added.key, figures=added.n_records, cause=None)
    if added.status == "already_here":
        return replace(at, status="already_here")
    if unread:
        return replace(at, status="unread", cause=unread)
    if added.near_copy_of:
        return replace(at, status="near_copy", copy_of=added.near_copy_of)
    return replace(at, status="read" if added.n_records else "nothing")


def work_off(
    store: Store,
    batch: int,
    told: Callable[[Outcome], None] | None = None,
    stop: threading.Event | None = None,
    terms: Terms = Terms(ask=True),
) -> None:
    """Read and keep the files of a batch that wait, until none does or `stop` is set.

    Does nothing where somebody else works on the batch. `told` hears each outcome.
    """
    batches = Batches(store)
    worker = worker_name()
    terms = replace(terms, preview=batches.progress(batch).preview)
    store.editor()
    try:
        with Reader() as reader, _beating(batches, batch, worker):
            while not (stop and stop.is_set()) and (entry := batches.take_next(batch, worker)):
                for outcome in _entry_outcomes(batches, entry, reader, terms):
                    if told is not None:
                        told(outcome)
                batches.finish(entry)
    finally:
        batches.let_go(batch, worker)


@contextmanager
def _beating(batches: Batches, batch: int, worker: str) -> Iterator[None]:
    """Tell other machines, while it lasts, that the worker lives: a file may take minutes."""
    done = threading.Event()

    def beat() -> None:
        while not done.wait(LEASE.total_seconds() / 3):
            try:
                batches.seen(batch, worker)
            except (StoreError, NotAllowed) as error:
                _LOG.warning("batch %s: %s", batch, error)

    thread = threading.Thread(target=beat, name="beat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _entry_outcomes(
    batches: Batches, entry: Entry, reader: Reader, terms: Terms
) -> Iterator[Outcome]:
    done = batches.parts_done(entry)  # some, where the last worker died with the file in hand
    for part, piece in enumerate(pieces_of(batches, entry, reader)):
        if part not in done:
            at = Outcome(entry.batch, entry.ordinal, part, piece.name, "failed")
            yield take(batches.store, piece, at, terms, entry.file_hash, write=True)


def pieces_of(batches: Batches, entry: Entry, reader: Reader) -> list[Piece]:
    """The reports in a stored file of a batch, read anew."""
    if entry.file_hash is None:
        return [Piece(entry.name, refusal="its bytes were not kept; add it again")]
    return reader.read(entry.name, batches.content(entry.file_hash), entry.chosen)


def settle(
    store: Store,
    outcome: Outcome,
    published: date | None,
    report: Report | None = None,
    *,
    ask: bool = False,
) -> Outcome:
    """Keep a report that was held or looked at, with the publication date that a user gave.

    `report` is the report as a user corrected what it states of itself; its text is the file's.
    With `ask` one whose days hang on a date that nobody stated is held.
    """
    batches = Batches(store)
    entry = batches.entry(outcome.batch, outcome.ordinal)
    if report is None:
        with Reader() as reader:
            report = pieces_of(batches, entry, reader)[outcome.part].report
    if report is None:
        return outcome
    if published is not None:
        report = replace(report, published=published)
    piece = Piece(outcome.name, report, guess=outcome.guess, guess_from=outcome.guess_from)
    at = replace(outcome, status="failed")
    return take(store, piece, at, Terms(ask=ask), entry.file_hash, write=True)


def leave(store: Store, outcome: Outcome) -> Outcome:
    """Let a report be that waits for a user: it is not kept; its file stays."""
    left = replace(outcome, status="left", cause="left out by hand")
    Batches(store).write(left)
    return left


def read_again(store: Store, key: str) -> Literal["changed", "same", "unread"]:
    """Read a stored report with today's rules; what reviewers said of its figures stays.

    Raises KeyError where there is no report of this key, NotAllowed without an editor's identity.
    """
    stored = store.text(key)
    if unread_because(stored.language):
        return "unread"
    names = ("text", "title", "published", "publisher", "author", "url", "language")
    report = Report(id=stored.name, **{name: getattr(stored, name) for name in names})
    records = read_figures(report)
    before = _readings(store, key)
    store.read_again(key, records, extractor=extractor())
    return "same" if before == _readings(store, key) else "changed"


def _readings(store: Store, key: str) -> list[Any]:
    """The current machine's records of a report, without their keys."""
    c, r = schema.records.c, schema.reports.c
    columns = [x for x in c if x.name not in ("key", "extractor", "confidence")]
    query = (
        sa.select(*columns)
        .join(schema.reports, (r.key == c.report_key) & (r.extractor == c.extractor))
        .where(c.report_key == key)
        .order_by(c.ordinal)
    )
    with reading(store.engine) as connection:
        return [tuple(row) for row in connection.execute(query)]
