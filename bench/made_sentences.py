"""One figure as a sentence of a made-up report, and as the record that a perfect reader makes."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from extraction.countries import country_name, demonyms
from extraction.record import Record

WORDS: dict[str, dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("made_words.toml").read_text(encoding="utf-8")
)
_QUALIFIERS = {"exact": 62, "about": 20, "at_least": 12, "at_most": 6}
_ELSEWHERE = "the border"
"""Where a figure's crossing is not named."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence is to say; a `day` or `crossing` of None is left out of it."""

    kind: str
    status: str
    count: int
    group: str
    demographic: str | None
    nationality: tuple[str, ...]
    day: date | None
    since: date | None
    crossing: str | None
    origin: str
    destination: str
    speaker: str


def rendered(dice: random.Random, claim: Claim, article: str, at: int) -> tuple[str, Record]:
    """A sentence that says the claim, and its record, the sentence standing at `at` in the text."""
    qualifier = dice.choices(list(_QUALIFIERS), _QUALIFIERS.values())[0]
    count = claim.count if qualifier == "exact" else _rounded(claim.count)
    count_text = f"{count:,}" if dice.random() < 0.8 else str(count)
    before, after = dice.choice(WORDS["figures"][claim.kind]).split("{count}")
    slots = {name: dice.choice(words) for name, words in WORDS["slots"].items()}
    slots |= {
        "q": "" if qualifier == "exact" else f"{slots[qualifier]} ",
        "who": _who(dice, claim),
        "peoples": _peoples(claim.nationality[0]) if claim.nationality else "",
        "day": _day(claim.day),
        "crossing": claim.crossing or _ELSEWHERE,
        "speaker": claim.speaker,
        "Speaker": claim.speaker,
    }
    before = before.format_map(slots)
    before = before[:1].upper() + before[1:]
    sentence = before + count_text + after.format_map(slots)
    sentence = sentence.replace("  ", " ") if not claim.day else sentence
    start = sentence.index(count_text, max(len(before) - 2, 0))
    filled = tuple(name for name in ("date", "crossing") if dice.random() < 0.15)
    record = Record(
        article=article,
        count=count,
        count_max=None,
        qualifier=qualifier,
        count_text=count_text,
        unit="people",
        group=claim.group,
        demographic=claim.demographic,
        nationality=claim.nationality,
        status=claim.status,
        scope="cumulative" if claim.since else "event",
        subset=claim.kind == "part",
        date=claim.day,
        date_from=claim.since if claim.day else None,
        crossing=claim.crossing,
        origin=claim.origin,
        destination=claim.destination,
        source=claim.speaker,
        sentence=sentence,
        start=at + start,
        end=at + start + len(count_text),
        confidence=round(dice.betavariate(6, 1.6), 3),
        inferred=filled,
    )
    return sentence, record


def _rounded(count: int) -> int:
    """A number as people round it: one or two digits that matter."""
    step = 10 ** max(len(str(count)) - 2, 0)
    return max(round(count / step) * step, 1)


def _who(dice: random.Random, claim: Claim) -> str:
    if claim.demographic:
        return dice.choice(WORDS["demographics"][claim.demographic])
    return dice.choice(WORDS["groups"][claim.group])


def _day(day: date | None) -> str:
    return "" if day is None else f"on {day:%A}, {day.day} {day:%B}"


@cache
def _peoples(code: str) -> str:
    """The people of a country in the plural: "Canadians"."""
    for text, demonym in demonyms().items():
        if demonym.code == code and demonym.noun and demonym.number != "singular":
            return text
    return f"people from {country_name(code)}"
