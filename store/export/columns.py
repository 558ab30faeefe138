"""The one table of columns: name, type, meaning and HXL tag of all that is exported.

It is read from `store/dictionary.toml`. Headers, dictionary sheets, schemas and tag rows are made
from these columns, so that they cannot disagree.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Kind = Literal["string", "integer", "number", "boolean", "date", "datetime", "list", "object"]
"""Table Schema's types, and "list": texts joined by "|" in a flat file."""

MACHINE = "machine_"
"""Before a field's name: what the rules read where a reviewer's value stands."""

_FILE = Path(__file__).parents[1] / "dictionary.toml"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an exported table; `hxl` is "" where it carries no tag, `words` the values
    that it may take, empty where any."""

    name: str
    kind: Kind
    meaning: str
    hxl: str = ""
    words: tuple[str, ...] = ()


def column(name: str, words: Iterable[str] = ()) -> Column:
    """The column of this name. Raises KeyError for one that the dictionary does not explain."""
    kinds, meanings, tags = _tables()
    if name not in meanings and name.startswith(MACHINE):
        field = name.removeprefix(MACHINE)
        told = f"{meanings[field]}: as the rules read it" if field != "read" else "What they read"
        meaning = f"{told}, where a reviewer's value stands"
        return Column(name, kinds.get(name, kinds.get(field, "string")), meaning, "", tuple(words))
    return Column(name, kinds.get(name, "string"), meanings[name], tags.get(name, ""), tuple(words))


def dictionary() -> Mapping[str, str]:
    """What each column means."""
    return _tables()[1]


@cache
def _tables() -> tuple[Mapping[str, Kind], Mapping[str, str], Mapping[str, str]]:
    """Kind, meaning and HXL tag by column. Raises ValueError for a line about no column."""
    text = _FILE.read_text(encoding="utf-8")
    lines = tomllib.loads(text)
    types, tags = lines.pop("types"), lines.pop("hxl")
    meanings = {str(name): str(meaning) for name, meaning in lines.items()}
    kinds: dict[str, Kind] = {}
    for kind, names in types.items():
        if kind not in get_args(Kind):
            raise ValueError(f"{_FILE.name}: no such type: {kind}")
        kinds |= dict.fromkeys(names, kind)
    return kinds, meanings, {str(name): str(tag) for name, tag in tags.items()}
