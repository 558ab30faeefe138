"""Where a figure's people leave from and what they enter: a choice of the report's countries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extraction.context import Candidate, Context
from extraction.evidence import Features
from extraction.movement import Movement, movement
from extraction.roles import Placed, within
from extraction.route_ends import EndFeatures, neighbours, route_candidates
from extraction.thread import Reading

Route = tuple[str | None, str | None]
MOST_ENDS = 8  # countries weighed at each end
_NEAR = frozenset(
    f"{where}{role}"
    for where in ("s:", "s+", "s-", "b:", "p:", "h:")
    for role in ("from", "to", "in", "takes", "sends", "label", "other", "ground", "via")
) | {"s:people", "people:is", "h:here", "b:people", "p:people"}


class RouteChoice:
    """The routes open to the figures of one report."""

    def __init__(self, context: Context, placed: Sequence[Placed]) -> None:
        """Look the report over once: its countries, main routes, borders and movements."""
        self._context = context
        self._movements: dict[int, Movement] = {}
        self._codes = route_candidates(placed)
        self._ends = EndFeatures(context, placed, self._codes)
        self._pairs = _Pairs(_votes(context, placed))
        self._borders = [
            (m.start, frozenset(m.place.countries))
            for m in context.places
            if m.place and m.place.country_b
        ]

    def options(
        self,
        candidate: Candidate,
        nationality: Sequence[str],
        status: str,
        earlier: Sequence[Reading],
    ) -> tuple[list[Route], list[tuple[Features, ...]]]:
        """The pairs of origin and destination that a figure may have, with their features.

        A pair's features are those of its two ends and what they are to each other, to the
        crossings named, to the report's main routes and to those of `earlier` figures.
        """
        codes, moves = self._codes, self._moves(candidate)
        rows = self._ends.of(candidate, moves)
        before = {code for r in earlier for code in r.values.get("route") or ()}  # type: ignore[attr-defined]
        weights = [
            _weight(row) + (1.0 if code is not None and code in before else 0.0)
            for code, row in zip(codes, rows, strict=True)
        ]
        order = sorted(range(len(codes)), key=lambda i: -weights[i])[:MOST_ENDS]
        ends = [_end_features(codes[i], rows[i], nationality, status, moves) for i in order]
        told = self._told(candidate, moves, nationality, earlier)
        known: dict[tuple[str, ...], Features] = {}
        routes: list[Route] = []
        out: list[tuple[Features, ...]] = []
        for i, (left, _) in zip(order, ends, strict=True):
            for j, (_, right) in zip(order, ends, strict=True):
                if i == j and codes[i] is not None:
                    continue
                names = told.names(codes[i], codes[j])
                if names not in known:
                    known[names] = dict.fromkeys(names, 1.0)
                routes.append((codes[i], codes[j]))
                out.append((left, right, known[names]))
        return routes, out

    def _moves(self, candidate: Candidate) -> Movement:
        if candidate.index not in self._movements:
            self._movements[candidate.index] = movement(candidate)
        return self._movements[candidate.index]

    def _told(
        self,
        candidate: Candidate,
        moves: Movement,
        nationality: Sequence[str],
        earlier: Sequence[Reading],
    ) -> _Told:
        sentence = candidate.sentence
        told = _Told(self._pairs)
        told.here = {b for at, b in self._borders if sentence.start <= at < sentence.end}
        most = Counter(b for _, b in self._borders).most_common(1)
        told.most = most[0][0] if most else None
        for reading in reversed(earlier):
            route: Route = reading.values.get("route")  # type: ignore[assignment]
            sign = self._moves(reading.candidate).sign
            if told.last is None:
                told.last = route
                if "none" not in (sign, moves.sign):
                    told.turn = "alike" if sign == moves.sign else "turned"
            people = reading.values.get("nationality") or ()
            if moves.sign != "none" and sign != "none":
                told.note("alike" if sign == moves.sign else "unlike", route)
            if nationality and people:
                told.note("kin" if people == tuple(nationality) else "strange", route)
        return told


def _votes(context: Context, placed: Sequence[Placed]) -> Counter[Route]:
    """How many sentences of the report tell of each route, by the roles of their countries."""
    votes: Counter[Route] = Counter()
    for sentence in context.document.sentences:
        here = within(placed, sentence.start, sentence.end)
        # Sorted: of routes told equally often the first is the main one, whatever the hash seed.
        for left in sorted({p.code for p in here if p.role in ("from", "sends")}):
            for right in sorted({p.code for p in here if p.role in ("to", "takes")}):
                if left != right:
                    votes[left, right] += 1
    return votes


def _end_features(
    code: str | None,
    row: Features,
    nationality: Sequence[str],
    status: str,
    moves: Movement,
) -> tuple[Features, Features]:
    """A country's features as an origin and as a destination."""
    parts = []
    for side in ("o", "d"):
        part = {f"{side}:{k}": v for k, v in row.items()}
        part[f"{side}:{'none' if code is None else 'some'}/{status}"] = 1.0
        if nationality and code is not None:
            same = code in nationality
            part[f"{side}:nat={same}"] = 1.0
            part[f"{side}:nat={same}/{status}"] = 1.0
            part[f"{side}:nat={same}/sign={moves.sign}"] = 1.0
            for verb in moves.verbs:
                part[f"{side}:nat={same}/{verb}"] = 1.0
        parts.append(part)
    return parts[0], parts[1]


