"""Rules 5 and 6: running totals held against the sum of days, expected against crossed."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from typing import Any

import numpy as np
import pandas as pd

from store.behind import KeyLists, gathered
from store.claims import MOVEMENT, NO_DAY
from store.codes import Ints, Mask, order_by, spread
from store.events import USUAL
from store.judge import Reconciled
from store.totals import typed_field
from store.within import NEVER, Held, Scopes, Sums, held

_FIELDS = ("status", *MOVEMENT)
_EXPECTED = ("expected_low", "expected", "expected_high")
_KINDS = tuple(name for name in Scopes.__dataclass_fields__ if name != "last")


def held_against_days(r: Reconciled) -> pd.DataFrame:
    """One row a stated running total of people (see `store.reconcile.running_totals`)."""
    stated = _stated(r)
    totals = r.table.take(stated)
    scopes = _scopes(r, stated)
    # Totals that differ in their last day alone are over the same events up to it.
    order = order_by(*(getattr(scopes, name) for name in _KINDS))
    sorted_ = [getattr(scopes, name)[order] for name in _KINDS]
    turns = np.zeros(len(order), dtype=bool)
    for values in sorted_:
        turns[1:] |= values[1:] != values[:-1]
    series = np.empty(len(order), dtype="int64")
    series[order] = np.cumsum(turns)
    n_series = int(series.max()) + 1 if len(series) else 0
    one = np.zeros(n_series, dtype="int64")
    one[series] = np.arange(len(series))
    last = np.full(n_series, NO_DAY)
    np.maximum.at(last, series, scopes.last)
    asked = Scopes(**{name: getattr(scopes, name)[one] for name in _KINDS}, last=last)
    found = held(r.ready.claims, r.ready.where, r.ready.nations, r.forest, asked)
    ends = r.forest.last[found.node]
    people = Sums.of(found.scope, ends, found.held_from, r.forest.value[1][found.node])
    days_sum = people.by(series, scopes.last)
    any_ = Sums.of(found.scope, ends, np.full(len(ends), NEVER), np.ones_like(ends))
    some = any_.by(series, scopes.last) > 0
    n_days = _days_counted(found, ends).by(series, scopes.last)
    begin = np.searchsorted(found.scope, np.arange(n_series + 1))

    def tops(i: int) -> Ints:
        at = slice(begin[series[i]], begin[series[i] + 1])
        top = (ends[at] <= scopes.last[i]) & (found.held_from[at] > scopes.last[i])
        nodes: Ints = found.node[at][top]
        return nodes

    counts = some & (totals.best > 0)
    share = pd.array(np.where(counts, days_sum / np.maximum(totals.best, 1), 0), dtype="Float64")
    share[~counts] = pd.NA
    keys = r.ready.claims.frame["record_key"]
    c, row = r.ready.claims, totals.best_row
    columns: dict[str, Any] = {"date": _dates(c.last[row]), "date_from": _dates(c.first[row])}
    usual = {name: getattr(totals, name) for name in USUAL}
    columns |= _typed(r, {n: usual.get(n, c.codes[n][row]) for n in _FIELDS})
    number = np.full(len(r.row_of) + 1, -1)
    number[totals.id] = np.arange(len(totals))
    of = number[r.event]
    mine = of >= 0
    columns |= {
        "low": pd.array(totals.low, dtype="Int64"),
        "best": pd.array(totals.best, dtype="Int64"),
        "high": pd.array(totals.high, dtype="Int64"),
        "days_sum": _known(days_sum, some),
        "share": share,
        "n_days": pd.array(n_days, dtype="Int64"),
        "n_claims": pd.array(totals.n_claims, dtype="Int64"),
        "record_keys": _listed(keys, c.at[r.rows[mine]], of[mine], len(totals)),
        "day_record_keys": _lazily(r, len(totals), tops),
        "event_key": pd.array(r.names(totals.id), dtype="str"),
    }
    return _sorted(r, columns, r.rows[mine], of[mine])


def cumulated(r: Reconciled, event_key: str) -> pd.DataFrame:
    """The days that a running total is over, added up (see `store.reconcile.cumulated_days`)."""
    running = np.flatnonzero(r.running)
    names = r.names(r.table.id[running])
    if event_key not in names:
        raise KeyError(event_key)
    at = running[[names.index(event_key)]]
    forest = r.forest
    found = held(r.ready.claims, r.ready.where, r.ready.nations, forest, _scopes(r, at))
    ends, value = forest.last[found.node], forest.value[1][found.node]
    change: dict[int, int] = {}
    ending: dict[int, list[int]] = {}
    pairs = zip(found.node, ends.tolist(), found.held_from.tolist(), value.tolist(), strict=True)
    for node, end, held_from, people in pairs:
        ending.setdefault(end, []).append(node)
        # A day counts until the last day of a period that holds it: then the period does.
        if held_from > end:
            change[end] = change.get(end, 0) + people
            if held_from < NEVER:
                change[held_from] = change.get(held_from, 0) - people
    days = sorted(ending)
    sums = accumulate(change.get(day, 0) for day in days)
    return pd.DataFrame(
        {
            "date": _dates(np.array(days, dtype="int64")),
            "days_sum": pd.array(list(sums), dtype="Int64"),
            "record_keys": _lazily(r, len(days), lambda i: np.array(ending[days[i]])),
        }
    )


def set_against_crossed(r: Reconciled) -> pd.DataFrame:
    """One row an expectation (see `store.reconcile.expected_against_crossed`)."""
    c, forest = r.ready.claims, r.forest
    f, low_best_high = forest.fields, forest.value
    asked = (forest.parent < 0) & (f["status"] == c.code("status", "expected"))
    nodes = np.flatnonzero(asked & (forest.last != NO_DAY))
    crossed = c.code("status", "crossed")
    scopes = Scopes(
        status=np.full(len(nodes), crossed),
        first=forest.first[nodes],
        last=forest.last[nodes],
        nationality=f["peoples"][nodes],
        **{
            name: f[name][nodes]
            for name in ("place", "crossing", "origin", "destination", "group", "demographic")
        },
    )
    found = held(c, r.ready.where, r.ready.nations, forest, scopes)
    tops = found.held_from == NEVER
    scope, node = found.scope[tops], found.node[tops]
    sums = np.zeros((3, len(nodes)), dtype="int64")
    for total, value in zip(sums, low_best_high, strict=True):
        np.add.at(total, scope, value[node])
    some = np.bincount(scope, minlength=len(nodes)) > 0
    expected = low_best_high[:, nodes]
    counts = some & (expected[1] > 0)
    share = pd.array(np.where(counts, sums[1] / np.maximum(expected[1], 1), 0), dtype="Float64")
    share[~counts] = pd.NA
    begin = np.searchsorted(scope, np.arange(len(nodes) + 1))
    keys = c.frame["record_key"]
    columns: dict[str, Any] = {
        "date": _dates(forest.last[nodes]),
        "date_from": _dates(
            np.where(forest.first[nodes] != forest.last[nodes], forest.first[nodes], NO_DAY)
        ),
    }
    columns |= _typed(r, {name: f[name][nodes] for name in _FIELDS[1:]})
    columns |= {
        name: pd.array(values, dtype="Int64")
        for name, values in zip(_EXPECTED, expected, strict=True)
    }
    columns |= {
        name: _known(values, some)
        for name, values in zip(("crossed_low", "crossed", "crossed_high"), sums, strict=True)
    }
    # An expectation is a root: its claims and those of its parts are the tree's.
    number = np.full(len(forest.parent) + 1, -1)
    number[nodes] = np.arange(len(nodes))
    root = np.r_[forest.root, -1][r.node_of[r.event]]
    of = number[root]
    mine = of >= 0
    columns |= {
        "share": share,
        "record_keys": _listed(keys, c.at[r.rows[mine]], of[mine], len(nodes)),
        "crossed_record_keys": _lazily(r, len(nodes), lambda i: node[begin[i] : begin[i + 1]]),
    }
    return _sorted(r, columns, r.rows[mine], of[mine])


def _stated(r: Reconciled) -> Ints:
    """The rows of the table that are running totals of people."""
    c = r.ready.claims
    people = c.codes["unit"][r.table.best_row] == c.code("unit", "people")
    return np.flatnonzero(r.running & people)


def _scopes(r: Reconciled, totals: Ints) -> Scopes:
    """What running totals are over: from the first day, if one is stated, up to the last."""
    c, e = r.ready.claims, r.table.take(totals)
    row = e.best_row
    return Scopes(
        status=c.codes["status"][row],
        first=np.where(c.first[row] != NO_DAY, c.first[row], NO_DAY + 1),
        last=c.last[row],
        place=e.place,
        crossing=c.codes["crossing"][row],
        origin=e.origin,
        destination=e.destination,
        group=c.codes["group"][row],
        nationality=c.codes["peoples"][row],
        demographic=c.codes["demographic"][row],
    )


def _days_counted(found: Held, ends: Ints) -> Sums:
    """How many days with events are counted as days: until all of theirs are in a period's."""
    turn = order_by(found.scope, ends)
    scope, day = found.scope[turn], ends[turn]
    new = np.r_[True, (scope[1:] != scope[:-1]) | (day[1:] != day[:-1])][: len(turn)]
    begin = np.flatnonzero(new)
    until = np.maximum.reduceat(found.held_from[turn], begin) if len(begin) else begin
    return Sums.of(scope[begin], day[begin], until, np.ones_like(begin))


