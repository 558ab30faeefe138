"""Words as rows: TOML files beside this module, loaded once and checked hard.

A file of classes has one table per class with `words` (a comma-separated text or a list)
and `examples`, sentences that hold a word of the class. A flat list is a class read alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent
_KEYS = {"words", "examples", "note", "direction", "ends_at"}


@cache
def rows(file: str) -> Mapping[str, Mapping[str, Any]]:
    """The tables of `extraction/lexicon/<file>.toml` by class name.

    Raises ValueError naming file and class where a key is unknown or words are missing.
    """
    path = _FOLDER / f"{file}.toml"
    with path.open("rb") as handle:
        tables = tomllib.load(handle)
    for name, table in tables.items():
        unknown = set(table) - _KEYS
        if unknown or not table.get("words"):
            raise ValueError(f"{path.name}: [{name}] has {sorted(unknown) or 'no words'}")
    return tables


def split(listed: str | list[str]) -> tuple[str, ...]:
    """The words of one row: "a, b" or ["a", "b"] as ("a", "b"), lower case."""
    parts = listed.split(",") if isinstance(listed, str) else listed
    return tuple(p.strip().lower() for p in parts if p.strip())


@cache
def words(name: str, file: str = "lists") -> frozenset[str]:
    """The words of one class; KeyError when the file has no such class."""
    return frozenset(split(rows(file)[name]["words"]))


@cache
def classes(file: str) -> Mapping[str, tuple[str, ...]]:
    """Each word or phrase of a file with the classes it belongs to, in the file's order."""
    out: dict[str, list[str]] = {}
    for name, table in rows(file).items():
        for word in split(table["words"]):
            out.setdefault(word, [])
            if name not in out[word]:
                out[word].append(name)
    return {word: tuple(names) for word, names in out.items()}
