"""The words on the screen: a human label for every field and every value of the vocabularies.

The vocabularies are those of RECORD.md; a test holds that none of their values lacks a label.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, Final

import pandas as pd
import pycountry

GROUPS: Final[dict[str, str]] = {
    "foreign_national": "Foreign nationals",
    "resident": "Residents",
    "returnee": "Returnees",
    "patient": "Patients",
    "companion": "Companions of patients",
    "staff": "Staff and journalists",
    "mixed": "Several groups together",
    "unspecified": "People, not specified",
    "other": "Others",
}

GROUPS_HELP: Final[dict[str, str]] = {
    "foreign_national": "people with the citizenship of another country than the one they leave",
    "resident": "inhabitants of the place they leave, refugees among them",
    "returnee": "people going back to their own country after having fled or moved abroad",
    "patient": "wounded or sick people taken out for treatment",
    "companion": "people who escort patients",
    "staff": "UN, aid and medical staff, diplomats, journalists",
    "mixed": "one figure over two or more groups",
    "unspecified": "the report only says people, passengers, evacuees",
    "other": "soldiers, prisoners, pilgrims, ship's crews",
}

STATUSES: Final[dict[str, str]] = {
    "crossed": "Crossed",
    "expected": "Expected",
    "waiting": "Waiting",
    "refused": "Refused",
}

STATUSES_HELP: Final[dict[str, str]] = {
    "crossed": "the report says that it happened",
    "expected": "planned, approved or promised; not said to have happened",
    "waiting": "at the border or in the territory, seeking to leave",
    "refused": "turned back or denied",
}

SCOPES: Final[dict[str, str]] = {"event": "One event", "cumulative": "Running total"}

QUALIFIERS: Final[dict[str, str]] = {
    "exact": "exactly",
    "about": "about",
    "at_least": "at least",
    "at_most": "at most",
}

DEMOGRAPHICS: Final[dict[str, str]] = {
    "children": "Children",
    "women": "Women",
    "women_and_children": "Women and children",
    "elderly": "Elderly people",
    "men": "Men",
}

UNITS: Final[dict[str, str]] = {"people": "people", "families": "families"}

REVIEWS: Final[dict[str, str]] = {
    "unreviewed": "Not reviewed",
    "accepted": "Accepted",
    "corrected": "Corrected",
    "added": "Added by a reviewer",
    "rejected": "Rejected",
}

FIELDS: Final[dict[str, str]] = {
    "article": "Report",
    "count": "Figure",
    "count_max": "Upper figure",
    "qualifier": "Qualifier",
    "count_text": "As written",
    "unit": "Unit",
    "group": "Group",
    "demographic": "Demographic",
    "nationality": "Nationality",
    "status": "Status",
    "scope": "Scope",
    "subset": "Part of another figure",
    "date": "Day",
    "date_from": "From",
    "crossing": "Crossing",
    "origin": "From country",
    "destination": "To country",
    "source": "Who says so",
    "sentence": "Sentence",
    "confidence": "Confidence",
    "publisher": "Publisher",
    "published": "Published",
    "title": "Report",
    "review": "Review",
    "reviewer": "Reviewed by",
    "reviewed_at": "Reviewed",
    "review_reason": "Reviewer's reason",
    "machine_read": "As the rules read it",
    "inferred": "Filled in, not read",
    "role": "Role",
    "reason": "Why",
    "left_out": "Why not counted",
}

ROLES: Final[dict[str, str]] = {
    "best": "Best figure",
    "support": "Says the same",
    "rival": "Rival figure",
    "repeat": "Repeat of wire copy",
    "revised": "Revised by its report",
    "running_total": "Running total",
    "rejected": "Rejected",
}

ROLES_HELP: Final[dict[str, str]] = {
    "best": "the figure that its event is counted with",
    "support": "another claim of the same figure for the same event",
    "rival": "another figure for the same event",
    "repeat": "the claim of a report that is nearly a copy of another",
    "revised": "a figure that its own report takes back or mends",
    "running_total": "a total since some day; never added to figures of days",
    "rejected": "taken out of the ledger by a reviewer",
}

# Why a sum does not count a claim, as it stands after "left out:".
LEFT_OUT: Final[dict[str, str]] = {
    "running_total": "a running total",
    "repeat": "a repeat by a near copy",
    "revised": "revised by its own report",
    "rival": "a rival figure",
    "support": "the same figure again",
    "part": "part of another figure",
    "exceeded": "less than its parts",
    "families": "families, not people",
    "rejected": "rejected by a reviewer",
}

NOT_STATED: Final = "not stated"

# Short usual names, where the ISO name is long or contested in form.
_COUNTRY_NAMES: Final[dict[str, str]] = {
    "PS": "Palestine",
    "XK": "Kosovo",
    "CD": "DR Congo",
    "CG": "Republic of Congo",
    "IR": "Iran",
    "SY": "Syria",
    "RU": "Russia",
    "VE": "Venezuela",
    "TZ": "Tanzania",
    "BO": "Bolivia",
    "MD": "Moldova",
    "KR": "South Korea",
    "KP": "North Korea",
    "TR": "Turkey",
    "LA": "Laos",
    "VN": "Vietnam",
    "GB": "United Kingdom",
    "US": "United States",
    "TW": "Taiwan",
}


def missing(value: Any) -> bool:
    """True for None, NaN, NaT and pandas' NA: what a frame holds where nothing is known."""
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


