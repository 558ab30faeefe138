"""Where a claim's movement took place, for telling events apart and for setting one in another."""

from __future__ import annotations

import pandas as pd


def place_keys(c: pd.DataFrame) -> pd.Series:
    """A key of the place of each prepared claim (`store.claims`): str, ">" when unknown.

    The crossing, else "origin>destination". A crossing that is passed in both directions on the
    same day is two places, told apart by the origin: people who leave are not those who return.
    A claim that states no origin goes with the one direction on record, unless its destination
    says that it goes the other way.
    """
    keys = ["running", "first", "last", "crossing"]
    named = c["crossing"] != ""
    known = c[named & (c["origin"] != "")]
    if known.empty:
        n_origins = pd.Series(0, index=c.index)
        only = pd.Series("", index=c.index)
    else:
        by_gate = known.groupby(keys, observed=True)["origin"].agg(["nunique", "min"])
        joined = c[keys].join(by_gate, on=keys)
        n_origins = joined["nunique"].fillna(0)
        only = joined["min"].fillna("")
    both_ways = n_origins > 1
    back = (n_origins == 1) & (c["origin"] == "") & (c["destination"] == only)
    gate = c["crossing"].where(
        ~both_ways | (c["origin"] == ""), c["crossing"] + " from " + c["origin"]
    )
    gate = gate.where(~back, c["crossing"] + " to " + c["destination"])
    return gate.where(named, c["origin"] + ">" + c["destination"])


def wider_places(place: str, origin: str, destination: str) -> list[str]:
    """The places that a figure for this place is a part of, nearest first.

    `origin` and `destination` are "" when unknown. A figure with no place at all says nothing
    about which others it holds, so the unknown place is never among them.
    """
    wider = [place.rsplit(" from ", 1)[0]] if " from " in place else []
    wider += [f"{origin}>{destination}", f"{origin}>", f">{destination}"]
    return [key for key in dict.fromkeys(wider) if key not in (place, ">")]
