"""The rows of crossings, and what the gazetteer makes of a name, a text and a point."""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from hypothesis import given
from hypothesis import strategies as st

from extraction.countries import alpha3, codes
from extraction.gazetteer import LAND_KINDS, Gazetteer, Place, gazetteer, read_places
from extraction.namescan import key

OUTLINES = Path(__file__).parents[2] / "static" / "topojson" / "world_50m.json"


# --- the rows ---------------------------------------------------------------------------------


def test_there_are_at_least_five_hundred_land_crossings() -> None:
    assert sum(place.kind in LAND_KINDS for place in read_places()) >= 500


def test_every_row_has_codes_that_exist_a_source_and_names() -> None:
    for place in read_places():
        assert set(place.countries) <= codes(), place.name
        assert place.source, place.name
        assert all(name == name.strip() and key(name) for name in place.names), place.name


def test_no_name_stands_for_two_places() -> None:
    owners: dict[str, str] = {}
    for place in read_places():
        for name in place.names:
            owner = owners.setdefault(key(name), place.name)
            assert owner == place.name, f"{name}: {owner} and {place.name}"


def test_names_are_written_in_composed_letters() -> None:
    for place in read_places():
        assert all(unicodedata.is_normalized("NFC", name) for name in place.names), place.name


# Where the map draws a border that is disputed otherwise, or leaves a small territory out.
UNDRAWN = {
    "Chakothi": "Kashmir",
    "Rawalakot-Poonch": "Kashmir",
    "Khunjerab Pass": "Kashmir",
    "Ras Hadarba": "Halaib",
    "Beni Enzar": "Melilla",
    "Farkhana": "Melilla",
    "El Tarajal": "Ceuta",
    "Merdare": "Kosovo",
    "Jarinje": "Kosovo",
}


@cache
def _outlines() -> dict[str, list[list[tuple[float, float]]]]:
    """Each country's outline as lines of (longitude, latitude), from the map of the pages."""
    world = json.loads(OUTLINES.read_text(encoding="utf-8"))
    scale, shift = world["transform"]["scale"], world["transform"]["translate"]
    lines = []
    for arc in world["arcs"]:
        east = north = 0
        line = []
        for step in arc:
            east, north = east + step[0], north + step[1]
            line.append((east * scale[0] + shift[0], north * scale[1] + shift[1]))
        lines.append(line)

    def numbers(arcs: Any) -> Iterator[int]:
        if isinstance(arcs, int):
            yield arcs if arcs >= 0 else ~arcs
        else:
            for inner in arcs:
                yield from numbers(inner)

    found: dict[str, list[list[tuple[float, float]]]] = {}
    for shape in world["objects"]["countries"]["geometries"]:
        found.setdefault(shape.get("id", ""), []).extend(
            lines[number] for number in set(numbers(shape.get("arcs", [])))
        )
    return found


def _kilometres(place: Place, lines: list[list[tuple[float, float]]]) -> float:
    """From a place to the nearest of some lines, flat: good enough near the place."""
    shrink = math.cos(math.radians(place.latitude))
    best = math.inf
    for line in lines:
        for (x1, y1), (x2, y2) in zip(line, line[1:], strict=False):
            if min(abs(y1 - place.latitude), abs(y2 - place.latitude)) > 8:
                continue
            ax, ay = (x1 - place.longitude) * shrink, y1 - place.latitude
            dx, dy = (x2 - x1) * shrink, y2 - y1
            along = -(ax * dx + ay * dy) / (dx * dx + dy * dy or 1)
            along = min(1.0, max(0.0, along))
            best = min(best, math.hypot(ax + along * dx, ay + along * dy))
    return best * 111.2


def test_every_land_crossing_lies_near_the_outlines_of_both_its_countries() -> None:
    outlines = _outlines()
    far = []
    for place in read_places():
        if place.country_b is None or place.country_a == place.country_b:
            continue
        if place.name in UNDRAWN:
            continue
        for code in place.countries:
            lines = outlines.get(alpha3(code))
            if lines and (away := _kilometres(place, lines)) > 45:
                far.append((place.name, code, round(away)))
    assert far == []


