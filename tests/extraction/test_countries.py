"""Countries, peoples and cities named in a text."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction import countries
from extraction.countries import mentions


def read(text: str) -> list[tuple[str, str | None, str]]:
    return [(found.text, found.code, found.kind) for found in mentions(text)]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ivory Coast", "CI"),
        ("Côte d'Ivoire", "CI"),
        ("DRC", "CD"),
        ("DR Congo", "CD"),
        ("Democratic Republic of Congo", "CD"),
        ("Republic of the Congo", "CG"),
        ("Syria", "SY"),
        ("Gaza", "PS"),
        ("Gaza Strip", "PS"),
        ("West Bank", "PS"),
        ("Kosovo", "XK"),
        ("Nagorno-Karabakh", "AZ"),
        ("Artsakh", "AZ"),
        ("Abkhazia", "GE"),
        ("South Ossetia", "GE"),
        ("Crimea", "UA"),
        ("Donbas", "UA"),
        ("Hong Kong", "HK"),
        ("Somaliland", "SO"),
        ("Rakhine", "MM"),
        ("Tigray", "ET"),
        ("Darfur", "SD"),
        ("South Sudan", "SS"),
        ("Türkiye", "TR"),
        ("Burma", "MM"),
        ("U.S.", "US"),
        ("UAE", "AE"),
    ],
)
def test_a_country_or_territory_has_the_code_that_the_record_takes(name: str, code: str) -> None:
    assert [(found.text, found.code) for found in mentions(f"They left {name} on Monday.")] == [
        (name, code)
    ]


@pytest.mark.parametrize(
    ("people", "code", "kind"),
    [
        ("Britons", "GB", "demonym"),
        ("British", "GB", "adjective"),
        ("Swiss", "CH", "adjective"),
        ("Filipinos", "PH", "demonym"),
        ("Nigerien", "NE", "adjective"),
        ("Nigerian", "NG", "adjective"),
        ("Congolese", "CD", "adjective"),
        ("Emiratis", "AE", "demonym"),
        ("Kosovar", "XK", "adjective"),
        ("Gazans", "PS", "demonym"),
        ("Palestinians", "PS", "demonym"),
        ("South Sudanese", "SS", "adjective"),
        ("Frenchmen", "FR", "demonym"),
        ("Sri Lankans", "LK", "demonym"),
    ],
)
def test_a_people_has_its_country_and_its_part_of_speech(people: str, code: str, kind: str) -> None:
    assert read(f"Some {people} crossed.") == [(people, code, kind)]


def test_an_ethnic_name_tells_no_nationality_but_a_home() -> None:
    rohingya, kurds = mentions("Rohingya and Kurds crossed.")
    assert (rohingya.code, rohingya.kind, rohingya.home) == (None, "ethnic", "MM")
    assert (kurds.code, kurds.kind, kurds.home) == (None, "ethnic", None)
    (kosovo,) = mentions("4,000 Kosovo Albanians crossed")
    assert (kosovo.code, kosovo.home) == (None, "XK")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("COTE D'IVOIRE", [("COTE D'IVOIRE", "CI", "country")]),
        ("Côte d’Ivoire", [("Côte d’Ivoire", "CI", "country")]),
        ("KHARTOUM, SUDAN", [("KHARTOUM", "SD", "city"), ("SUDAN", "SD", "country")]),
        ("Bosnia\nand Herzegovina", [("Bosnia\nand Herzegovina", "BA", "country")]),
        (
            "el-Geneina and El Geneina",
            [("el-Geneina", "SD", "region"), ("El Geneina", "SD", "region")],
        ),
        (
            "Tripoli, Lebanon, and Tripoli",
            [("Tripoli, Lebanon", "LB", "city"), ("Tripoli", "LY", "city")],
        ),
        ("Kabul airport", [("Kabul airport", "AF", "airport")]),
        ("Larnaca International Airport", [("Larnaca International Airport", "CY", "airport")]),
    ],
)
def test_spellings_meet_whatever_the_type_setting(
    text: str, found: list[tuple[str, str, str]]
) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "let us go, polish the brass, a turkey, a chad",
        "the Indian Ocean and the South China Sea",
        "an Air France flight, said Agence France-Presse",
        "A CAR BOMB KILLED THREE",
        "Reading a note to Nancy and Hercules",
        "Latin America and Lake Chad",
    ],
)
def test_words_that_only_look_like_a_place_are_none(text: str) -> None:
    assert read(text) == []


def test_decomposed_letters_keep_the_offsets_of_the_text() -> None:
    text = unicodedata.normalize("NFD", "De Côte d'Ivoire à Adré, São Tomé")
    for found in mentions(text):
        assert unicodedata.normalize("NFC", text[found.start : found.end]) in {
            "Côte d'Ivoire",
            "Adré",
            "São Tomé",
        }
    assert len(mentions(text)) == 3


_PIECES = st.sampled_from(
    [
        "Gaza",
        "é",
        "e\u0301",
        " ",
        "-",
        "\n",
        "’",
        "U.S.",
        "South Sudanese",
        "al-",
        "İ",
        "ß",
        "Kyiv",
        "x",
        ",",
    ]
)


@given(st.lists(_PIECES | st.text(max_size=4), max_size=12).map("".join))
def test_offsets_are_in_order_and_name_the_text(text: str) -> None:
    last = 0
    for found in mentions(text):
        assert last <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        last = found.end


def test_every_code_in_the_rows_exists() -> None:
    known = countries.codes()
    for names in (
        countries.country_names(),
        countries.regions(),
        countries.cities(),
        {name: one.code for name, one in countries.demonyms().items()},
        {name: home for name, home in countries.ethnic_names().items() if home},
    ):
        assert {name: code for name, code in names.items() if code not in known} == {}


def test_a_name_is_listed_for_one_country_only() -> None:
    rows = countries._regions()
    for table in ("region", "city", "ethnic"):
        owners: dict[str, str] = {}
        for code, names in rows[table].items():
            for name in names:
                assert owners.setdefault(name, code) == code, name


def test_every_country_of_the_un_has_a_people() -> None:
    peopled = {one.code for one in countries.demonyms().values()}
    assert {row for row in countries.country_names().values() if row not in peopled} <= {
        # Dominica's people are told by the Dominican Republic's name; the rest are islands.
        *("DM", "GG", "JE", "MP", "SX", "VA", "VI", "AQ", "BL", "BQ", "BV", "CC", "CX", "GS"),
        *("HM", "IO", "MF", "NF", "PM", "PN", "SH", "SJ", "TF", "TK", "UM", "WF"),
    }


def test_no_people_belongs_to_two_countries() -> None:
    rows = (Path(countries.__file__).parent / "lexicon" / "countries.csv").read_text("utf-8")
    seen: dict[str, str] = {}
    for line in rows.splitlines()[1:]:
        code, _, _, *peoples = line.split(",")
        for name in {part for cell in peoples for part in cell.split("|") if part}:
            assert seen.setdefault(name, code) == code, name


def test_alpha_three_codes_come_with_kosovo() -> None:
    assert (countries.alpha3("SD"), countries.alpha3("XK")) == ("SDN", "XKX")
    with pytest.raises(KeyError):
        countries.alpha3("ZZ")


def test_a_long_text_is_read_in_linear_time() -> None:
    # A quadratic scan of this text would take minutes; the test's own time is the bound.
    text = "Kyiv Gaza South " * 20_000
    assert len(mentions(text)) == 40_000