def _claims_under(r: Reconciled, nodes: Ints) -> Ints:
    """All claims of these nodes and of their parts, the counted and those left out: places in
    the frame."""
    order, begin, count = r.claims_of_nodes
    under = r.forest.under(nodes)
    _, at = spread(begin[under], count[under])
    return r.ready.claims.at[order[at]]


def _lazily(r: Reconciled, n: int, nodes: Callable[[int], Ints]) -> pd.Series:
    keys = r.ready.claims.frame["record_key"]

    def find(i: int) -> Ints:
        return _claims_under(r, nodes(i))

    return pd.Series(KeyLists.of(keys, find, np.arange(n)))


def _listed(keys: pd.Series, rows: Ints, group: Ints, n: int) -> pd.Series:
    return pd.Series(gathered(keys, rows, group, n))


def _known(values: Ints, known: Mask) -> Any:
    out = pd.array(values, dtype="Int64")
    out[~known] = pd.NA
    return out


def _dates(days: Ints) -> pd.Series:
    known = pd.Series(np.where(days == NO_DAY, np.nan, days.astype("float64")))
    return pd.to_datetime(known, unit="D", origin="unix").astype("datetime64[us]")


def _typed(r: Reconciled, fields: dict[str, Ints]) -> dict[str, pd.Series]:
    words = r.ready.claims.words
    return {
        name: typed_field(
            pd.Series(words[name], dtype="str").iloc[codes].reset_index(drop=True), name
        )
        for name, codes in fields.items()
    }


def _sorted(r: Reconciled, columns: dict[str, Any], rows: Ints, of: Ints) -> pd.DataFrame:
    """The frame by day, then by its first record key; `rows` are the claims of each row `of`."""
    frame = pd.DataFrame(columns)
    first = np.full(len(frame), len(r.ready.claims))
    np.minimum.at(first, of, r.ready.claims.key_rank[rows])
    frame = frame.assign(_first=first).sort_values(["date", "_first"], kind="stable")
    return frame.drop(columns="_first").reset_index(drop=True)
