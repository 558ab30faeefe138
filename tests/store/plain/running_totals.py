"""Rules 5 and 6: running totals held against the sum of days, expected against crossed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from tests.store.plain.claims import MOVEMENT, NO_DAY
from tests.store.plain.judge import Reconciled
from tests.store.plain.totals import typed_field
from tests.store.plain.within import Held, Scope

_FIELDS = ("status", *MOVEMENT)
_EXPECTED = ("expected_low", "expected", "expected_high")


def held_against_days(r: Reconciled) -> pd.DataFrame:
    """One row a stated running total of people (see `store.reconcile.running_totals`)."""
    stated = r.totals[r.totals["unit"] == "people"]
    claims_of = _claims_of(r)
    nodes = r.forest.nodes
    held = Held(nodes)
    rows = []
    for key, total in zip(stated.index, stated.itertuples(index=False), strict=True):
        days = held.tops(_days_of(total))
        days_sum = held.value(days)[1]
        rows.append(
            _days(total, NO_DAY)
            | {name: getattr(total, name) for name in _FIELDS}
            | {
                "low": total.low,
                "best": total.best,
                "high": total.high,
                "days_sum": days_sum if days else None,
                "share": days_sum / total.best if days and total.best else None,
                "n_days": len({nodes[i].last for i in days}),
                "n_claims": total.n_claims,
                "record_keys": claims_of[key],
                "day_record_keys": _claims_under(r, claims_of, days),
                "event_key": key,
            }
        )
    numbers = ("low", "best", "high", "days_sum", "share", "n_days", "n_claims")
    return _typed(rows, _FIELDS, numbers, ("record_keys", "day_record_keys", "event_key"))


def cumulated(r: Reconciled, event_key: str) -> pd.DataFrame:
    """The days that a running total is over, added up (see `store.reconcile.cumulated_days`)."""
    total = next(r.totals.loc[[event_key]].itertuples(index=False))
    claims_of = _claims_of(r)
    rows = [
        {"date": day, "days_sum": people, "record_keys": _claims_under(r, claims_of, ended)}
        for day, people, ended in Held(r.forest.nodes).steps(_days_of(total))
    ]
    frame = _typed(rows, (), ("days_sum",), ("record_keys",))
    return frame[["date", "days_sum", "record_keys"]]


def _days_of(total: Any) -> Scope:
    """What a running total is over: from its first day, if it states one, up to its day."""
    since = total.first if total.first != NO_DAY else NO_DAY + 1
    return _scope(total, total.status, since)


def set_against_crossed(r: Reconciled) -> pd.DataFrame:
    """One row an expectation (see `store.reconcile.expected_against_crossed`)."""
    claims_of = _claims_of(r)
    nodes = r.forest.nodes
    held = Held(nodes)
    rows = []
    for i in r.forest.roots():
        node = nodes[i]
        if node.status != "expected" or node.last == NO_DAY:
            continue
        crossed = held.tops(_scope(node, "crossed", node.first))
        low, best, high = held.value(crossed)
        rows.append(
            _days(node, node.last)
            | {name: getattr(node, name) for name in _FIELDS[1:]}
            | dict(zip(_EXPECTED, node.value, strict=True))
            | {
                "crossed_low": low if crossed else None,
                "crossed": best if crossed else None,
                "crossed_high": high if crossed else None,
                "share": best / node.value[1] if crossed and node.value[1] else None,
                "record_keys": _claims_under(r, claims_of, [i]),
                "crossed_record_keys": _claims_under(r, claims_of, crossed),
            }
        )
    numbers = [*_EXPECTED, "crossed_low", "crossed", "crossed_high", "share"]
    return _typed(rows, _FIELDS[1:], numbers, ("record_keys", "crossed_record_keys"))


def _scope(figure: Any, status: str, first: int) -> Scope:
    """The people of a running total or an expectation, with another status or first day."""
    fields = {name: getattr(figure, name) for name in ("last", "place", *_FIELDS[1:])}
    return Scope(status=status, first=first, **fields | {"nationality": figure.peoples})


def _days(figure: Any, unstated: int) -> dict[str, int | None]:
    """The figure's days; `unstated` is its first day where the claim states none."""
    return {
        "date": figure.last if figure.last != NO_DAY else None,
        "date_from": figure.first if figure.first != unstated else None,
    }


def _claims_of(r: Reconciled) -> dict[str, tuple[str, ...]]:
    keys = r.told["record_key"].groupby(r.told["event"]).agg(sorted)
    return {event: tuple(of_event) for event, of_event in keys.items()}


def _claims_under(
    r: Reconciled, claims_of: dict[str, tuple[str, ...]], tops: Iterable[int]
) -> tuple[str, ...]:
    """All claims of these events and of their parts: the counted, and those left out."""
    under = {r.forest.nodes[i].key for top in tops for i in r.forest.under(top)}
    return tuple(sorted(key for event in under for key in claims_of[event]))


def _typed(
    rows: list[dict[str, Any]],
    fields: tuple[str, ...],
    numbers: Sequence[str],
    lists: tuple[str, ...],
) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["date", "date_from", *fields, *numbers, *lists])
    for name in ("date", "date_from"):
        days = frame[name].astype("Float64").astype("float64")
        frame[name] = pd.to_datetime(days, unit="D", origin="unix").astype("datetime64[us]")
    for name in fields:
        frame[name] = typed_field(frame[name], name)
    frame = frame.astype({name: "Float64" if name == "share" else "Int64" for name in numbers})
    return frame.sort_values(["date", "record_keys"], kind="stable", ignore_index=True)
