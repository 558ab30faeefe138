"""ISO 3166-1 alpha-3 codes beside alpha-2, and where crossings lie: columns that are added."""

from __future__ import annotations

from functools import cache

import pandas as pd
import pycountry

from extraction.gazetteer import gazetteer


@cache
def alpha_3(code: str) -> str | None:
    """The alpha-3 code for an alpha-2 one; None where ISO has assigned none (as to XK)."""
    entry = pycountry.countries.get(alpha_2=code)
    return None if entry is None else str(entry.alpha_3)


def with_alpha_3(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with a column of alpha-3 codes after each column of alpha-2 ones."""
    columns: dict[str, pd.Series] = {}
    for name in frame:
        columns[name] = frame[name]
        if name in ("origin", "destination", "nationality"):
            columns[f"{name}_iso3"] = _translated(frame[name])
    return pd.DataFrame(columns, index=frame.index)


def _translated(codes: pd.Series) -> pd.Series:
    # Few values occur, so each is looked up once and not once a row.
    known = {code: _joined(str(code)) for code in codes.dropna().unique()}
    return codes.astype("object").map(known).astype("category")


def _joined(codes: str) -> str | None:
    found = "|".join(found for code in codes.split("|") if code and (found := alpha_3(code)))
    return found if found or not codes else None


def with_places(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with where its `crossing` lies, by the gazetteer: columns `crossing_kind`,
    `latitude`, `longitude` (degrees, WGS 84) and `precision`, missing where it is not known."""
    names = frame["crossing"].dropna().unique()
    found = {name: place for name in names if (place := gazetteer().find(str(name)))}
    crossing = frame["crossing"].astype("object")
    return frame.assign(
        crossing_kind=crossing.map({n: p.kind for n, p in found.items()}).astype("category"),
        latitude=crossing.map({n: p.latitude for n, p in found.items()}).astype("Float64"),
        longitude=crossing.map({n: p.longitude for n, p in found.items()}).astype("Float64"),
        precision=crossing.map({n: p.precision for n, p in found.items()}).astype("category"),
    )
