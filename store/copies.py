"""Rule 1: a story told twice is one story."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from store.claims import NO_DAY, Claims, order_free
from store.codes import Ints, Mask, order_by, starts

_SAME = ("crossing", "origin", "destination", "group", "nationality", "demographic", "status")


@dataclass(frozen=True)
class Families:
    """The claims of reports that have near copies: those that say the same stand together.

    `rows` of the claims, the lead's first among those that say the same; `same` numbers these.
    """

    rows: Ints
    same: Ints
    copied: Mask


@dataclass(frozen=True)
class Repeats:
    """`repeat`: the claim stands in a copy and says what the family said already.

    `told_by`: the row of the claim that it repeats, else its own. `recommended`: by a reviewer,
    in whichever copy; `reason` is the row that says why (-1: none).
    """

    repeat: Mask
    told_by: Ints
    recommended: Mask
    reason: Ints


def families(c: Claims) -> Families:
    """The claims of reports with near copies, in the order in which they tell the same."""
    copied = c.lead != c.report
    led = np.zeros(len(c.reports), dtype=bool)
    led[c.lead[copied]] = True
    rows = np.flatnonzero(led[c.lead])
    codes = [c.codes[name][rows] for name in (*_SAME, "scope", "unit")]
    same = order_free(c.lead[rows], c.low[rows], c.high[rows], c.span[rows], *codes)
    published = c.published[rows]
    known = np.where(published == NO_DAY, -NO_DAY, published)
    order = order_by(same, copied[rows], known, c.report[rows], c.at[rows])
    return Families(rows[order], same[order], copied[rows][order])


def repeats(c: Claims, f: Families, kept: Mask) -> Repeats:
    """Of one claim in several copies the lead's counts, the others are repeats."""
    n = len(c)
    repeat, told_by = np.zeros(n, dtype=bool), np.arange(n)
    recommended = c.recommended
    reason = np.where(c.reasoned, told_by, -1)
    here = kept[f.rows]
    led = np.zeros(len(c.reports), dtype=bool)
    led[c.lead[f.rows[here & f.copied]]] = True
    rows = np.flatnonzero(here & led[c.lead[f.rows]])
    if not len(rows):
        return Repeats(repeat, told_by, recommended, reason)
    same, rows = f.same[rows], f.rows[rows]
    begin = starts(same)
    size = np.diff(np.r_[begin, len(rows)])
    told_by[rows] = np.repeat(rows[begin], size)
    repeat[rows] = c.report[rows] != c.report[told_by[rows]]
    # A reviewer who marked the copy's claim meant the claim, whichever report is the lead.
    recommended = recommended.copy()
    recommended[rows] = np.repeat(np.logical_or.reduceat(recommended[rows], begin), size)
    by = np.repeat(np.minimum.reduceat(np.where(c.reasoned[rows], rows, n), begin), size)
    reason[rows] = np.where(by < n, by, -1)
    return Repeats(repeat, told_by, recommended, reason)
