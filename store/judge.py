"""The rules run in order over a record frame, and what they make of each claim."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from store.cached_property import cached_property
from store.claims import Claims, prepared
from store.codes import Ints, Mask, Nations
from store.copies import Families, families, repeats
from store.events import Events, at_odds, event_table, reasons, revised
from store.holding import Kind, holders
from store.keys import Parts, Plain, keyed, names, plain
from store.parts import Pairs, pairs, wholes
from store.places import Places, places
from store.tree import Forest, Nodes, counted, grown

ROLES = ("best", "support", "rival", "repeat", "revised", "running_total", "rejected")
LEFT_OUT = (
    "running_total",
    "part",
    "exceeded",
    "rival",
    "support",
    "repeat",
    "revised",
    "families",
    "rejected",
)


REJECTED = "a reviewer rejected it"
"""Why a rejected claim is left out."""


@dataclass(frozen=True)
class Ready:
    """A record frame and all about its claims that no filter changes."""

    claims: Claims
    where: Places
    pairs: Pairs
    families: Families
    plain: Plain

    @cached_property
    def nations(self) -> Nations:
        """Which nationalities hold which."""
        return Nations(self.claims.words["nationality"])


def ready(frame: pd.DataFrame) -> Ready:
    """Make a record frame (`store.frame`) ready for the rules, over whatever part of it."""
    claims = prepared(frame)
    where = places(claims)
    nations = Nations(claims.words["nationality"])
    return Ready(claims, where, pairs(claims, nations), families(claims), plain(claims, where))


@dataclass(frozen=True)
class Reconciled:
    """Claims after the rules; every view of `store.reconcile` reads from it.

    `chosen`: the places in the frame of the claims that the rules ran over, rejected ones among
    them (None: all). `rows`: those that stand, as rows of `ready.claims`, ascending; for each of
    them its `event` (a number, of `store.keys`), whether it is a `repeat` and whether it was
    `revised`. `parts`: the events that no plain key tells apart. `table`: the events of people and
    families, and running totals.
    """

    ready: Ready
    chosen: Ints | None
    rows: Ints
    event: Ints
    repeat: Mask
    revised: Mask
    parts: Parts
    table: Events

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The claims as they were given."""
        frame = self.ready.claims.frame
        return frame if self.chosen is None else frame.iloc[self.chosen]

    @property
    def best(self) -> Ints:
        """The places in the frame of the claims that events are counted with."""
        c = self.ready.claims
        return c.at[self.table.best_row[~self.running]]

    @cached_property
    def running(self) -> Mask:
        """Which events of the table are running totals."""
        return self.ready.claims.running[self.table.best_row]

    @cached_property
    def of_people(self) -> Ints:
        """The rows of the table that are nodes of the forest, in the order of the nodes."""
        c = self.ready.claims
        people = c.codes["unit"][self.table.best_row] == c.code("unit", "people")
        return np.flatnonzero(people & ~self.running)

    @cached_property
    def node_of(self) -> Ints:
        """For each event number its node; -1 where it is none."""
        node = np.full(self.parts.n_events, -1)
        node[self.table.id[self.of_people]] = np.arange(len(self.of_people))
        return node

    @cached_property
    def row_of(self) -> Ints:
        """For each event number its row in the table; -1 where it has none."""
        row = np.full(self.parts.n_events, -1)
        row[self.table.id] = np.arange(len(self.table))
        return row

    @cached_property
    def claims_of_nodes(self) -> tuple[Ints, Ints, Ints]:
        """The rows by their node, and where those of each node begin and how many they are."""
        node = self.node_of[self.event]
        rows, node = self.rows[node >= 0], node[node >= 0]
        count = np.bincount(node, minlength=len(self.of_people))
        return rows[np.argsort(node, kind="stable")], np.cumsum(count) - count, count

    @cached_property
    def nodes(self) -> Nodes:
        """The events of people."""
        c, e = self.ready.claims, self.table.take(self.of_people)
        row = e.best_row
        words = ("crossing", "group", "peoples", "demographic", "status")
        fields = {name: c.codes[name][row] for name in words}
        fields |= {
            "place": e.place,
            "origin": e.origin,
            "destination": e.destination,
            "nationality": e.nationality,
        }
        return Nodes(
            event=e.id,
            base=e.base,
            part_of=e.part_of,
            own=np.stack([e.low, e.best, e.high]),
            first=c.first[row],
            last=c.last[row],
            fields=fields,
        )

    @cached_property
    def forest(self) -> Forest:
        """The events of people as trees (`store.tree`)."""
        nodes = self.nodes
        return grown(nodes, _parents(self, nodes), lambda some: self.names(nodes.event[some]))

    @cached_property
    def counted(self) -> tuple[Mask, Mask]:
        """Which nodes are counted, and which are exceeded by their parts (`store.tree`)."""
        return counted(self.forest)

    def names(self, events: Ints) -> list[str]:
        """The keys of events in words."""
        return names(self.ready.claims, self.ready.where, self.ready.plain, self.parts, events)

    @cached_property
    def verdict(self) -> tuple[Ints, Ints]:
        """For each of `rows` its role (number of `ROLES`), and why it is left out (number of
        `LEFT_OUT`, -1 where it is counted)."""
        return _verdict(self)

    def explained(self, places: Ints) -> tuple[list[str | None], list[str]]:
        """The key of the event of each claim at these places in the frame (None for running
        totals and rejected claims), and why it has its role, in words."""
        c = self.ready.claims
        row = np.searchsorted(c.at, places)
        stands = c.at[np.minimum(row, len(c) - 1)] == places if len(c) else row < 0
        at = np.searchsorted(self.rows, row[stands])
        event = np.full(len(places), -1)
        event[stands] = np.where(c.running[row[stands]], -1, self.event[at])
        told = iter(self.reasons(at))
        return self.keys_of(event), [next(told) if one else REJECTED for one in stands.tolist()]

    def keys_of(self, events: Ints) -> list[str | None]:
        """The keys of events in words, None for -1."""
        known = events >= 0
        told = iter(self.names(events[known]))
        return [next(told) if one else None for one in known.tolist()]

    def reasons(self, at: Ints | None = None) -> list[str]:
        """Why each of `rows` (or those at these positions) has its role, in words."""
        return _reasons(self, np.arange(len(self.rows)) if at is None else at)


