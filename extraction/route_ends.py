"""How each country of a report stands to a figure, as features of an end of its route."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from extraction.context import Candidate, Context
from extraction.countries import mentions
from extraction.document import Sentence
from extraction.evidence import Features
from extraction.gazetteer import gazetteer
from extraction.movement import Movement
from extraction.parsing import Parse
from extraction.roles import Placed, role_of, within

MOST_CODES = 14  # countries of a report, by how often it names them
_STORY_ROLES = ("from", "to", "in", "people", "adjective", "actor", "takes", "sends", "label")


def route_candidates(placed: Sequence[Placed]) -> list[str | None]:
    """The countries a figure of this report may leave or enter; None stands for not told."""
    seen: Counter[str] = Counter()
    for p in placed:
        seen[p.code] += 1 if p.role in ("people", "adjective", "desk") else 2
    return [None, *(code for code, _ in seen.most_common(MOST_CODES))]


class EndFeatures:
    """The features of each country of a report for each of its figures, made when asked."""

    def __init__(
        self,
        context: Context,
        placed: Sequence[Placed],
        codes: Sequence[str | None],
    ) -> None:
        """`codes` are the countries weighed, None for not told among them."""
        self._context = context
        self._placed = placed
        self._codes = codes
        self._story = _story_features(context, placed, codes)
        self._clauses: dict[int, dict[int, int | None]] = {}
        self._ends = {
            role: min(3, len({p.code for p in placed if p.role == role})) for role in ("from", "to")
        }

    def of(self, candidate: Candidate, moves: Movement) -> list[Features]:
        """One row of features for each of the report's codes, in order."""
        index = candidate.sentence.index
        if index not in self._clauses:
            self._clauses[index] = _clause_heads(candidate.parse, candidate.sentence, self._placed)
        view = _view(self._context, candidate, self._placed, moves, self._clauses[index])
        return [
            self._none_features(view)
            if code is None
            else _code_features(view, code, self._story[code])
            for code in self._codes
        ]

    def _none_features(self, view: _View) -> Features:
        features: Features = {"none": 1.0, f"none:sign={view.sign}": 1.0}
        for verb in view.moves.verbs:
            features[f"none:{verb}"] = 1.0
        for role in {p.role for p in view.here} or ("nothing",):
            features[f"none:s={role}"] = 1.0
        for role, count in self._ends.items():
            features[f"none:{role}s={count}"] = 1.0
        for role in view.several:
            features[f"none:several={role}"] = 1.0
        if view.listed:
            features["none:listed"] = 1.0
        return features


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
    near = neighbours(leaving) if leaving else frozenset()
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


@dataclass(frozen=True, slots=True)
class _View:
    """What all countries of a report share when they are weighed for one figure."""

    candidate: Candidate
    moves: Movement
    sign: str
    heads: Mapping[int, int | None]
    here: Sequence[Placed]
    around: tuple[tuple[str, Sequence[Placed]], ...]  # block, heading and sentence before
    firsts: tuple[tuple[str, str, str], ...]  # role, code and place of the next such mention
    several: Sequence[str]
    people: Sequence[str]
    listed: bool


def _view(
    context: Context,
    candidate: Candidate,
    placed: Sequence[Placed],
    moves: Movement,
    heads: Mapping[int, int | None],
) -> _View:
    sentence, document = candidate.sentence, context.document
    block = document.blocks[sentence.block]
    here = within(placed, sentence.start, sentence.end)
    around = [("b", within(placed, block.start, sentence.start))]
    if block.heading is not None:
        head = document.blocks[block.heading]
        around.append(("h", within(placed, head.start, head.end)))
    if sentence.index:
        before = document.sentences[sentence.index - 1]
        around.append(("p", within(placed, before.start, before.end)))
    firsts = []
    for role in ("from", "to", "in"):
        for other in here:
            if other.role == role and other.mention.start >= candidate.figure.end:
                firsts.append((role, other.code, _between(context, candidate, other.mention.start)))
                break
    return _View(
        candidate,
        moves,
        moves.sign,
        heads,
        here,
        tuple(around),
        tuple(firsts),
        _several(context, candidate, here),
        counted_people(candidate, placed),
        block.kind in ("row", "bullet"),
    )