@pytest.mark.parametrize(
    "name",
    """Rafah|Kerem Shalom|Karem Abu Salem|Erez|Beit Hanoun|Zikim|Taba|Allenby|King Hussein Bridge
    Al-Karameh|Sheikh Hussein|Bab al-Hawa|Bab al-Salam|Öncüpınar|Jarablus|Karkamış|Kasab
    Cilvegözü|Nusaybin|Akçakale|Tell Abyad|Kobane|Semalka|Fishkhabour|al-Yarubiyah|Rabia|Al-Tanf
    al-Qaim|Albu Kamal|Nasib|Jaber|Masnaa|Jdeidet Yabous|Joussieh|Qaa|Dabbousieh|Arida|Matraba
    Zamrani|Jisr Qamar|Islam Qala|Dogharoun|Torkham|Spin Boldak|Chaman|Ghulam Khan|Angoor Adda
    Kharlachi|Milak|Zaranj|Taftan|Mirjaveh|Gabd-Rimdan|Hairatan|Sher Khan Bandar|Ishkashim|Adré
    Tine|Birak|Joda|Renk|Argeen|Qustul|Ashkit|Gallabat|Metema|Hamdayet|Lugdi|Kurmuk|Paloich
    Kiir Adem|Um Dafuq|Port Sudan|Wadi Saeedna|Bunagana|Gisenyi|Petite Barrière|Grande Barrière
    Gatumba|Ishasha|Cyanika|Kamvivira|Rusizi|Dhobley|Liboi|Mandera|Bulo Hawo|Moyale|Obock|Aden
    Assamaka|Seme|Diffa|Ras Ajdir|Ras Jedir|Dehiba|Wazin|Salloum|Oujda|Zouj Beghal|Beitbridge
    Lebombo|Ressano Garcia|Milange|Mandimba|Nsanje|Medyka|Shehyni|Korczowa|Krakovets|Dorohusk
    Hrebenne|Rava-Ruska|Budomierz|Kroscienko|Zosin|Vyšné Nemecké|Ubľa|Záhony|Chop|Beregsurány
    Tiszabecs|Barabás|Lónya|Siret|Porubne|Sighetu Marmației|Isaccea|Orlivka|Palanca|Otaci|Kuźnica
    Bruzgi|Terespol|Morini|Blace|Jazince|Bregana|Tovarnik|Hegyeshalom|Nickelsdorf|Heiligenkreuz
    Spielfeld|Šentilj|Röszke|Horgoš|Idomeni|Gevgelija|Tabanovce|Miratovac|Preševo|Kastanies
    Kapitan Andreevo|Pazarkule|Lachin|Kornidzor|Verkhny Lars|Kazbegi|Bavra|Sadakhlo|Astara|Agarak
    Norduz|Kapıköy|Bazargan|Gürbulak|Raxaul|Birgunj|Sunauli|Sonauli|Bhairahawa|Belahiya|Panitanki
    Kakarbhitta|Banbasa|Gaddachauki|Rupaidiha|Nepalgunj|Petrapole|Benapole|Dawki|Tamabil|Akhaura
    Agartala|Srimantapur|Hili|Gede|Darshana|Changrabandha|Burimari|Fulbari|Banglabandha|Moreh|Tamu
    Zokhawthar|Rih|Teknaf|Mae Sot|Myawaddy|Tachileik|Mae Sai|Ruili|Muse|Chinshwehaw|Poipet
    Ban Khlong Luek|Aranyaprathet|O'Smach|Bavet|Moc Bai|Dongxing|Mong Cai|Youyiguan|Nong Khai
    Motaain|Batugade|Wini|Atapupu|Korday|Khorgos|Panjakent|Termez|Simón Bolívar bridge|Paraguachón
    Pacaraima|Santa Elena de Uairén|Rumichaca|Tumbes|Huaquillas|Tacna|Arica|Chacalluta
    Bajo Chiquito|Paso Canoas|Peñas Blancas|Agua Caliente|El Florido|Corinto|Tecún Umán
    Ciudad Hidalgo|Tijuana|San Ysidro|Ciudad Juárez|Dajabón|Ouanaminthe|Jimaní|Malpasse|Belladère
    Elías Piña|Roxham Road|Lacolle|Peace Bridge|Jeddah|Larnaca|Limassol|Mersin|Misrata|Benghazi
    Tripoli|Beirut|Tartus|Djibouti|Zarzis|Nuweiba|Valletta|Heraklion|Piraeus|Kabul airport|HKIA
    Hamid Karzai International Airport|Wadi Seidna|Entebbe|Minsk airport|Ben Gurion|Magenta
    King Abdullah Air Base|Ramstein""".replace("\n", "|").split("|"),
)
def test_the_crossings_of_the_crises_are_known(name: str) -> None:
    assert gazetteer().find(name.strip()) is not None


