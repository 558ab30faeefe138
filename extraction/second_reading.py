"""Reading a report a second time: some fields of each figure, now that all have been read once.

The first reading goes from figure to figure and knows only those before. A report keeps to its
matter, so what was made of the figures before and after weighs in here: before by the second
reading, after by the first. This is stacked sequential learning (Cohen and Carvalho 2005): the
second reader is fitted on first readings by models that never saw the report.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

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
    out: list[Reading] = []
    for at, reading in enumerate(readings):
        around = Around([*out, *readings[at:]], at)
        again = replace(
            reading,
            values=dict(reading.values),
            doubts=dict(reading.doubts),
            shares=dict(reading.shares),
        )
        for name in AGAIN:
            row = reading.asked.get(name)
            if row is not None:
                features = {**row, **around.features(name)}
                again.note(name, decider.label(name, reading.candidate, features))
        out.append(again)
    return out


class Around:
    """One figure of a report and what was made of the others."""

    def __init__(self, readings: Sequence[Reading], at: int) -> None:
        """`readings` are all of the report's, in order of its text; `at` is this one's place."""
        self._own = own = readings[at]
        rest = [reading for i, reading in enumerate(readings) if i != at]
        before = [readings[at - 1]] if at else []
        after = [readings[at + 1]] if at + 1 < len(readings) else []
        candidate = own.candidate
        self._kin: dict[str, list[Reading]] = {
            "rest": rest,
            "before": before,
            "after": after,
            "before/list": [r for r in before if _in_list(r, own)],
            "after/list": [r for r in after if _in_list(own, r)],
            "block": [r for r in rest if r.candidate.sentence.block == candidate.sentence.block],
            "count": [r for r in rest if r.candidate.figure.count == candidate.figure.count],
            "noun": [r for r in rest if _noun(r) == _noun(own)],
        }
        for like in _LIKE:
            value = own.values.get(like)
            self._kin[f"same {like}"] = [r for r in rest if r.values.get(like) == value]

    def features(self, name: str) -> Features:
        """The shares that each value of a field has, for this figure and for those around it."""
        out: Features = {"again": 1.0}
        for value, share in self._own.shares[name].items():
            out[f"a:own={value}"] = share
            out[f"a:sure={value}"] = _log_odds(share)
        for kind, readings in self._kin.items():
            for value, share in _mean(name, readings):
                out[f"a:{kind}={value}"] = share
        return out


def _mean(name: str, readings: Sequence[Reading]) -> Iterable[tuple[Hashable, float]]:
    out: dict[Hashable, float] = {}
    for reading in readings:
        shares: Mapping[Hashable, float] = reading.shares.get(name, {})
        for value, share in shares.items():
            out[value] = out.get(value, 0.0) + share / len(readings)
    return out.items()


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
