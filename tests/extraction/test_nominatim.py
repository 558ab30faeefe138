"""The look-up on request: asked only when enabled, once a name, never for the centre of an area."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopy.geocoders
import pytest
from geopy.exc import GeocoderServiceError
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from extraction.nominatim import CachedNominatim


class FakeNominatim(Geocoder):
    """Answers from a dictionary and counts how often it is asked."""

    def __init__(self, answers: dict[str, tuple[float, float, str]]) -> None:
        super().__init__()
        self.answers = answers
        self.asked: list[str] = []

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: Any = None) -> Any:
        self.asked.append(query)
        if query == "broken":
            raise GeocoderServiceError("no answer")
        if query not in self.answers:
            return None
        latitude, longitude, kind = self.answers[query]
        return Location(query, (latitude, longitude, 0.0), {"addresstype": kind})


def test_nothing_is_asked_unless_it_is_enabled(tmp_path: Path) -> None:
    fake = FakeNominatim({"Xanadu post": (1.0, 2.0, "hamlet")})
    assert CachedNominatim(tmp_path / "c.json", geocoder=fake).geocode("Xanadu post") is None
    assert fake.asked == []
    assert not (tmp_path / "c.json").exists()


def test_an_answer_is_asked_for_once_and_kept_in_the_file(tmp_path: Path) -> None:
    fake = FakeNominatim({"Xanadu post": (1.0, 2.0, "hamlet")})
    file = tmp_path / "deep" / "c.json"
    online = CachedNominatim(file, enabled=True, geocoder=fake, seconds_between=0)
    for _ in range(2):
        location = online.geocode("Xanadu post")
        assert isinstance(location, Location)
        assert (location.latitude, location.longitude) == (1.0, 2.0)
        assert online.geocode("nowhere") is None
    assert fake.asked == ["Xanadu post", "nowhere"]
    later = CachedNominatim(file, geocoder=FakeNominatim({}))
    kept = later.geocode("xanadu-POST")
    assert isinstance(kept, Location)
    assert kept.longitude == 2.0


@pytest.mark.parametrize("kind", ["country", "state", "county"])
def test_the_centre_of_an_area_is_no_answer(tmp_path: Path, kind: str) -> None:
    fake = FakeNominatim({"Sudan": (15.0, 30.0, kind)})
    online = CachedNominatim(tmp_path / "c.json", enabled=True, geocoder=fake, seconds_between=0)
    assert online.geocode("Sudan") is None


def test_a_failed_request_is_an_error_and_is_not_kept(tmp_path: Path) -> None:
    online = CachedNominatim(
        tmp_path / "c.json", enabled=True, geocoder=FakeNominatim({}), seconds_between=0
    )
    with pytest.raises(GeocoderServiceError):
        online.geocode("broken")
    assert not (tmp_path / "c.json").exists()


def test_a_broken_cache_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "c.json"
    file.write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match=r"c\.json"):
        CachedNominatim(file)


def test_nominatim_itself_is_what_stands_behind_by_default(tmp_path: Path) -> None:
    assert issubclass(geopy.geocoders.Nominatim, Geocoder)
    assert CachedNominatim(tmp_path / "c.json").enabled is False