class _Pairs:
    """What a report tells of a pair of countries, whatever the figure, as names of features."""

    def __init__(self, votes: Counter[Route]) -> None:
        self._votes = votes
        self._main = votes.most_common(1)[0][0] if votes else None
        self._known: dict[Route, tuple[tuple[str, ...], frozenset[str] | None]] = {}

    def of(self, pair: Route) -> tuple[tuple[str, ...], frozenset[str] | None]:
        """The pair's names, and the border between the two, None where one is not told."""
        if pair not in self._known:
            self._known[pair] = self._named(pair)
        return self._known[pair]

    def _named(self, pair: Route) -> tuple[tuple[str, ...], frozenset[str] | None]:
        origin, destination = pair
        if origin is None or destination is None:
            return ("both:none" if origin is destination else "both:one",), None
        out = ["both:near" if destination in neighbours(origin) else "both:apart"]
        if self._main is not None:
            if pair == self._main:
                out.append("both:main")
            elif pair == self._main[::-1]:
                out.append("both:main=reverse")
            if self._votes[pair]:
                out.append("both:voted")
        return tuple(out), frozenset((origin, destination))


class _Told:
    """What is told of a pair of countries beside one figure, as names of features."""

    def __init__(self, pairs: _Pairs) -> None:
        self.here: set[frozenset[str]] = set()
        self.most: frozenset[str] | None = None
        self.last: Route | None = None
        self.turn = ""
        self._noted: dict[str, Route] = {}
        self._pairs = pairs

    def note(self, name: str, route: Route) -> None:
        """Keep the route of the nearest earlier figure that stands in a relation to this one."""
        self._noted.setdefault(name, route)

    def names(self, origin: str | None, destination: str | None) -> tuple[str, ...]:
        """The features of one pair."""
        pair = (origin, destination)
        names, border = self._pairs.of(pair)
        out = list(names)
        if border is not None:
            if self.here:
                out.append(f"both:gate={border in self.here}")
            elif self.most:
                out.append(f"both:most={border == self.most}")
        if self.last is not None:
            if self.turn:
                kind = {self.last: "same", self.last[::-1]: "reverse"}.get(pair, "other")
                out.append(f"both:{self.turn}={kind}")
            if self.last[::-1] == pair:
                out.append("both:last=reverse")
            elif self.last[0] == origin:
                out.append("both:last=origin")
            elif self.last[1] == destination:
                out.append("both:last=destination")
        for name, route in self._noted.items():
            if route == pair:
                out.append(f"both:{name}=same")
            elif route[::-1] == pair:
                out.append(f"both:{name}=reverse")
        return tuple(out)


def _weight(row: Features) -> float:
    """How much a country is spoken of around a figure: a cut before the models look."""
    near = sum(0.2 for name in row if name in _NEAR)
    return (
        row.get("st:share", 0.0) * 4
        + min(near, 2.4)
        + (1.0 if "st:title" in row else 0.0)
        + (9.0 if "none" in row else 0.0)
    )