# --- one name ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("the Rafah border crossing", "Rafah"),
        ("Rafah crossing point", "Rafah"),
        ("RAFAH", "Rafah"),
        ("Ras Jdir", "Ras Ajdir"),
        ("oncupinar", "Öncüpınar"),
        ("Attari–Wagah border", "Wagah"),
        ("Horgos", "Röszke"),
        ("the port of Misrata", "Misrata"),
        ("Larnaca port", "Larnaca"),
        ("Larnaca airport", "Larnaca airport"),
        ("Kigali International Airport", "Kigali airport"),
        ("Dawki Integrated Check Post", "Dawki"),
        ("Hamdayet border point", "Hamdayet"),
    ],
)
def test_a_name_is_found_in_the_ways_it_is_written(asked: str, name: str) -> None:
    place = gazetteer().find(asked)
    assert place is not None
    assert place.name == name


@pytest.mark.parametrize("asked", ["", "the border crossing", "Atlantis", "Sudan", "the port"])
def test_an_unknown_place_is_none_and_never_a_centre(asked: str) -> None:
    assert gazetteer().find(asked) is None
    assert gazetteer().geocode(asked) is None


def test_two_crossings_with_one_figure_are_two_places() -> None:
    found = gazetteer().find_all("Torkham and Spin Boldak")
    assert [place.name for place in found] == ["Torkham", "Spin Boldak"]
    assert [place.name for place in gazetteer().find_all("Torkham and Atlantis")] == ["Torkham"]


def test_a_side_of_the_border_keeps_its_own_name() -> None:
    place = gazetteer().find("Horgos")
    assert place is not None
    assert (place.named("Horgos"), place.named("Roszke")) == ("Horgoš", "Röszke")


def test_the_gazetteer_is_a_geopy_geocoder() -> None:
    assert isinstance(gazetteer(), Geocoder)
    location = gazetteer().geocode("Torkham border crossing")
    assert isinstance(location, Location)
    assert location.address == "Torkham, Afghanistan and Pakistan"
    assert (round(location.latitude), round(location.longitude)) == (34, 71)
    assert location.raw["place"].country_b == "PK"
    assert gazetteer().geocode("Torkham", exactly_one=False) == [location]


# --- a text -----------------------------------------------------------------------------------


def told(text: str, *, cue: bool = True) -> list[tuple[str, str]]:
    return [
        (text[start:end], place.name) for start, end, place in gazetteer().mentions(text, cue=cue)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They left through Rafah.", [("Rafah", "Rafah")]),
        (
            "at Beitbridge and at Ras Jedir",
            [("Beitbridge", "Beitbridge"), ("Ras Jedir", "Ras Ajdir")],
        ),
        ("the Kuźnica-Bruzgi crossing", [("Kuźnica-Bruzgi", "Kuźnica")]),
        ("at Petrapole/Benapole", [("Petrapole/Benapole", "Petrapole")]),
        ("TORKHAM: 300 crossed", [("TORKHAM", "Torkham")]),
        ("by O’Smach and Ouanaminthe", [("O’Smach", "O'Smach"), ("Ouanaminthe", "Dajabón")]),
        (
            "in the ports of Misrata and Benghazi",
            [("Misrata", "Misrata"), ("Benghazi", "Benghazi")],
        ),
        ("the ship docked in Limassol", [("Limassol", "Limassol")]),
        (
            "at Larnaca port, at Larnaca airport",
            [("Larnaca", "Larnaca"), ("Larnaca airport", "Larnaca airport")],
        ),
        ("the Mae Sot-Myawaddy bridge", [("Mae Sot-Myawaddy", "Mae Sot")]),
        ("the al-Yarubiyah crossing", [("al-Yarubiyah", "al-Yarubiyah")]),
        ("Al Qaim border", [("Al Qaim", "Abu Kamal")]),
    ],
)
def test_crossings_are_read_from_a_text(text: str, found: list[tuple[str, str]]) -> None:
    assert told(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Talks in Istanbul and Goma went on, and Limassol was quiet.",
        "The airport of Misrata was hit.",
        "He sailed through the exam in Boston; Mohan and Jaber agreed.",
        "a bar, a split, a rota and some milk",
    ],
)
def test_a_city_or_a_word_alone_is_no_crossing(text: str) -> None:
    assert told(text) == []