def narrowed(base: Ready, passes: Mask) -> Reconciled:
    """Run the rules over the rows of the frame that pass a filter (a value for each row)."""
    return rule(base, passes[base.claims.at], None if passes.all() else np.flatnonzero(passes))


def rule(base: Ready, kept: Mask | None = None, chosen: Ints | None = None) -> Reconciled:
    """Run the rules over the claims that are kept (a value for each of `base.claims`), or all."""
    c = base.claims
    kept = np.ones(len(c), dtype=bool) if kept is None else kept
    rows = np.flatnonzero(kept)
    place = base.where.of(c, kept)
    told = repeats(c, base.families, kept)
    found = wholes(c, base.where, base.pairs, place, kept)
    own = base.plain.at(base.where, place)
    keys = keyed(c, own, len(base.plain), found, told.told_by)
    gone = revised(c, keys.event, told.repeat, rows)
    table = event_table(c, keys, place, told, gone, rows)
    event = keys.event[rows]
    return Reconciled(base, chosen, rows, event, told.repeat[rows], gone[rows], keys.parts, table)


def reconcile(claims: pd.DataFrame) -> Reconciled:
    """Run the rules over a record frame (`store.frame`) or any slice of one."""
    return rule(ready(claims))


def _parents(r: Reconciled, nodes: Nodes) -> Ints:
    """What each node is part of: by the word of its report, else the nearest that holds it."""
    c = r.ready.claims
    told = nodes.part_of >= 0
    parent = np.full(len(nodes), -1)
    parent[told] = r.node_of[nodes.part_of[told]]
    f = nodes.fields
    row = r.table.best_row[r.of_people]
    kind = Kind(
        f["status"],
        f["place"],
        c.span[row],
        nodes.first,
        nodes.last,
        f["group"],
        f["peoples"],
        f["demographic"],
    )
    able = np.flatnonzero(parent < 0)
    # A part of another kind of figure holds nothing but by its report's word.
    holding = np.flatnonzero(nodes.event < r.parts.first)
    usual = {name: f[name][able] for name in ("origin", "destination", "nationality")}
    found = holders(
        c, r.ready.where, r.ready.nations, _some(kind, able), usual, _some(kind, holding)
    )
    part, whole = able[found.part], holding[found.whole]
    fits = part != whole
    # "76 patients and companions" cannot hold the 400 foreigners of the same day: a mixed
    # figure does not say which groups it is over, so its size has to.
    mixed = c.code("group", "mixed")
    fits &= (
        (f["group"][whole] != mixed)
        | (f["group"][part] == mixed)
        | (nodes.own[1][whole] >= nodes.own[1][part])
    )
    # A gate's direction may be told on one day and not on another: none holds its opposite.
    out, back = f["origin"][part], f["origin"][whole]
    fits &= (out == 0) | (back == 0) | (out == back)
    part, whole = part[fits], whole[fits]
    parent[part[::-1]] = whole[::-1]
    return parent


