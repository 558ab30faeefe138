"""How each country of a report stands to a figure, as features of an end of its route."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
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


def route_questions(
    context: Context,
    placed: Sequence[Placed],
    codes: Sequence[str | None],
    movements: Sequence[Movement],
) -> list[list[Features]]:
    """For each candidate figure, the features of each country in `codes`."""
    story = _story_features(context, placed, codes)
    clauses: dict[int, dict[int, int | None]] = {}
    out = []
    for candidate in context.candidates:
        index = candidate.sentence.index
        if index not in clauses:
            clauses[index] = _clause_heads(candidate.parse, candidate.sentence, placed)
        moves = movements[candidate.index]
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
    for role in _several(context, candidate, within(placed, sentence.start, sentence.end)):
        features[f"none:several={role}"] = 1.0
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
            own = _between(context, candidate, first.mention.start)
            name = "first" if first.code == code else "notfirst"
            features[f"s:{name}={role}"] = 1.0
            features[f"s:{name}={role}/{own}"] = 1.0
    for role in _several(context, candidate, here):
        features[f"s:several={role}"] = 1.0
    if not mine:
        features["s:absent"] = 1.0
        for verb in moves.verbs:
            features[f"s:absent/{verb}"] = 1.0
        for name in ("from", "to", "people"):
            if features.get(f"st:top={name}"):
                features[f"absent:top={name}/sign={moves.sign}"] = 1.0
                for verb in moves.verbs:
                    features[f"absent:top={name}/{verb}"] = 1.0
    if moves.sign != "none":
        for name in ("st:top=from", "st:top=to", "st:title"):
            if name in features:
                features[f"{name}/sign={moves.sign}"] = 1.0
    for other in within(placed, block.start, sentence.start):
        if other.code == code:
            features[f"b:{other.role}"] = 1.0
    if block.heading is not None:
        head = context.document.blocks[block.heading]
        for other in within(placed, head.start, head.end):
            if other.code == code:
                features["h:here"] = 1.0
                features[f"h:{other.role}"] = 1.0
                features[f"h:{other.role}/sign={moves.sign}"] = 1.0
    if sentence.index:
        before = context.document.sentences[sentence.index - 1]
        for other in within(placed, before.start, before.end):
            if other.code == code:
                features[f"p:{other.role}"] = 1.0
    _people_features(features, candidate, placed, code, moves)
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


@cache
def neighbours(code: str) -> frozenset[str]:
    """The countries that share a known crossing with `code`."""
    found: set[str] = set()
    for place in gazetteer().places:
        if code in place.countries:
            found.update(place.countries)
    return frozenset(found - {code})
