"""Where a figure's people leave from and where they enter: a choice among the report's countries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from extraction.context import Candidate, Context
from extraction.countries import mentions
from extraction.document import Sentence
from extraction.evidence import Features
from extraction.gazetteer import gazetteer
from extraction.movement import Movement, movement
from extraction.parsing import Parse
from extraction.placenames import PlaceMention
from extraction.roles import Placed, role_of, within
from extraction.thread import Reading

Route = tuple[str | None, str | None]
MOST_ENDS = 8  # countries weighed at each end
MOST_CODES = 14  # countries of a report, by how often it names them
_STORY_ROLES = ("from", "to", "in", "people", "adjective", "actor", "takes", "sends", "label")


def route_candidates(placed: Sequence[Placed]) -> list[str | None]:
    """The countries a figure of this report may leave or enter; None stands for not told."""
    seen = Counter(p.code for p in placed)
    return [None, *(code for code, _ in seen.most_common(MOST_CODES))]


def route_questions(
    context: Context, placed: Sequence[Placed], codes: Sequence[str | None]
) -> list[list[Features]]:
    """For each candidate figure, the features of each country in `codes`."""
    story = _story_features(context, placed, codes)
    clauses: dict[int, dict[int, int | None]] = {}
    out = []
    for candidate in context.candidates:
        index = candidate.sentence.index
        if index not in clauses:
            clauses[index] = _clause_heads(candidate.parse, candidate.sentence, placed)
        moves = movement(candidate)
        out.append(
            [
                _none_features(context, candidate, placed, moves)
                if code is None
                else _code_features(
                    context, candidate, placed, code, story[code], moves, clauses[index]
                )
                for code in codes
            ]
        )
    return out


def _clause_heads(
    tree: Parse, sentence: Sentence, placed: Sequence[Placed]
) -> dict[int, int | None]:
    """For each mention of a sentence, by offset, the verb of its clause."""
    heads: dict[int, int | None] = {}
    for other in within(placed, sentence.start, sentence.end):
        index = tree.at(other.mention.start)
        head = None
        while index is not None:
            word = tree.words[index]
            if word.pos == "VERB":
                head = index
                break
            index = word.head if word.head != word.index else None
        heads[other.mention.start] = head
    return heads


def _story_features(
    context: Context, placed: Sequence[Placed], codes: Sequence[str | None]
) -> dict[str, Features]:
    total = Counter(p.code for p in placed)
    roles = Counter((p.code, p.role) for p in placed)
    best = {
        role: Counter({c: n for (c, r), n in roles.items() if r == role}).most_common(1)
        for role in _STORY_ROLES
    }
    title = context.report.title or ""
    heads = [(role_of(title, m), m.code or m.home) for m in mentions(title)]
    order = [c for c, _ in total.most_common()]
    leaving = best["from"][0][0] if best["from"] else None
    near = _neighbours(leaving) if leaving else frozenset()
    out: dict[str, Features] = {}
    for code in codes:
        if code is None:
            continue
        features: Features = {"st:share": round(total[code] / max(1, len(placed)), 2)}
        features[f"st:rank={min(3, order.index(code))}"] = 1.0
        for role, top in best.items():
            if top and top[0][0] == code:
                features[f"st:top={role}"] = 1.0
            if roles[(code, role)]:
                features[f"st:has={role}"] = 1.0
        for role, head in heads:
            if head == code:
                features[f"st:title={role}"] = 1.0
                features["st:title"] = 1.0
        if code in near:
            features["st:near"] = 1.0
        out[code] = features
    return out


def counted_people(candidate: Candidate, placed: Sequence[Placed]) -> tuple[str, ...]:
    """Codes of the people named as what the figure counts: "31 Austrians", "Syrian refugees"."""
    words = candidate.parse.words
    if candidate.noun is None:
        return ()
    noun = words[candidate.noun]
    low = candidate.figure.start if noun.start >= candidate.figure.start else noun.start
    found = [
        p.code
        for p in within(placed, low, noun.end)
        if p.mention.kind in ("demonym", "adjective", "ethnic")
    ]
    return tuple(dict.fromkeys(found))


def _none_features(
    context: Context, candidate: Candidate, placed: Sequence[Placed], moves: Movement
) -> Features:
    features: Features = {"none": 1.0}
    for verb in moves.verbs:
        features[f"none:{verb}"] = 1.0
    features[f"none:sign={moves.sign}"] = 1.0
    sentence = candidate.sentence
    here = {p.role for p in within(placed, sentence.start, sentence.end)}
    for role in here:
        features[f"none:s={role}"] = 1.0
    if not here:
        features["none:s=nothing"] = 1.0
    for role in ("from", "to"):
        features[f"none:{role}s={min(3, len({p.code for p in placed if p.role == role}))}"] = 1.0
    if context.document.blocks[sentence.block].kind in ("row", "bullet"):
        features["none:listed"] = 1.0
    return features


def _code_features(
    context: Context,
    candidate: Candidate,
    placed: Sequence[Placed],
    code: str,
    story: Features,
    moves: Movement,
    heads: Mapping[int, int | None],
) -> Features:
    features: Features = dict(story)
    sentence, figure = candidate.sentence, candidate.figure
    block = context.document.blocks[sentence.block]
    here = within(placed, sentence.start, sentence.end)
    mine = [p for p in here if p.code == code]
    for other in mine:
        start = other.mention.start
        side = "+" if start >= figure.end else "-"
        clause = "g" if heads.get(start) is not None and heads[start] == moves.head else "x"
        features[f"s:{other.role}"] = 1.0
        features[f"s{side}{other.role}"] = 1.0
        features[f"{clause}:{other.role}"] = 1.0
        between = _between(context, candidate, start)
        features[f"s{side}{other.role}/{between}"] = 1.0
        if abs(start - figure.end) <= 50:
            features[f"s:near{side}{other.role}"] = 1.0
        for verb in moves.verbs:
            features[f"s:{other.role}/{verb}"] = 1.0
            features[f"{clause}:{other.role}/{verb}"] = 1.0
    for role in ("from", "to", "in"):
        first = next((p for p in here if p.role == role and p.mention.start >= figure.end), None)
        if first is not None:
            features[f"s:{'first' if first.code == code else 'notfirst'}={role}"] = 1.0
    if not mine:
        features["s:absent"] = 1.0
        for verb in moves.verbs:
            features[f"s:absent/{verb}"] = 1.0
        for name in ("from", "to", "people"):
            if features.get(f"st:top={name}"):
                features[f"absent:top={name}/sign={moves.sign}"] = 1.0
                for verb in moves.verbs:
                    features[f"absent:top={name}/{verb}"] = 1.0
    for other in within(placed, block.start, sentence.start):
        if other.code == code:
            features[f"b:{other.role}"] = 1.0
    if block.heading is not None:
        head = context.document.blocks[block.heading]
        for other in within(placed, head.start, head.end):
            if other.code == code:
                features["h:here"] = 1.0
                features[f"h:{other.role}"] = 1.0
    if sentence.index:
        before = context.document.sentences[sentence.index - 1]
        for other in within(placed, before.start, before.end):
            if other.code == code:
                features[f"p:{other.role}"] = 1.0
    _people_features(features, candidate, placed, code, moves)
    return features


def _between(context: Context, candidate: Candidate, start: int) -> str:
    """Whether another figure stands between a mention and the candidate."""
    step = 1 if start >= candidate.figure.end else -1
    position = candidate.index + step
    if not 0 <= position < len(context.candidates):
        return "own"
    other = context.candidates[position].figure
    if step > 0:
        return "own" if other.start > start else "past"
    return "own" if other.start < start else "past"


def _people_features(
    features: Features,
    candidate: Candidate,
    placed: Sequence[Placed],
    code: str,
    moves: Movement,
) -> None:
    """How a country stands to the people counted, by what they do."""
    people = counted_people(candidate, placed)
    if people:
        match = "is" if code in people else "not"
        features[f"people:{match}"] = 1.0
        features[f"people:{match}/sign={moves.sign}"] = 1.0
        for verb in moves.verbs:
            features[f"people:{match}/{verb}"] = 1.0
        for name in ("from", "to", "people"):
            if features.get(f"st:top={name}"):
                features[f"people:{match}/top={name}"] = 1.0
    lowered = candidate.sentence.text.lower()
    if " home" in lowered or " back" in lowered or "return" in lowered:
        for name in [k for k in features if k.startswith(("people:", "st:top=people", "s:to"))][:6]:
            features[f"home/{name}"] = 1.0


def route_options(
    candidate: Candidate,
    codes: Sequence[str | None],
    rows: Sequence[Features],
    nationality: Sequence[str],
    status: str,
    gates: Sequence[PlaceMention] = (),
    earlier: Sequence[Reading] = (),
) -> tuple[list[Route], list[tuple[Features, ...]]]:
    """The pairs of origin and destination that a figure may have, with their features.

    A pair's features are those of its two ends and what they are to each other, to the
    crossings named (`gates`) and to the routes of `earlier` figures.
    """
    order = sorted(range(len(codes)), key=lambda i: -_weight(rows[i]))[:MOST_ENDS]
    if codes and 0 not in order:
        order.append(0)
    moves = movement(candidate)
    ends = [_end_features(codes[i], rows[i], nationality, status, moves) for i in order]
    told = _Told(candidate, moves, gates, earlier)
    known: dict[tuple[str, ...], Features] = {}
    routes: list[Route] = []
    out: list[tuple[Features, ...]] = []
    for i, (left, _) in zip(order, ends, strict=True):
        for j, (_, right) in zip(order, ends, strict=True):
            origin, destination = codes[i], codes[j]
            if i == j and origin is not None:
                continue
            names = told.names(origin, destination)
            if names not in known:
                known[names] = dict.fromkeys(names, 1.0)
            routes.append((origin, destination))
            out.append((left, right, known[names]))
    return routes, out


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


class _Told:
    """What a report tells of a pair of countries as such, as names of features."""

    def __init__(
        self,
        candidate: Candidate,
        moves: Movement,
        gates: Sequence[PlaceMention],
        earlier: Sequence[Reading],
    ) -> None:
        sentence = candidate.sentence
        borders = [
            (m, frozenset(m.place.countries)) for m in gates if m.place and m.place.country_b
        ]
        self._here = {b for m, b in borders if sentence.start <= m.start < sentence.end}
        most = Counter(b for _, b in borders).most_common(1)
        self._most = most[0][0] if most else None
        self._routes: list[Route] = [r.values["route"] for r in earlier if r.values.get("route")]  # type: ignore[misc]
        self._alike: Route | None = None
        self._unlike: Route | None = None
        for reading in reversed(earlier):
            route: Route = reading.values.get("route")  # type: ignore[assignment]
            if route is None or moves.sign == "none":
                continue
            sign = movement(reading.candidate).sign
            if sign == moves.sign:
                self._alike = self._alike or route
            elif sign != "none":
                self._unlike = self._unlike or route

    def names(self, origin: str | None, destination: str | None) -> tuple[str, ...]:
        """The features of one pair."""
        if origin is None or destination is None:
            return (
                f"both:{'none' if origin is destination else 'one'}",
                *self._against(origin, destination),
            )
        pair = frozenset((origin, destination))
        out = ["both:near" if destination in _neighbours(origin) else "both:apart"]
        if self._here:
            out.append(f"both:gate={pair in self._here}")
        elif self._most:
            out.append(f"both:most={pair == self._most}")
        return (*out, *self._against(origin, destination))

    def _against(self, origin: str | None, destination: str | None) -> list[str]:
        out = []
        if self._routes:
            last, first = self._routes[-1], self._routes[0]
            for name, (a, b) in (("last", last), ("first", first)):
                if (b, a) == (origin, destination):
                    out.append(f"both:{name}=reverse")
                elif a == origin:
                    out.append(f"both:{name}=origin")
                elif b == destination:
                    out.append(f"both:{name}=destination")
        for name, route in (("alike", self._alike), ("unlike", self._unlike)):
            if route is not None:
                if route == (origin, destination):
                    out.append(f"both:{name}=same")
                elif route == (destination, origin):
                    out.append(f"both:{name}=reverse")
        return out


def _weight(row: Features) -> float:
    """How much a country is spoken of around a figure: a cut before the models look."""
    near = sum(1.0 for name in row if name.startswith(("s:", "b:", "p:", "h:", "people:is")))
    return (
        row.get("st:share", 0.0) * 4
        + min(near, 12) * 0.2
        + (1.0 if "st:title" in row else 0.0)
        + (9.0 if "none" in row else 0.0)
    )


@cache
def _neighbours(code: str) -> frozenset[str]:
    """The countries that share a known crossing with `code`."""
    found = set()
    for place in gazetteer().places:
        if code in place.countries:
            found.update(place.countries)
    return frozenset(found - {code})
