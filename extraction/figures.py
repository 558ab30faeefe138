"""Every number in a text with a deterministic reading of its value: the candidates.

What is certain to be no count of people is ruled out here; the rest is weighed later.
"""

from __future__ import annotations

from dataclasses import dataclass

from extraction.not_counts import counts_nothing
from extraction.numbers import Number, find_numbers, read_range
from extraction.qualifiers import read_wording


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that may count people: `text[start:end]` is the figure with its qualifier.

    `number_start:number_end` is the bare number; `form` is digits, words or vague;
    `count_max` is set only where a range is stated.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    count: int
    count_max: int | None
    qualifier: str
    form: str
    more: bool  # "another 289", "3,500 more"


def find_figures(text: str, start: int = 0, end: int | None = None) -> list[Figure]:
    """The candidate figures of `text[start:end]`, in order, with absolute offsets."""
    end = len(text) if end is None else end
    numbers = find_numbers(text, start, end)
    figures: list[Figure] = []
    position = 0
    while position < len(numbers):
        low, high = numbers[position], None
        following = numbers[position + 1] if position + 1 < len(numbers) else None
        if bounds := read_range(text, start, low, following):
            low, high = bounds
        position += 2 if high else 1
        if not counts_nothing(text, start, end, low, high or low):
            figures.append(_figure(text, start, end, low, high))
    return figures


def _figure(text: str, floor: int, end: int, low: Number, high: Number | None) -> Figure:
    wording = read_wording(text, floor, end, low, high)
    return Figure(
        start=wording.start,
        end=wording.end,
        number_start=low.start,
        number_end=(high or low).end,
        count=int(low.value),
        count_max=int(high.value) if high else None,
        qualifier=wording.qualifier,
        form=low.form,
        more=wording.more,
    )