@cache
def country(code: str) -> str:
    """The usual English name of an ISO 3166-1 alpha-2 code; the code itself if not assigned."""
    if code in _COUNTRY_NAMES:
        return _COUNTRY_NAMES[code]
    entry = pycountry.countries.get(alpha_2=code)
    return entry.name if entry else code


def place(code: Any) -> str:
    """A country for the screen, "not stated" where it is unknown."""
    return NOT_STATED if missing(code) else country(str(code))


def countries(codes: Any) -> str:
    """The names for country codes joined by "|", comma-separated; the empty text for none."""
    if missing(codes):
        return ""
    return ", ".join(country(code) for code in str(codes).split("|") if code)


def number(value: Any) -> str:
    """A number of people with thousands separators; a dash where there is none."""
    return "–" if missing(value) else f"{int(value):,}"


def amount(
    count: Any, count_max: Any = None, qualifier: Any = "exact", unit: Any = "people"
) -> str:
    """A claim's figure as a reader would say it: "about 400", "300–400", "at least 24 families"."""
    if missing(count):
        return "–"
    text = number(count) if missing(count_max) else f"{number(count)}–{number(count_max)}"
    if not missing(qualifier) and qualifier != "exact":
        text = f"{QUALIFIERS.get(str(qualifier), str(qualifier))} {text}"
    return f"{text} families" if unit == "families" else text


def span(low: Any, high: Any) -> str:
    """A range of people: "81–88", or one number where both ends agree."""
    if missing(low) or missing(high) or int(low) == int(high):
        return number(high if missing(low) else low)
    return f"{number(low)}–{number(high)}"


def day(value: Any) -> str:
    """A date as "1 Nov 2023"; "no date" where it is unknown."""
    if missing(value):
        return "no date"
    stamp = pd.Timestamp(value)
    return f"{stamp.day} {stamp:%b %Y}"


def iso_days(dates: pd.Series) -> list[str]:
    """Dates for a table's column, which then sorts by them: "2023-11-01", empty if unknown."""
    return ["" if missing(value) else f"{pd.Timestamp(value):%Y-%m-%d}" for value in dates]


def period(start: date | None, end: date | None) -> str:
    """A stretch of days for the screen, open where an end is None."""
    if start is None and end is None:
        return "all days"
    if start is None:
        return f"up to {day(end)}"
    if end is None:
        return f"from {day(start)}"
    return day(start) if start == end else f"{day(start)} – {day(end)}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 figure", "3 figures"."""
    return f"{count:,} {one if count == 1 else (many or one + 's')}"


def field(name: str) -> str:
    """The label of a record's field or a frame's column."""
    return FIELDS.get(name, name.replace("_", " ").capitalize())


def value(name: str, raw: Any) -> str:
    """The label of one value of the field `name`; the value itself where it is free text."""
    if missing(raw) or raw == "":
        return NOT_STATED
    if name in {"origin", "destination"}:
        return country(str(raw))
    if name == "nationality":
        return countries(raw)
    tables = {
        "group": GROUPS,
        "status": STATUSES,
        "scope": SCOPES,
        "demographic": DEMOGRAPHICS,
        "review": REVIEWS,
        "qualifier": QUALIFIERS,
        "role": ROLES,
        "left_out": LEFT_OUT,
    }
    return tables.get(name, {}).get(str(raw), str(raw))


def listing(items: Iterable[str], most: int = 3) -> str:
    """The first few of several texts, and how many more there are: "a, b, c and 4 more"."""
    texts = list(items)
    shown = ", ".join(texts[:most])
    return shown if len(texts) <= most else f"{shown} and {len(texts) - most} more"
