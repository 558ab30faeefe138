"""What a mention of a country or people is to a movement: its role by the words beside it.

The words lie in `lexicon/roles.toml`. Roles: from, to, in, via, with, between (by preposition
or verb before the name), takes, sends, fetches, actor (the country as a doer), desk (where
somebody speaks), label (a row's or paragraph's head), people, adjective, dateline, other.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from extraction.context import Context
from extraction.countries import Mention
from extraction.document import Document
from extraction.lexicon import classes

PEOPLE = {"demonym", "ethnic"}
FIRST_LINES = 200  # characters in which a dateline may stand
REACH = 5  # words before a name in which its preposition may stand
_PLACED = ("from", "to", "in", "via", "with", "between")
_DEEDS = ("takes", "sends", "fetches")
_WORD = re.compile(r"[\w’'-]+|[^\w\s]")
_CUTS = frozenset('.,;:()“”"!?—–/|•')
_DATELINE = re.compile(r"[^.\n]{0,40}?(?:\s[–—-]{1,2}\s|\)|:\s)")
_LABEL = re.compile(r"\s*(?:[:|/.\t(–—-]|$)")
_COORDINATED = re.compile(
    r",? (?:and|or|or to|and to|and into|and from|as well as) (?:the )?|, (?:the )?"
)


_START = attrgetter("mention.start")


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention of a country or people with the role its words give it."""

    mention: Mention
    code: str
    role: str


def placed_countries(context: Context) -> tuple[Placed, ...]:
    """Every mention that stands for a country, in order, with its role."""
    document = context.document
    text = document.text
    starts = {
        block.start + len(block.text) - len(block.text.lstrip(" •*-–—·"))
        for block in document.blocks
    }
    out: list[Placed] = []
    for mention in context.countries:
        code = mention.code or mention.home
        if code is None:
            continue
        role = None
        if mention.start in starts:
            role = _opening_role(document, mention)
        if role is None:
            before = out[-1] if out else None
            if (
                before is not None
                and before.role not in ("label", "dateline")
                and _COORDINATED.fullmatch(text, before.mention.end, mention.start)
                and (before.mention.kind in PEOPLE) == (mention.kind in PEOPLE)
            ):
                role = before.role if mention.kind not in PEOPLE else "people"
        out.append(Placed(mention, code, role or role_of(text, mention)))
    return tuple(out)


def within(placed: Sequence[Placed], start: int, end: int) -> Sequence[Placed]:
    """The mentions that begin in [start, end)."""
    low = bisect_left(placed, start, key=_START)
    high = bisect_left(placed, end, key=_START)
    return placed[low:high]


def _opening_role(document: Document, mention: Mention) -> str | None:
    """The role of a name that opens a line: a report's dateline, a row's label, or None."""
    text = document.text
    end = text.find("\n", mention.end)
    end = len(text) if end < 0 else end
    if (
        mention.start < FIRST_LINES
        and (mention.kind in ("city", "region", "airport") or mention.text.isupper())
        and _DATELINE.match(text, mention.end, min(end, mention.end + 60))
    ):
        return "dateline"
    if mention.kind not in PEOPLE and _LABEL.match(text, mention.end, end):
        return "label"
    return None


def role_of(text: str, mention: Mention) -> str:
    """The role that the words around a mention give it."""
    known = classes("roles")
    before = _WORD.findall(text, max(0, mention.start - 48), mention.start)
    after = _WORD.findall(text, mention.end, mention.end + 60)
    if mention.kind in PEOPLE:
        return "people"
    if mention.kind == "adjective":
        follows = after[0].lower() if after else "."
        names = known.get(follows, ())
        if "ground" not in names:
            if "desk" in names:
                return "actor"
            if "people" in names or not follows[0].isalpha():
                return "people"
            second = known.get(after[1].lower(), ()) if len(after) > 1 else ()
            if "ground" not in second:
                return (
                    "actor" if "desk" in second else "people" if "people" in second else "adjective"
                )
    found = _placed_role(before)
    if found is not None:
        return found
    if mention.kind == "adjective":
        return "ground"
    return _deed(after) or "other"


def _placed_role(before: Sequence[str]) -> str | None:
    known = classes("roles")
    for step in range(1, min(REACH, len(before)) + 1):
        word = before[-step].lower()
        if word in _CUTS:
            return None
        if word == "of":
            above = before[-step - 1].lower() if len(before) > step else ""
            if above == "out":
                return "from"
            continue
        names = known.get(word, ())
        role = next((name for name in _PLACED if name in names), None)
        if role is None:
            if step > 3 or "skipped" in names:
                return None
            continue
        if role == "in":
            above = before[-step - 1].lower() if len(before) > step else ""
            if "desk" in known.get(above, ()):
                return "desk"
        return role
    return None


def _deed(after: Sequence[str]) -> str | None:
    """What a country that stands as a subject does, None where no verb follows."""
    known = classes("roles")
    if after and after[0] in ("’s", "'s"):
        return "actor"
    doer = False
    for step, word in enumerate(after[:6]):
        lowered = word.lower()
        if lowered in _CUTS:
            return "actor" if doer else None
        pair = f"{lowered} {after[step + 1].lower()}" if step + 1 < len(after) else lowered
        for phrase in (pair, lowered):
            for name in known.get(phrase, ()):
                if name in _DEEDS:
                    return name
        if lowered in ("said", "says"):
            return "desk"
        if "skipped" not in known.get(lowered, ()):
            break
        doer = True
    return "actor" if doer else None
