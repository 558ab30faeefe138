"""Where a figure's people leave from and where they enter: a choice among the report's countries."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extraction.context import Candidate, Context
from extraction.countries import Mention
from extraction.evidence import Features, governors, verb_classes
from extraction.gazetteer import gazetteer

Route = tuple[str | None, str | None]
MOST_ENDS = 8  # countries weighed at each end

PEOPLE = {"demonym", "ethnic"}

_FROM = re.compile(
    r"(?:\bfrom|\bout of|\bleav\w+|\bleft|\bfle[ed]\w*|\bescap\w+|\bquit\w*|\bevacuat\w+|\bexit\w*|"
    r"\bside of|\bbordering|\bdepart\w*|\baway from|\babandon\w*|\binside)\s+(?:[\w’'-]+\s+){0,2}?$",
    re.IGNORECASE,
)
_TO = re.compile(
    r"(?:\bto|\binto|\bentered|\benter(?:ing|s)?|\breach\w*|\bfor|\btowards?|\barriv\w+ in|\bonto|"
    r"\bland(?:ed|ing)? in|\bback in|\bhome to|\bacross to|\bover to|\bseen|\bjoin\w*)\s+(?:[\w’'-]+\s+){0,2}?$",
    re.IGNORECASE,
)
_IN = re.compile(
    r"\b(?:in|at|on|across|through|via|near|off)\s+(?:[\w’'-]+\s+){0,2}?$", re.IGNORECASE
)
_AFTER_ACTOR = re.compile(
    r"\s*(?:[’']s?\s|\s(?:said|says|has|have|had|will|sent|took|let|opened|closed|plans|received|admitted|hosts|expelled|deported|is|was)\b)"
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention of a country or people with the role its words give it."""

    mention: Mention
    code: str
    role: str  # from, to, in, people, actor, other


def placed_countries(context: Context) -> tuple[Placed, ...]:
    """Every mention that stands for a country, in order, with its role."""
    text = context.document.text
    out = []
    for mention in context.countries:
        code = mention.code or mention.home
        if code is None:
            continue
        out.append(Placed(mention, code, _role(text, mention)))
    return tuple(out)


def _role(text: str, mention: Mention) -> str:
    if mention.kind in PEOPLE:
        return "people"
    before = text[max(0, mention.start - 32) : mention.start]
    after = text[mention.end : mention.end + 14]
    if mention.kind == "adjective":
        return (
            "people"
            if re.match(
                r"\s+(?:nationals?|citizens?|people|refugees|migrants|students|workers|families|passport|civilians|children|women|men)\b|\s*[,.;)]|\s+and\b",
                after,
            )
            else "adjective"
        )
    for name, pattern in (("from", _FROM), ("to", _TO), ("in", _IN)):
        if pattern.search(before):
            return name
    if _AFTER_ACTOR.match(after):
        return "actor"
    return "other"


def route_candidates(placed: Sequence[Placed]) -> list[str | None]:
    """The countries a figure of this report may leave or enter; None stands for not told."""
    seen = Counter(p.code for p in placed)
    return [None, *(code for code, _ in seen.most_common(14))]


def route_questions(
    context: Context, placed: Sequence[Placed], codes: Sequence[str | None]
) -> list[list[Features]]:
    """For each candidate figure, the features of each country in `codes`."""
    story = _story_features(context, placed, codes)
    out = []
    for candidate in context.candidates:
        verbs = _verbs(candidate)
        out.append(
            [
                _none_features(context, candidate, placed, verbs)
                if code is None
                else _code_features(context, candidate, placed, code, story[code], verbs)
                for code in codes
            ]
        )
    return out


def _verbs(candidate: Candidate) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for index, _ in governors(candidate)[:2]:
        for name in verb_classes(candidate.parse, index):
            if name in ("leave", "enter", "return", "carry", "expel", "cross", "wait", "refuse"):
                names[name] = None
    return tuple(names) or ("none",)


def _story_features(
    context: Context, placed: Sequence[Placed], codes: Sequence[str | None]
) -> dict[str, Features]:
    total = Counter(p.code for p in placed)
    roles = Counter((p.code, p.role) for p in placed)
    best = {
        role: Counter({c: n for (c, r), n in roles.items() if r == role}).most_common(1)
        for role in ("from", "to", "in", "people", "adjective", "actor")
    }
    title = context.report.title or ""
    out: dict[str, Features] = {}
    order = [c for c, _ in total.most_common()]
    from extraction.countries import mentions

    heads = [(m, m.code or m.home) for m in mentions(title)]
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
        for mention, head in heads:
            if head == code:
                features[f"st:title={_role(title, mention)}"] = 1.0
                features["st:title"] = 1.0
        first = placed[0] if placed else None
        if first and first.code == code and first.mention.start < 40:
            features["st:dateline"] = 1.0
        out[code] = features
    return out


