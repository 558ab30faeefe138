"""Which group a figure's people are: foreigners, residents, returnees, patients and so on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extraction.context import Candidate, Context
from extraction.counted import Counted, counted_word, phrase_kinds
from extraction.evidence import Features
from extraction.lexicon import classes
from extraction.roles import Placed, within
from extraction.thread import Thread

_OWN = {"n:", "n=", "v:", "bi"}
_LOCAL = {*_OWN, "w-", "w+", "l-", "l+"}
_SETTLED = {"patient", "companion", "staff", "other"}
_DISTINCT = {"patient", "companion", "staff", "other", "foreign_national", "resident", "returnee"}


@dataclass(frozen=True, slots=True)
class Story:
    """What the report as a whole tells: its kinds of movement by share, its ends, its crisis."""

    shares: Mapping[str, float]
    kind: str
    origin: str | None
    destination: str | None
    crisis: str | None
    top: str | None

    @classmethod
    def of(cls, context: Context, placed: Sequence[Placed]) -> Story:
        """The story of a report, whose countries and peoples are `placed`."""
        table = classes("stories")
        counts: Counter[str] = Counter()
        troubled: Counter[str] = Counter()
        for sentence in context.document.sentences:
            found: dict[str, None] = {}
            for word in sentence.text.lower().split():
                for name in table.get(word.strip(".,;:!?()[]\"'“”‘’"), ()):
                    counts[name] += 1
                    found[name] = None
            if "crisis" in found:
                for place in within(placed, sentence.start, sentence.end):
                    if place.role in ("in", "from", "other"):
                        troubled[place.code] += 1
        for word in (context.report.title or "").lower().split():
            for name in table.get(word.strip(".,;:!?()[]\"'“”‘’"), ()):
                counts[name] += 2
        crisis_words = counts.pop("crisis", 0)
        total = sum(counts.values())
        shares = {name: n / total for name, n in counts.items()} if total else {}
        shares["crisis"] = crisis_words / max(1, crisis_words + total)

        def most(role: str) -> str | None:
            found = Counter(p.code for p in placed if p.role == role).most_common(1)
            return found[0][0] if found else None

        tops = Counter(p.code for p in placed).most_common(1)
        return cls(
            shares,
            counts.most_common(1)[0][0] if counts else "none",
            most("from"),
            most("to"),
            troubled.most_common(1)[0][0] if troubled else None,
            tops[0][0] if tops else None,
        )


# RECORD.md: patients are the wounded or sick "taken out for treatment", whatever they are called.
_TREATMENT = re.compile(
    r"[^.;:,]{0,60}\bfor\s+(?:\w+\s+){0,2}(?:treatment|surgery|medical\s+(?:care|attention|help))\b",
    re.IGNORECASE,
)


def taken_for_treatment(candidate: Candidate, who: Counted) -> bool:
    """Whether people who are only called people go for treatment, by the figure's own clause."""
    if who.kinds and set(who.kinds) - {"person", "people"}:
        return False
    after = candidate.sentence.text[candidate.figure.end - candidate.sentence.start :]
    return bool(_TREATMENT.match(after))


def group_features(
    evidence: Features, read: Mapping[str, object], who: Counted, story: Story, thread: Thread
) -> Features:
    """The evidence with how the people counted stand to the route: own country, abroad."""
    nationality: Sequence[str] = read.get("nationality") or ()  # type: ignore[assignment]
    route: tuple[str | None, str | None] = read.get("route") or (None, None)  # type: ignore[assignment]
    origin, destination = route
    telling = who.kinds[0] if who.kinds else "none"
    settled = telling in _SETTLED
    local = _OWN if settled else _LOCAL
    out = {k: v for k, v in evidence.items() if k[:2] in local}
    out[f"k={telling}"] = 1.0
    for name in who.kinds:
        out[f"k:{name}"] = 1.0
    out[f"k={telling}/nat={bool(nationality)}"] = 1.0
    if who.treated:
        out["treated"] = 1.0
        out[f"treated/k={telling}"] = 1.0
    if who.joined:
        out["joined"] = 1.0
        if len(who.joined & _DISTINCT) > 1:
            out["joined=distinct"] = 1.0
    out[f"status={read.get('status')}"] = 1.0
    _parts(out, who)
    if settled:  # whatever else is told of them, the phrase itself says who they are
        return out
    _carried(out, who, read, thread)
    relation = _relation(nationality, origin, destination)
    out[f"rel={relation}"] = 1.0
    out[f"k={telling}/rel={relation}"] = 1.0
    if origin is None:
        out["origin=none"] = 1.0
    if destination is None:
        out["destination=none"] = 1.0
    _story(out, story, relation, who, nationality, origin, destination)
    if who.bare:
        for end, code in (("origin", origin), ("destination", destination)):
            if code is not None and len(who.ahead) > 1:
                out[f"ahead={end if code in who.ahead else 'others'}"] = 1.0
    return out


def _parts(out: Features, who: Counted) -> None:
    """What the figures that add up to this one count."""
    if not who.parts:
        return
    kinds = {next(iter(phrase_kinds(part, counted_word(part))), "none") for part in who.parts}
    out["parts"] = 1.0
    for name in kinds:
        out[f"parts={name}"] = 1.0
    if len(kinds & _DISTINCT) > 1:
        out["parts=distinct"] = 1.0
    out[f"parts:named={min(2, len(who.named('parts')))}"] = 1.0


def _carried(out: Features, who: Counted, read: Mapping[str, object], thread: Thread) -> None:
    """The groups of earlier figures: the last, the first, the last of like people."""
    lean = "partitive" if who.partitive else "bare" if who.bare else "full"
    for fields in (("nationality",), ("route",), ("nationality", "route")):
        for earlier in reversed(thread.readings):
            if all(earlier.values.get(f) == read.get(f) for f in fields):
                key = "+".join(fields)
                out[f"like:{key}={earlier.values.get('group')}"] = 1.0
                out[f"like:{key}/{lean}={earlier.values.get('group')}"] = 1.0
                break


def _relation(nationality: Sequence[str], origin: str | None, destination: str | None) -> str:
    if not nationality:
        return "none"
    if len(nationality) > 1:
        return "several"
    if nationality[0] == origin:
        return "origin"
    if nationality[0] == destination:
        return "destination"
    return "third"


def _story(
    out: Features,
    story: Story,
    relation: str,
    who: Counted,
    nationality: Sequence[str],
    origin: str | None,
    destination: str | None,
) -> None:
    for name, share in story.shares.items():
        out[f"st:{name}"] = round(share, 2)
        out[f"st:{name}/rel={relation}"] = round(share, 2)
    out[f"st={story.kind}/rel={relation}"] = 1.0
    code = nationality[0] if len(nationality) == 1 else None
    for name, end in (
        ("from", story.origin),
        ("to", story.destination),
        ("crisis", story.crisis),
        ("top", story.top),
    ):
        if end is None:
            continue
        if code is not None:
            out[f"nat{'=' if code == end else '!'}{name}"] = 1.0
        if origin is not None:
            out[f"origin{'=' if origin == end else '!'}{name}"] = 1.0
        if destination is not None:
            out[f"destination{'=' if destination == end else '!'}{name}"] = 1.0
