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
    for at, reading in enumerate(out):  # those before it have been read again by now
        kin = kindred(out, at)
        for name in AGAIN:
            row = reading.asked.get(name)
            if row is not None:
                features = {**row, **around(name, reading, kin)}
                reading.note(name, decider.label(name, reading.candidate, features))
    return out


def kindred(readings: Sequence[Reading], at: int) -> dict[str, list[Reading]]:
    """The other figures of a report by what ties them to the one at `at`."""
    own = readings[at]
    place, count, noun = own.candidate.sentence.block, own.candidate.figure.count, _noun(own)
    kin: dict[str, list[Reading]] = {"rest": [r for i, r in enumerate(readings) if i != at]}
    for side, i in (("before", at - 1), ("after", at + 1)):
        if 0 <= i < len(readings):
            kin[side] = [readings[i]]
            if _in_list(readings[min(i, at)], readings[max(i, at)]):
                kin[f"{side}/list"] = kin[side]
    kin["block"] = [r for r in kin["rest"] if r.candidate.sentence.block == place]
    kin["count"] = [r for r in kin["rest"] if r.candidate.figure.count == count]
    kin["noun"] = [r for r in kin["rest"] if _noun(r) == noun]
    for like in _LIKE:
        value = own.values.get(like)
        kin[f"same {like}"] = [r for r in kin["rest"] if r.values.get(like) == value]
    return {kind: members for kind, members in kin.items() if members}


def around(name: str, own: Reading, kin: Mapping[str, Sequence[Reading]]) -> Features:
    """The shares that each value of a field has, for a figure and on average for its kin."""
    out: Features = {"again": 1.0}
    for value, share in own.shares[name].items():
        out[f"a:own={value}"] = share
        out[f"a:sure={value}"] = _log_odds(share)
    for kind, readings in kin.items():
        weight = 1 / len(readings)
        for reading in readings:
            for value, share in reading.shares.get(name, {}).items():
                key = _key(kind, value)
                out[key] = out.get(key, 0.0) + share * weight
    return out


@cache
def _key(kind: str, value: Hashable) -> str:
    return f"a:{kind}={value}"


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
