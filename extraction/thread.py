"""What the figures read so far in a report tell about the next one.

A report carries its day, route, people and speaker from figure to figure; how strongly
depends on how near the two stand, which `nearness` names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cache

from extraction.context import Candidate
from extraction.evidence import Features

LIST_GAP = 60  # characters between two figures of one list


@dataclass(slots=True)
class Reading:
    """The fields of one figure as far as they are read.

    `values` holds the likeliest value of each field, `doubts` its probability, `shares` those of
    all its values; `asked` keeps the features of the fields that have a small vocabulary.
    """

    candidate: Candidate
    values: dict[str, Hashable] = field(default_factory=dict)
    doubts: dict[str, float] = field(default_factory=dict)
    shares: dict[str, Mapping[Hashable, float]] = field(default_factory=dict)
    asked: dict[str, Features] = field(default_factory=dict)

    def note(self, name: str, shares: Mapping[Hashable, float]) -> None:
        """Take the likeliest of the values that `shares` gives a probability each."""
        best = max(shares, key=shares.__getitem__)
        self.values[name], self.doubts[name], self.shares[name] = best, shares[best], shares

    def settle(self, name: str, value: Hashable) -> None:
        """Take a value that a rule gives for certain; it is not asked for again."""
        self.note(name, {value: 1.0})
        self.asked.pop(name, None)


class Thread:
    """The readings of a report so far, nearest first when asked."""

    def __init__(self) -> None:
        """An empty thread, for the start of a report."""
        self.readings: list[Reading] = []
        self._seen: dict[str, Counter[Hashable]] = {}
        self._by_index: dict[int, Reading] = {}

    def add(self, reading: Reading) -> None:
        """Take up a figure whose fields are all read."""
        self.readings.append(reading)
        self._by_index[reading.candidate.index] = reading
        for name, value in reading.values.items():
            self._seen.setdefault(name, Counter())[value] += 1

    def reading(self, candidate: Candidate) -> Reading | None:
        """The reading of an earlier figure, or None where it is not read yet."""
        return self._by_index.get(candidate.index)

    def nearness(self, candidate: Candidate) -> str:
        """How the last read figure stands to this one: none, list, sentence, block or far."""
        if not self.readings:
            return "none"
        last = self.readings[-1].candidate
        if last.sentence.index == candidate.sentence.index:
            gap = candidate.figure.start - last.figure.end
            return "list" if gap <= LIST_GAP else "sentence"
        if last.sentence.block == candidate.sentence.block:
            return "block"
        if last.sentence.block == candidate.sentence.block - 1:
            return "next"
        return "far"

    def label_features(self, name: str, candidate: Candidate) -> Features:
        """Features for a field with few values: the last figure's, the first one's."""
        if not self.readings:
            return {"t:none": 1.0}
        near = self.nearness(candidate)
        last = self.readings[-1].values.get(name)
        out: Features = {f"t:{near}={last}": 1.0, f"t:last={last}": 1.0}
        first = self.readings[0].values.get(name)
        out[f"t:first={first}"] = 1.0
        if near in ("list", "sentence"):
            ratio = candidate.figure.count / max(1, self.readings[-1].candidate.figure.count)
            out[f"t:{near}={last}/{'less' if ratio < 1 else 'more'}"] = 1.0
        return out

    def option_features(self, name: str, candidate: Candidate, value: Hashable) -> Features:
        """Features for one option of a choice: whether earlier figures took it."""
        if not self.readings:
            return {}
        near = self.nearness(candidate)
        counts = self._seen.get(name)
        if counts and value not in counts:
            return _unread(near)
        out: Features = {}
        last = self.readings[-1].values.get(name)
        if last == value:
            out[f"t:{near}=same"] = 1.0
        else:
            out[f"t:{near}=other"] = 1.0
        if self.readings[0].values.get(name) == value:
            out["t:first=same"] = 1.0
        if counts:
            out["t:share"] = counts[value] / len(self.readings)
            if counts[value]:
                out["t:seen"] = 1.0
        return out


@cache
def _unread(near: str) -> Features:
    """The features of every option that no earlier figure took: one dict, weighed once."""
    return {f"t:{near}=other": 1.0, "t:share": 0.0}


def values_of(reading: Reading) -> Mapping[str, Hashable]:
    """The fields read so far of one figure."""
    return reading.values