def test_without_a_cue_each_known_name_is_told() -> None:
    assert told("They reached Limassol.", cue=False) == [("Limassol", "Limassol")]


_PIECES = st.sampled_from(
    [
        "Rafah",
        "Kuźnica",
        "-",
        "Bruzgi",
        "’s port",
        " ",
        "port of ",
        "Aden",
        "e\u0301",
        "\n",
        "Ras Jdir",
    ]
)


@given(st.lists(_PIECES | st.text(max_size=3), max_size=12).map("".join), st.booleans())
def test_offsets_are_in_order_and_inside_the_text(text: str, cue: bool) -> None:
    last = 0
    for start, end, place in gazetteer().mentions(text, cue=cue):
        assert last <= start < end <= len(text)
        assert isinstance(place, Place)
        last = end


@pytest.mark.parametrize("before", ["", "x. "])
def test_every_name_is_found_where_it_stands(before: str) -> None:
    for place in read_places():
        for name in place.names:
            if name[0].islower():
                continue  # "airport in Port Sudan" is for whoever asks by name; in a text it is two
            found = gazetteer().mentions(f"{before}{name} ", cue=False)
            # A mention ends with its last word: "Frankfurt (Oder)" without the bracket.
            assert (len(before), len(before) + len(name.rstrip(")")), place) in found, name


def test_a_long_text_is_read_in_linear_time() -> None:
    # A quadratic scan of this text would take minutes; the test's own time is the bound.
    assert len(gazetteer().mentions("Rafah or Ras Kabul " * 20_000)) == 20_000


def test_the_nearest_place_comes_with_its_geodesic_distance() -> None:
    place, away = gazetteer().nearest(31.25, 34.27)
    assert place.name == "Rafah"
    assert 0.5 < away < 3


def test_the_nearest_place_is_found_over_the_date_line() -> None:
    fiji = Place("A", (), (), "FJ", None, "port", -17.0, 179.9, "town", "made for this test")
    samoa = Place("B", (), (), "WS", None, "port", -14.0, -172.0, "town", "made for this test")
    place, _ = Gazetteer([samoa, fiji], []).nearest(-17.0, -179.9)
    assert place.name == "A"


def test_crossings_of_a_border_are_the_same_from_both_sides() -> None:
    one, other = gazetteer().between("PS", "EG"), gazetteer().between("EG", "PS")
    assert one == other
    assert [place.name for place in one] == ["Rafah"]
    assert gazetteer().between("PT", "JP") == []


def test_a_row_that_is_not_valid_is_named(tmp_path: Path) -> None:
    head = (
        "name,aliases,other_side,country_a,country_b,kind,lat,lon,precision,needs_cue,source,note"
    )
    rows = tmp_path / "rows.csv"
    for row, cause in [
        ("A,,,ZZ,EG,land,1,2,town,,test,", "ZZ"),
        ("A,,,PS,EG,tunnel,1,2,town,,test,", "tunnel"),
        ("A,,,PS,EG,land,91,2,town,,test,", "no such place"),
        ("A,,,PS,,land,1,2,town,,test,", "two countries"),
        ("A,,,PS,EG,land,1,2,town,B,test,", "needs_cue"),
    ]:
        rows.write_text(f"{head}\n{row}\n", encoding="utf-8")
        with pytest.raises(ValueError, match=f"rows.csv, line 2: .*{cause}"):
            read_places(rows)
