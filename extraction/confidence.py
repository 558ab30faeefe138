"""How sure a record is: an estimate, fitted on annotated reports, that all its fields are right.

It weighs the probabilities that the models gave the fields, alone and taken together.
`extraction.fitting.confidence` fits the weights. How the figure stands in its report (kind of
line, place in it, how many figures there are, what had to be filled in) was tried too, and told
nothing that the probabilities did not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from extraction.evidence import Features
from extraction.model import LinearModel, load
from extraction.thread import Reading

RIGHT, WRONG = "right", "wrong"
# The fields that make a record whole (a crossing or a route may do for its place), and whether
# the figure is a claim at all.
WHOLE = (
    "claim",
    "status",
    "scope",
    "subset",
    "date",
    "nationality",
    "route",
    "crossing",
    "group",
)
FURTHER = ("demographic", "date_from", "source")  # tell how plain the sentence is
_SUREST = 0.995  # a model's own probability is not believed beyond this
_RAREST = 0.01  # nor below this, in the product


def confidences(readings: Sequence[Reading], model: LinearModel | None = None) -> list[float]:
    """For each reading of a report the probability (0 to 1) that all its fields are right.

    `model` is the shipped one unless given; FileNotFoundError when that was not fitted.
    """
    model = model or load("confidence")
    return [model.probabilities(row)[RIGHT] for row in signals(readings)]


def signals(readings: Sequence[Reading]) -> list[Features]:
    """What the confidence of each reading of a report is made of, in order."""
    products = [_product(reading) for reading in readings]
    out: list[Features] = []
    for i, reading in enumerate(readings):
        sure = {name: _log_odds(reading.doubts.get(name)) for name in (*WHOLE, *FURTHER)}
        row: Features = {f"sure:{name}": value for name, value in sure.items()}
        others = products[:i] + products[i + 1 :]
        row["base"] = 1.0
        row["least"] = min(sure[name] for name in WHOLE)
        row["product"] = products[i]
        row["others"] = sum(others) / len(others) if others else products[i]
        row[f"subset={reading.values['subset']}"] = 1.0
        out.append(row)
    return out


def _log_odds(probability: float | None) -> float:
    """Log-odds over 5, so about -1 to 1; 0 where nothing was asked."""
    if probability is None:
        return 0.0
    p = min(_SUREST, max(1 - _SUREST, probability))
    return math.log(p / (1 - p)) / 5


def _product(reading: Reading) -> float:
    """Half the log of how likely all fields are right if they err apart from one another."""
    return sum(math.log(max(_RAREST, reading.doubts.get(name, 1.0))) for name in WHOLE) / 2
