"""Who is counted: nationality, group and demographic of a figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from extraction.context import Candidate, Context
from extraction.evidence import Features
from extraction.roles import Placed, within
from extraction.route_ends import counted_people

Codes = tuple[str, ...]


def nationality_options(
    candidate: Candidate, placed: Sequence[Placed], earlier: Sequence[Codes]
) -> list[Codes]:
    """The sets of codes that may be the figure's nationality, () first, without doubles."""
    named = counted_people(candidate, placed)
    sentence = candidate.sentence
    near = [
        p.code for p in within(placed, sentence.start, sentence.end) if p.mention.code is not None
    ]
    story = Counter(p.code for p in placed if p.mention.code and p.role == "people")
    options: dict[Codes, None] = {(): None}
    if named:
        options[tuple(sorted(named))] = None
    for code in near:
        options[(code,)] = None
    if len(set(named)) < len(near) <= 4:
        pair = tuple(
            sorted(
                {
                    p.code
                    for p in within(placed, candidate.figure.start, sentence.end)
                    if p.role == "people" and p.mention.code
                }
            )
        )
        if 2 <= len(pair) <= 3:
            options[pair] = None
    for codes in earlier:
        options[codes] = None
    for code, _ in story.most_common(2):
        options[(code,)] = None
    return list(options)


def nationality_features(
    context: Context,
    candidate: Candidate,
    placed: Sequence[Placed],
    options: Sequence[Codes],
) -> list[Features]:
    """The features of each set of codes, in order."""
    sentence, figure = candidate.sentence, candidate.figure
    named = tuple(sorted(counted_people(candidate, placed)))
    noun = candidate.parse.words[candidate.noun] if candidate.noun is not None else None
    story = Counter(p.code for p in placed if p.mention.code and p.role == "people")
    top = story.most_common(1)[0][0] if story else None
    here = within(placed, sentence.start, sentence.end)
    after = [p for p in here if p.mention.start >= figure.end]
    block = context.document.blocks[sentence.block]
    kind = block.kind
    heading = context.document.blocks[block.heading] if block.heading is not None else None
    head_codes = {p.code for p in within(placed, heading.start, heading.end)} if heading else set()
    row_first = here[0].code if here and here[0].mention.start - sentence.start < 30 else None
    lemma = noun.lemma if noun else "none"
    title_codes = _title_codes(context)
    out = []
    for option in options:
        features: Features = {}
        if not option:
            features["none"] = 1.0
            features[f"none:named={bool(named)}"] = 1.0
            features[f"none:n={lemma}"] = 1.0
            features[f"none:kind={kind}"] = 1.0
            out.append(features)
            continue
        features[f"size={len(option)}"] = 1.0
        if option == named:
            features["named"] = 1.0
            features[f"named:n={lemma}"] = 1.0
        elif named:
            features["othernamed"] = 1.0
        code = option[0]
        roles = {
            (p.role, "+" if p.mention.start >= figure.end else "-") for p in here if p.code == code
        }
        for role, side in roles:
            features[f"s:{role}{side}"] = 1.0
            features[f"s:{role}{side}/kind={kind}"] = 1.0
        if after and after[0].code == code:
            gap = after[0].mention.start - figure.end
            features[f"next:{after[0].role}"] = 1.0
            features[
                f"next:{after[0].mention.kind}/{'close' if gap < 4 else 'near' if gap < 30 else 'far'}"
            ] = 1.0
        if not roles:
            features["away"] = 1.0
            features[f"away:n={lemma}"] = 1.0
        if row_first == code and len(option) == 1:
            features[f"rowfirst/{kind}"] = 1.0
            features[
                f"rowfirst/{kind}/{'opens' if here[0].mention.start == sentence.start else 'in'}"
            ] = 1.0
        if code in head_codes:
            features["heading"] = 1.0
        if len(option) == 1 and code == top:
            features["top"] = 1.0
            features[f"top:n={lemma}"] = 1.0
            features[f"top:share={round(story[code] / sum(story.values()), 1)}"] = 1.0
        if code in title_codes:
            features["title"] = 1.0
        features[f"n={lemma}"] = 1.0
        out.append(features)
    return out


def _title_codes(context: Context) -> set[str]:
    from extraction.countries import mentions

    return {
        m.code
        for m in mentions(context.report.title or "")
        if m.code and m.kind in ("demonym", "adjective")
    }


def group_features(evidence: Features, read: Mapping[str, object]) -> Features:
    """The evidence with how the people counted stand to the route: own country, abroad."""
    nationality = read.get("nationality") or ()
    origin, destination = read.get("route") or (None, None)  # type: ignore[misc]
    out = {k: v for k, v in evidence.items() if k[:2] not in ("r:", "p:")}
    if not nationality:
        relation = "none"
    elif len(nationality) > 1:  # type: ignore[arg-type]
        relation = "several"
    elif nationality[0] == origin:  # type: ignore[index]
        relation = "origin"
    elif nationality[0] == destination:  # type: ignore[index]
        relation = "destination"
    else:
        relation = "third"
    out[f"rel={relation}"] = 1.0
    for key in (
        "n:person",
        "n:foreign_national",
        "n:resident",
        "n:none",
        "n:family",
        "n:returnee",
        "n:child",
        "n:unknown",
    ):
        if key in evidence:
            out[f"rel={relation}/{key}"] = 1.0
    for key in (
        "s:return",
        "v:return",
        "v:expel",
        "v:leave",
        "v:enter",
        "v:carry",
        "s:expel",
        "s:leave",
        "q:home",
        "v:wait",
    ):
        if key in evidence:
            out[f"rel={relation}/{key}"] = 1.0
    out[f"status={read.get('status')}"] = 1.0
    out[f"rel={relation}/scope={read.get('scope')}"] = 1.0
    if origin is None:
        out["origin=none"] = 1.0
    if destination is None:
        out["destination=none"] = 1.0
    return out
