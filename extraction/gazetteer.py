"""Crossings, ports and airports by name: a geopy geocoder over the project's own rows.

The rows lie in `data/crossings.csv`; airports come from the airportsdata package too. A place
that no row knows is None, never a country's centre.
"""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import airportsdata
from geopy.distance import geodesic
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from extraction.countries import airport_spellings, country_name
from extraction.namescan import NameScanner, key, keys

LAND_KINDS = ("land", "river", "bridge", "rail", "informal")
KINDS = (*LAND_KINDS, "port", "airport")
PRECISIONS = ("exact", "town", "area")
CROSSINGS = Path(__file__).parents[1] / "data" / "crossings.csv"
_COLUMNS = (
    "name", "aliases", "other_side", "country_a", "country_b", "kind", "lat", "lon",
    "precision", "needs_cue", "source", "note",
)  # fmt: skip

# What reports put behind and before a name to say that it is a crossing; "Goma" is a city,
# "the Goma border post" is none.
_POST = (
    r"(?:(?:land|main|international|official|informal|old|naval|sea|air|military|border) |border-)*"
    r"(?:crossings?(?: points?)?|border|checkpoints?|check[- ]?posts?|posts?|gates?|bridges?|"
    r"terminals?|ports?|harbou?rs?|seaports?|airports?|airfields?|airstrips?|air ?bases?|"
    r"frontiers?|(?:entry|border) points?|points? of entry|one-stop border post|"
    r"integrated check[- ]?post|railway station|train station|docks?|quays?)"
)
_BY_SEA = (
    r"dock(?:ed|s|ing)?|moor(?:ed|s|ing)|sail(?:ed|s|ing)?|disembark(?:ed|s|ing)?|"
    r"(?:c[ao]me|comes|coming|put|brought|taken) ashore|put in|steam(?:ed|s|ing)|"
    r"ferr(?:y|ies|ied)|boarded (?:a|the) (?:ship|boat|ferry)|by (?:sea|ship|boat|ferry)"
)
_CUE_BEHIND = re.compile(rf"(?:['’]s)?[ \n-](?:[A-Z]\w+ )?({_POST})\b", re.IGNORECASE)
# "the ports of Misrata and Benghazi": the cue reaches over the names between.
_CUE_BEFORE = re.compile(
    rf"\b({_POST}|{_BY_SEA})[ \n](?:of|at|in|into|to|from|near|through|via)[ \n]"
    r"(?:the[ \n])?(?:[A-Z][\w-]+(?:, | and | or |, and ))*$"
)
_SEA_CUE = re.compile(rf"^(?:{_BY_SEA})|(?<!air)\bports?|seaport|harbou?r|dock|quay|naval")
_AIR_CUE = re.compile(r"air ?(?:port|field|strip|base)|terminal", re.IGNORECASE)
_TRIM_BEFORE = re.compile(
    r"^(?:the|(?:port|border (?:crossing|post|gate|point)|crossing|airport) (?:of|at|in))\s+",
    re.IGNORECASE,
)
_TRIM_BEHIND = re.compile(rf"(?:['’]s)?[\s-]+{_POST}$", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+|\s*,\s*")
_JOIN = re.compile(r"\s?[-–—/(]\s?|\s")


@dataclass(frozen=True, slots=True)
class Place:
    """A place through which people leave or enter a country.

    `aliases` are other spellings of `name`, `other_side` names for the post on the far side.
    `country_b` is None for ports and airports. `precision` says how near the coordinates
    (WGS 84 degrees) are: "exact" about 1 km, "town" about 5 km, "area" a stretch of border.
    `needs_cue` holds those of the names that are foremost a city's: beside them a text must
    say port, airport, border or the like before the crossing is meant.
    """

    name: str
    aliases: tuple[str, ...]
    other_side: tuple[str, ...]
    country_a: str
    country_b: str | None
    kind: str
    latitude: float
    longitude: float
    precision: str
    source: str
    needs_cue: tuple[str, ...] = ()
    note: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the usual one first."""
        return (self.name, *self.aliases, *self.other_side)

    @property
    def countries(self) -> tuple[str, ...]:
        """The one or two countries that meet here, alpha-2."""
        return (self.country_a, self.country_b) if self.country_b else (self.country_a,)

    def named(self, spelling: str) -> str:
        """The usual English name of the side that a spelling names ("Horgos": "Horgoš")."""
        near = {key(name) for name in (self.name, *self.aliases)}
        far = {key(name) for name in self.other_side}
        if key(spelling) in far - near:
            return self.other_side[0]
        return self.name

    def label(self) -> str:
        """Name and countries, as a geocoder's address: "Rafah, Egypt and Palestine"."""
        return f"{self.name}, {' and '.join(country_name(code) for code in self.countries)}"


def read_places(path: Path = CROSSINGS) -> tuple[Place, ...]:
    """The rows of a crossings file; ValueError names the line of a row that is not valid."""
    places = []
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        if tuple(reader.fieldnames or ()) != _COLUMNS:
            raise ValueError(f"{path.name}: columns are not {', '.join(_COLUMNS)}")
        for row in reader:
            try:
                places.append(_place(row))
            except (ValueError, KeyError) as error:
                raise ValueError(f"{path.name}, line {reader.line_num}: {error}") from error
    return tuple(places)


def _place(row: Mapping[str, str]) -> Place:
    if row["kind"] not in KINDS:
        raise ValueError(f"kind {row['kind']!r}")
    if row["precision"] not in PRECISIONS:
        raise ValueError(f"precision {row['precision']!r}")
    if bool(row["country_b"]) != (row["kind"] in LAND_KINDS):
        raise ValueError("a land crossing has two countries, a port or airport one")
    latitude, longitude = float(row["lat"]), float(row["lon"])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"no such place on earth: {latitude}, {longitude}")
    place = Place(
        row["name"],
        _listed(row["aliases"]),
        _listed(row["other_side"]),
        row["country_a"],
        row["country_b"] or None,
        row["kind"],
        latitude,
        longitude,
        row["precision"],
        row["source"],
        _listed(row["needs_cue"]),
        row["note"],
    )
    for code in place.countries:
        country_name(code)
    strange = set(place.needs_cue) - set(place.names)
    if strange:
        raise ValueError(f"needs_cue names no name of the row: {sorted(strange)}")
    return place


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(name for name in cell.split("|") if name)


