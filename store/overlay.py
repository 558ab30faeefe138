"""Reviewed values laid over the machine's reading, which stays beside them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from store.corrections import FIELDS, Reviewed, encoded
from store.matching import matched

FITS = ("reading_changed", "not_read")
"""How a review no longer fits: the rules now read another value where it corrected one, or they no
longer read the figure at all, which then stands by the reviewer's word."""

RawRow = dict[str, Any]


def laid_over(
    rows: Sequence[RawRow],
    reviews: Sequence[Reviewed],
    base: Callable[[Sequence[str]], Mapping[str, RawRow]],
) -> list[RawRow]:
    """The records of one report with what reviewers said of them, in text order.

    `rows` are the current reading's, with `record_key` and the fields of the record; `base` gives
    rows by key for figures that the current reading does not have: those that a reviewer added,
    and those that earlier rules read and a reviewer kept. Each row gets `review`, `machine_read`
    (JSON text of what the rules read where a reviewer's value stands, else None), `reviewer`,
    `reviewed_at`, `review_reason`, `review_version` (0: never reviewed), `review_fit` (one of
    `FITS` or None), `review_target` and `review_machine` (the row as the rules read it, None where
    none did).
    """
    found = matched([(one.target, one.keys, one.spans) for one in reviews], rows)
    by_key = {row["record_key"]: row for row in rows}
    away = [one for one in reviews if one.target not in found and _stands(one)]
    bases = base(sorted({one.keys[-1] for one in away} | {*filter(None, map(_given, reviews))}))
    done: dict[str, RawRow] = {}
    for one in reviews:
        if one.target in found:
            row = by_key[found[one.target]]
            done[row["record_key"]] = _reviewed(row, one, bases.get(_given(one) or ""))
    for one in away:
        row_away = bases.get(one.keys[-1])
        if row_away is not None:
            kept = _reviewed(row_away, one, bases.get(_given(one) or ""))
            done[row_away["record_key"]] = kept | {"review_fit": None if one.added else "not_read"}
            by_key[row_away["record_key"]] = row_away
    rows = [done.get(key) or _unreviewed(row) for key, row in by_key.items()]
    return sorted(rows, key=lambda row: (row["start"], row["end"]))


def _given(one: Reviewed) -> str | None:
    """The key of the row that a reviewer vouches for as a whole."""
    if one.gone:
        return None
    return one.target if one.added else one.accepted


def _stands(one: Reviewed) -> bool:
    """Whether a figure that the rules do not read (any more) is a record by a reviewer's word."""
    if one.gone:
        return False
    return one.added or one.verdict in ("accepted", "corrected")


def _unreviewed(row: RawRow) -> RawRow:
    return row | {
        "review": "unreviewed",
        "machine_read": None,
        "reviewer": None,
        "reviewed_at": None,
        "review_reason": None,
        "review_version": 0,
        "review_fit": None,
        "review_target": row["record_key"],
        "review_machine": row,
    }


def _reviewed(row: RawRow, one: Reviewed, given: RawRow | None) -> RawRow:
    """A row with the values that stand; `given` is the row that a reviewer vouches for, if any."""
    new = _unreviewed(row) | {"review_version": one.version, "review_target": one.target}
    if one.verdict is None or one.gone:
        return new  # all that was said of it has been undone
    values = ({name: given[name] for name in FIELDS} if given else {}) | one.values
    differing = {name: row[name] for name in values if values[name] != row[name]}
    machine = {name: json.loads(encoded(value)) for name, value in differing.items()}
    # What a reviewer added has a row too, but no rule has read it.
    unread = one.added and row["record_key"] == one.target
    inferred = [name for name in str(row["inferred"]).split("|") if name and name not in values]
    return new | {
        **values,
        "inferred": "|".join(inferred),
        "review_machine": None if unread else row,
        "review": _state(one, row),
        "machine_read": json.dumps(machine, ensure_ascii=False) if machine and not unread else None,
        "reviewer": one.who,
        "reviewed_at": one.at,
        "review_reason": one.reason or None,
        "review_fit": "reading_changed" if _changed(row, one, given) else None,
    }


def _state(one: Reviewed, row: RawRow) -> str:
    if one.verdict == "rejected":
        return "rejected"
    if one.added:
        return "added"
    differs = any(row[name] != value for name, value in one.values.items())
    return "corrected" if differs else "accepted"


def _changed(row: RawRow, one: Reviewed, given: RawRow | None) -> bool:
    """Whether the rules now read what they did not when a reviewer said otherwise, or agreed."""
    if one.added:
        return False
    then = ({name: given[name] for name in FIELDS} if given else {}) | one.machine
    return any(row[name] not in (then[name], one.values.get(name, then[name])) for name in then)
