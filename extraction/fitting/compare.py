"""Held against annotations: which records are right in all the fields that make one whole.

The rules are those of the published scorer (tests/gold/score.py), and a test holds the two
together; this module is here because the package may not import its own tests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]  # a record or an annotation as plain JSON values

LEDGER = ("group", "status", "date")
WHOLE = (*LEDGER, "scope", "subset", "nationality", "place")
_FURTHER = (
    "qualifier",
    "unit",
    "demographic",
    "date_from",
    "crossing",
    "origin",
    "destination",
    "source",
)


def agrees(name: str, gold: Row, found: Row) -> bool:
    """Whether a record has the field `name` right by its annotation.

    `name` is a field of the record, or "place": the crossing, or the ends that gold names.
    """
    wanted, given = gold.get(name), found.get(name)
    match name:
        case "nationality":
            return sorted(wanted or ()) == sorted(given or ())
        case "subset":
            return bool(wanted) is bool(given)
        case "crossing":
            return _crossing(wanted, given)
        case "source":
            return _source(wanted, given)
        case "place":
            return _place(gold, found)
        case _:
            return bool(wanted == given)


def pairs(gold: Sequence[Row], found: Sequence[Row]) -> list[tuple[int, int]]:
    """Indices of the annotations and records of one report that speak of one figure.

    Each is used once; where several could be paired, those with the most fields right come
    first, a field of the ledger weighing as much as ten others.
    """
    ranked = []
    for i, wanted in enumerate(gold):
        for j, given in enumerate(found):
            if (wanted["count"], wanted.get("count_max")) == (
                given.get("count"),
                given.get("count_max"),
            ):
                ledger = sum(agrees(name, wanted, given) for name in LEDGER)
                rest = sum(
                    agrees(name, wanted, given)
                    for name in (*WHOLE, *_FURTHER)
                    if name not in LEDGER
                )
                ranked.append((-10 * ledger - rest, i, j))
    out: list[tuple[int, int]] = []
    for _, i, j in sorted(ranked):
        if not any(i == a or j == b for a, b in out):
            out.append((i, j))
    return out


def wholly_right(gold: Sequence[Row], found: Sequence[Row]) -> list[bool]:
    """For each record of one report whether an annotation bears out all fields of `WHOLE`."""
    right = [False] * len(found)
    for i, j in pairs(gold, found):
        right[j] = all(agrees(name, gold[i], found[j]) for name in WHOLE)
    return right


def _place(gold: Row, found: Row) -> bool:
    ends = [end for end in ("origin", "destination") if gold.get(end)]
    if gold.get("crossing") and _crossing(gold["crossing"], found.get("crossing")):
        return True
    if gold.get("crossing") and not ends:
        return False
    return all(gold[end] == found.get(end) for end in ends)


def _crossing(wanted: str | None, given: str | None) -> bool:
    a, b = _plain(wanted), _plain(given)
    if not a or not b:
        return a == b
    return a in b or b in a


def _source(wanted: str | None, given: str | None) -> bool:
    a, b = set(_plain(wanted).split()), set(_plain(given).split())
    if not a and not b:
        return True
    return 2 * len(a & b) >= max(1, min(len(a), len(b)))


def _plain(text: str | None) -> str:
    """Lower-case ASCII letters and digits, all else a single blank."""
    kept = (c if c.isascii() and c.isalnum() else " " for c in (text or "").lower())
    return " ".join("".join(kept).split())
