"""The crossings open to a figure and what speaks for each."""

from __future__ import annotations

from extraction.context import lay_out
from extraction.crossings import CrossingChoice
from extraction.evidence import Features
from extraction.reports import Report


def weighed(
    text: str, figure: str, route: tuple[str | None, str | None]
) -> dict[str | None, Features]:
    """Each option's name with its features, for the figure whose text begins so."""
    (context,) = lay_out([Report("test", text)])
    candidate = next(c for c in context.candidates if text[c.figure.start :].startswith(figure))
    choice = CrossingChoice(context)
    rows = choice.features(candidate, {"route": route, "status": "crossed"}, [])
    return {
        name: {k: v for part in parts for k, v in part.items()}
        for name, parts in zip(choice.names, rows, strict=True)
    }


def test_not_told_is_always_an_option() -> None:
    assert None in weighed("On Friday 400 people left through Rafah.", "400", ("PS", "EG"))


def test_two_crossings_joined_in_the_text_are_an_option_of_their_own() -> None:
    text = "On Friday 400 Afghans crossed at Torkham and Spin Boldak."
    assert "Torkham and Spin Boldak" in weighed(text, "400", ("PK", "AF"))


def test_a_crossing_between_another_figure_and_this_one_is_taken() -> None:
    text = "On Friday 2,000 migrants came through Torkham and 980 came through Spin Boldak."
    found = weighed(text, "980", ("PK", "AF"))
    assert "here-taken" in found["Torkham"]
    assert "here-taken" not in found["Spin Boldak"]


def test_the_head_of_a_table_s_column_counts_as_named_beside_the_figure() -> None:
    text = (
        "The week, day by day, as the agency counted the Afghans.\n"
        "DAY / TORKHAM / SPIN BOLDAK\nSunday / 2,500 / 2,067\nMonday / 1,500 / 1,132\nThe end."
    )
    found = weighed(text, "1,132", ("PK", "AF"))
    assert found["SPIN BOLDAK"]["here+near"]
    assert "here+near" not in found["TORKHAM"]


def test_a_crossing_is_weighed_by_the_ends_that_it_joins() -> None:
    text = "On Friday 400 people left through Rafah."
    assert weighed(text, "400", ("PS", "EG"))["Rafah"]["route=2of2/land"]
    assert weighed(text, "400", ("UA", "PL"))["Rafah"]["route=0of2/land"]


STORY = (
    "The first foreigners left Gaza through the Rafah crossing on Wednesday.\n\n"
    "Another 400 are expected in Egypt tomorrow.{more}"
)


def carried(status: str, route: tuple[str | None, str | None], more: str = "") -> str | None:
    (context,) = lay_out([Report("test", STORY.format(more=more))])
    candidate = next(c for c in context.candidates if c.figure.count == 400)
    return CrossingChoice(context).carried(candidate, {"status": status, "route": route})


def test_the_one_crossing_of_a_story_carries_over_to_figures_that_move_on_its_route() -> None:
    assert carried("expected", ("PS", "EG")) == "Rafah"
    assert carried("crossed", ("EG", "PS")) == "Rafah"


def test_it_carries_over_neither_to_people_who_wait_nor_to_another_route() -> None:
    assert carried("waiting", ("PS", "EG")) is None
    assert carried("expected", ("PS", "JO")) is None
    assert carried("expected", ("PS", None)) is None


def test_it_carries_over_only_where_the_report_names_no_other() -> None:
    assert carried("expected", ("PS", "EG"), " Some left through Kerem Shalom.") is None
