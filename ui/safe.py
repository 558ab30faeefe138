"""Text of unknown origin for places that read Markdown: labels, captions, messages.

A report's title, a file's name or a speaker's name may hold Markdown or HTML; drawn as such, an
image in it would call out to another host from every reader's browser.
"""

from __future__ import annotations

import re
from typing import Any, Final

from ui import labels

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")
# What Markdown turns into a link without being asked: a word joiner, which is not seen, parts it.
_LINKED: Final = re.compile(r"(?i)(https?|ftp|www|mailto|@)(?=[:.\w])")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def plain(text: Any, most: int = 200) -> str:
    """One line of plain text: no control or direction-changing characters, cut at `most`."""
    if labels.missing(text):
        return ""
    line = _CONTROL.sub(" ", str(text)).strip()
    return line if len(line) <= most else line[: most - 1] + "…"


def markdown(text: Any, most: int = 200) -> str:
    """The same, with every character that Markdown could act on escaped."""
    parted = _LINKED.sub("\\1\u2060", plain(text, most))
    return _SPECIAL.sub(r"\\\1", parted)
