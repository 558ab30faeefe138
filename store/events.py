"""Rules 2 and 3: what the claims about one thing say together, and which is its best figure."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from store.claims import NO_DAY, Claims
from store.codes import Floats, Ints, Mask, dense, n_distinct, order_by, pack, starts
from store.copies import Repeats
from store.keys import Keyed

ABOUT = 0.1
"""Two figures of which one is "about" are at odds only when they are further apart than this."""

USUAL = ("origin", "destination", "nationality")
"""Fields of an event that its key does not hold: the value that most of its claims state."""


@dataclass(frozen=True)
class Events:
    """One row an event, by ascending event number (`id`, of `store.keys`).

    `best_row`: the claim that it is counted with; its fields are the event's: `base`, its plain
    key, `part_of`, the event that it is part of (-1: none), its `place`, whether it is
    `recommended`, and the claim that says why (`reason`, -1: none). `rival_row`: the
    next that says another figure (-1: none). `low`, `best`, `high`: low <= best <= high.
    `low_open` and `high_open`: some claim says "at most", "at least". `conflict`: claims differ.
    `n_claims`, `n_sources`, `n_reports`, `n_places`: standing claims, voices, reports without and
    with their near copies. `origin`, `destination`, `nationality`: numbers of the words that most
    claims state, the first in the alphabet of equals. `best_voices`, `rival_voices`: how many
    voices state these figures. `revising`: a claim was taken back by its own report.
    """

    id: Ints
    best_row: Ints
    base: Ints
    part_of: Ints
    place: Ints
    recommended: Mask
    reason: Ints
    rival_row: Ints
    low: Ints
    best: Ints
    high: Ints
    low_open: Mask
    high_open: Mask
    conflict: Mask
    n_claims: Ints
    n_sources: Ints
    n_reports: Ints
    n_places: Ints
    origin: Ints
    destination: Ints
    nationality: Ints
    best_voices: Ints
    rival_voices: Ints
    revising: Mask

    def __len__(self) -> int:
        return len(self.id)

    def take(self, rows: Ints | Mask) -> Events:
        """Some of the events."""
        return Events(**{one.name: getattr(self, one.name)[rows] for one in fields(self)})

    def joined(self, other: Events) -> Events:
        """These events and others, in the order of their numbers."""
        if not len(other):
            return self
        both = {
            one.name: np.concatenate([getattr(self, one.name), getattr(other, one.name)])
            for one in fields(self)
        }
        return Events(**both).take(np.argsort(both["id"], kind="stable"))


def revised(c: Claims, event: Ints, repeat: Mask, rows: Ints) -> Mask:
    """Whether each claim is taken back by its own report, which gives another of the event."""
    gone = np.zeros(len(c), dtype=bool)
    told = rows[c.taken_back[rows]]
    if not len(told):
        return gone
    open_ = np.zeros(len(c.reports), dtype=bool)
    open_[c.report[told]] = True
    rows = rows[open_[c.report[rows]]]
    ids, kinds = dense(pack((event[rows], int(event.max()) + 1), (c.report[rows], len(c.reports))))
    lowest = np.full(len(kinds), np.iinfo(np.int64).max)
    highest = np.full(len(kinds), -1)
    np.minimum.at(lowest, ids, c.low[rows])
    np.maximum.at(highest, ids, c.low[rows])
    taken = c.taken_back[rows] & (highest > lowest)[ids]
    # Where every figure of the event is called earlier, there is none that replaces it.
    stands = np.zeros(len(kinds), dtype=bool)
    stands[ids[~taken & ~repeat[rows]]] = True
    gone[rows] = taken & stands[ids]
    return gone


def event_table(c: Claims, k: Keyed, place: Ints, told: Repeats, gone: Mask, rows: Ints) -> Events:
    """The events of the claims in these rows (ascending); `gone` is of `revised`."""
    found = _table(c, k, told, gone, rows)
    best = found.best_row
    return replace(
        found,
        base=k.plain[best],
        part_of=k.part_of[best],
        place=place[best],
        recommended=told.recommended[best],
        reason=told.reason[best],
    )


def _table(c: Claims, k: Keyed, told: Repeats, gone: Mask, rows: Ints) -> Events:
    event = k.event
    standing = rows[~told.repeat[rows] & ~gone[rows]]
    n_events = k.parts.n_events
    number = np.full(n_events, -1)
    present = np.zeros(n_events, dtype=bool)
    present[event[standing]] = True
    ids = np.flatnonzero(present)
    number[ids] = np.arange(len(ids))
    mine = number[event[standing]]
    n_claims = np.bincount(mine, minlength=len(ids))
    row = np.empty(len(ids), dtype="int64")
    row[mine] = standing
    of_all = number[event[rows]]
    listed = of_all >= 0
    one = np.ones(len(ids), dtype="int64")
    revising = np.zeros(len(ids), dtype=bool)
    turned = number[event[rows[gone[rows]]]]
    revising[turned[turned >= 0]] = True
    alone = Events(
        id=ids,
        best_row=row,
        base=row,
        part_of=row,
        place=row,
        recommended=revising,
        reason=row,
        rival_row=-one,
        low=c.low[row],
        best=c.low[row],
        high=c.high[row],
        low_open=c.codes["qualifier"][row] == c.code("qualifier", "at_most"),
        high_open=c.codes["qualifier"][row] == c.code("qualifier", "at_least"),
        conflict=np.zeros(len(ids), dtype=bool),
        n_claims=n_claims,
        n_sources=one,
        n_reports=one,
        n_places=one,
        origin=c.codes["origin"][row],
        destination=c.codes["destination"][row],
        nationality=c.codes["nationality"][row],
        best_voices=one,
        rival_voices=-one,
        revising=revising,
    )
    several = n_claims > 1
    n_all = np.bincount(of_all[listed], minlength=len(ids))
    copied = n_all > 1
    if not copied.any():
        return alone
    some = rows[listed][copied[of_all[listed]]]
    n_places = one.copy()
    n_places[copied] = n_distinct(number[event[some]], c.report[some], len(ids))[copied]
    alone = replace(alone, n_places=n_places)
    if not several.any():
        return alone
    rows_of = standing[several[mine]]
    together = _together(c, event, told, rows_of, alone.take(several))
    return alone.take(~several).joined(together)


def _together(c: Claims, event: Ints, told: Repeats, rows: Ints, e: Events) -> Events:
    """The events that several claims tell of (`rows`), with what these say together."""
    group = np.searchsorted(e.id, event[rows])
    order, voices = _ranked(c, told, rows, group)
    rows, group, voices = rows[order], group[order], voices[order]
    begin = starts(group)
    size = np.diff(np.r_[begin, len(rows)])
    best = rows[begin]
    low, high = c.low[rows], c.high[rows]
    other = (low != np.repeat(low[begin], size)) | (high != np.repeat(high[begin], size))
    at = np.where(other, np.arange(len(rows)), len(rows))
    rival = np.minimum.reduceat(at, begin)
    none = rival == len(rows)
    rival[none] = 0
    word = c.codes["qualifier"][rows]
    said = {name: word == c.code("qualifier", name) for name in ("at_most", "at_least")}
    usual = {name: _usual(c.codes[name][rows], group, begin) for name in USUAL}
    return replace(
        e,
        best_row=best,
        rival_row=np.where(none, -1, rows[rival]),
        low=np.minimum.reduceat(low, begin),
        best=c.low[best],
        high=np.maximum.reduceat(high, begin),
        low_open=np.logical_or.reduceat(said["at_most"], begin),
        high_open=np.logical_or.reduceat(said["at_least"], begin),
        conflict=_conflicts(c, rows, group, len(e)),
        n_sources=n_distinct(group, c.voice[rows], len(e)),
        n_reports=n_distinct(group, c.lead[rows], len(e)),
        best_voices=voices[begin],
        rival_voices=np.where(none, -1, voices[rival]),
        origin=usual["origin"],
        destination=usual["destination"],
        nationality=usual["nationality"],
    )


def _ranked(c: Claims, told: Repeats, rows: Ints, group: Ints) -> tuple[Ints, Ints]:
    """The order of the claims that may be an event's best, best first within each event (rule 3),
    and how many voices state each claim's figure.

    A reviewer's recommendation, else the latest report's figure. Within a report: the exact one
    (then "about", then "at least" and "at most"), then what more voices state, then what is told
    first. Between reports of one day: the more exact, then what more voices state, then the
    lower. The last keys only fix the order of claims that say the same.
    """
    low, high, exact, line = c.low[rows], c.high[rows], c.exactness[rows], c.line[rows]
    report = c.report[rows]
    figure, kinds = dense(
        pack((group, int(group.max()) + 1), (dense(low)[0], len(rows)), (dense(high)[0], len(rows)))
    )
    voices = n_distinct(figure, c.voice[rows], len(kinds))[figure]
    # Its rank within its report.
    inside = order_by(group, report, exact, -voices, line)
    begin = starts(pack((group[inside], int(group.max()) + 1), (report[inside], len(c.reports))))
    size = np.diff(np.r_[begin, len(rows)])
    rank = np.empty(len(rows), dtype="int64")
    rank[inside] = np.arange(len(rows)) - np.repeat(begin, size)
    chosen = ~told.recommended[rows]
    latest = -c.published[rows]
    return order_by(group, chosen, latest, rank, exact, -voices, low, high, line), voices


def _conflicts(c: Claims, rows: Ints, group: Ints, n: int) -> Mask:
    """Whether two voices, or one in two reports, say what cannot both be true, for each event."""
    lowest, highest = reach(c, rows)
    said, kinds = dense(
        pack((group, n), (c.voice[rows], c.n_voices), (c.lead[rows], len(c.reports)))
    )
    least, most = np.full(len(kinds), np.inf), np.full(len(kinds), -np.inf)
    np.minimum.at(least, said, lowest)
    np.maximum.at(most, said, highest)
    of = np.empty(len(kinds), dtype="int64")
    of[said] = group
    top, bottom = np.full(n, -np.inf), np.full(n, np.inf)
    np.maximum.at(top, of, least)
    np.minimum.at(bottom, of, most)
    conflict: Mask = top > bottom
    return conflict


def reach(c: Claims, rows: Ints) -> tuple[Floats, Floats]:
    """The least and the most that the words of the claims in these rows allow."""
    word = c.codes["qualifier"][rows]
    about = word == c.code("qualifier", "about")
    lowest = c.low[rows] * (1 - ABOUT * about)
    highest = c.high[rows] * (1 + ABOUT * about)
    return (
        np.where(word == c.code("qualifier", "at_most"), 0.0, lowest),
        np.where(word == c.code("qualifier", "at_least"), np.inf, highest),
    )


def at_odds(c: Claims, claims: Ints, others: Ints) -> Mask:
    """Whether each claim says other than the one beside it in `others` (both rows)."""
    lowest, highest = reach(c, claims)
    other_lowest, other_highest = reach(c, others)
    odds: Mask = np.maximum(lowest, other_lowest) > np.minimum(highest, other_highest)
    return odds


def _usual(codes: Ints, group: Ints, begin: Ints) -> Ints:
    """The word that most claims of each event state (rows event by event), 0 where none does."""
    most = np.maximum.reduceat(codes, begin)
    stated = np.where(codes > 0, codes, np.iinfo(np.int64).max)
    least = np.minimum.reduceat(stated, begin)
    differ = (least < most)[group] & (codes > 0)
    if not differ.any():
        return most
    size = int(codes.max()) + 1
    pairs, counts = np.unique(group[differ] * size + codes[differ], return_counts=True)
    order = order_by(pairs // size, -counts, pairs % size)
    pairs = pairs[order]
    first = pairs[starts(pairs // size)]
    most[first // size] = first % size
    return most


def reasons(c: Claims, e: Events) -> list[str]:
    """Why the best claim of each event is the best: what first sets it apart from the next."""
    best, rival = e.best_row, e.rival_row
    alone = rival < 0
    day, other_day = c.published[best], c.published[rival]
    later = ~alone & (day != NO_DAY) & ((other_day == NO_DAY) | (day > other_day))
    told_by = (
        e.recommended,
        alone & e.revising,
        alone & (e.n_claims == 1),
        alone,
        later,
        ~alone & (c.exactness[best] < c.exactness[rival]),
        ~alone & (e.best_voices > e.rival_voices),
        ~alone & (c.report[best] == c.report[rival]),
    )
    which = np.select(told_by, range(len(told_by)), len(told_by))
    words = [_REASONS[i] for i in which.tolist()]
    for i in np.flatnonzero(which == 0).tolist():
        row = int(e.reason[i])
        why = str(c.frame["recommended_reason"].iloc[c.at[row]]) if row >= 0 else ""
        words[i] += why
    later_rows = np.flatnonzero(which == 4)
    stated = np.datetime_as_string(day[later_rows].astype("datetime64[D]")).tolist()
    for i, date in zip(later_rows.tolist(), stated, strict=True):
        words[i] += date
    return words


_REASONS = (
    "recommended by a reviewer: ",
    "it revises an earlier figure",
    "the only claim",
    "all claims agree",
    "from the latest report, of ",
    "the more exact figure",
    "stated by more sources",
    "told first in its report",
    "nothing sets the claims apart: the lower is taken",
)
