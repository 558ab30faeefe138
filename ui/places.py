"""Where crossings lie: the gazetteer, as the map and the exports ask it."""

from __future__ import annotations

from functools import cache

import pandas as pd

from extraction.gazetteer import gazetteer


@cache
def locate(crossing: str) -> tuple[float, float] | None:
    """A crossing's (latitude, longitude) in degrees; None where the gazetteer has no such name."""
    place = gazetteer().find(crossing)
    return None if place is None else (place.latitude, place.longitude)


def coordinates(crossings: pd.Series) -> dict[str, tuple[float, float]]:
    """The crossings of a column that can be located, with their (latitude, longitude)."""
    found = {str(name): locate(str(name)) for name in crossings.dropna().unique()}
    return {name: place for name, place in found.items() if place is not None}


def located(totals: pd.DataFrame) -> pd.DataFrame:
    """Rows with a column `crossing` and where it lies: `lat` and `lon`, NaN where not known."""
    found = coordinates(totals["crossing"])
    nowhere = (float("nan"), float("nan"))
    spots = [found.get(str(name), nowhere) for name in totals["crossing"]]
    return totals.assign(lat=[spot[0] for spot in spots], lon=[spot[1] for spot in spots])
