"""The colours, once: one colour for a group or a status wherever it is drawn.

Groups take the colours of Okabe and Ito ("Color Universal Design", 2008), which readers with the
common colour deficiencies can tell apart, with two muted tones added; each stands out on the
light and on the dark background. Statuses have their own tones and a mark or a dash besides, so
that no reading depends on colour alone.
"""

from __future__ import annotations

from typing import Final

GROUP_COLOURS: Final[dict[str, str]] = {
    "foreign_national": "#0072B2",
    "resident": "#E69F00",
    "returnee": "#009E73",
    "patient": "#D55E00",
    "companion": "#CC79A7",
    "staff": "#56B4E9",
    "mixed": "#8E7CC3",
    "unspecified": "#8C8C8C",
    "other": "#A6761D",
}

STATUS_COLOURS: Final[dict[str, str]] = {
    "crossed": "#14918A",
    "expected": "#6F86C4",
    "waiting": "#C28A1E",
    "refused": "#B8336A",
}

# Nationalities have no colour of their own: the largest few take these in order of size,
# and everybody else is "other nationalities".
SERIES_COLOURS: Final[tuple[str, ...]] = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#D55E00",
    "#CC79A7",
    "#56B4E9",
    "#8E7CC3",
    "#A6761D",
)
REST_COLOUR: Final = "#8C8C8C"

# Neutral tones that read on both backgrounds.
INK: Final = "#6b7280"
RIVAL_COLOUR: Final = "#B8336A"
TOTAL_COLOUR: Final = "#6b7280"
LAND: Final = "rgba(128, 128, 128, 0.16)"
BORDER: Final = "rgba(128, 128, 128, 0.55)"
GRID: Final = "rgba(128, 128, 128, 0.22)"


def group_colour(group: str) -> str:
    """The colour of a group of RECORD.md; the tone of "unspecified" for an unknown one."""
    return GROUP_COLOURS.get(group, REST_COLOUR)


def status_colour(status: str) -> str:
    """The colour of a status of RECORD.md; a neutral tone for an unknown one."""
    return STATUS_COLOURS.get(status, REST_COLOUR)


def translucent(colour: str, alpha: float) -> str:
    """A `#rrggbb` colour as CSS `rgba(...)` with the given opacity, 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {alpha:g})"
