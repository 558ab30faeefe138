"""What kind of thing a figure counts, also where its noun is dropped, together with what is done.

"Trucks cross" is not "people cross"; "of the 400, 30 were turned back" are people all the same.
"""

from __future__ import annotations

from extraction.context import Candidate, Context
from extraction.word_classes import noun_classes, within

_PRONOUNS = {"them", "whom", "these", "those", "they", "which", "us", "who", "others", "other"}
_PEOPLE = (
    "person", "foreign_national", "resident", "returnee", "patient", "companion", "staff", "other",
    "child", "woman", "man", "elderly", "family",
)  # fmt: skip
_MOVES = (
    "leave",
    "cross",
    "enter",
    "return",
    "carry",
    "expel",
    "refuse",
    "wait",
    "plan",
    "release",
)
_STAYS = ("harm", "host", "say", "tally")


def counted_kinds(context: Context, candidate: Candidate) -> tuple[tuple[str, ...], str]:
    """What a figure counts, as noun classes, and how that is known: own, people, earlier, none.

    Where the noun is dropped or a pronoun, the nearest earlier figure's noun stands for it.
    """
    words = candidate.parse.words
    if candidate.noun is not None and words[candidate.noun].lower not in _PRONOUNS:
        noun = words[candidate.noun]
        found = noun_classes(noun.lemma)
        if not found and any(
            m.kind in ("demonym", "ethnic", "adjective")
            for m in within(context.countries, noun.start - 24, noun.end)
            if m.end > candidate.figure.start
        ):
            return ("people",), "people"
        return found or ("unknown",), "own"
    for index in range(candidate.index - 1, max(-1, candidate.index - 7), -1):
        other = context.candidates[index]
        if other.sentence.block < candidate.sentence.block - 1:
            break
        if other.noun is None or other.parse.words[other.noun].lower in _PRONOUNS:
            continue
        kinds, how = counted_kinds(context, other)
        if kinds[0] not in ("time", "money", "unknown"):
            return kinds, "earlier"
    return ("nothing",), "none"


def kind_features(out: dict[str, float], context: Context, candidate: Candidate) -> None:
    """Add what is counted to `out`, crossed with the verbs above it that `out` holds."""
    kinds, how = counted_kinds(context, candidate)
    broad = {"people" if k in _PEOPLE or k == "people" else k for k in kinds}
    out[f"k:{how}"] = 1.0
    for kind in broad:
        out[f"k:{how}={kind}"] = 1.0
        out[f"k={kind}"] = 1.0
    verbs = {k[3:] for k in out if k.startswith("v0:") and "/" not in k and "dep" not in k}
    acts = {v for v in verbs if v in _MOVES or v in _STAYS} or {"none"}
    for kind in broad:
        for act in acts:
            out[f"x:{kind}/{act}"] = 1.0
    here = within(context.countries, candidate.sentence.start, candidate.sentence.end)
    codes = {m.code or m.home for m in here}
    out[f"geo:{min(3, len(codes))}"] = 1.0
    towns = [m for m in here if m.kind in ("city", "region")]
    if towns and len(codes) == 1 and "s:place" not in out:
        out["geo:inside"] = 1.0
    for kind in broad:
        out[f"geo:{min(2, len(codes))}/{kind}"] = 1.0
    moving = any(out.get(f"s:{m}") for m in ("leave", "cross", "enter", "return", "carry", "expel"))
    staying = bool(out.get("s:host") or out.get("s:harm"))
    for kind in broad:
        out[f"mv:{kind}/{'move' if moving else 'still'}{'/stay' if staying else ''}"] = 1.0
