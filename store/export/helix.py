"""Records in the words of IDMC's Helix, by the rows of `helix.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from store import reconcile
from store.export.columns import Column
from store.export.columns import column as known
from store.export.table import Table

_KINDS = {"start_date": "date"}


@cache
def words() -> Mapping[str, Any]:
    """The tables of `helix.toml`."""
    return tomllib.loads(Path(__file__).with_name("helix.toml").read_text(encoding="utf-8"))


def in_helix_words(records: Table, claims: pd.DataFrame) -> Table:
    """The table of records (`tables.records`) with Helix's columns and words.

    `claims` is the record frame it was made of: the best figure of an event is Helix's
    recommended figure, all others are triangulation.
    """
    frame, told = records.frame, words()
    ruled = reconcile.reconcile(claims)
    is_best = frame["record_key"].isin(claims["record_key"].iloc[ruled.best])
    made = {
        "role": is_best.map({True: told["role"]["best"], False: told["role"]["other"]}),
        "quantifier": _translated(frame["qualifier"], told["quantifier"]),
        "unit": _translated(frame["unit"], told["unit"]),
        "category": _category(frame, told["category"]),
        "term": _translated(frame["group"], told["term"]),
        "start_date": frame["date_from"].fillna(frame["date"]),
        "review": _translated(frame["review"], told["review"]),
    }
    columns: dict[str, pd.Series] = {}
    described: list[Column] = []
    for name, origin in told["columns"].items():
        translated = origin.startswith("=")
        columns[name] = made[origin[1:]] if translated else frame[origin]
        kind = _KINDS.get(name, "string") if translated else known(origin).kind
        tag = "" if translated else known(origin).hxl
        described.append(Column(name, kind, told["meanings"][name], tag))  # type: ignore[arg-type]
    return Table("figures", pd.DataFrame(columns, index=frame.index), tuple(described))


def _translated(column: pd.Series, table: Mapping[str, str]) -> pd.Series:
    other = table.get("other")
    known_words = {word: table.get(str(word), other) for word in column.dropna().unique()}
    return column.astype("object").map(known_words)


def _category(frame: pd.DataFrame, by_status: Mapping[str, Mapping[str, str]]) -> pd.Series:
    category = pd.Series(None, index=frame.index, dtype="object")
    for status, by_group in by_status.items():
        here = frame["status"] == status
        category = category.mask(here, _translated(frame["group"], by_group))
    return category
