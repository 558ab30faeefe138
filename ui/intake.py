"""Reports into the ledger from the pages: files, a pasted text, an address, the samples."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from extraction.formats.clean import cleaned
from extraction.formats.piece import Piece
from extraction.reports import Report
from store.batches import Batches
from store.keeping import Terms, take
from store.ledger import Store
from store.outcomes import Outcome
from ui import cached, worker

MOST_FILES: Final = 1_000
MOST_BYTES: Final = 500_000_000
AT_ONCE: Final = 1.5
"""Seconds that a page waits for a batch before it shows how far it is."""

PASTED: Final = " (pasted).json"


def bring(
    files: Sequence[tuple[str, bytes]],
    *,
    preview: bool = False,
    chosen: Mapping[str, str] | None = None,
) -> int:
    """Keep files as a batch and have it read; gives its number.

    When this returns, the files are safe in the store. Raises NotAllowed for one who is no editor.
    """
    batch = Batches(cached.ledger()).new(files, preview=preview, chosen=chosen)
    worker.wake()
    worker.wait(batch, AT_ONCE)
    return batch


def bring_text(
    text: str,
    *,
    title: str | None,
    publisher: str | None,
    url: str | None,
    published: date | None,
    preview: bool = False,
) -> int:
    """Keep a pasted text with what is known of it; its first line names it where no title does.

    Raises `extraction.formats.piece.Refused` for a text that is empty or too long.
    """
    text = cleaned(text, hard_lines=False)
    name = title or text.strip().splitlines()[0][:80]
    known = {
        "id": name,
        "text": text,
        "title": title,
        "publisher": publisher,
        "url": url,
        "published": published.isoformat() if published else None,
    }
    stated = {field: value for field, value in known.items() if value}
    content = json.dumps(stated, ensure_ascii=False, indent=1).encode()
    return bring([(name.replace("/", " ") + PASTED, content)], preview=preview)


def keep_sample(store: Store, report: Report, filename: str) -> Outcome:
    """Read and keep one of the shipped samples."""
    at = Outcome(0, 0, 0, filename, "failed")
    return take(store, Piece(filename, report), at, Terms())
