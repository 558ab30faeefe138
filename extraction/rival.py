"""A figure that counts once more the people of the figure before: "Others put the number at 88"."""

from __future__ import annotations

import re

from extraction.context import Candidate

REACH = 60  # characters before the figure in which the phrase must stand
_ANEW = re.compile(
    r"\b(?:puts?|putting|set|placed|gave|gives?|giving|makes?|made)\s+"
    r"(?:the|its|their|that|this|his|her|it|them)\s*"
    r"(?:number|figure|count|tally|total|day[’']s\s+\w{1,20})?\s*(?:at|as)?\s*$",
    re.IGNORECASE,
)


def counts_anew(candidate: Candidate) -> bool:
    """Whether a figure without a noun of its own is told as another count of the same people.

    In the annotated reports 16 of 17 such figures have the group, and all of them the
    nationality, of the figure before.
    """
    if candidate.noun is not None:
        return False
    sentence, start = candidate.sentence, candidate.figure.start - candidate.sentence.start
    return bool(_ANEW.search(sentence.text[max(0, start - REACH) : start]))
