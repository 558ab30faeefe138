"""Where a text tells a day or a period: the rows of `lexicon/dates.toml`, tried near triggers.

A text is run through once for trigger words; a row's pattern is tried only around its own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "lexicon" / "dates.toml"
_KEYS = {"trigger", "reads", "pattern", "examples", "never"}
BEFORE, AFTER = 52, 60  # characters around a trigger in which its pattern may match

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june",
            "jul july", "aug august", "sep sept september", "oct october", "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
DAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon", "tuesday tue tues", "wednesday wed weds", "thursday thu thur thurs",
            "friday fri", "saturday sat", "sunday sun",
        )
    )
    for name in names.split()
}  # fmt: skip
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "couple of": 2,
    "few": 3, "several": 3,
}  # fmt: skip


def _any(names: dict[str, int]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_PEOPLE = r"(?:people|persons|families|households|others|more|men|women|children)\b"
_PARTS = {
    "month": rf"(?P<m%s>{_any(MONTHS)})\b\.?",
    "weekday": rf"\b(?P<w%s>{_any(DAYS)})\b\.?",
    "day": rf"(?P<d%s>{_DAY})(?!\d)(?:st|nd|rd|th)?",
    "dayafter": rf"\s+{_DAY}(?!\d|,\d|\s+{_PEOPLE})",
    "year": r"(?P<y%s>(?:19|20|25)\d\d)\b",
    "number": rf"(?P<n%s>\d{{1,3}}|a couple of|{_any(NUMBERS)})",
    "people": _PEOPLE,
}
_PLACE = re.compile(r"(?<!\?P)<([a-z]+)(1?)>")
_TOKEN = re.compile(r"[A-Za-z]+|\d+")


@dataclass(frozen=True, slots=True)
class Row:
    """One form of `lexicon/dates.toml`; `rank` is its place there, earlier ones win."""

    name: str
    rank: int
    reads: str
    pattern: re.Pattern[str]
    triggers: tuple[str, ...]
    examples: tuple[str, ...]
    never: tuple[str, ...]


@cache
def date_rows() -> tuple[Row, ...]:
    """The rows in the file's order; ValueError naming the row where one is malformed."""
    with _FILE.open("rb") as handle:
        tables = tomllib.load(handle)
    out = []
    for rank, (name, table) in enumerate(tables.items()):
        missing = {"trigger", "reads", "pattern", "examples"} - set(table)
        if missing or set(table) - _KEYS:
            raise ValueError(f"dates.toml: [{name}] {sorted(missing or set(table) - _KEYS)}")
        pattern = _PLACE.sub(
            lambda m: _PARTS[m.group(1)].replace("%s", m.group(2)), table["pattern"]
        )
        triggers = tuple(t.strip() for t in table["trigger"].split(","))
        out.append(
            Row(
                name,
                rank,
                table["reads"],
                re.compile(pattern, re.IGNORECASE | re.MULTILINE),
                triggers,
                tuple(table["examples"]),
                tuple(table.get("never", ())),
            )
        )
    return tuple(out)


@cache
def _by_trigger() -> dict[str, tuple[int, ...]]:
    out: dict[str, list[int]] = {}
    named = {"MONTH": tuple(MONTHS), "WEEKDAY": tuple(DAYS)}
    for row in date_rows():
        for trigger in row.triggers:
            for word in named.get(trigger, (trigger,)):
                out.setdefault(word, []).append(row.rank)
    return {word: tuple(ranks) for word, ranks in out.items()}


def date_matches(text: str) -> list[tuple[Row, re.Match[str]]]:
    """The matches in `text` in order of their start, without overlaps."""
    windows: dict[int, list[list[int]]] = {}
    rows, triggers = date_rows(), _by_trigger()
    for token in _TOKEN.finditer(text):
        word = token.group()
        if len(word) == 4 and word[:2] in ("19", "20", "25") and word.isdigit():
            word = "YEAR"
        else:
            word = word.lower()
            if word in _NAMES and not token.group()[0].isupper():
                continue  # "may", "march" and "sat" are days and months with a capital only
        for rank in triggers.get(word, ()):
            start, end = max(0, token.start() - BEFORE), min(len(text), token.end() + AFTER)
            spans = windows.setdefault(rank, [])
            if spans and start <= spans[-1][1]:
                spans[-1][1] = end
            else:
                spans.append([start, end])
    found: list[tuple[Row, re.Match[str]]] = []
    taken = bytearray(len(text))
    for rank in sorted(windows):
        for match in _tried(rows[rank], text, windows[rank]):
            start, end = match.span()
            if taken.find(1, start, end) < 0:
                taken[start:end] = b"\x01" * (end - start)
                found.append((rows[rank], match))
    return sorted(found, key=lambda f: f[1].start())


_NAMES = frozenset(MONTHS) | frozenset(DAYS)


def _tried(row: Row, text: str, spans: list[list[int]]) -> Iterator[re.Match[str]]:
    for start, end in spans:
        for match in row.pattern.finditer(text, start, end):
            named = [match.group(g) for g in ("m", "m1", "w", "w1") if g in row.pattern.groupindex]
            if match.end() > match.start() and all(n is None or n[0].isupper() for n in named):
                yield match
