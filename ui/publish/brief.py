"""What a situation brief says, as plain data: the same for its page, its Word file and its PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from extraction.record import STATUSES
from store import reconcile
from store.judge import Reconciled
from ui import cards, labels, outlines, places, safe
from ui.figures import timeline
from ui.figures.axis import NAMES, choose_freq, time_axis
from ui.figures.crossings import crossings_map
from ui.publish.footnote import Footnote, Source, footnote, numbers

MOST_ROWS: Final = 7
MOST_RIVALS: Final = 6
MOST_SOURCES: Final = 12
_QUOTE: Final = 220
_FLOWS: Final = 20

METHOD: Final = (
    "Every figure is the claim of a report, as read from it or as a reviewer corrected the "
    "reading. Claims about the same day, place, people and status are one event, counted with one "
    "best figure: the one a reviewer recommends, else the latest report's, the more exact first. "
    "A range holds every rival claim. A part is never added to its whole, a running total never "
    "to days, and crossed, expected, waiting and refused never to each other."
)


@dataclass(frozen=True, slots=True)
class Tile:
    """A headline figure: its status, the best total, its range and what stands behind it."""

    label: str
    best: str
    note: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of texts with its title."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Rival:
    """An event on which sources differ: what it is, how its best figure was chosen, who says what.

    `claims` are texts that name their source by its number.
    """

    head: str
    best: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Brief:
    """A situation brief. `quotes` are the sentences of each source, by its number."""

    title: str
    footnote: Footnote
    tiles: tuple[Tile, ...]
    charts: tuple[tuple[str, go.Figure], ...]
    grids: tuple[Grid, ...]
    rivals: tuple[Rival, ...]
    more_rivals: int
    quotes: dict[int, tuple[str, ...]]
    more_sources: int


def brief(claims: pd.DataFrame, reports: pd.DataFrame, described: str) -> Brief:
    """The brief on a record frame; `reports` is the frame of all reports, `described` the filter
    in words."""
    ruled = reconcile.reconcile(claims)
    judged = reconcile.judge(ruled)
    differing = reconcile.rivals(ruled)
    note = footnote(judged, described, reconcile.left_out_summary(judged["left_out"]), reports)
    kept = _cited(judged, differing.head(MOST_RIVALS), note.sources)
    numbered = numbers(kept)
    return Brief(
        title="Situation brief: people crossing borders",
        footnote=replace(note, sources=kept),
        tiles=_tiles(reconcile.totals(ruled), judged),
        charts=_charts(ruled),
        grids=(
            _grid("By group", "group", reconcile.totals(ruled, ["group"])),
            _grid("By nationality", "nationality", reconcile.totals(ruled, ["nationality"])),
        ),
        rivals=tuple(
            _rival(event, judged, numbered)
            for event in differing.head(MOST_RIVALS).to_dict("records")
        ),
        more_rivals=max(0, len(differing) - MOST_RIVALS),
        quotes={at: _quotes(judged, key, len(kept)) for key, at in numbered.items()},
        more_sources=len(note.sources) - len(kept),
    )


def _cited(
    judged: pd.DataFrame, differing: pd.DataFrame, found: Sequence[Source]
) -> tuple[Source, ...]:
    """The sources of the rivals that are shown and of the largest counted figures, in order."""
    shown = {key for keys in differing["record_keys"] for key in keys}
    counted = judged[judged["left_out"].isna()].sort_values("count", ascending=False)
    wanted = [*judged.loc[judged["record_key"].isin(shown), "report_key"], *counted["report_key"]]
    first = list(dict.fromkeys([*wanted, *judged["report_key"]]))[:MOST_SOURCES]
    return tuple(source for source in found if source.key in first)


def _tiles(totals: pd.DataFrame, judged: pd.DataFrame) -> tuple[Tile, ...]:
    made = []
    for status in STATUSES:
        rows = totals[(totals["status"] == status) & totals["best"].notna()]
        if rows.empty:
            made.append(Tile(labels.STATUSES[status], "–", "no figure on record"))
            continue
        total = rows.iloc[0]
        claims = labels.plural(int((judged["status"] == status).sum()), "claim")
        same = int(total["low"]) == int(total["high"])
        told = "no rival figures" if same else f"range {labels.span(total['low'], total['high'])}"
        made.append(
            Tile(labels.STATUSES[status], labels.number(total["best"]), f"{told}; {claims}")
        )
    return tuple(made)


def _charts(ruled: Reconciled) -> tuple[tuple[str, go.Figure], ...]:
    made = []
    freq = choose_freq(ruled.frame["date"])
    daily = timeline.fold(reconcile.daily(ruled, "group", freq), "group")
    daily = daily[daily["status"].isin(["crossed", "expected"])]
    if len(daily):
        marks = pd.DataFrame(columns=["date", "status", "value", "words", "event"])
        axis = time_axis(daily["date"], freq)
        figure = timeline.people(daily, marks, axis, "group", ["crossed", "expected"])
        made.append((f"People per {NAMES[freq]}: bars crossed, outlines expected", figure))
    totals = reconcile.totals(ruled, ["crossing"])
    spots = places.located(_crossed(totals[totals["crossing"].notna()]))
    spots = spots[spots["lat"].notna()]
    if len(spots):
        ways = places.located(
            _crossed(reconcile.totals(ruled, ["crossing", "origin", "destination"]))
        )
        ways = ways[ways["origin"].notna() & ways["destination"].notna()].nlargest(_FLOWS, "best")
        drawn = crossings_map(spots, ways, outlines.country_points(), "crossed")
        made.append(("Crossings by people who crossed", drawn))
    return tuple(made)


def _crossed(totals: pd.DataFrame) -> pd.DataFrame:
    return totals[(totals["status"] == "crossed") & (totals["best"].fillna(0) > 0)]


def _grid(title: str, by: str, totals: pd.DataFrame) -> Grid:
    """Crossed and expected by one field, the largest first."""
    shown = [status for status in ("crossed", "expected") if (totals["status"] == status).any()]
    known = totals[totals["best"].notna() & (totals["best"] > 0) & (totals["status"].isin(shown))]
    sizes = known.groupby(known[by].astype("object").fillna(""))["best"].max()
    order = sizes.astype("float").sort_values(ascending=False, kind="stable").index[:MOST_ROWS]
    cells = {
        (str(row["status"]), "" if labels.missing(row[by]) else str(row[by])): _ranged(row)
        for row in known.to_dict("records")
    }
    rows = tuple(
        (
            safe.plain(labels.value(by, code), 40),
            *(cells.get((status, str(code)), "–") for status in shown),
        )
        for code in order
    )
    return Grid(title, ("", *(labels.STATUSES[status] for status in shown)), rows)


def _ranged(row: dict[str, Any]) -> str:
    best, span = labels.number(row["best"]), labels.span(row["low"], row["high"])
    return best if best == span else f"{best} ({span})"


def _rival(event: dict[str, Any], judged: pd.DataFrame, numbered: dict[str, int]) -> Rival:
    where = "" if labels.missing(event["crossing"]) else f", {event['crossing']}"
    status = labels.STATUSES[str(event["status"])].lower()
    rows = judged[judged["record_key"].isin(event["record_keys"])].sort_values(["count", "start"])
    told = dict.fromkeys(
        f"{cards.figure(row)}, {safe.plain(cards.speaker(row), 60)} "
        f"[{numbered.get(row['report_key'], '–')}]"
        for row in rows.to_dict("records")
    )
    return Rival(
        safe.plain(f"{cards.days(event)}{where}: {cards.people(event)}, {status}", 160),
        f"{labels.span(event['low'], event['high'])}; best {labels.number(event['best'])}, "
        f"{safe.plain(event['best_reason'], 160)}",
        tuple(told)[:5],
    )


def _quotes(judged: pd.DataFrame, report_key: str, among: int) -> tuple[str, ...]:
    """The sentences of the source's largest counted figures, three where there are few sources."""
    rows = judged[judged["report_key"] == report_key]
    rows = rows.assign(out=rows["left_out"].notna())
    rows = rows.sort_values(["out", "count", "start"], ascending=[True, False, True])
    most = 3 if among <= MOST_SOURCES // 2 else 1
    return tuple(safe.plain(text, _QUOTE) for text in rows["sentence"].drop_duplicates().head(most))
