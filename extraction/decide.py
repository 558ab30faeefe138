"""The decider of the shipped reader: fitted models answer."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence

from extraction.context import Candidate
from extraction.evidence import Features
from extraction.model import ChoiceModel, LinearModel, load, load_choice

AGAIN = "_again"  # ends the names of the models of the second reading


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

    def again(self) -> ModelDecider:
        """The decider of the second reading, by the models named after it."""
        return ModelDecider(lambda name: self._linear(name + AGAIN), self._choices)

    def label(
        self, name: str, candidate: Candidate, features: Features
    ) -> Mapping[Hashable, float]:
        """The probability of each value of the vocabulary."""
        shares = self._linear(name).probabilities(features)
        return dict(shares.items())

    def choice(
        self,
        name: str,
        candidate: Candidate,
        values: Sequence[Hashable],
        features: Sequence[Sequence[Features]],
    ) -> Mapping[Hashable, float]:
        """The share of each value, options of one value taken together."""
        totals: dict[Hashable, float] = {}
        for value, share in zip(values, self._choices(name).shares(features), strict=True):
            totals[value] = totals.get(value, 0.0) + share
        return totals
