"""Which nationality a figure's people have: a choice among the report's peoples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extraction.context import Candidate, Context
from extraction.counted import Counted
from extraction.countries import mentions
from extraction.evidence import Features
from extraction.route import Placed, within
from extraction.thread import Thread

Codes = tuple[str, ...]

NAMING = ("phrase", "ofthem", "mostly", "from", "of", "is", "next", "nation")
SURE = ("phrase", "ofthem", "of", "is", "nation")


def nationality_options(
    candidate: Candidate, placed: Sequence[Placed], who: Counted, thread: Thread
) -> list[Codes]:
    """The sets of codes that may be the figure's nationality, () first, without doubles."""
    sentence = candidate.sentence
    options: dict[Codes, None] = {(): None}
    for links in (("phrase",), SURE, ("mostly",), NAMING):
        options[who.named(*links)] = None
    for place in within(placed, sentence.start, sentence.end):
        if place.mention.code is not None:
            options[(place.code,)] = None
    listed = _listed(candidate, placed)
    if 2 <= len(listed) <= 5:
        options[listed] = None
    for reading in thread.readings[-3:]:
        options[reading.values["nationality"]] = None  # type: ignore[index]
    for code, _ in _peoples(placed).most_common(2):
        options[(code,)] = None
    return list(options)


def _listed(candidate: Candidate, placed: Sequence[Placed]) -> Codes:
    """The peoples named from the figure to its sentence's end."""
    after = within(placed, candidate.figure.start, candidate.sentence.end)
    return tuple(sorted({p.code for p in after if p.role == "people" and p.mention.code}))


def _peoples(placed: Sequence[Placed]) -> Counter[str]:
    return Counter(p.code for p in placed if p.mention.code and p.role == "people")


def nationality_features(
    context: Context,
    candidate: Candidate,
    placed: Sequence[Placed],
    options: Sequence[Codes],
    who: Counted,
    thread: Thread,
) -> list[Features]:
    """The features of each set of codes, in order."""
    sentence, figure = candidate.sentence, candidate.figure
    named = who.named("phrase")
    noun = candidate.parse.words[candidate.noun] if candidate.noun is not None else None
    lemma = noun.lemma if noun else "none"
    story = _peoples(placed)
    top = story.most_common(1)[0][0] if story else None
    here = within(placed, sentence.start, sentence.end)
    after = [p for p in here if p.mention.start >= figure.end]
    block = context.document.blocks[sentence.block]
    kind = block.kind
    heading = context.document.blocks[block.heading] if block.heading is not None else None
    head_codes = {p.code for p in within(placed, heading.start, heading.end)} if heading else set()
    title_codes = _title_codes(context)
    sure = who.named(*SURE)
    listed = _listed(candidate, placed)
    shape = _shape(who)
    near = thread.nearness(candidate)
    last = thread.readings[-1].values["nationality"] if thread.readings else None
    actor = next((p.code for p in reversed(here) if p.mention.start < figure.start), None)
    links = {how for hows in who.links.values() for how in hows}
    out = []
    for option in options:
        features: Features = {}
        if thread.readings:
            same = "same" if option == last else "other"
            features[f"{shape}/{near}={same}"] = 1.0
        if not option:
            features["none"] = 1.0
            features[f"none:named={bool(named)}"] = 1.0
            features[f"none:n={lemma}"] = 1.0
            features[f"none:kind={kind}"] = 1.0
            features[f"none:{shape}"] = 1.0
            for kind_ in who.kinds[:2]:
                features[f"none:k={kind_}"] = 1.0
            for how in links:
                features[f"none:has={how}"] = 1.0
            features["none:various"] = float(who.various)
            features["none:ethnic"] = float(who.ethnic)
            features[f"none:parts={min(2, len(who.parts))}"] = 1.0
            out.append(features)
            continue
        features[f"size={len(option)}"] = 1.0
        if len(option) > 1 and option == listed:
            features[f"listed/parts={bool(who.parts)}"] = 1.0
        if option == named:
            features["named"] = 1.0
            features[f"named:n={lemma}"] = 1.0
        elif named:
            features["othernamed"] = 1.0
        elif sure and option != sure:
            features["othersure"] = 1.0
        code = option[0]
        hows = frozenset.intersection(*(who.links.get(c, frozenset()) for c in option))
        for how in hows:
            features[f"link={how}"] = 1.0
            features[f"link={how}/{shape}"] = 1.0
            features[f"link={how}/size={len(option)}"] = 1.0
        roles = {
            (p.role, "+" if p.mention.start >= figure.end else "-") for p in here if p.code == code
        }
        for role, side in roles:
            features[f"s:{role}{side}"] = 1.0
            features[f"s:{role}{side}/kind={kind}"] = 1.0
        if after and after[0].code == code:
            gap = after[0].mention.start - figure.end
            reach = "close" if gap < 4 else "near" if gap < 30 else "far"
            features[f"next:{after[0].role}"] = 1.0
            features[f"next:{after[0].mention.kind}/{reach}"] = 1.0
        if not roles:
            features["away"] = 1.0
            features[f"away:n={lemma}"] = 1.0
            features[f"away:{shape}"] = 1.0
        if code == actor and who.own:
            features["own"] = 1.0
        if code in head_codes:
            features["heading"] = 1.0
            features[f"heading/{shape}"] = 1.0
        if len(option) == 1 and code == top:
            features["top"] = 1.0
            features[f"top:n={lemma}"] = 1.0
            features[f"top:{shape}"] = 1.0
            features[f"top:share={round(story[code] / sum(story.values()), 1)}"] = 1.0
        if code in title_codes:
            features["title"] = 1.0
            features[f"title/{shape}"] = 1.0
        features[f"n={lemma}"] = 1.0
        out.append(features)
    return out


def _shape(who: Counted) -> str:
    """How the phrase leans on what was told before: partitive, own, others, bare or full."""
    if who.partitive:
        return "partitive"
    if who.own:
        return "own"
    if who.bare:
        return "otherbare" if who.others else "bare"
    return "full"


def _title_codes(context: Context) -> set[str]:
    return {
        m.code
        for m in mentions(context.report.title or "")
        if m.code and m.kind in ("demonym", "adjective")
    }