def within(placed: Sequence[Placed], start: int, end: int) -> Sequence[Placed]:
    """The mentions that begin in [start, end)."""
    low = bisect_left(placed, start, key=lambda p: p.mention.start)
    high = bisect_left(placed, end, key=lambda p: p.mention.start)
    return placed[low:high]


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
    context: Context, candidate: Candidate, placed: Sequence[Placed], verbs: tuple[str, ...]
) -> Features:
    features: Features = {"none": 1.0}
    for verb in verbs:
        features[f"none:{verb}"] = 1.0
    sentence = candidate.sentence
    here = {p.role for p in within(placed, sentence.start, sentence.end)}
    for role in here:
        features[f"none:s={role}"] = 1.0
    if not here:
        features["none:s=nothing"] = 1.0
    tos = len({p.code for p in placed if p.role == "to"})
    features[f"none:tos={min(3, tos)}"] = 1.0
    froms = len({p.code for p in placed if p.role == "from"})
    features[f"none:froms={min(3, froms)}"] = 1.0
    if context.document.blocks[sentence.block].kind in ("row", "bullet"):
        features["none:listed"] = 1.0
    return features


def _code_features(
    context: Context,
    candidate: Candidate,
    placed: Sequence[Placed],
    code: str,
    story: Features,
    verbs: tuple[str, ...],
) -> Features:
    features: Features = dict(story)
    sentence, figure = candidate.sentence, candidate.figure
    block = context.document.blocks[sentence.block]
    nearest: tuple[int, str] | None = None
    for other in within(placed, sentence.start, sentence.end):
        if other.code != code:
            continue
        side = "+" if other.mention.start >= figure.end else "-"
        features[f"s:{other.role}"] = 1.0
        features[f"s{side}{other.role}"] = 1.0
        gap = abs(other.mention.start - figure.end)
        if gap <= 50:
            features[f"s:near{side}{other.role}"] = 1.0
        if nearest is None or gap < nearest[0]:
            nearest = (gap, other.role)
        for verb in verbs:
            features[f"s:{other.role}/{verb}"] = 1.0
    after = [p for p in within(placed, figure.end, sentence.end)]
    for role in ("from", "to", "in"):
        first = next((p for p in after if p.role == role), None)
        if first is not None and first.code == code:
            features[f"s:first={role}"] = 1.0
        elif first is not None:
            features[f"s:notfirst={role}"] = 1.0
    if nearest is None:
        features["s:absent"] = 1.0
        for verb in verbs:
            features[f"s:absent/{verb}"] = 1.0
        for name in ("from", "to", "people"):
            if features.get(f"st:top={name}"):
                for verb in verbs:
                    features[f"absent:top={name}/{verb}"] = 1.0
    for other in within(placed, block.start, sentence.start):
        if other.code == code:
            features[f"b:{other.role}"] = 1.0
    if block.heading is not None:
        head = context.document.blocks[block.heading]
        if any(p.code == code for p in within(placed, head.start, head.end)):
            features["h:here"] = 1.0
    if sentence.index:
        before = context.document.sentences[sentence.index - 1]
        for other in within(placed, before.start, before.end):
            if other.code == code:
                features[f"p:{other.role}"] = 1.0
    people = counted_people(candidate, placed)
    if people:
        match = "is" if code in people else "not"
        features[f"people:{match}"] = 1.0
        for verb in verbs:
            features[f"people:{match}/{verb}"] = 1.0
        for name in ("from", "to", "people"):
            if features.get(f"st:top={name}"):
                features[f"people:{match}/top={name}"] = 1.0
    lowered = sentence.text.lower()
    if " home" in lowered or " back" in lowered or "return" in lowered:
        for name in [k for k in features if k.startswith(("people:", "st:top=people", "s:to"))][:6]:
            features[f"home/{name}"] = 1.0
    return features


def route_options(
    candidate: Candidate,
    codes: Sequence[str | None],
    rows: Sequence[Features],
    nationality: Sequence[str],
    status: str,
) -> tuple[list[Route], list[tuple[Features, ...]]]:
    """The pairs of origin and destination that a figure may have, with their features.

    A pair's features are those of its two ends and what they are to each other.
    """
    order = sorted(range(len(codes)), key=lambda i: -_weight(rows[i]))[:MOST_ENDS]
    if codes and 0 not in order:
        order.append(0)
    routes: list[Route] = []
    out: list[tuple[Features, ...]] = []
    ends = []
    for i in order:
        parts = []
        for side in ("o", "d"):
            part = {f"{side}:{k}": v for k, v in rows[i].items()}
            part[f"{side}:{'none' if codes[i] is None else 'some'}/{status}"] = 1.0
            if nationality and codes[i] is not None:
                part[f"{side}:nat={codes[i] in nationality}"] = 1.0
                part[f"{side}:nat={codes[i] in nationality}/{status}"] = 1.0
            parts.append(part)
        ends.append(parts)
    together: dict[str, Features] = {
        n: {f"both:{n}": 1.0} for n in ("none", "near", "apart", "one")
    }
    for i, (left, _) in zip(order, ends, strict=True):
        for j, (_, right) in zip(order, ends, strict=True):
            origin, destination = codes[i], codes[j]
            if i == j and origin is not None:
                continue
            if origin is None or destination is None:
                kind = "none" if origin is destination else "one"
            else:
                kind = "near" if destination in _neighbours(origin) else "apart"
            routes.append((origin, destination))
            out.append((left, right, together[kind]))
    return routes, out


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
