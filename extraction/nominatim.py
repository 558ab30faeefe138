"""Look up a place that the gazetteer does not know with Nominatim: on request, once, slowly.

Off unless the caller says so: nothing else in the extraction asks the network anything. The
answers are kept in a file, an unknown name too, and are read from there even while it is off.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from extraction.namescan import key

# The usage policy of nominatim.openstreetmap.org: one request a second at most, and a name
# that tells who asks.
USER_AGENT = "crossing-ledger"
SECONDS_BETWEEN = 1.0
# What covers an area has only a centre: a crossing is never put there.
AREAS = frozenset(
    {
        "continent",
        "country",
        "county",
        "district",
        "municipality",
        "ocean",
        "postcode",
        "province",
        "region",
        "sea",
        "state",
        "state_district",
        "territory",
    }
)


class CachedNominatim(Geocoder):  # type: ignore[misc]
    """A geopy geocoder that asks another (Nominatim) when enabled, and remembers the answers."""

    def __init__(
        self,
        cache: Path,
        *,
        enabled: bool = False,
        geocoder: Geocoder | None = None,
        seconds_between: float = SECONDS_BETWEEN,
    ) -> None:
        """`cache` is a JSON file, made at the first answer. `geocoder` defaults to Nominatim.

        Raises ValueError when the cache file is not what this class wrote.
        """
        super().__init__()
        self.enabled = enabled
        self._cache = cache
        self._answers: dict[str, dict[str, Any] | None] = _read(cache)
        asked = geocoder or Nominatim(user_agent=USER_AGENT)
        # An error of the service is the caller's to tell the user; it is not "unknown".
        self._ask = RateLimiter(
            asked.geocode,
            min_delay_seconds=seconds_between,
            max_retries=1,
            error_wait_seconds=max(seconds_between, 0.0),
            swallow_exceptions=False,
        )

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: Any = None
    ) -> Location | list[Location] | None:
        """The place as a geopy Location, None when unknown, an area, or not asked before.

        Raises geopy's GeocoderServiceError and its kin when the service fails.
        """
        asked = key(query)
        if not asked:
            return None
        if asked not in self._answers:
            if not self.enabled:
                return None
            options = {} if timeout is None else {"timeout": timeout}
            self._answers[asked] = _plain(self._ask(query, exactly_one=True, **options))
            self._write()
        answer = self._answers[asked]
        if answer is None:
            return None
        point = (answer["latitude"], answer["longitude"], 0.0)
        location = Location(answer["address"], point, answer)
        return location if exactly_one else [location]

    def _write(self) -> None:
        """Put the answers in the file in one step, so that a crash leaves the old or the new."""
        self._cache.parent.mkdir(parents=True, exist_ok=True)
        draft = self._cache.with_name(f"{self._cache.name}.{os.getpid()}.tmp")
        draft.write_text(json.dumps(self._answers, ensure_ascii=False, indent=1), encoding="utf-8")
        draft.replace(self._cache)


def _plain(location: Location | None) -> dict[str, Any] | None:
    """What is kept of an answer; None for none, and for an area that has only a centre."""
    if location is None:
        return None
    raw = location.raw or {}
    if {raw.get("addresstype"), raw.get("type")} & AREAS or raw.get("type") == "administrative":
        return None
    return {
        "address": location.address,
        "latitude": location.latitude,
        "longitude": location.longitude,
        "type": raw.get("addresstype") or raw.get("type"),
        "source": "Nominatim, © OpenStreetMap contributors (ODbL)",
    }


def _read(cache: Path) -> dict[str, dict[str, Any] | None]:
    if not cache.exists():
        return {}
    try:
        answers = json.loads(cache.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{cache}: not a file of looked-up places") from error
    if not isinstance(answers, dict):
        raise ValueError(f"{cache}: not a file of looked-up places")
    return answers
