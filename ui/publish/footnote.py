"""What stands under all that leaves: filter, date of the data, what was left out, sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import pandas as pd

from ui import cards, labels

MOST_SOURCES: Final = 30


@dataclass(frozen=True, slots=True)
class Source:
    """A report behind figures: its title (else its file's name), who published it, when, where."""

    title: str
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    key: str = ""

    def __str__(self) -> str:
        parts = [self.title]
        if self.publisher:
            parts.append(self.publisher)
        if self.published:
            parts.append(labels.day(self.published))
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Footnote:
    """`described`: the filter in words; `sources` in order; `left_out`: what no total counts, in
    words; `days`: first and last day of the figures; `as_of`: when the last report came in, UTC;
    `reading`: how the chart is read."""

    described: str
    sources: tuple[Source, ...]
    left_out: str = ""
    days: tuple[date | None, date | None] = (None, None)
    as_of: datetime | None = None
    reading: str = ""

    def told(self) -> list[str]:
        """All but the sources, as lines of plain text."""
        out = [self.reading] if self.reading else []
        out += [
            f"Filter: {self.described.removeprefix('no filter') or 'none'}.",
            f"{self.dated()} Crossing Ledger.",
        ]
        return [*out, f"{self.left_out}."] if self.left_out else out

    def lines(self, most: int = MOST_SOURCES) -> list[str]:
        """The footnote as lines of plain text, with at most so many sources."""
        return self.told() + self.cited(most)

    def cited(self, most: int = MOST_SOURCES) -> list[str]:
        """The numbered sources, and how many more there are."""
        out = ["Sources:"] if self.sources else []
        out += [f"[{at}] {source}" for at, source in enumerate(self.sources[:most], 1)]
        if len(self.sources) > most:
            out.append(f"and {len(self.sources) - most} more, in the rows.")
        return out

    def in_one(self, most: int = MOST_SOURCES) -> str:
        """The numbered sources in one run of text, for where there is no room for a list."""
        if not self.sources:
            return ""
        named = "; ".join(f"[{at}] {one}" for at, one in enumerate(self.sources[:most], 1))
        more = len(self.sources) - most
        return f"Sources: {named}{f'; and {more} more, in the rows' if more > 0 else ''}."

    def dated(self) -> str:
        """The days that the figures are of, and the date of the data."""
        told = f"Figures of {labels.period(*self.days)}." if any(self.days) else ""
        if self.as_of is None:
            return told
        return f"{told} Data as of {labels.day(self.as_of)}, when the last report came in.".strip()


def footnote(
    claims: pd.DataFrame,
    described: str,
    left_out: str,
    reports: pd.DataFrame,
    reading: str = "",
) -> Footnote:
    """The footnote for these claims; `reports` is the frame of all reports (`Store.reports`)."""
    days = claims["date"].dropna()
    span = (days.min().date(), days.max().date()) if len(days) else (None, None)
    added = reports["added_at"].dropna()
    as_of = added.max().to_pydatetime() if len(added) else None
    return Footnote(described, sources(claims, reports), left_out, span, as_of, reading)


def sources(claims: pd.DataFrame, reports: pd.DataFrame) -> tuple[Source, ...]:
    """The reports behind claims, each once, oldest first."""
    links = dict(zip(reports["key"], reports["url"], strict=True))
    rows = claims.drop_duplicates("report_key")
    rows = rows.sort_values(["published", "report_key"], na_position="last")
    named = rows[["report_key", "title", "article", "publisher", "published"]]
    return tuple(_source(row, links.get(row["report_key"])) for row in named.to_dict("records"))


def _source(row: dict[str, Any], url: Any) -> Source:
    published = None if labels.missing(row["published"]) else row["published"].date()
    publisher = None if labels.missing(row["publisher"]) else str(row["publisher"])
    link = None if labels.missing(url) else str(url)
    return Source(cards.report_name(row), publisher, published, link, str(row["report_key"]))


def numbers(found: Sequence[Source]) -> dict[str, int]:
    """The number of each source by its report's key."""
    return {source.key: at for at, source in enumerate(found, 1)}
