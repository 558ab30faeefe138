"""A second reading: the text of a stored report through new rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extraction.record import Record
from extraction.reports import Report
from store.ledger import Store

Extract = Callable[[Report], Sequence[Record]]


def read_again(store: Store, key: str, extract: Extract, extractor: str) -> bool:
    """Read a stored report with `extract` and make that its current reading.

    Gives False, and reads nothing, where `extractor` has read it already. Raises KeyError for an
    unknown key, NotAllowed without an editor's identity, and whatever `extract` raises.
    """
    kept = store.text(key)
    if kept.extractor == extractor:
        return False
    report = Report(
        id=kept.name,
        text=kept.text,
        title=kept.title,
        published=kept.published,
        publisher=kept.publisher,
        author=kept.author,
        url=kept.url,
        language=kept.language,
    )
    return store.read_again(key, extract(report), extractor=extractor)
