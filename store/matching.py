"""Which record of a new reading is the one that was reviewed: told by its place in the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Span = tuple[int, int]


def matched(
    wanted: Iterable[tuple[str, Sequence[str], Sequence[Span]]], rows: Sequence[Mapping[str, Any]]
) -> dict[str, str]:
    """Target to the `record_key` of its row, for the targets that have one; no row serves two.

    `wanted` holds of each target the record keys and the spans under which it was known, `rows`
    the records of one report with `record_key`, `start` and `end`. A key that is still there
    decides; else the same span, rows of one span in their order; else the row that shares most
    characters. So new rules that take "about" into a figure, or leave it out, lose no review.
    """
    wanted = list(wanted)
    free = {str(row["record_key"]): (int(row["start"]), int(row["end"])) for row in rows}
    found: dict[str, str] = {}
    for target, keys, _ in wanted:
        key = next((key for key in reversed(keys) if key in free), None)
        if key is not None:
            found[target] = key
            del free[key]
    for alike in (_same, _shared):
        for target, _, spans in wanted:
            if target in found:
                continue
            likeness = {key: max(alike(span, one) for one in spans) for key, span in free.items()}
            best = max(likeness, key=lambda key: likeness[key], default=None)
            if best is not None and likeness[best] > 0:
                found[target] = best
                del free[best]
    return found


def _same(one: Span, other: Span) -> int:
    return int(one == other)


def _shared(one: Span, other: Span) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])
