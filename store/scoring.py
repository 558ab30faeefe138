"""The score of a reading against annotated records: figure, ledger, full, and each field.

Records are plain dicts with the fields that `python -m extraction` prints. Three levels:

    figure  count and count_max are right
    ledger  figure, and group, status and date are right
    full    ledger, and scope, subset, nationality and place (the crossing, or origin and
            destination) are right

Each annotated record is matched to at most one printed record of the same report, the likest
first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

LEDGER = ("group", "status", "date")
FULL = ("scope", "subset", "nationality", "place")
ALSO = (
    "qualifier",
    "unit",
    "demographic",
    "date_from",
    "crossing",
    "origin",
    "destination",
    "source",
)
FIELDS = LEDGER + FULL + ALSO

Row = dict[str, Any]


def plain(text: str | None) -> str:
    """Lower-case letters and digits with single spaces: what names are compared by."""
    return re.sub(r"[^a-z0-9]+", " ", (text or "").lower()).strip()


def same(name: str, gold: Row, found: Row) -> bool:
    """Whether the field `name` of a found record is right by the gold one.

    A crossing is right when one name contains the other; a source, when half the words of the
    shorter are shared; a place, when the crossing is right or every end that gold names is.
    """
    if name == "nationality":
        return sorted(gold.get(name) or []) == sorted(found.get(name) or [])
    if name == "crossing":
        a, b = plain(gold.get(name)), plain(found.get(name))
        return (not a and not b) or bool(a and b and (a in b or b in a))
    if name == "source":
        words, others = set(plain(gold.get(name)).split()), set(plain(found.get(name)).split())
        shorter = max(1, min(len(words), len(others)))
        return (not words and not others) or len(words & others) * 2 >= shorter
    if name == "place":
        ends = [end for end in ("origin", "destination") if gold.get(end)]
        by_crossing = bool(gold.get("crossing")) and same("crossing", gold, found)
        by_ends = bool(ends or not gold.get("crossing"))
        return by_crossing or (by_ends and all(gold[end] == found.get(end) for end in ends))
    if name == "subset":
        return bool(gold.get(name)) == bool(found.get(name))
    return bool(gold.get(name) == found.get(name))


def same_figure(gold: Row, found: Row) -> bool:
    """Whether the two state the same number, or the same range."""
    return gold["count"] == found.get("count") and gold.get("count_max") == found.get("count_max")


def match(gold: list[Row], found: list[Row]) -> list[tuple[Row, Row]]:
    """Pairs of gold and found records of one report, each used once, the likest first."""
    likeness = [
        (
            sum(same(name, g, f) for name in LEDGER) * 10
            + sum(same(name, g, f) for name in FULL + ALSO),
            -i,
            -j,
        )
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if same_figure(g, f)
    ]
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    pairs = []
    for _, i, j in sorted(likeness, reverse=True):
        if i not in taken_gold and j not in taken_found:
            taken_gold.add(i)
            taken_found.add(j)
            pairs.append((gold[-i], found[-j]))
    return pairs


@dataclass
class Score:
    """What was right: counts of records, by level and by field, and the misses in words."""

    articles: int = 0
    whole: int = 0
    gold: int = 0
    found: int = 0
    right: dict[str, int] = field(default_factory=lambda: {"figure": 0, "ledger": 0, "full": 0})
    fields: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    misses: list[str] = field(default_factory=list)

    def level(self, name: str) -> tuple[float, float, float]:
        """Precision, recall and F1 of one level, each 0 to 1."""
        n = self.right[name]
        precision = n / self.found if self.found else 0.0
        recall = n / self.gold if self.gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if n else 0.0
        return precision, recall, f1

    def f1(self, name: str) -> float:
        """F1 of one level: "figure", "ledger" or "full"."""
        return self.level(name)[2]

    def field_accuracy(self) -> dict[str, float]:
        """By field, the share of the figures found of which it is right; empty if none was."""
        n = self.right["figure"]
        return {name: right / n for name, right in self.fields.items()} if n else {}

    def as_json(self) -> Row:
        """The figures as plain JSON values."""
        return {
            **{name: round(self.f1(name), 4) for name in self.right},
            "articles": self.articles,
            "articles_whole": self.whole / max(1, self.articles),
            "gold": self.gold,
            "found": self.found,
            "fields": {name: round(share, 4) for name, share in self.field_accuracy().items()},
        }


def score(articles: Iterable[Row], records: Iterable[Row]) -> Score:
    """Hold records (fields as printed by `python -m extraction`) against gold articles.

    A record of an article that is not among `articles` counts as made up.
    """
    articles = list(articles)
    by_article: dict[str | None, list[Row]] = {a["id"]: [] for a in articles}
    for record in records:
        by_article.setdefault(record.get("article"), []).append(record)
    total = Score(
        articles=len(articles),
        gold=sum(len(a["records"]) for a in articles),
        found=sum(map(len, by_article.values())),
    )
    for article in articles:
        _add_article(total, article, by_article[article["id"]])
    return total


def _add_article(total: Score, article: Row, found: list[Row]) -> None:
    pairs = match(article["records"], found)
    full = 0
    for g, f in pairs:
        total.right["figure"] += 1
        ok = {name: same(name, g, f) for name in FIELDS}
        for name in FIELDS:
            total.fields[name] += ok[name]
        if all(ok[name] for name in LEDGER):
            total.right["ledger"] += 1
            if all(ok[name] for name in FULL):
                total.right["full"] += 1
                full += 1
        wrong = [name for name in LEDGER + FULL if not ok[name]]
        if wrong:
            told = ", ".join(f"{name} {g.get(name)!r} found {f.get(name)!r}" for name in wrong)
            total.misses.append(f"wrong    {article['id']}: {g['count_text']!r}: {told}")
    for g in article["records"]:
        if not any(g is gold for gold, _ in pairs):
            kind = f"{g['group']} {g['status']} {g['date']}"
            total.misses.append(f"missed   {article['id']}: {g['count_text']!r} {kind}")
    for f in found:
        if not any(f is other for _, other in pairs):
            kind = f"{f.get('group')} {f.get('status')}"
            total.misses.append(f"made up  {article['id']}: {f.get('count_text')!r} {kind}")
    total.whole += full == len(article["records"]) == len(found)
