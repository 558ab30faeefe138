"""The words of `words.toml`: names of columns, small English words."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _file() -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def columns() -> dict[str, tuple[str, ...]]:
    """The names that the column of each field of a report may have, in small letters."""
    return {field: tuple(names) for field, names in _file()["columns"].items()}


@cache
def english() -> frozenset[str]:
    """Small words without which there is hardly an English sentence."""
    return frozenset(_file()["english"]["words"])
