"""The routes open to a figure and what speaks for each."""

from __future__ import annotations

from extraction.context import lay_out
from extraction.evidence import Features
from extraction.reports import Report
from extraction.roles import placed_countries
from extraction.route import Route, RouteChoice
from extraction.route_ends import counted_people
from extraction.thread import Reading


def weighed(
    text: str, figure: str, earlier: dict[str, Route] | None = None
) -> dict[Route, set[str]]:
    """Each route with its features' names; `earlier` gives earlier figures' routes by text."""
    (context,) = lay_out([Report("test", text)])
    ways = RouteChoice(context, placed_countries(context))
    at = {text[c.figure.start : c.figure.number_end]: c for c in context.candidates}
    before = [Reading(at[t], {"route": route}) for t, route in (earlier or {}).items()]
    routes, rows = ways.options(at[figure], (), "crossed", before)
    return {route: _names(parts) for route, parts in zip(routes, rows, strict=True)}


def _names(parts: tuple[Features, ...]) -> set[str]:
    return {name for part in parts for name in part}


def test_any_two_countries_of_the_report_make_a_route_and_none_is_one() -> None:
    routes = weighed("On Friday 400 people fled from Sudan to Chad.", "400")
    ends = (None, "SD", "TD")
    assert set(routes) == {(a, b) for a in ends for b in ends if a != b} | {(None, None)}


def test_the_report_s_main_route_and_its_reverse_are_told_apart() -> None:
    text = "People flee from Sudan to Chad. On Friday 400 people crossed."
    routes = weighed(text, "400")
    assert "both:main" in routes["SD", "TD"]
    assert "both:main=reverse" in routes["TD", "SD"]


def test_a_border_named_beside_the_figure_speaks_for_its_two_countries() -> None:
    text = "On Friday 400 people left Gaza for Egypt through Rafah, Jordan said."
    routes = weighed(text, "400")
    assert "both:gate=True" in routes["PS", "EG"]
    assert "both:gate=False" in routes["PS", "JO"]


def test_a_figure_that_goes_the_other_way_speaks_for_the_reverse() -> None:
    text = "At Turkey’s gate with Iran, 400 people entered and 300 people left."
    routes = weighed(text, "300", {"400": ("IR", "TR")})
    assert "both:turned=reverse" in routes["TR", "IR"]
    assert "both:turned=same" in routes["IR", "TR"]


def test_several_destinations_in_the_figure_s_own_stretch_speak_for_none() -> None:
    text = "Since Monday 400 people have fled from Libya to Egypt, Niger and Chad."
    assert "d:none:several=to" in weighed(text, "400")["LY", None]


def test_counted_people_are_those_named_with_the_figure() -> None:
    (context,) = lay_out([Report("test", "On Friday 31 Austrians left Gaza for Egypt.")])
    placed = placed_countries(context)
    (candidate,) = (c for c in context.candidates if c.figure.count == 31)
    assert counted_people(candidate, placed) == ("AT",)