@cache
def airport_places() -> tuple[Place, ...]:
    """The airports with an IATA code of airportsdata, as places named "Larnaca airport".

    Where a city has several, the name is the airport's own, and the city's name alone stands
    for none of them.
    """
    rows = list(airportsdata.load("IATA").values())
    cities = keys([row["city"] for row in rows])
    per_city = Counter(cities)
    places = []
    for row, city in zip(rows, cities, strict=True):
        alone = bool(city) and per_city[city] == 1
        spellings = list(airport_spellings(row["name"], row["city"] if alone else ""))
        name = f"{row['city']} airport" if alone else row["name"]
        places.append(
            Place(
                name,
                tuple(dict.fromkeys(spelling for spelling in spellings if spelling != name)),
                (),
                row["country"],
                None,
                "airport",
                float(row["lat"]),
                float(row["lon"]),
                "exact",
                f"airportsdata {row['iata']}",
            )
        )
    return tuple(places)


class Gazetteer(Geocoder):  # type: ignore[misc]
    """The known places: by name, in a text, between two countries, next to a point.

    It is a geopy geocoder: `geocode(name)` gives a geopy Location whose `raw` is
    `{"place": Place}`, or None, so that any other geopy geocoder can stand in its stead.
    """

    def __init__(
        self,
        places: Sequence[Place] | None = None,
        airports: Sequence[Place] | None = None,
    ) -> None:
        """`places` default to data/crossings.csv, `airports` to those of airportsdata."""
        super().__init__()
        self.places = tuple(read_places() if places is None else places)
        self.airports = tuple(airport_places() if airports is None else airports)
        self._by_key: dict[str, Place] = {}
        named = [(name, place) for place in (*self.places, *self.airports) for name in place.names]
        for spelled, (_, place) in zip(keys([name for name, _ in named]), named, strict=True):
            self._by_key.setdefault(spelled, place)
        self._scanner: NameScanner[tuple[Place, bool]] = NameScanner(self._spellings())

    def _spellings(self) -> Iterable[tuple[str, tuple[Place, bool]]]:
        """Each spelling with its place and whether it needs a cue."""
        for place in self.places:
            for name in place.names:
                yield name, (place, name in place.needs_cue)
        for place in self.airports:
            for name in place.names:
                # An airport of the package goes only by a name that says so.
                if _AIR_CUE.search(name):
                    yield name, (place, False)

    def find(self, name: str) -> Place | None:
        """The place of a name, with or without "the … border crossing"; None if unknown.

        Accents, hyphens, apostrophes and capitals make no difference. A name that is foremost
        a city's is found as well: whoever asks here has read it as a crossing.
        """
        asked = name.strip()
        while True:
            for spelling in (asked, _TRIM_BEFORE.sub("", asked)):
                place = self._by_key.get(key(spelling))
                if place is not None:
                    return place
            shorter = _TRIM_BEHIND.sub("", _TRIM_BEFORE.sub("", asked))
            if shorter == asked:
                return None
            asked = shorter

    def find_all(self, crossing: str) -> list[Place]:
        """The places of a record's `crossing`, which may join two names by "and".

        Those not known are left out: fewer places than names means that one is unknown.
        """
        whole = self.find(crossing)
        parts = [whole] if whole else [self.find(name) for name in _AND.split(crossing)]
        return [place for place in parts if place is not None]

    def mentions(self, text: str, *, cue: bool = True) -> list[tuple[int, int, Place]]:
        """The places named in `text`, in order: start, end, place.

        The longest name counts; two names of one place side by side ("Kuźnica-Bruzgi") are
        one mention. With `cue` a name that is foremost a city's is told only where the text says
        port, airport, border and the like; without, wherever its name stands.
        """
        found = self.cued_mentions(text)
        return [(start, end, place) for start, end, place, meant in found if meant or not cue]

    def cued_mentions(self, text: str) -> list[tuple[int, int, Place, bool]]:
        """Every mention with whether the crossing, port or airport itself is surely meant."""
        found: list[tuple[int, int, Place, bool]] = []
        for start, end, (place, needs_cue) in self._scanner.scan(text):
            meant = not needs_cue or _has_cue(text, start, end, place)
            if found:
                first, before, other, so_far = found[-1]
                if other is place and _JOIN.fullmatch(text[before:start]):
                    found[-1] = (first, end, place, meant or so_far)
                    continue
            found.append((start, end, place, meant))
        return found

    def nearest(self, latitude: float, longitude: float) -> tuple[Place, float]:
        """The known crossing or port nearest to a point, and the geodesic way in kilometres.

        ValueError when there is no place at all.
        """
        if not self.places:
            raise ValueError("the gazetteer is empty")
        point = (latitude, longitude)
        # A degree of latitude is 111 km: the rough order spares hundreds of exact distances.
        near = sorted(self.places, key=_squared_degrees(latitude, longitude))[:12]
        ways = [(geodesic(point, (p.latitude, p.longitude)).km, p) for p in near]
        kilometres, place = min(ways, key=lambda way: way[0])
        return place, float(kilometres)

    def between(self, country_a: str, country_b: str) -> list[Place]:
        """The crossings on the border of two countries (alpha-2), whichever comes first."""
        return [place for place in self.places if {country_a, country_b} == set(place.countries)]

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = None,
    ) -> Location | list[Location] | None:
        """A geopy Location for a name, None if unknown; a list of one if not `exactly_one`.

        `timeout` is taken for the sake of geopy's signature: nothing is waited for.
        """
        place = self.find(query)
        if place is None:
            return None
        location = Location(place.label(), (place.latitude, place.longitude, 0.0), {"place": place})
        return location if exactly_one else [location]


def _squared_degrees(latitude: float, longitude: float) -> Callable[[Place], float]:
    shrink = math.cos(math.radians(latitude))

    def measure(place: Place) -> float:
        east = abs(place.longitude - longitude)
        east = min(east, 360 - east) * shrink
        return (place.latitude - latitude) ** 2 + east**2

    return measure


def _has_cue(text: str, start: int, end: int, place: Place) -> bool:
    """Whether the words beside a name say that the crossing, port or airport is meant."""
    behind = _CUE_BEHIND.match(text, end)
    before = _CUE_BEFORE.search(text[max(0, start - 60) : start])
    for found in (behind, before):
        if found is None:
            continue
        cue = found[1].lower()
        sea, air = bool(_SEA_CUE.search(cue)), bool(_AIR_CUE.search(cue))
        if {"port": sea and not air, "airport": air}.get(place.kind, not (sea or air)):
            return True
    return False


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of data/crossings.csv and airportsdata, read once."""
    return Gazetteer()
