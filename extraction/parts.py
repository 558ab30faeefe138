"""Which figures of a report are parts of which others, by syntax and by arithmetic.

A run of figures that adds up to another figure is a breakdown of it; words such as "of them"
or "including" tie a figure to an earlier one. Sums are sought among the figures read, and a
breakdown once found does not count again in a larger one, so nested breakdowns are seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extraction.context import Candidate, Context
from extraction.lexicon import classes, words

LONGEST = 24  # figures in one breakdown
TURN = 5  # figures between a breakdown and its total
REACH = 6  # words before a figure in which a tying word may stand
SURE = 40  # a total as small as this is met by chance


@dataclass(slots=True)
class Tie:
    """How one figure is tied: `parent` and its index among the figures, where there is one.

    `sum` is "exact", "round" or None; `side` tells whether the total stands before or after.
    """

    sum: str | None = None
    side: str | None = None
    total: bool = False
    parent: int | None = None
    words: str | None = None


class Parts:
    """The ties of the figures that are read, by their candidates' indices."""

    def __init__(self, context: Context, figures: Sequence[Candidate]) -> None:
        """`figures` are the candidates to be read, in order of the text."""
        self.figures = tuple(figures)
        self.ties = [Tie() for _ in figures]
        self.place = {c.index: i for i, c in enumerate(figures)}
        self._text = context.document.text
        self._add_up()
        self._bind()

    def of(self, candidate: Candidate) -> Tie:
        """The tie of one of the figures."""
        return self.ties[self.place[candidate.index]]

    def parent(self, candidate: Candidate) -> Candidate | None:
        """The figure of which `candidate` is seen to be a part."""
        at = self.of(candidate).parent
        return None if at is None else self.figures[at]

    def _add_up(self) -> None:
        counts = [c.figure.count for c in self.figures]
        order = sorted(
            (i for i in range(len(counts)) if counts[i] >= 3), key=lambda i: (counts[i], i)
        )
        for total in order:
            for step in (1, -1):
                found = self._run(counts, total, step)
                if found is None:
                    continue
                run, how = found
                self.ties[total].total = True
                for part in run:
                    tie = self.ties[part]
                    if tie.sum is None:
                        tie.sum, tie.parent = how, total
                        tie.side = "before" if step == 1 else "after"
                break

    def _run(self, counts: list[int], total: int, step: int) -> tuple[list[int], str] | None:
        """The nearest run of figures after (1) or before (-1) `total` that adds up to it."""
        goal, block = counts[total], self.figures[total].sentence.block
        slack = 0 if goal % 10 or goal < 100 else max(1, goal // 100)
        for skip in range(TURN + 1):
            at, run, amount = total + step * (1 + skip), [], 0
            while 0 <= at < len(counts) and len(run) < LONGEST and amount < goal:
                other = self.figures[at].sentence.block
                if abs(other - block) > (2 if goal < SURE or len(run) < 2 else 12):
                    break
                tie = self.ties[at]
                inner = tie.sum is not None and tie.parent is not None and tie.parent in run
                ahead = self._totalled_ahead(at, step)
                if not inner and not ahead and self._like(total, at):
                    run.append(at)
                    amount += counts[at]
                at += step
            if len(run) >= 2 and amount == goal and (goal >= SURE or skip == 0):
                return run, "exact"
            if len(run) >= 2 and skip <= 1 and abs(amount - goal) <= slack:
                return run, "round"
        return None

    def _totalled_ahead(self, at: int, step: int) -> bool:
        """Whether the figure is a part of a total that is met later on the way."""
        parent = self.ties[at].parent
        return parent is not None and self.ties[at].sum is not None and (parent - at) * step > 0

    def _like(self, total: int, part: int) -> bool:
        return households(self.figures[total]) == households(self.figures[part])

    def _bind(self) -> None:
        """Parents by words: "of them", "including 31"; and along a list after such a word."""
        for i, candidate in enumerate(self.figures):
            tie = self.ties[i]
            tie.words = tying(candidate)
            if tie.words is not None and tie.parent is None:
                tie.parent = self._larger_before(i)
            elif tie.parent is None and i and self._listed(i):
                tie.parent = self.ties[i - 1].parent
                if tie.parent is not None:
                    tie.words = "list"

    def _larger_before(self, i: int) -> int | None:
        mine = self.figures[i]
        for j in range(i - 1, max(-1, i - 8), -1):
            other = self.figures[j]
            if other.sentence.block < mine.sentence.block - 1:
                return None
            if self.ties[j].words == "list" and other.sentence.index == mine.sentence.index:
                continue
            if other.figure.count >= mine.figure.count:
                return j
        return None

    def _listed(self, i: int) -> bool:
        """Whether only a comma or "and" with its noun stands between two figures."""
        first, second = self.figures[i - 1], self.figures[i]
        if first.sentence.index != second.sentence.index:
            return False
        between = self._text[first.figure.end : second.figure.start]
        words = between.replace(",", " , ").split()
        return len(words) <= 7 and bool(words) and words[-1] in (",", "and", "plus", "or")


def tying(candidate: Candidate) -> str | None:
    """The class of the words beside a figure that tie it to another: see `parts.toml`."""
    tokens = candidate.parse.words
    first, last = _edges(candidate)
    table = classes("parts")
    after = [w.lower for w in tokens[last + 1 : last + 5]]
    for size in (3, 2):
        for name in table.get(" ".join(after[:size]), ()):
            if name == "after":
                return "after"
    for name in table.get(" ".join(after[1:3]), ()):  # "20 families of them"
        if name == "after":
            return "after"
    for back in range(1, REACH + 1):
        at = first - back
        if at < 0:
            break
        if back > 1 and tokens[at].pos in ("VERB", "NUM") and tokens[at].lower != "including":
            break
        for size in (3, 2, 1):
            if at - size + 1 < 0 or (size == 1 and back > 4):
                continue
            phrase = " ".join(w.lower for w in tokens[at - size + 1 : at + 1])
            for name in table.get(phrase, ()):
                if name != "after":
                    return name
    return None


def households(candidate: Candidate) -> bool:
    """Whether the figure counts families rather than persons."""
    noun = candidate.noun
    return noun is not None and candidate.parse.words[noun].lemma in words("families", "parts")


def _edges(candidate: Candidate) -> tuple[int, int]:
    """The first and last word of a figure, its qualifier and noun left out."""
    tree, figure = candidate.parse, candidate.figure
    first, last = tree.at(figure.start), tree.at(figure.end - 1)
    return (
        candidate.anchor if first is None else first,
        candidate.anchor if last is None else last,
    )
