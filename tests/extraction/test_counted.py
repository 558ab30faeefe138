"""The counted phrase: who a figure counts, and how named peoples are tied to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from extraction.context import Candidate, Context, lay_out
from extraction.counted import Counted, counted
from extraction.reports import Report
from extraction.roles import placed_countries


def read(text: str) -> Context:
    return next(lay_out([Report("a", text, "", None)]))


def phrases(text: str) -> Iterator[tuple[str, Counted, Candidate]]:
    context = read(text)
    placed = placed_countries(context)
    for candidate in context.candidates:
        figure = candidate.figure
        yield text[figure.start : figure.end], counted(context, candidate, placed), candidate


def phrase(text: str, figure: str) -> Counted:
    found = [who for name, who, _ in phrases(text) if figure in name]
    assert found, f"no figure {figure!r} in {text!r}"
    return found[0]


@pytest.mark.parametrize(
    ("text", "figure", "code", "link"),
    [
        ("On Friday 31 Austrians left Gaza.", "31", "AT", "phrase"),
        ("About 4,000 U.S. citizens left Lebanon.", "4,000", "US", "phrase"),
        (
            "A ship took 300 people, at least 167 of them US citizens, out of Libya.",
            "167",
            "US",
            "ofthem phrase",
        ),
        ("Some 847 migrants, most of them Nigeriens, were expelled.", "847", "NE", "mostly"),
        ("84 of those who came off the planes were Australian citizens.", "84", "AU", "is ofthem"),
        ("More than 360 people, among them two Filipinos, left Gaza.", "360", "PH", "example"),
        ("India, too, had evacuated 110 of its citizens through Armenia.", "110", "IN", "own"),
        ("About 70 staff of the U.S. embassy drove to Tunisia.", "70", "US", "of"),
    ],
)
def test_a_named_people_is_tied_to_the_figure_by_the_words_between(
    text: str, figure: str, code: str, link: str
) -> None:
    assert set(link.split()) & phrase(text, figure).links[code]


def test_people_from_a_land_other_than_the_one_they_leave_are_its_natives() -> None:
    text = (
        "People fled from Bangladesh on Friday. Many came out of Bangladesh. "
        "They were 101 students from Nepal."
    )
    assert "native" in phrase(text, "101").links["NP"]


def test_a_row_of_a_table_by_nationality_names_its_people() -> None:
    text = "Panama migration note\n\nNationality | Persons\nVenezuela | 555\nColombia | 77\n"
    assert phrase(text, "555").named("nation") == ("VE",)


def test_a_row_of_a_table_by_host_country_names_no_nationality() -> None:
    text = "New arrivals\n\nCountry | Persons\nKenya | 41,334\nYemen | 883\n"
    who = phrase(text, "41,334")
    assert who.named("nation") == ()
    assert who.named("row") == ("KE",)


def test_a_name_that_belongs_to_the_next_figure_is_not_taken() -> None:
    text = "The list showed 198 Sudanese and 26 Turks on the ship."
    assert phrase(text, "198").named("phrase") == ("SD",)


def test_an_ethnic_name_ties_no_nationality_unless_a_country_stands_before_it() -> None:
    assert phrase("Some 300 Rohingyas crossed the Naf.", "300").named("phrase") == ()
    assert phrase("Some 300 Syrian Kurds crossed the border.", "300").named("phrase") == ("SY",)


def test_figures_that_add_up_to_a_total_are_its_parts_and_give_it_their_peoples() -> None:
    who = phrase(
        "The plane had 39 passengers on board: 19 Kenyans, 19 Somalis and one Saudi.", "39"
    )
    assert [part.figure.count for part in who.parts] == [19, 19, 1]
    assert who.named("parts") == ("KE", "SA", "SO")


def test_parts_may_stand_before_their_total() -> None:
    who = phrase("There were 15 patients and 31 companions, 46 people in all.", "46")
    assert sorted(part.figure.count for part in who.parts) == [15, 31]


@pytest.mark.parametrize(
    ("text", "figure", "kind"),
    [
        ("Another 60 wounded were taken out.", "60", "patient"),
        ("The first 81 seriously sick or wounded Palestinians left Gaza.", "81", "patient"),
        ("They were 46 patients and 30 people who were accompanying them.", "30", "companion"),
        ("Nearly 350 people hurt in the attacks were flown to Yerevan.", "350", "patient"),
        ("Of the 287 who left, 13 of them diplomats and officials, most walked.", "13", "staff"),
        ("Some 500 holders of foreign passports crossed.", "500", "foreign_national"),
    ],
)
def test_the_phrase_names_the_kind_of_people(text: str, figure: str, kind: str) -> None:
    assert phrase(text, figure).kinds[0] == kind


def test_kinds_joined_under_one_number_are_kept_apart_from_kinds_with_their_own() -> None:
    assert phrase("In all 76 patients and companions left.", "76").joined == {
        "patient",
        "companion",
    }
    assert not phrase("In all 46 patients and 30 companions left.", "46").joined


def test_bare_people_lean_on_what_was_told_and_named_people_do_not() -> None:
    assert phrase("On Monday 300 people crossed into Egypt.", "300").bare
    assert not phrase("On Monday 300 Indians crossed into Egypt.", "300").bare


def test_a_line_of_five_thousand_characters_is_read_quickly() -> None:
    import time

    text = "Some 300 people " + "most of them and all of the " * 180 + "left for Egypt."
    context = read(text)
    placed = placed_countries(context)
    began = time.perf_counter()
    for candidate in context.candidates:
        counted(context, candidate, placed)
    assert time.perf_counter() - began < 0.5
