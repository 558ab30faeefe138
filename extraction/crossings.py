"""Through which crossing, port or airport a figure's people go: a choice among those named."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extraction.context import Candidate, Context
from extraction.evidence import Features, governors, verb_classes
from extraction.gazetteer import Place, gazetteer
from extraction.placenames import PlaceMention

_BEFORE = re.compile(
    r"\b(at|through|via|by|from|to|in|into|near|across|of|using|into|between|outside|behind|on)\s+(?:the\s+)?(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)


class CrossingOption(NamedTuple):
    """A name that a figure's `crossing` may take; None stands for not told."""

    name: str | None
    places: tuple[Place, ...]
    mentions: tuple[PlaceMention, ...]


def crossing_options(context: Context) -> list[CrossingOption]:
    """The crossings named in the report, pairs joined by "and" too, and None first."""
    by_name: dict[str, list[PlaceMention]] = {}
    for mention in context.places:
        by_name.setdefault(mention.name, []).append(mention)
    options = [CrossingOption(None, (), ())]
    for mentions in by_name.values():
        places = tuple(dict.fromkeys(m.place for m in mentions if m.place))
        options.append(CrossingOption(mentions[0].text, places, tuple(mentions)))
    text = context.document.text
    pairs: dict[str, list[PlaceMention]] = {}
    for first, second in zip(context.places, context.places[1:], strict=False):
        gap = text[first.end : second.start].lower()
        if first.name != second.name and len(gap) < 30 and re.search(r"\band\b", gap):
            pairs.setdefault(f"{first.text} and {second.text}", []).append(second)
    for name, mentions in pairs.items():
        options.append(
            CrossingOption(name, tuple(m.place for m in mentions if m.place), tuple(mentions))
        )
    return options[:24]


def crossing_features(
    context: Context,
    candidate: Candidate,
    options: Sequence[CrossingOption],
    read: Mapping[str, object],
) -> list[Features]:
    """The features of each option for one figure, in order; `read` holds its route and status."""
    status = read.get("status")
    route = read.get("route") or (None, None)
    sentence, figure = candidate.sentence, candidate.figure
    block = context.document.blocks[sentence.block]
    text = context.document.text
    counts = Counter(m.name for m in context.places)
    top = counts.most_common(1)[0][0] if counts else None
    first = context.places[0].name if context.places else None
    earlier = [m for m in context.places if m.start < sentence.start]
    verbs = [n for i, _ in governors(candidate)[:2] for n in verb_classes(candidate.parse, i)]
    named_here = {m.name for m in _within(context.places, sentence.start, sentence.end)}
    out: list[Features] = []
    for option in options:
        features: Features = {}
        if option.name is None:
            features["none"] = 1.0
            features[f"none:here={min(2, len(named_here))}"] = 1.0
            features[f"none:all={min(4, len(counts))}"] = 1.0
            features[f"none:{status}"] = 1.0
            features[f"none:{status}/here={bool(named_here)}"] = 1.0
            for verb in verbs:
                features[f"none:{verb}"] = 1.0
            out.append(features)
            continue
        joined = " and " in option.name
        own = "" if joined else option.mentions[0].name
        features["joined" if joined else "single"] = 1.0
        for place in option.places[:1]:
            features[f"kind={place.kind}"] = 1.0
        if not option.places:
            features["kind=unknown"] = 1.0
        for place in option.places[:1]:
            ends = [code for code in route if code]  # type: ignore[attr-defined]
            meets = sum(code in place.countries for code in ends)
            features[f"route={meets}of{len(ends)}/{'land' if place.country_b else 'port'}"] = 1.0
            if not place.country_b and route[0]:  # type: ignore[index]
                features[f"exit={place.country_a == route[0]}"] = 1.0  # type: ignore[index]
        features["cued"] = float(any(m.cued for m in option.mentions))
        features["uncued"] = float(not any(m.cued for m in option.mentions))
        if own == top:
            features[f"top={min(4, len(counts))}"] = 1.0
        if own == first:
            features["first"] = 1.0
        features[f"often={min(4, len(option.mentions))}"] = 1.0
        if len(counts) == 1:
            features["only"] = 1.0
        if context.report.title and option.mentions[0].text in context.report.title:
            features["title"] = 1.0
        here = [m for m in option.mentions if sentence.start <= m.start < sentence.end]
        state = "here" if here else "else" if named_here else "away"
        features[f"at={state}"] = 1.0
        features[f"at={state}/{status}"] = 1.0
        features[f"at={state}/{'joined' if joined else 'single'}"] = 1.0
        for verb in verbs:
            features[f"at={state}/{verb}"] = 1.0
        features[f"at={state}/cued={any(m.cued for m in (here or option.mentions))}"] = 1.0
        for mention in here:
            side = "+" if mention.start >= figure.end else "-"
            gap = mention.start - figure.end if side == "+" else figure.start - mention.end
            reach = "near" if gap < 25 else "mid" if gap < 80 else "far"
            features[f"here{side}{reach}"] = 1.0
            before = _BEFORE.search(text[max(0, mention.start - 30) : mention.start])
            if before:
                features[f"here:{before.group(1).lower()}"] = 1.0
            between = sum(
                1
                for other in context.candidates
                if min(figure.end, mention.end)
                <= other.figure.start
                < max(figure.start, mention.start)
            )
            features[f"here{side}between={min(2, between)}"] = 1.0
            rivals = [
                m
                for m in context.places
                if sentence.start <= m.start < sentence.end
                and m.name != option.mentions[0].name
                and abs(m.start - figure.start) < abs(mention.start - figure.start)
            ]
            features[f"here{side}rank={min(2, len(rivals))}"] = 1.0
        if any(block.start <= m.start < sentence.start for m in option.mentions):
            features["block"] = 1.0
        if earlier and earlier[-1].name == own:
            features["latest"] = 1.0
            features["latest/" + state] = 1.0
        if block.heading is not None:
            head = context.document.blocks[block.heading]
            if any(head.start <= m.start < head.end for m in option.mentions):
                features["heading"] = 1.0
        if option.mentions[0].start > sentence.end:
            features["later"] = 1.0
        out.append(features)
    return out


def _within(mentions: Sequence[PlaceMention], start: int, end: int) -> Sequence[PlaceMention]:
    low = bisect_left(mentions, start, key=lambda m: m.start)
    high = bisect_left(mentions, end, key=lambda m: m.start)
    return mentions[low:high]


def known(name: str) -> Place | None:
    """The gazetteer's place of a crossing's name, None when it has none."""
    return gazetteer().find(name)
