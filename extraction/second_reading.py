"""Reading a report a second time: each field of each figure, now that all have been read once.

The first reading goes from figure to figure and knows only those before. A report keeps to its
matter, so what the first reading made of all the others, before and after, weighs in here.
This is stacked sequential learning (Cohen and Carvalho 2005): the second reader is fitted on first
readings by models that never saw the report.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

from extraction.evidence import Features
from extraction.reading import LABELS, Decider
from extraction.thread import LIST_GAP, Reading

AGAIN = (
    "status",
    "subset",
    "scope",
    "date",
    "date_from",
    "nationality",
    "route",
    "group",
    "crossing",
)
WORTH = 0.02  # an option that neither this figure nor the others gave so much is not weighed again
_LIKE = ("nationality", "route", "status", "crossing")  # figures that share one of these are kin
_SUREST = 0.999

Shares = Mapping[Hashable, float]


def read_again(readings: Sequence[Reading], decider: Decider) -> list[Reading]:
    """The readings of a report with the fields of `AGAIN` decided anew, each apart from the rest.

    `decider` answers for the second reading. The readings given are left as they are.
    """
    around = [Around(readings, i) for i in range(len(readings))]
    out = []
    for reading, others in zip(readings, around, strict=True):
        again = replace(reading, values=dict(reading.values), doubts=dict(reading.doubts))
        for name in AGAIN:
            asked = reading.asked.get(name)
            if asked is None:
                continue
            candidate = reading.candidate
            if name in LABELS:
                row = {**asked.rows[0][0], **others.label_features(name)}
                shares: Shares = decider.label(name, candidate, row)
            else:
                kept = others.worth_asking(name)
                if len(kept) < 2:
                    continue
                known = {value: others.option_features(name, value) for value in kept}
                options = [i for i, value in enumerate(asked.values) if value in known]
                shares = decider.choice(
                    name,
                    candidate,
                    [asked.values[i] for i in options],
                    [(*asked.rows[i], known[asked.values[i]]) for i in options],
                )
            again.note(name, shares)
        out.append(again)
    return out


class Around:
    """One figure of a report and what the first reading made of the others."""

    def __init__(self, readings: Sequence[Reading], at: int) -> None:
        """`readings` are all of the report's, in order of its text; `at` is this one's place."""
        self._own = own = readings[at]
        self._rest = rest = [reading for i, reading in enumerate(readings) if i != at]
        candidate = own.candidate
        self._kin: dict[str, list[Reading]] = {
            "rest": rest,
            "before": [readings[at - 1]] if at else [],
            "after": [readings[at + 1]] if at + 1 < len(readings) else [],
            "block": [r for r in rest if r.candidate.sentence.block == candidate.sentence.block],
            "count": [r for r in rest if r.candidate.figure.count == candidate.figure.count],
            "noun": [r for r in rest if _noun(r) == _noun(own)],
        }
        self._near = {
            side: [r for r in self._kin[side] if _in_list(r, own)] for side in ("before", "after")
        }

    def label_features(self, name: str) -> Features:
        """Features for a field with few values: the shares that each has, here and around."""
        out: Features = {"again": 1.0}
        for value, share in self._own.shares[name].items():
            out[f"a:own={value}"] = share
            out[f"a:sure={value}"] = _log_odds(share)
        for kind, readings in self._groups(name):
            for value, share in _mean(name, readings).items():
                out[f"a:{kind}={value}"] = share
        return out

    def worth_asking(self, name: str) -> set[Hashable]:
        """The values that this figure or the others gave some share to."""
        own = self._own.shares[name]
        rest = _mean(name, self._rest)
        return {v for v, share in own.items() if share >= WORTH or rest.get(v, 0.0) >= WORTH}

    def option_features(self, name: str, value: Hashable) -> Features:
        """Features for one option of a choice: the shares it has, here and around."""
        share = self._own.shares[name].get(value, 0.0)
        out: Features = {"a:own": share, "a:sure": _log_odds(share)}
        if share == max(self._own.shares[name].values()):
            out["a:best"] = 1.0
        for kind, readings in self._groups(name):
            given = sum(r.shares.get(name, {}).get(value, 0.0) for r in readings) / len(readings)
            out[f"a:{kind}"] = given
            out[f"a:{kind}/has"] = 1.0
        return out

    def _groups(self, name: str) -> Iterable[tuple[str, list[Reading]]]:
        """The kinds of other figures that there are, each by its name."""
        for kind, readings in (
            *self._kin.items(),
            *((f"{k}/list", v) for k, v in self._near.items()),
        ):
            if readings:
                yield kind, readings
        for like in _LIKE:
            if like != name:
                value = self._own.values.get(like)
                same = [r for r in self._rest if r.values.get(like) == value]
                if same:
                    yield f"same {like}", same


def _mean(name: str, readings: Sequence[Reading]) -> dict[Hashable, float]:
    out: dict[Hashable, float] = {}
    for reading in readings:
        for value, share in reading.shares.get(name, {}).items():
            out[value] = out.get(value, 0.0) + share / len(readings)
    return out


def _log_odds(share: float) -> float:
    p = min(_SUREST, max(1 - _SUREST, share))
    return math.log(p / (1 - p)) / 7


def _noun(reading: Reading) -> str | None:
    candidate = reading.candidate
    return None if candidate.noun is None else candidate.parse.words[candidate.noun].lemma


def _in_list(one: Reading, other: Reading) -> bool:
    first, second = sorted((one.candidate, other.candidate), key=lambda c: c.figure.start)
    return (
        first.sentence.index == second.sentence.index
        and second.figure.start - first.figure.end <= LIST_GAP
    )
