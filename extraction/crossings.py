"""Through which crossing, port or airport a figure's people go: a choice among those named."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from extraction.columns import heads_column
from extraction.context import Candidate, Context
from extraction.evidence import Features
from extraction.gazetteer import Place
from extraction.lexicon import classes
from extraction.movement import movement
from extraction.placenames import PlaceMention
from extraction.thread import Reading

MOST_OPTIONS = 24  # names weighed in one report
MOST_HEADS = 8  # names above a table row that may head its columns
# The head of a figure's column is to it what "through Torkham" right behind it is in prose.
_AS_NEXT = {"here+near": 1.0, "here:at": 1.0, "here+between=0": 1.0, "here+rank=0": 1.0}
_NEAR, _MID = 25, 80  # characters between a figure and a name
_BEFORE = re.compile(
    r"\b(at|through|via|by|from|to|in|into|near|across|of|using|between|outside|behind|on|off)"
    r"\s+(?:the\s+)?(?:\w{1,30}\s+){0,2}$",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"(?:\s\([^()\n]{1,30}\))?(?:['’]s)?[^.;\n]{0,16},? and (?:[a-z\d,]{1,12} ){0,2}",
    re.IGNORECASE,
)


class CrossingOption(NamedTuple):
    """A name that a figure's `crossing` may take; None stands for not told."""

    name: str | None
    places: tuple[Place, ...]
    mentions: tuple[PlaceMention, ...]
    joined: bool = False


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
        if first.name != second.name and _JOINED.fullmatch(text, first.end, second.start):
            pairs.setdefault(f"{first.text} and {second.text}", []).append(second)
    for name, mentions in pairs.items():
        places = tuple(m.place for m in mentions if m.place)
        options.append(CrossingOption(name, places, tuple(mentions), joined=True))
    return options[:MOST_OPTIONS]


