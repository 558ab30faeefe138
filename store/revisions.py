"""Figures that their own report takes back ("361, revising an earlier figure of 335")."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("revisions.toml")


@cache
def markers() -> tuple[re.Pattern[str], ...]:
    """The patterns of `revisions.toml`, each made to end where the figure begins.

    Raises ValueError for a row with an unknown or a missing entry.
    """
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["marker"]
    for row in rows:
        if set(row) != {"before", "examples", "not"}:
            raise ValueError(f"{_FILE.name}: {row} needs before, examples, not")
        if re.search(r"\(\?[=!]|\$", row["before"]):
            raise ValueError(f"{_FILE.name}: {row['before']!r} looks at what follows it")
    return tuple(re.compile(f"(?:{row['before']})$", re.IGNORECASE) for row in rows)


@cache
def _any_marker() -> re.Pattern[str]:
    """Matches in every sentence that has a marker anywhere: few have one, so most stop here."""
    return re.compile("|".join(marker.pattern.removesuffix("$") for marker in markers()), re.I)


_REMEMBERED = 200_000
"""Sentences of a large ledger, most of which are asked about again for each new version of it."""


@lru_cache(_REMEMBERED)
def is_taken_back(sentence: str, count_text: str) -> bool:
    """Whether the sentence tells that the figure `count_text` in it no longer holds."""
    if not _any_marker().search(sentence):
        return False
    for found in re.finditer(rf"(?<!\w){re.escape(count_text)}(?!\w)", sentence):
        lead = sentence[: found.start()]
        if any(marker.search(lead) for marker in markers()):
            return True
    return False
