"""What a group is judged by: the phrase, its relation to the route, the story as a whole."""

from __future__ import annotations

from extraction.context import Context, lay_out
from extraction.counted import counted
from extraction.demographics import demographic_features
from extraction.evidence import Features, evidence
from extraction.groups import Story, group_features
from extraction.nationality import Peoples, nationality_features, nationality_options
from extraction.reports import Report
from extraction.roles import placed_countries
from extraction.thread import Reading, Thread


def read(text: str, title: str = "") -> Context:
    return next(lay_out([Report("a", text, title, None)]))


def group(
    text: str, nationality: tuple[str, ...], route: tuple[str | None, str | None]
) -> Features:
    context = read(text)
    placed = placed_countries(context)
    candidate = context.candidates[0]
    values = {"nationality": nationality, "route": route, "status": "crossed", "scope": "event"}
    who = counted(context, candidate, placed)
    story = Story.of(context, placed)
    return group_features(evidence(context)[0], values, who, story, Thread())


def test_a_nationality_is_told_by_its_relation_to_the_route() -> None:
    text = "On Friday 300 Afghans went over the border."
    assert "rel=origin" in group(text, ("AF",), ("AF", "PK"))
    assert "rel=destination" in group(text, ("AF",), ("PK", "AF"))
    assert "rel=third" in group(text, ("AF",), ("IR", "PK"))


def test_patients_are_patients_whatever_their_route() -> None:
    features = group("On Friday 30 wounded men crossed into Egypt.", ("PS",), ("PS", "EG"))
    assert "k=patient" in features
    assert not any(name.startswith("rel=") for name in features)


def test_a_total_of_unlike_parts_is_marked() -> None:
    features = group("There were 46 people: 15 patients and 31 companions.", (), ("PS", "EG"))
    assert "parts=distinct" in features


def test_a_total_looks_ahead_to_peoples_of_the_land_they_enter() -> None:
    text = "The group of 669 people was expelled. They were Nigeriens and Malians."
    assert "ahead=destination" in group(text, (), ("DZ", "NE"))


def test_like_people_carry_their_group_on() -> None:
    context = read("On Friday 300 Afghans went home. On Saturday 500 more followed.")
    placed = placed_countries(context)
    first, second = context.candidates
    thread = Thread()
    values = {"nationality": ("AF",), "route": ("PK", "AF"), "group": "returnee"}
    thread.add(Reading(first, dict(values)))
    who = counted(context, second, placed)
    features = group_features(evidence(context)[1], values, who, Story.of(context, placed), thread)
    assert "like:nationality=returnee" in features


def test_a_story_tells_its_main_kind_of_movement_and_its_ends() -> None:
    context = read(
        "The embassy evacuated its stranded students from Sudan. "
        "Fighting in Sudan goes on. Planes took 40 evacuees from Sudan to Jordan."
    )
    story = Story.of(context, placed_countries(context))
    assert story.kind == "evacuation"
    assert (story.origin, story.destination, story.crisis) == ("SD", "JO", "SD")


def test_an_empty_story_has_no_ends() -> None:
    context = read("Nothing to tell.")
    story = Story.of(context, placed_countries(context))
    assert (story.kind, story.origin, story.destination) == ("none", None, None)


def test_none_is_always_among_the_nationalities_and_no_option_comes_twice() -> None:
    context = read("Some 39 passengers came: 19 Kenyans and 20 Somalis.")
    placed = placed_countries(context)
    candidate = context.candidates[0]
    who = counted(context, candidate, placed)
    peoples = Peoples(context, placed)
    options = nationality_options(candidate, peoples, who, Thread())
    assert options[0] == ()
    assert ("KE", "SO") in options
    assert len(options) == len(set(options))
    rows = nationality_features(context, candidate, peoples, options, who, Thread())
    assert len(rows) == len(options)


def test_a_demographic_is_sought_in_the_figures_own_clause() -> None:
    context = read("Around 200 people, nearly all women and children, crossed into Chad.")
    placed = placed_countries(context)
    candidate = context.candidates[0]
    who = counted(context, candidate, placed)
    features = demographic_features(context, candidate, evidence(context)[0], who, Thread())
    assert "told=child+woman/all" in features
