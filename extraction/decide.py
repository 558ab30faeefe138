"""The decider of the shipped reader: fitted models answer, the likeliest value counts."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from extraction.context import Candidate
from extraction.evidence import Features
from extraction.model import ChoiceModel, LinearModel, load, load_choice


class ModelDecider:
    """Answers by models, shipped ones unless others are given."""

    def __init__(
        self,
        linear: Callable[[str], LinearModel] = load,
        choices: Callable[[str], ChoiceModel] = load_choice,
    ) -> None:
        """`linear` and `choices` give a field's model by its name."""
        self._linear = linear
        self._choices = choices

    def label(self, name: str, candidate: Candidate, features: Features) -> tuple[str, float]:
        """The likeliest value of the vocabulary and its probability."""
        shares = self._linear(name).probabilities(features)
        best = max(shares, key=shares.__getitem__)
        return best, shares[best]

    def choice(
        self,
        name: str,
        candidate: Candidate,
        values: Sequence[Hashable],
        features: Sequence[Sequence[Features]],
    ) -> tuple[Hashable, float]:
        """The value with the largest share, options of one value taken together."""
        totals: dict[Hashable, float] = {}
        for value, share in zip(values, self._choices(name).shares(features), strict=True):
            totals[value] = totals.get(value, 0.0) + share
        best = max(totals, key=totals.__getitem__)
        return best, totals[best]
