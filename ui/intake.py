"""Reports into the ledger: read, extract, keep, and say of each what came of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import Final, Literal

from extraction import VERSION, extract
from extraction.record import Record
from extraction.reports import Report
from store.access import NotAllowed
from store.engine import StoreError
from store.ledger import Store

_LOG: Final = logging.getLogger(__name__)

MOST_FILES: Final = 200
MOST_CHARACTERS: Final = 200_000
SUFFIXES: Final = (".txt", ".md")

OutcomeStatus = Literal["read", "nothing", "already_here", "near_copy", "held", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: `cause` says why it failed, `key` is its report's key if kept.

    `held`: not kept yet, because some of its figures get a day only from a publication date that
    nobody has stated; `report` is what waits.
    """

    name: str
    status: OutcomeStatus
    key: str | None = None
    figures: int = 0
    copy_of: str | None = None
    cause: str | None = None
    report: Report | None = None


class Refused(ValueError):
    """A file that is not taken; the message says why, for the reader."""


def decode(name: str, content: bytes) -> str:
    """A text file's content: UTF-8 or UTF-16 with its mark, else Windows-1252.

    Raises Refused for another kind of file, an empty one, one with NUL characters or one that is
    longer than `MOST_CHARACTERS`.
    """
    if PurePath(name).suffix.lower() not in SUFFIXES:
        raise Refused(f"only {' and '.join(SUFFIXES)} files can be read")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="strict")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    return check_text(text)


def check_text(text: str) -> str:
    """The text as it will be kept; raises Refused where it is empty, binary or too long."""
    if "\x00" in text:
        raise Refused("this is not a text file")
    if not text.strip():
        raise Refused("there is no text in it")
    if len(text) > MOST_CHARACTERS:
        raise Refused(f"it has {len(text):,} characters; the limit is {MOST_CHARACTERS:,}")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_file(name: str, content: bytes, published: date | None = None) -> Report:
    """An uploaded text file as a report; raises Refused (see `decode`)."""
    stem = PurePath(name.replace("\\", "/")).name[:255] or "report"
    return Report(id=stem, text=decode(name, content), published=published)


def keep(
    store: Store, report: Report, filename: str | None = None, *, undated: bool = True
) -> Outcome:
    """Extract a report's figures and keep both; a failure is an outcome, not an exception.

    With `undated` false a report without a publication date is held where a figure has no day.
    """
    name = filename or report.id
    try:
        records = extract(report)
    except Exception as error:  # noqa: BLE001 - one report that cannot be read stops no other
        _LOG.exception("reading %s failed", name)
        return Outcome(name, "failed", cause=f"reading it failed ({type(error).__name__})")
    if not undated and report.published is None and any(one.date is None for one in records):
        return Outcome(name, "held", figures=len(records), report=report)
    return _store(store, report, records, name, filename)


def _store(
    store: Store, report: Report, records: list[Record], name: str, filename: str | None
) -> Outcome:
    try:
        added = store.add(report, records, extractor=VERSION, filename=filename)
    except (ValueError, StoreError, NotAllowed) as error:
        return Outcome(name, "failed", cause=str(error).splitlines()[0])
    if added.status == "already_here":
        return Outcome(name, "already_here", added.key, added.n_records)
    if added.near_copy_of:
        return Outcome(name, "near_copy", added.key, added.n_records, added.near_copy_of)
    status: OutcomeStatus = "read" if added.n_records else "nothing"
    return Outcome(name, status, added.key, added.n_records)


def keep_files(
    store: Store,
    files: Iterable[tuple[str, bytes]],
    published: date | None,
    progress: Callable[[int, str], None],
) -> list[Outcome]:
    """Read, extract and keep each file; the rest goes on where one fails.

    `progress` is told the number of files done and the name of the one at hand.
    """
    outcomes = []
    for done, (name, content) in enumerate(files):
        progress(done, name)
        if done >= MOST_FILES:
            outcomes.append(Outcome(name, "failed", cause=f"more than {MOST_FILES} files at once"))
            continue
        try:
            report = read_file(name, content, published)
        except Refused as refusal:
            outcomes.append(Outcome(name, "failed", cause=str(refusal)))
            continue
        except UnicodeDecodeError as error:
            outcomes.append(
                Outcome(name, "failed", cause=f"it is not UTF-16 at byte {error.start}")
            )
            continue
        outcomes.append(keep(store, report, name, undated=False))
    return outcomes


def keep_text(
    store: Store,
    text: str,
    *,
    title: str | None,
    publisher: str | None,
    url: str | None,
    published: date | None,
) -> Outcome:
    """Keep a pasted text; its first line names it where no title is given."""
    try:
        kept = check_text(text)
    except Refused as refusal:
        return Outcome(title or "pasted text", "failed", cause=str(refusal))
    first = kept.strip().splitlines()[0][:80]
    report = Report(id=title or first, text=kept, title=title or None)
    report = replace(report, publisher=publisher or None, url=url or None, published=published)
    return keep(store, report, undated=False)


def dated(report: Report, published: date | None) -> Report:
    """The report with a publication date that a reader has stated."""
    return replace(report, published=published)
