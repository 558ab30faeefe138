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
WAYS = ("all", "untied", "every other", "again", "every other again")
TELLING = 3  # digits before the zeros from which a sum is hardly met by chance
FAR = 12  # figures between a breakdown and its total
REACH = 6  # words before a figure in which a tying word may stand


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
        for tie, candidate in zip(self.ties, self.figures, strict=True):
            tie.words = tying(candidate)
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
            found = self._breakdown(counts, total)
            if found is None:
                continue
            run, how, step = found
            self.ties[total].total = True
            for part in run:
                tie = self.ties[part]
                if tie.sum is None:
                    tie.sum, tie.parent = how, total
                    tie.side = "before" if step == 1 else "after"

    def _breakdown(self, counts: list[int], total: int) -> tuple[list[int], str, int] | None:
        """The first run of figures found that adds up to `total`, how well and on which side."""
        figures = telling_digits(counts[total])
        ways = WAYS if figures >= TELLING else WAYS[:1]
        for way in ways:
            for step in (1, -1):
                for skip in range(1 if figures < TELLING else FAR + 1):
                    found = self._run(counts, total, step, skip, way)
                    if found is not None:
                        return *found, step
        return None

    def _run(
        self, counts: list[int], total: int, step: int, skip: int, way: str
    ) -> tuple[list[int], str] | None:
        """The figures from `skip` after (step 1) or before (-1) `total` on, if they add up.

        A part of a part is passed over; "untied" passes over those tied by words too, and
        "every other" takes each second one of the rest, as where two peoples alternate;
        "again" also counts parts of a total that stands further on.
        """
        goal, home = counts[total], self.figures[total].sentence
        slack = 0 if goal % 10 or goal < 100 else goal // 100
        run: list[int] = []
        at, amount, seen = total + step * (1 + skip), 0, 0
        near = telling_digits(goal) < TELLING
        while 0 <= at < len(counts) and len(run) < LONGEST and amount < goal:
            there = self.figures[at].sentence
            if abs(there.index - home.index) > 1 if near else abs(there.block - home.block) > 12:
                break
            if self._counts_in(at, step, run, way) and self._like(total, at):
                seen += 1
                if not way.startswith("every other") or seen % 2 == 1:
                    run.append(at)
                    amount += counts[at]
            at += step
        if len(run) < (2 if way == "all" or (way == "untied" and skip == 0) else 3):
            return None
        if amount == goal:
            return run, "exact"
        if skip == 0 and way == "all" and abs(amount - goal) <= slack:
            return run, "round"
        return None

    def _counts_in(self, at: int, step: int, run: list[int], way: str) -> bool:
        tie = self.ties[at]
        if way != "all" and tie.words not in (None, "remaining"):
            return False
        if tie.sum is None or tie.parent is None:
            return True
        ahead = (tie.parent - at) * step > 0 and not way.endswith("again")
        return tie.parent not in run and not ahead

    def _like(self, total: int, part: int) -> bool:
        return households(self.figures[total]) == households(self.figures[part])

    def _bind(self) -> None:
        """Parents by words: "of them", "including 31"; and along a list after such a word."""
        for i, tie in enumerate(self.ties):
            if tie.words is not None and tie.parent is None:
                tie.parent = self._larger_before(i)
            elif tie.parent is None and i and self._listed(i):
                tie.parent = self.ties[i - 1].parent
                if tie.parent is not None:
                    tie.words = "list"
            if i and tie.parent is None and self._same_people(i):
                tie.parent = self.ties[i - 1].parent
            elif i and tie.parent is not None and self._same_people(i):
                before = self.ties[i - 1]
                before.parent = before.parent if before.parent is not None else tie.parent

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

    def _same_people(self, i: int) -> bool:
        """Whether a figure of families and one of persons stand together: "20 families (98)"."""
        first, second = self.figures[i - 1], self.figures[i]
        if households(first) == households(second):
            return False
        return 0 <= second.figure.start - first.figure.end <= 24

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
            found = [name for name in table.get(phrase, ()) if name != "after"]
            if found:
                numbered = at - size >= 0 and tokens[at - size].pos == "NUM"
                return None if numbered else found[0]  # "200 of them, 517": tied to the first
    return None


def telling_digits(count: int) -> int:
    """How many digits a count has before its final zeros: few are met by chance."""
    return len(str(count).rstrip("0"))


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