def _some(kind: Kind, rows: Ints) -> Kind:
    return Kind(**{name: values[rows] for name, values in vars(kind).items()})


def _verdict(r: Reconciled) -> tuple[Ints, Ints]:
    c, rows = r.ready.claims, r.rows
    event = r.event
    best = r.table.best_row[r.row_of[event]]
    is_best = best == rows
    role = np.select(
        [
            r.repeat,
            c.running[rows],
            r.revised,
            is_best,
            at_odds(c, rows, best),
        ],
        [ROLES.index(w) for w in ("repeat", "running_total", "revised", "best", "rival")],
        ROLES.index("support"),
    )
    node = r.node_of[event]
    used, exceeded = r.counted
    same = [LEFT_OUT.index(word) if word in LEFT_OUT else -1 for word in ROLES]
    why = np.array(same, dtype="int64")[role]
    families = c.codes["unit"][rows] == c.code("unit", "families")
    at = np.flatnonzero((role == ROLES.index("best")) & ~families)
    part = np.where(exceeded[node[at]], LEFT_OUT.index("exceeded"), LEFT_OUT.index("part"))
    why[at] = np.where(used[node[at]], -1, part)
    why[(role == ROLES.index("best")) & families] = LEFT_OUT.index("families")
    return role, why


def _reasons(r: Reconciled, at: Ints) -> list[str]:
    c = r.ready.claims
    in_table = r.row_of[r.event[at]]
    wanted, which = np.unique(in_table, return_inverse=True)
    told = r.table.take(wanted)
    whys = reasons(c, told)
    figures = [f"{low:,}" for low in c.low[told.best_row].tolist()]
    role, left_out = r.verdict
    said = []
    for i, kind, out in zip(which.tolist(), role[at].tolist(), left_out[at].tolist(), strict=True):
        why, figure = whys[i], figures[i]
        word = ROLES[kind]
        if word == "support":
            why = f"says what the event is counted with, {figure}"
        elif word == "rival":
            why = f"differs from {figure}, which is taken: {why}"
        elif word == "repeat":
            why = "a near copy of this report says the same"
        elif word == "revised":
            why = f"its own report gives {figure} in its place"
        elif word == "running_total":
            why = "a running total is never added to days"
        elif out == LEFT_OUT.index("part"):
            why += "; part of another figure"
        elif out == LEFT_OUT.index("exceeded"):
            why += "; its parts add up to more"
        said.append(why)
    return said
