"""Made-up reports about other matters than borders, full of numbers, the same for each seed.

A report is sentences of one desk, drawn without repeats and filled with names, places and
figures, some 300 words in all. Some speak of people who return, arrive or leave, as news does.
"""

from __future__ import annotations

import random
import string
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from extraction.reports import Report

WORDS = 300  # about so long is a report
with (Path(__file__).parent / "other_desks.toml").open("rb") as _handle:
    _DESKS: dict[str, Any] = tomllib.load(_handle)

PARAGRAPH = 3  # sentences in one, at most


def other_reports(count: int, seed: int) -> list[Report]:
    """`count` reports, the desks in turn."""
    dice = random.Random(seed)
    desks = sorted(_DESKS["desks"])
    return [_report(f"other-{i:04d}", desks[i % len(desks)], dice) for i in range(count)]


def _report(name: str, desk: str, dice: random.Random) -> Report:
    sentences: list[str] = []
    templates = list(_DESKS["desks"][desk])
    dice.shuffle(templates)
    length = 0
    position = 0
    while length < WORDS:
        if position == len(templates):
            dice.shuffle(templates)
            position = 0
        sentence = fill(templates[position], dice)
        position += 1
        sentences.append(sentence)
        length += len(sentence.split())
    title, body = sentences[0].rstrip("."), sentences
    paragraphs = []
    while body:
        size = dice.randint(1, PARAGRAPH)
        paragraphs.append(" ".join(body[:size]))
        body = body[size:]
    return Report(name, "\n\n".join(paragraphs), title)


def fill(template: str, dice: random.Random) -> str:
    """A template with every field in braces drawn anew; ValueError for an unknown field."""
    out = []
    for text, name, _, _ in string.Formatter().parse(template):
        out.append(text)
        if name is not None:
            if name not in _FIELDS:
                raise ValueError(f"unknown field {name!r} in {template!r}")
            out.append(_FIELDS[name](dice))
    return "".join(out)


def _thousands(low: int, high: int) -> Callable[[random.Random], str]:
    return lambda dice: f"{dice.randint(low, high):,}"


def _one_of(words: Sequence[str]) -> Callable[[random.Random], str]:
    return lambda dice: dice.choice(words)


_FIELDS: dict[str, Callable[[random.Random], str]] = {
    "name": _one_of(_DESKS["names"]),
    "country": _one_of(_DESKS["countries"]),
    "people": _one_of(_DESKS["peoples"]),
    "city": _one_of(_DESKS["cities"]),
    "day": _one_of(_DESKS["days"]),
    "few": _thousands(2, 9),
    "tens": _thousands(11, 99),
    "hundreds": _thousands(101, 999),
    "thousands": _thousands(1_001, 99_999),
    "millions": lambda dice: f"{dice.randint(1, 90)}.{dice.randint(1, 9)} million",
    "share": lambda dice: f"{dice.randint(1, 89)}.{dice.randint(0, 9)}",
    "year": lambda dice: str(dice.randint(1961, 2025)),
    "spelled": _one_of(("two", "three", "four", "five", "six", "seven", "eleven", "two dozen")),
}
