"""Which nationality a figure's people have: a choice among the report's peoples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extraction.context import Candidate, Context
from extraction.counted import Counted
from extraction.countries import mentions
from extraction.evidence import Features
from extraction.movement import movement
from extraction.roles import Placed, within
from extraction.thread import Thread

Codes = tuple[str, ...]

NAMING = ("phrase", "ofthem", "mostly", "from", "of", "is", "next", "nation", "native", "own")
SURE = ("phrase", "ofthem", "of", "is", "nation", "own")


class Peoples:
    """What a report tells of peoples, gathered once: how often each is named, with how many
    figures, in the title; and which way each figure's people go."""

    def __init__(self, context: Context, placed: Sequence[Placed]) -> None:
        """`placed` are the report's countries and peoples with their roles."""
        self.placed = placed
        self.named = Counter(p.code for p in placed if p.mention.code and p.role == "people")
        self.counted: Counter[str] = Counter()
        for candidate in context.candidates:
            if candidate.noun is not None:
                end = candidate.parse.words[candidate.noun].end
                for place in within(placed, candidate.figure.end, end):
                    if place.role == "people" and place.mention.code:
                        self.counted[place.code] += 1
        self.title = {
            m.code
            for m in mentions(context.report.title or "")
            if m.code and m.kind in ("demonym", "adjective")
        }
        self._ways: dict[int, str] = {}

    def way(self, candidate: Candidate) -> str:
        """In, out, back, other or none, by the words around the figure."""
        if candidate.index not in self._ways:
            self._ways[candidate.index] = movement(candidate).sign
        return self._ways[candidate.index]


def nationality_options(
    candidate: Candidate, peoples: Peoples, who: Counted, thread: Thread
) -> list[Codes]:
    """The sets of codes that may be the figure's nationality, () first, without doubles."""
    sentence = candidate.sentence
    options: dict[Codes, None] = {(): None}
    for links in (("phrase",), SURE, ("mostly",), ("parts",), NAMING):
        options[who.named(*links)] = None
    for place in within(peoples.placed, sentence.start, sentence.end):
        if place.mention.code is not None:
            options[(place.code,)] = None
    listed = _listed(candidate, peoples.placed)
    if 2 <= len(listed) <= 5 and len(who.named("phrase")) != 1:
        options[listed] = None
    for reading in thread.readings[-3:]:
        options[reading.values["nationality"]] = None  # type: ignore[index]
    for code, _ in peoples.named.most_common(2):
        options[(code,)] = None
    return list(options)


def _listed(candidate: Candidate, placed: Sequence[Placed]) -> Codes:
    """The peoples named from the figure to its sentence's end."""
    after = within(placed, candidate.figure.start, candidate.sentence.end)
    return tuple(sorted({p.code for p in after if p.role == "people" and p.mention.code}))


def nationality_features(
    context: Context,
    candidate: Candidate,
    peoples: Peoples,
    options: Sequence[Codes],
    who: Counted,
    thread: Thread,
) -> list[Features]:
    """The features of each set of codes, in order."""
    sentence, figure = candidate.sentence, candidate.figure
    named = who.named("phrase")
    kind_ = who.kinds[0] if who.kinds else "none"
    placed = peoples.placed
    story = peoples.named
    top = story.most_common(1)[0][0] if story else None
    here = within(placed, sentence.start, sentence.end)
    after = [p for p in here if p.mention.start >= figure.end]
    block = context.document.blocks[sentence.block]
    kind = block.kind
    heading = context.document.blocks[block.heading] if block.heading is not None else None
    head_codes = {p.code for p in within(placed, heading.start, heading.end)} if heading else set()
    sure = who.named(*SURE)
    listed = _listed(candidate, placed)
    shape = _shape(who)
    near = thread.nearness(candidate)
    last = thread.readings[-1].values["nationality"] if thread.readings else None
    counting = peoples.counted
    most = counting.most_common(1)[0][0] if counting else None
    way = peoples.way(candidate)
    ways = {r.values["nationality"]: peoples.way(r.candidate) for r in thread.readings[-12:]}
    links = {how for hows in who.links.values() for how in hows}
    out = []
    for option in options:
        features: Features = {}
        if thread.readings:
            same = "same" if option == last else "other"
            what = "code" if option else "none"
            features[f"{what}/{shape}/{near}={same}"] = 1.0
            features[f"{what}/{near}={same}"] = 1.0
            features[f"{what}/{shape}={same}"] = 1.0
            if option in ways:
                features[f"{what}/way={'same' if ways[option] == way else 'other'}"] = 1.0
                if "none" not in (way, ways[option]):
                    features[f"{what}/way={way}{'=' if ways[option] == way else '!'}"] = 1.0
        if not option:
            features["none"] = 1.0
            features[f"none:named={bool(named)}"] = 1.0
            features[f"none:kind={kind}"] = 1.0
            features[f"none:{shape}"] = 1.0
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
            features[f"named:k={kind_}"] = 1.0
        elif named:
            features["othernamed"] = 1.0
        if option == sure:
            features["sure"] = 1.0
            out.append(features)  # whatever else the sentence says of them weighs nothing
            continue
        if sure:
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
            features[f"away:k={kind_}"] = 1.0
            features[f"away:{shape}"] = 1.0
        if code in head_codes:
            features["heading"] = 1.0
            features[f"heading/{shape}"] = 1.0
        if len(option) == 1 and code == top:
            features["top"] = 1.0
            features[f"top:{shape}"] = 1.0
            features[f"top:share={round(story[code] / sum(story.values()), 1)}"] = 1.0
        if len(option) == 1 and counting[code]:
            features[f"counting/{shape}"] = round(counting[code] / counting.total(), 1)
            if code == most:
                features[f"counting=most/{shape}"] = 1.0
        if code in peoples.title:
            features["title"] = 1.0
            features[f"title/{shape}"] = 1.0
        out.append(features)
    return out


def _shape(who: Counted) -> str:
    """How the phrase leans on what was told before: partitive, own, others, bare or full."""
    if who.named(*SURE):
        return "told"
    if who.named("native"):
        return "native"
    if who.partitive:
        return "partitive"
    if who.own:
        return "own"
    if who.bare:
        bare = "people" if who.kinds else "bare"
        return f"other{bare}" if who.others else bare
    return "full"
