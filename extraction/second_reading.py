"""Reading a report a second time: some fields of each figure, now that all have been read once.

The first reading goes from figure to figure and knows only those before. A report keeps to its
matter, so what was made of the figures before and after weighs in here: before by the second
reading, after by the first. This is stacked sequential learning (Cohen and Carvalho 2005): the
second reader is fitted on first readings by models that never saw the report.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from extraction.evidence import Features
from extraction.reading import Decider
from extraction.thread import LIST_GAP, Reading

# Status and the choices (day, people, route, crossing, speaker) were tried too: cross-validated
# over reports, a second reading gained nothing there, and lost a day in a hundred.
AGAIN = ("subset", "scope", "group")
_LIKE = ("nationality", "route", "status", "crossing")  # figures that share one of these are kin
_SUREST = 0.999


def read_again(readings: Sequence[Reading], decider: Decider) -> list[Reading]:
    """The readings of a report with the fields of `AGAIN` decided anew, in order of its text.

    `decider` answers for the second reading. The readings given are left as they are.
    """
    out = [
        replace(
            reading,
            values=dict(reading.values),
            doubts=dict(reading.doubts),
            shares=dict(reading.shares),
        )
        for reading in readings
    ]
    nouns = [_noun(reading) for reading in readings]
    spread = {name: Spread(name, readings) for name in AGAIN}
    for at, reading in enumerate(out):  # those before it have been read again by now
        kin = kindred(out, at, nouns)
        for name in AGAIN:
            row = reading.asked.get(name)
            if row is not None:
                features = {**row, **around(reading, kin, spread[name])}
                reading.note(name, decider.label(name, reading.candidate, features))
                spread[name].put(at, reading)
    return out


def kindred(
    readings: Sequence[Reading], at: int, nouns: Sequence[str | None]
) -> dict[str, list[int]]:
    """The other figures of a report, by their places, by what ties them to the one at `at`.

    `nouns` are what the figures count, as `_noun` tells.
    """
    own = readings[at]
    place, count, noun = own.candidate.sentence.block, own.candidate.figure.count, nouns[at]
    rest = [*range(at), *range(at + 1, len(readings))]
    kin: dict[str, list[int]] = {"rest": rest}
    for side, i in (("before", at - 1), ("after", at + 1)):
        if 0 <= i < len(readings):
            kin[side] = [i]
            if _in_list(readings[min(i, at)], readings[max(i, at)]):
                kin[f"{side}/list"] = kin[side]
    kin["block"] = [i for i in rest if readings[i].candidate.sentence.block == place]
    kin["count"] = [i for i in rest if readings[i].candidate.figure.count == count]
    kin["noun"] = [i for i in rest if nouns[i] == noun]
    for like in _LIKE:
        value = own.values.get(like)
        kin[f"same {like}"] = [i for i in rest if readings[i].values.get(like) == value]
    return {kind: members for kind, members in kin.items() if members}


class Spread:
    """The shares of one field's values for each figure of a report, as rows of equal length."""

    def __init__(self, name: str, readings: Sequence[Reading]) -> None:
        """The shares that the readings have so far; a value that one does not name has 0."""
        self.name = name
        seen = dict.fromkeys(v for r in readings for v in r.shares.get(name, ()))
        self.values: tuple[Hashable, ...] = tuple(seen)
        self._rows = [self._row(reading) for reading in readings]

    def put(self, at: int, reading: Reading) -> None:
        """Take the new shares of the figure at `at`."""
        new = [value for value in reading.shares[self.name] if value not in self.values]
        if new:
            self.values = (*self.values, *new)
            self._rows = [row + (0.0,) * len(new) for row in self._rows]
        self._rows[at] = self._row(reading)

    def average(self, members: Sequence[int]) -> list[float]:
        """The mean share of each value over the figures at `members`, in the values' order."""
        rows = [self._rows[i] for i in members]
        return [total / len(rows) for total in map(sum, zip(*rows, strict=True))]

    def _row(self, reading: Reading) -> tuple[float, ...]:
        shares = reading.shares.get(self.name, {})
        return tuple([shares.get(value, 0.0) for value in self.values])


def around(own: Reading, kin: Mapping[str, Sequence[int]], spread: Spread) -> Features:
    """The shares that each value of a field has, for a figure and on average for its kin."""
    out: Features = {"again": 1.0}
    for value, share in own.shares[spread.name].items():
        out[f"a:own={value}"] = share
        out[f"a:sure={value}"] = _log_odds(share)
    for kind, members in kin.items():
        means = zip(_keys(kind, spread.values), spread.average(members), strict=True)
        out.update((key, mean) for key, mean in means if mean)
    return out


@cache
def _keys(kind: str, values: tuple[Hashable, ...]) -> tuple[str, ...]:
    return tuple(f"a:{kind}={value}" for value in values)


def _log_odds(share: float) -> float:
    """Log-odds over 7, so about -1 to 1."""
    p = min(_SUREST, max(1 - _SUREST, share))
    return math.log(p / (1 - p)) / 7


def _noun(reading: Reading) -> str | None:
    candidate = reading.candidate
    return None if candidate.noun is None else candidate.parse.words[candidate.noun].lemma


def _in_list(first: Reading, second: Reading) -> bool:
    """Whether the two stand close to each other in one sentence; `first` before `second`."""
    one, other = first.candidate, second.candidate
    return (
        one.sentence.index == other.sentence.index
        and other.figure.start - one.figure.end <= LIST_GAP
    )
