"""From claims to counts: the rules by which claims become figures that can be summed.

Every function takes a record frame (`store.frame`) or a slice of one, leaves it as it is, and
gives a new frame. Nothing here reads the clock, the database or the order of the rows: the same
claims give the same figures, whatever the order of their arrival.

Each function also takes the result of `reconcile`, so that a page that draws several views runs
the rules once: `r = reconcile(frame)`, then `totals(r)`, `daily(r)`, `rivals(r)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from store.behind import gathered
from store.claims import MOVEMENT, NO_DAY
from store.codes import Ints, Mask
from store.events import USUAL, reasons
from store.judge import (
    LEFT_OUT,
    REJECTED,
    ROLES,
    Ready,
    Reconciled,
    narrowed,
    ready,
    reconcile,
)
from store.running_totals import cumulated, held_against_days, set_against_crossed
from store.totals import tally, typed_field

__all__ = [
    "Ready",
    "Reconciled",
    "cumulated_days",
    "daily",
    "events",
    "expected_against_crossed",
    "judge",
    "left_out_summary",
    "n_rivals",
    "narrowed",
    "ready",
    "reconcile",
    "rivals",
    "roles",
    "running_totals",
    "totals",
]

Claims: TypeAlias = "pd.DataFrame | Reconciled"


def _ruled(claims: Claims) -> Reconciled:
    return claims if isinstance(claims, Reconciled) else reconcile(claims)


def judge(claims: Claims) -> pd.DataFrame:
    """The claims with what the rules make of each: columns added to the record frame.

    | column | dtype | meaning |
    | --- | --- | --- |
    | `event_key` | str | the event that the claim tells of; NaN for running totals |
    | `role` | category | `best`, `support` (says the same as the best), `rival` (says other),
      `repeat` (of a near copy), `revised` (by its own report), `running_total`, `rejected` |
    | `reason` | str | why it has this role, in words for a reader |
    | `left_out` | category | why a sum over all does not count it, NaN where it is counted:
      `running_total`, `repeat`, `revised`, `rival`, `support`, `part` (of another figure),
      `exceeded` (by the sum of its parts), `families` (households are not people), `rejected`
      (by a reviewer; only where the frame holds such rows) |
    """
    r = _ruled(claims)
    told = roles(r)
    stands = told["role"] != "rejected"
    numbers, ids = np.unique(told.pop("event"), return_inverse=True)
    why = np.full(len(stands), REJECTED, dtype=object)
    why[stands] = r.reasons()
    return r.frame.assign(
        event_key=pd.array(r.keys_of(numbers), dtype="str").take(ids),
        role=told["role"],
        reason=pd.array(why, dtype="str"),
        left_out=told["left_out"],
    )


def roles(ruled: Reconciled) -> dict[str, Any]:
    """What `judge` tells of each claim, without words: a value for each row of `ruled.frame`.

    `role` and `left_out` (categorical) as there, `event` (int32) a number for each event, -1 for
    running totals. `Reconciled.explained` tells the rest of the rows that are shown.
    """
    r = ruled
    review = r.ready.claims.frame["review"]
    review = review if r.chosen is None else review.take(r.chosen)
    stands = (review != "rejected").to_numpy()
    role, left_out = r.verdict
    running = r.ready.claims.running[r.rows]
    event = _spread(np.where(running, -1, r.event), stands, -1)
    rejected = ROLES.index("rejected"), LEFT_OUT.index("rejected")
    return {
        "event": event.astype("int32"),
        "role": pd.Categorical.from_codes(_spread(role, stands, rejected[0]), dtype=_ROLES),
        "left_out": pd.Categorical.from_codes(
            _spread(left_out, stands, rejected[1]), dtype=_LEFT_OUT
        ),
    }


_ROLES, _LEFT_OUT = pd.CategoricalDtype(ROLES), pd.CategoricalDtype(LEFT_OUT)


def _spread(values: Ints, stands: Mask, other: int) -> Ints:
    """The values of the rows that stand among all rows, with `other` for those rejected."""
    whole = np.full(len(stands), other)
    whole[stands] = values
    return whole


def events(claims: Claims) -> pd.DataFrame:
    """One row an event: claims about the same day, place, people and status.

    | column | dtype | meaning |
    | --- | --- | --- |
    | `event_key` | str | made of the fields below |
    | `date`, `date_from` | datetime64[us] | the day, or the period's last and first day |
    | `crossing`, `origin`, `destination`, `group`, `nationality`, `demographic`, `status`, `unit` |
      category | as in the record frame |
    | `low`, `best`, `high` | Int64 | low <= best <= high |
    | `low_open`, `high_open` | bool | some claim says "at most", "at least" |
    | `n_claims`, `n_sources`, `n_reports`, `n_places` | Int64 | standing claims, distinct voices
      (a speaker, else the publisher), reports without and with their near copies |
    | `conflict` | bool | claims differ |
    | `best_reason` | str | why `best` was chosen, in words for a reader |
    | `best_record` | str | its record key |
    | `record_keys` | record keys (`store.behind`; each reads as a tuple of str) | all claims,
      repeats among them |
    | `part_of` | str | the event that this one is counted in, NaN for none |
    """
    return _events(_ruled(claims))


def _events(r: Reconciled, only: Mask | None = None) -> pd.DataFrame:
    c, keys = r.ready.claims, r.ready.claims.frame["record_key"]
    shown = ~r.running if only is None else ~r.running & only
    table = r.table.take(shown)
    row = table.best_row
    frame = pd.DataFrame({"event_key": pd.array(r.names(table.id), dtype="str")})
    frame["date"] = _dates(c.last[row])
    frame["date_from"] = _dates(c.first[row]).where(c.first[row] < c.last[row])
    for name in _EVENT_FIELDS:
        codes = getattr(table, name) if name in USUAL else c.codes[name][row]
        words = pd.Series(c.words[name], dtype="str")
        frame[name] = typed_field(words.iloc[codes].reset_index(drop=True), name)
    for name in ("low", "best", "high", "n_claims", "n_sources", "n_reports", "n_places"):
        frame[name] = pd.array(getattr(table, name), dtype="Int64")
    for name in ("low_open", "high_open", "conflict"):
        frame[name] = getattr(table, name)
    frame["best_reason"] = pd.array(reasons(c, table), dtype="str")
    frame["best_record"] = keys.iloc[c.at[row]].array
    of = np.full(len(r.row_of), -1)
    of[table.id] = np.arange(len(table))
    event = of[r.event]
    here = event >= 0
    frame["record_keys"] = gathered(keys, c.at[r.rows[here]], event[here], len(table))
    frame["part_of"] = _part_of(r, table.id)
    return frame.sort_values(["date", "event_key"], kind="stable", ignore_index=True)


def _part_of(r: Reconciled, events: Ints) -> Any:
    node = r.node_of[events]
    up = np.where(node >= 0, r.forest.parent[node], -1) if len(r.nodes) else node
    names = np.full(len(events), None, dtype=object)
    part = np.flatnonzero(up >= 0)
    names[part] = r.names(r.nodes.event[up[part]])
    return pd.array(names, dtype="str")


_EVENT_FIELDS = (*MOVEMENT, "status", "unit")


def _dates(days: np.ndarray) -> pd.Series:
    known = pd.Series(np.where(days == NO_DAY, np.nan, days.astype("float64")))
    return pd.to_datetime(known, unit="D", origin="unix").astype("datetime64[us]")


def totals(claims: Claims, by: Sequence[str] = ()) -> pd.DataFrame:
    """People by status and the columns named in `by`, each person counted once.

    `by` may name `date`, `crossing`, `origin`, `destination`, `group`, `nationality`,
    `demographic`; `status` is always there, because crossed, expected, waiting and refused are
    never added to each other. Cells add up: the sum over any `by` is the total without it. A
    remainder of a figure that its parts do not explain stands in the row where the part's
    column is missing ("", NaN, or the group `unspecified` or `mixed`).
    Columns: `status`, those of `by`, `low`, `best`, `high` (Int64), `n_claims`, `n_left_out`
    (Int64), `record_keys`, `left_out_keys` (tuples of str). Families are left out.
    """
    return tally(_ruled(claims), by)


def daily(claims: Claims, by: str = "group", freq: str = "D") -> pd.DataFrame:
    """People per day, week or month, tidy for the timeline.

    `freq` is "D", "W" (weeks from Monday) or "M" (months). A period's figure stands on its last
    day, less what its days account for. Claims without a day are not in it, nor are bins of nobody.
    Columns: `date` (datetime64[us], first day of the bin), `status`, the column `by`, `low`,
    `best`, `high`, `n_claims`, `n_left_out` (Int64), `record_keys` (tuple of str).
    """
    return tally(_ruled(claims), ["date", by], freq, drawn=True)


def running_totals(claims: Claims) -> pd.DataFrame:
    """Running totals held against the sum of days, one row a stated total.

    Columns: `date`, `date_from`, `status`, `crossing`, `origin`, `destination`, `group`,
    `nationality`, `demographic`, `low`, `best`, `high` (what the sources state), `days_sum`
    (Int64: people in events
    up to this day, at its place, of its people; NA where none is on record), `share` (Float64:
    `days_sum / best`), `n_days` (Int64), `n_claims`, `record_keys` and `day_record_keys` (tuples
    of str: all claims of the total, of those days), `event_key` (str, for `cumulated_days`).
    """
    return held_against_days(_ruled(claims))


def cumulated_days(claims: Claims, event_key: str) -> pd.DataFrame:
    """The days that one running total (of `running_totals`, by its `event_key`) is over, added up.

    One row a day on which a figure ends, oldest first: `date`, `days_sum` (Int64, people up to
    this day; the last is the total's own `days_sum`), `record_keys` (tuple of str, all claims of
    the figures that end on it). Raises KeyError for a key that is no running total's.
    """
    return cumulated(_ruled(claims), event_key)


def rivals(
    claims: Claims, *, most: int | None = None, drawn: Sequence[str] | None = None
) -> pd.DataFrame:
    """Events (see `events`) on which claims differ, largest difference first.

    Two figures are at odds when their words cannot both be true: "more than 300" and 361 can,
    and "about" gives way by a tenth. What one voice says within one report is no rivalry.
    Adds `difference` (Int64, high - low) and `difference_share` (Float64, of `best`).
    Only the first `most` are worked out where that is given; with `drawn` only events of people on
    a known day, in one of these statuses.
    """
    r = _ruled(claims)
    frame = _events(r, _rivals(r, most, drawn))
    difference = frame["high"] - frame["low"]
    share = difference.astype("Float64") / frame["best"].astype("Float64").replace(0, pd.NA)
    frame = frame.assign(difference=difference, difference_share=share)
    frame = frame.sort_values(
        ["difference", "event_key"], ascending=[False, True], ignore_index=True
    )
    return frame.head(len(frame) if most is None else most)


def n_rivals(claims: Claims) -> int:
    """On how many events claims differ: the length of `rivals`."""
    return int(_rivals(_ruled(claims)).sum())


def _rivals(r: Reconciled, most: int | None = None, drawn: Sequence[str] | None = None) -> Mask:
    """Which events of the table differ; with `most` those that may be among the first so many."""
    c, table = r.ready.claims, r.table
    found: Mask = table.conflict & ~r.running
    if drawn is not None:
        status = np.isin(c.codes["status"], [c.code("status", one) for one in drawn])
        people = c.codes["unit"] == c.code("unit", "people")
        found = found & (status & people & (c.last != NO_DAY))[table.best_row]
    if most is not None and np.count_nonzero(found) > most > 0:
        difference = (table.high - table.low)[found]
        found = found.copy()
        found[found] = difference >= np.partition(difference, -most)[-most]
    return found


def expected_against_crossed(claims: Claims) -> pd.DataFrame:
    """What was expected set against what then crossed, one row an expectation with a day.

    Crossed is who crossed on its days, at its place, of its people ("unspecified" and "mixed"
    stand for all groups). Columns: `date`, `date_from`, `crossing`, `origin`, `destination`,
    `group`, `nationality`, `demographic`, `expected_low`, `expected`, `expected_high`,
    `crossed_low`, `crossed`, `crossed_high` (Int64, NA where nothing is on record), `share`
    (Float64, crossed / expected), `record_keys`, `crossed_record_keys` (tuples of str: all claims
    of each side, those that it does not count among them).
    """
    return set_against_crossed(_ruled(claims))


def left_out_summary(left_out: pd.Series) -> str:
    """What a sum leaves out, in words: "3 figures left out: 2 running totals, 1 part of another".

    `left_out` is that column of what `judge` gives; "" where nothing is left out.
    """
    counts = left_out.value_counts()
    told = [(int(counts[kind]), *_WORDS[kind]) for kind in LEFT_OUT if counts.get(kind, 0)]
    if not told:
        return ""
    n = sum(count for count, _, _ in told)
    parts = [f"{count:,} {one if count == 1 else more}" for count, one, more in told]
    return f"{n:,} figure{'' if n == 1 else 's'} left out: {', '.join(parts)}"


_WORDS = {
    "running_total": ("running total", "running totals"),
    "part": ("part of another", "parts of another"),
    "exceeded": ("less than its parts", "less than their parts"),
    "rival": ("rival figure", "rival figures"),
    "support": ("same figure again", "same figures again"),
    "repeat": ("repeat in a copied report", "repeats in copied reports"),
    "revised": ("revised figure", "revised figures"),
    "families": ("count of families", "counts of families"),
    "rejected": ("figure that a reviewer rejected", "figures that a reviewer rejected"),
}
"""Why a figure is left out, for one and for more."""
