"""What the readers of dates take and give: the days that an expression of a text stands for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Expression:
    """A date or period in a text: `text[start:end]` stands for `first` (or None) to `last`.

    `kind` tells the form. `others` holds further readings as (name, last, first). A length
    ("the past three days", "those four days") has `back`: its first day is so much before
    its last, and kind "length" where the last day is left open.
    """

    start: int
    end: int
    kind: str
    last: date
    first: date | None = None
    ahead: bool = False  # the words look to the future
    others: tuple[tuple[str, date, date | None], ...] = ()
    back: relativedelta | None = None
    year_told: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What a match is read against; `previous` is the dated expression before it."""

    published: date | None
    previous: Expression | None
    year: int | None = None  # the year that the same sentence has told, or None
    same_sentence: bool = False  # `previous` stands in the same sentence


Parts = dict[str, str | None]
Reader = Callable[[Parts, Setting, int, int], Expression | None]
