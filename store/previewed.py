"""A report that was looked at before it is kept: kept as it was read, then corrected as a review.

So a correction made on the way in is what any other correction is: a signed row beside the
machine's reading, with its history and its undoing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from store.ledger import Store
from store.query import Filter

REASON = "seen before it was kept"
Said = Mapping[tuple[int, int], Mapping[str, Any] | None]
"""By where a figure stands in the text: fields with a reviewer's values, None to reject it."""


def correct_kept(store: Store, report_key: str, said: Said) -> int:
    """Write what a user said of a report's figures; gives how many records it touched.

    Raises NotAllowed without an editor's identity, ValueError for a value that is not allowed.
    """
    touched = 0
    for row in store.records(Filter(reports=(report_key,))).to_dict("records"):
        place = int(row["start"]), int(row["end"])
        if place not in said:
            continue
        changes, base = said[place], int(row["review_version"])
        if changes is None:
            store.review.reject(str(row["record_key"]), REASON, base=base)
        elif changes:
            store.review.correct(str(row["record_key"]), changes, REASON, base=base)
        touched += 1
    return touched
