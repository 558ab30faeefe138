"""Whether a figure counts children, women or the elderly: what its own clause says of all."""

from __future__ import annotations

import re

from extraction.context import Candidate, Context
from extraction.counted import Counted
from extraction.evidence import Features
from extraction.thread import Thread
from extraction.word_classes import noun_classes

REACH = 90  # characters after the number in which its clause may say so
_AGES = ("child", "woman", "man", "elderly")
_WORD = re.compile(r"[^\W\d_]+")
_PLURALS = {"women": "woman", "men": "man", "children": "child"}
_ALL = {
    "mostly",
    "mainly",
    "all",
    "most",
    "every",
    "largely",
    "chiefly",
    "majority",
    "almost",
    "part",
}
_SOME = {"including", "among", "some", "with", "plus", "of"}
_LOCAL = {"n:", "n=", "l-", "l+", "bi"}


def demographic_features(
    context: Context, candidate: Candidate, evidence: Features, who: Counted, thread: Thread
) -> Features:
    """What the phrase and its clause name, and what the figure before was."""
    out = {k: v for k, v in evidence.items() if k[:2] in _LOCAL}
    ages = tuple(name for name in _AGES if name in who.kinds)
    out[f"ages={'+'.join(ages)}"] = 1.0
    out[f"k={who.kinds[0] if who.kinds else 'none'}"] = 1.0
    if len(ages) == 1:
        out[f"ages={ages[0]}/joined={bool(who.joined)}"] = 1.0
    following = context.candidates[candidate.index + 1 : candidate.index + 2]
    end = min(candidate.sentence.end, candidate.figure.end + REACH)
    if following:
        end = min(end, max(following[0].figure.start, candidate.figure.end))
    tail = [w.lower() for w in _WORD.findall(context.document.text, candidate.figure.end, end)]
    told: dict[str, None] = {}
    for word in tail:
        for name in noun_classes(_PLURALS.get(word) or word.removesuffix("s")):
            if name in _AGES:
                told[name] = None
    share = "all" if not _ALL.isdisjoint(tail) else "some" if not _SOME.isdisjoint(tail) else "-"
    if told:
        out[f"told={'+'.join(sorted(told))}/{share}"] = 1.0
    if thread.readings:
        lean = "partitive" if who.partitive else "bare" if who.bare else "full"
        last = thread.readings[-1].values.get("demographic")
        out[f"{lean}/{thread.nearness(candidate)}={last}"] = 1.0
    return out
