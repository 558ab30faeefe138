"""One scanner for names in text: many names, one pass, exact offsets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Value = TypeVar("Value")

# Letters that Unicode does not take apart into a base letter and a mark, and the dashes,
# apostrophes and spaces that type-setting puts in the place of the plain ones.
_PLAIN = {
    "ı": "i",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "ð": "d",
    "ß": "s",
    "ə": "a",
    "Ə": "A",
    "æ": "a",
    "Æ": "A",
    **dict.fromkeys("’‘ʼʻʿʾ`´ʹ′", "'"),
    **dict.fromkeys("‐‑‒–—−\u00ad", "-"),
    **dict.fromkeys("\u00a0\u2007\u2009\u202f\u200a", " "),
}


def _letters() -> dict[int, str]:
    """Each accented Latin letter with its plain one: one character for one."""
    table = {ord(mark): plain for mark, plain in _PLAIN.items()}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if code not in table and base.isascii() and base.isalpha():
            table[code] = base
    return table


_LETTERS = _letters()
_MARK = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+")
# Arabic articles and the like open a name in small letters: al-Tanf, el-Geneina, oum Dafouk.
_PARTICLES = "al|el|ad|ar|as|at|an|az|ash|esh|es|ed|er|ez|um|oum|umm|ethnic"
_FREE = frozenset(_PARTICLES.split("|"))
_START = re.compile(rf"(?<![^\W_])(?:[A-Z0-9]|(?:{_PARTICLES})(?=[- ]'?[A-Z]))")
# What may stand between two words of a name; a line break too, for wrapped text.
_GAP = re.compile(r"(?:\.?[ \-'/&(]{1,3}|\. ?|[ ]?\n[ ]?)")
_COMMA = re.compile(r",[ \n]")


def fold(text: str) -> tuple[str, list[int] | None]:
    """Plain letters for accented ones, straight apostrophes for curly ones, case kept.

    Gives the folded text and, where combining marks were taken out (decomposed text), the
    place in `text` of each folded character and of the end; None where places are the same.
    """
    plain = text.translate(_LETTERS)
    if plain.isascii() or not _MARK.search(plain):
        return plain, None
    kept = [place for place, char in enumerate(plain) if not "\u0300" <= char <= "\u036f"]
    folded = "".join(plain[place] for place in kept)
    # A mark belongs to the letter before it, so a name's end lies behind its last mark.
    return folded.translate(_LETTERS), [*kept, len(text)]


def key(name: str) -> str:
    """A name reduced to what two spellings share: plain small letters, single spaces."""
    return " ".join(_WORD.findall(fold(name)[0].lower()))


def keys(names: Sequence[str]) -> list[str]:
    """`key` of many one-line names at once: one pass over all letters."""
    lines = fold("\n".join(names))[0].lower().split("\n")
    return [" ".join(_WORD.findall(line)) for line in lines] if names else []


@dataclass(slots=True)
class _Node(Generic[Value]):
    """A word on the way through the names: what may follow, and what ends here."""

    after: dict[str, _Node[Value]] = field(default_factory=dict)
    ends: list[tuple[tuple[str, ...], bool, Value]] = field(default_factory=list)


class NameScanner(Generic[Value]):
    """Finds the longest of many names at each word of a text.

    `names` are pairs of a spelling and what it stands for; the first pair of a spelling wins.
    A word written with a capital in the spelling needs one in the text (all capitals too);
    a spelling in capitals alone ("US", "UAE") is met only in capitals. Accents, curly
    apostrophes, hyphens for spaces and wrapped lines make no difference.
    """

    def __init__(self, names: Iterable[tuple[str, Value]]) -> None:
        """Raises ValueError for a name without a letter."""
        listed = list(names)
        lines = fold("\n".join(name for name, _ in listed))[0].split("\n") if listed else []
        # Most of tens of thousands of names are met in no text: what follows a first word is
        # laid out when that word is first met.
        self._by_first: dict[str, list[tuple[str, Value]]] = {}
        for folded, (name, value) in zip(lines, listed, strict=True):
            first = _WORD.search(folded)
            if first is None:
                raise ValueError(f"name without a letter: {name!r}")
            self._by_first.setdefault(first.group().lower(), []).append((folded, value))
        self._roots: dict[str, _Node[Value]] = {}

    def _root(self, first: str) -> _Node[Value] | None:
        """The node above all names with this first word, None if there are none."""
        root = self._roots.get(first)
        if root is None and first in self._by_first:
            root = _Node()
            for folded, value in self._by_first[first]:
                self._add(root, folded, value)
            # Two threads may both lay it out; they put the same thing here.
            self._roots[first] = root
        return root

    @staticmethod
    def _add(node: _Node[Value], folded: str, value: Value) -> None:
        words: list[str] = []
        last = 0
        for word in _WORD.finditer(folded):
            comma = "," if words and "," in folded[last : word.start()] else ""
            node = node.after.setdefault(comma + word.group().lower(), _Node())
            words.append(word.group())
            last = word.end()
        # "U.S.": the last full stop is a part of the name.
        dotted = folded.endswith(".")
        shape = tuple(words)
        if all(known != shape for known, _, _ in node.ends):
            node.ends.append((shape, dotted, value))

    def scan(self, text: str) -> Iterator[tuple[int, int, Value]]:
        """Each longest name in `text` from left to right: start, end, what it stands for."""
        folded, places = fold(text)
        free = 0
        for start in _START.finditer(folded):
            if start.start() < free:
                continue
            found = self._longest(folded, start.start())
            if found is None:
                continue
            free, value = found
            if places is None:
                yield start.start(), free, value
            else:
                yield places[start.start()], places[free], value

    def _longest(self, folded: str, start: int) -> tuple[int, Value] | None:
        place = start
        words: list[str] = []
        best: tuple[int, Value] | None = None
        comma = ""
        node: _Node[Value] | None = None
        while True:
            word = _WORD.match(folded, place)
            if word is None:
                return best
            if node is None:
                node = self._root(word.group().lower())
                if node is None:
                    return None
            step = node.after.get(comma + word.group().lower())
            if step is None:
                return best
            node = step
            words.append(word.group())
            for shape, dotted, value in node.ends:
                if _fits(shape, words):
                    end = word.end()
                    if dotted:
                        if folded[end : end + 1] != ".":
                            continue
                        end += 1
                    best = (end, value)
                    break
            if not node.after:
                return best
            gap = _GAP.match(folded, word.end())
            comma = ""
            if gap is None:
                gap = _COMMA.match(folded, word.end())
                comma = ","
            if gap is None:
                return best
            place = gap.end()


def _fits(shape: tuple[str, ...], words: list[str]) -> bool:
    """Whether words of a text are written as a name's spelling asks."""
    for asked, seen in zip(shape, words, strict=True):
        if asked.lower() in _FREE:
            continue
        if asked[0].isupper() and not seen[0].isupper():
            return False
        # "US" is no "Us": a word of capitals alone is met in capitals alone.
        if len(asked) > 1 and asked.isupper() and not seen.isupper():
            return False
    return True
