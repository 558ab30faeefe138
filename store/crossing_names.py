"""One name for one crossing, however the reports spell it.

"TORKHAM" and "Torkham", "Ras Jedir" and "Ras Ajdir", the two sides of one border post ("Shehyni"
and "Medyka") are one place in sums, filters and on the map.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from extraction.gazetteer import Place, gazetteer

_AND = re.compile(r"\s+and\s+|\s*,\s*")
_BY_SEA_OR_AIR = ("port", "airport")
_AIRPORT = " airport"


@cache
def crossing_name(written: str) -> str:
    """The name under which a record's `crossing` is counted.

    That is the gazetteer's name of the place (`extraction.gazetteer`); several joined by "and"
    are named each and put in the order of the alphabet. Port and airport of one city are one
    place, because reports name the city alone as often ("Larnaca"). A name that the gazetteer
    does not know is only folded: "QALAT gate" and "Qalat Gate" are both "Qalat Gate".
    """
    whole = gazetteer().find(written)
    if whole is not None:
        return _name(whole)
    parts = [part for part in _AND.split(written.strip()) if part]
    places = [gazetteer().find(part) for part in parts]
    if not any(places):
        return folded(written)
    names = {
        _name(place) if place else folded(part) for part, place in zip(parts, places, strict=True)
    }
    return " and ".join(sorted(names))


def _name(place: Place) -> str:
    if place.kind == "airport" and place.name.endswith(_AIRPORT):
        city = gazetteer().find(place.name.removesuffix(_AIRPORT))
        if city and city.kind in _BY_SEA_OR_AIR and city.country_a == place.country_a:
            return city.name
    return place.name


def folded(name: str) -> str:
    """A name without regard to capitals, accents and spacing: each word with a first capital."""
    plain = unicodedata.normalize("NFKD", name)
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    words = " ".join(bare.split())
    return re.sub(r"(?<![\w'’])[^\W\d_]", lambda first: first[0].upper(), words)