class CrossingChoice:
    """The crossings open to the figures of one report."""

    def __init__(self, context: Context) -> None:
        """Look over the names once: how often and where each stands."""
        self._context = context
        self.options = crossing_options(context)
        self._starts = [c.figure.start for c in context.candidates]  # in order of the text
        self._counts = Counter(m.name for m in context.places)
        top = self._counts.most_common(1)
        self._top = top[0][0] if top else None
        self._first = context.places[0].name if context.places else None

    @property
    def names(self) -> list[str | None]:
        """The options' names, in order."""
        return [option.name for option in self.options]

    def features(
        self, candidate: Candidate, read: Mapping[str, object], earlier: Sequence[Reading]
    ) -> list[tuple[Features, ...]]:
        """The features of each option for one figure, in order.

        `read` holds the figure's route and status; each option's features come in parts.
        """
        places = self._context.places
        sentence = candidate.sentence
        status = str(read.get("status"))
        verbs = movement(candidate).verbs
        here = _within(places, sentence.start, sentence.end)
        head = self._column_head(candidate)
        named = {m.name for m in here} | ({head.name} if head else set())
        travel = _travel(sentence.text)
        latest = next((m.name for m in reversed(_within(places, 0, sentence.start))), None)
        routed = self._routed(read, earlier)
        out: list[tuple[Features, ...]] = []
        for option in self.options:
            if option.name is None:
                features = self._none(status, verbs, len(named))
            else:
                mine = [m for m in option.mentions if sentence.start <= m.start < sentence.end]
                heads = head is not None and not option.joined and head in option.mentions
                if heads and head is not None:
                    mine.append(head)
                state = "here" if mine else "else" if named else "away"
                features = self._standing(option, candidate, latest, state)
                features[f"at={state}"] = 1.0
                features[f"at={state}/{status}"] = 1.0
                features[f"at={state}/{'joined' if option.joined else 'single'}"] = 1.0
                cued = any(m.cued for m in (mine or option.mentions))
                features[f"at={state}/cued={cued}"] = 1.0
                for verb in verbs:
                    features[f"at={state}/{verb}"] = 1.0
                for way in travel:
                    kind = option.places[0].kind if option.places else "unknown"
                    features[f"{way}/{kind}/{state}"] = 1.0
                _route_features(features, option, read, state)
                for mention in mine:
                    if mention is head:
                        features.update(_AS_NEXT)
                    else:
                        self._mention_features(features, candidate, option, mention, here)
            if routed is not None:
                features[f"routed={'same' if option.name == routed[0] else 'other'}"] = 1.0
            out.append((features,))
        return out

    def carried(self, candidate: Candidate, read: Mapping[str, object]) -> str | None:
        """The report's one crossing, where it is certainly the figure's too, else None.

        RECORD.md: "The story's one route carries over to each figure about people who move; for
        people waiting only a crossing named in the sentence counts." So it is where the report
        names no other place to cross, said it before, and it joins both ends of the figure's
        route. In the gold set 75 of 77 such figures are annotated so.
        """
        route: tuple[str | None, ...] = read.get("route") or (None, None)  # type: ignore[assignment]
        singles = [option for option in self.options if option.name and not option.joined]
        if len(singles) != 1 or read.get("status") == "waiting" or None in route:
            return None
        only = singles[0]
        if not only.places or {only.places[0].country_a, only.places[0].country_b} != set(route):
            return None
        sentence = candidate.sentence
        if any(sentence.start <= m.start < sentence.end for m in only.mentions):
            return None  # the sentence itself tells, in whatever words
        said = only.mentions[0].start < sentence.start
        return only.name if said and any(m.cued for m in only.mentions) else None

    def _column_head(self, candidate: Candidate) -> PlaceMention | None:
        """The crossing that heads the table column in which the figure stands."""
        document = self._context.document
        if document.blocks[candidate.sentence.block].kind != "row":
            return None
        before = _within(self._context.places, 0, candidate.sentence.start)
        for mention in reversed(before[-MOST_HEADS:]):
            if heads_column(document, mention.start, candidate.figure.start):
                return mention
        return None

    def _routed(
        self, read: Mapping[str, object], earlier: Sequence[Reading]
    ) -> tuple[str | None] | None:
        """The crossing of the nearest earlier figure with this route, None for no such figure."""
        for reading in reversed(earlier):
            if reading.values.get("route") == read.get("route"):
                return (reading.values.get("crossing"),)  # type: ignore[return-value]
        return None

    def _none(self, status: str, verbs: Sequence[str], named: int) -> Features:
        features: Features = {"none": 1.0}
        features[f"none:here={min(2, named)}"] = 1.0
        features[f"none:all={min(4, len(self._counts))}"] = 1.0
        features[f"none:{status}"] = 1.0
        features[f"none:{status}/here={bool(named)}"] = 1.0
        for verb in verbs:
            features[f"none:{verb}"] = 1.0
        return features

    def _standing(
        self, option: CrossingOption, candidate: Candidate, latest: str | None, state: str
    ) -> Features:
        """How the option stands in the report as a whole and before the figure."""
        context, sentence = self._context, candidate.sentence
        own = "" if option.joined else option.mentions[0].name
        features: Features = {"joined" if option.joined else "single": 1.0}
        features[f"kind={option.places[0].kind if option.places else 'unknown'}"] = 1.0
        features["cued" if any(m.cued for m in option.mentions) else "uncued"] = 1.0
        if own == self._top:
            features[f"top={min(4, len(self._counts))}"] = 1.0
        if own == self._first:
            features["first"] = 1.0
        features[f"often={min(4, len(option.mentions))}"] = 1.0
        if len(self._counts) == 1:
            features["only"] = 1.0
        if context.report.title and option.mentions[0].text in context.report.title:
            features["title"] = 1.0
        block = context.document.blocks[sentence.block]
        if any(block.start <= m.start < sentence.start for m in option.mentions):
            features["block"] = 1.0
        if latest == own:
            features["latest"] = 1.0
            features[f"latest/{state}"] = 1.0
        if block.heading is not None:
            head = context.document.blocks[block.heading]
            if any(head.start <= m.start < head.end for m in option.mentions):
                features["heading"] = 1.0
        if option.mentions[0].start > sentence.end:
            features["later"] = 1.0
        return features

    def _mention_features(
        self,
        features: Features,
        candidate: Candidate,
        option: CrossingOption,
        mention: PlaceMention,
        here: Sequence[PlaceMention],
    ) -> None:
        """How one mention in the figure's own sentence stands to the figure."""
        figure = candidate.figure
        side = "+" if mention.start >= figure.end else "-"
        gap = mention.start - figure.end if side == "+" else figure.start - mention.end
        reach = "near" if gap < _NEAR else "mid" if gap < _MID else "far"
        features[f"here{side}{reach}"] = 1.0
        text = self._context.document.text
        before = _BEFORE.search(text[max(0, mention.start - 30) : mention.start])
        if before:
            features[f"here:{before.group(1).lower()}"] = 1.0
        low, high = min(figure.end, mention.end), max(figure.start, mention.start)
        between = max(0, bisect_left(self._starts, high) - bisect_left(self._starts, low))
        features[f"here{side}between={min(2, between)}"] = 1.0
        if side == "-":
            earlier = self._starts[: candidate.index]
            opened = bisect_left(earlier, candidate.sentence.start)
            taken = opened < len(earlier) and earlier[opened] < mention.start
            features[f"here-{'taken' if taken else 'free'}"] = 1.0
        distance = abs(mention.start - figure.start)
        rivals = sum(
            1
            for m in here
            if m.name != option.mentions[0].name and abs(m.start - figure.start) < distance
        )
        features[f"here{side}rank={min(2, rivals)}"] = 1.0


def _route_features(
    features: Features, option: CrossingOption, read: Mapping[str, object], state: str
) -> None:
    """Whether the option lies on the figure's route, at its beginning or its end."""
    route: tuple[str | None, ...] = read.get("route") or (None, None)  # type: ignore[assignment]
    origin = route[0]
    ends = [code for code in route if code]
    for place in option.places[:1]:
        meets = sum(code in place.countries for code in ends)
        kind = "land" if place.country_b else "port"
        features[f"route={meets}of{len(ends)}/{kind}"] = 1.0
        features[f"route={meets}of{len(ends)}/{kind}/{state}"] = 1.0
        if not place.country_b and origin:
            exits = place.country_a == origin
            features[f"exit={exits}"] = 1.0
            features[f"exit={exits}/{state}"] = 1.0


def _travel(text: str) -> list[str]:
    """By which ways a sentence speaks of travelling: sea, air, road."""
    words = set(re.findall(r"[\w-]+", text.lower()))
    known = classes("travel")
    return sorted({way for word in words & known.keys() for way in known[word]})


def _within(mentions: Sequence[PlaceMention], start: int, end: int) -> Sequence[PlaceMention]:
    low = bisect_left(mentions, start, key=attrgetter("start"))
    high = bisect_left(mentions, end, key=attrgetter("start"))
    return mentions[low:high]
