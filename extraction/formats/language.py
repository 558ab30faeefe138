"""The language of a text: only English is read, and what is not is said to be unread."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from extraction.formats.words import english

READ = ("en",)
"""The languages that the extraction reads (`docs/languages.md` tells what another one needs)."""

FEWEST_LETTERS = 60  # of fewer no language is told: a caption may be all names
MOST_FOREIGN = 1 / 3  # of a text's letters; with more it would be half read
SURELY_ENGLISH = 0.04  # share of small English words; other languages stay under 0.02
LATIN = 0.5  # share of letters; what is mostly in another script is not English, whatever else
_BLOCK = 200  # letters: enough for the detector to be right
_SAMPLE = 30_000
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of a text's language; None where it is too short to tell.

    It is English where at most a third of it is in another language; else it is that of most of
    the rest ("und" where that is in none that is known).
    """
    letters: Counter[str] = Counter()
    for block in _blocks(text[:_SAMPLE]):
        letters[_of_block(block)] += len(_LETTER.findall(block))
    total = sum(letters.values())
    if total < FEWEST_LETTERS:
        return None
    if letters["en"] >= (1 - MOST_FOREIGN) * total:
        return "en"
    del letters["en"]
    return letters.most_common(1)[0][0]


def _blocks(text: str) -> Iterator[str]:
    """Lines put together until they are long enough to tell a language by."""
    gathered: list[str] = []
    size = 0
    for line in text.split("\n"):
        gathered.append(line)
        size += len(_LETTER.findall(line))
        if size >= _BLOCK:
            yield "\n".join(gathered)
            gathered, size = [], 0
    yield "\n".join(gathered)


def _of_block(block: str) -> str:
    letters = len(_LETTER.findall(block))
    if not letters:
        return "en"
    latin = len(_LATIN.findall(block)) / letters >= LATIN
    words = _WORD.findall(block.lower())
    # Tables and lists of places have few small words, and the detector takes them for anything.
    if latin and (
        letters < FEWEST_LETTERS
        or sum(word in english() for word in words) >= SURELY_ENGLISH * len(words)
    ):
        return "en"
    from py3langid import classify

    code = str(classify(block)[0])
    if code in ("en", "pcm"):  # Pidgin: what lists of English words are taken for
        return "en" if latin else "und"
    return code


def unread_because(language: str | None) -> str | None:
    """Why a report in this language is not read; None for one that is, or whose is not told."""
    if language is None or language in READ:
        return None
    return f"it is in {name_of(language)}; only English is read"


def name_of(code: str) -> str:
    """The English name of a language by its ISO 639-1 code."""
    import pycountry

    found = pycountry.languages.get(alpha_2=code)
    return str(found.name) if found else "a language that is not recognised"