def _code_features(view: _View, code: str, story: Features) -> Features:
    features: Features = dict(story)
    figure, moves = view.candidate.figure, view.moves
    absent = True
    for other in view.here:
        if other.code != code:
            continue
        absent = False
        start, role = other.mention.start, other.role
        side = "+" if start >= figure.end else "-"
        verb_above = view.heads.get(start)
        clause = "g" if verb_above is not None and verb_above == moves.head else "x"
        features[f"s:{role}"] = 1.0
        features[f"s{side}{role}"] = 1.0
        features[f"{clause}:{role}"] = 1.0
        for verb in moves.verbs:
            features[f"s:{role}/{verb}"] = 1.0
            features[f"{clause}:{role}/{verb}"] = 1.0
    for role, first, own in view.firsts:
        name = "first" if first == code else "notfirst"
        features[f"s:{name}={role}"] = 1.0
        features[f"s:{name}={role}/{own}"] = 1.0
    for role in view.several:
        features[f"s:several={role}"] = 1.0
    if absent:
        features["s:absent"] = 1.0
        for verb in moves.verbs:
            features[f"s:absent/{verb}"] = 1.0
        for name in ("from", "to", "people"):
            if f"st:top={name}" in features:
                features[f"absent:top={name}/sign={view.sign}"] = 1.0
                for verb in moves.verbs:
                    features[f"absent:top={name}/{verb}"] = 1.0
    if view.sign != "none":
        for name in ("st:top=from", "st:top=to", "st:title"):
            if name in features:
                features[f"{name}/sign={view.sign}"] = 1.0
    for where, found in view.around:
        for other in found:
            if other.code == code:
                features[f"{where}:{other.role}"] = 1.0
                if where == "h":
                    features["h:here"] = 1.0
                    features[f"h:{other.role}/sign={view.sign}"] = 1.0
    if view.people:
        _people_features(features, view, code)
    return features


def _between(context: Context, candidate: Candidate, start: int) -> str:
    """Whether a mention is the candidate's own, as far as the figures beside it tell.

    "past" has another figure in between; "taken" stands before the candidate, behind another.
    """
    step = 1 if start >= candidate.figure.end else -1
    position = candidate.index + step
    if not 0 <= position < len(context.candidates):
        return "own"
    other = context.candidates[position]
    if other.sentence.index != candidate.sentence.index:
        return "own"
    if step > 0:
        return "own" if other.figure.start > start else "past"
    return "taken" if other.figure.start < start else "past"


def _several(context: Context, candidate: Candidate, here: Sequence[Placed]) -> list[str]:
    """The ends for which the figure's own stretch of the sentence names several countries."""
    return [
        role
        for role in ("from", "to")
        if len(
            {
                p.code
                for p in here
                if p.role == role
                and p.mention.start >= candidate.figure.end
                and _between(context, candidate, p.mention.start) == "own"
            }
        )
        > 1
    ]


def _people_features(features: Features, view: _View, code: str) -> None:
    """How a country stands to the people counted, by what they do."""
    match = "is" if code in view.people else "not"
    features[f"people:{match}"] = 1.0
    features[f"people:{match}/sign={view.sign}"] = 1.0
    for verb in view.moves.verbs:
        features[f"people:{match}/{verb}"] = 1.0
    for name in ("from", "to", "people"):
        if f"st:top={name}" in features:
            features[f"people:{match}/top={name}"] = 1.0


@cache
def neighbours(code: str) -> frozenset[str]:
    """The countries that share a known crossing with `code`."""
    found: set[str] = set()
    for place in gazetteer().places:
        if code in place.countries:
            found.update(place.countries)
    return frozenset(found - {code})
