"""Check gold files against docs/record.md: `python -m tests.gold.check [FILE.json ...]`.

Exits 1 if any is wrong; each fault names its file, its record and the field.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from extraction import record as rules
from tests.gold.score import REPORTS

CHOICES: dict[str, tuple[Any, ...]] = {
    "qualifier": rules.QUALIFIERS,
    "unit": rules.UNITS,
    "group": rules.GROUPS,
    "demographic": (None, *rules.DEMOGRAPHICS),
    "status": rules.STATUSES,
    "scope": rules.SCOPES,
    "subset": (True, False),
}
OTHERS = (
    "count",
    "count_max",
    "count_text",
    "nationality",
    "date",
    "date_from",
    "crossing",
    "origin",
    "destination",
    "source",
)
FIELDS = (*CHOICES, *OTHERS)
NOTES = ("occurrence", "note")
COUNTRY = re.compile(r"[A-Z]{2}")


def span(text: str, gold: dict[str, Any]) -> tuple[int, int] | None:
    """Where a gold record's `count_text` stands: its `occurrence`-th (the first) in the text.

    None where it does not stand there.
    """
    start, end = -1, 0
    for _ in range(gold.get("occurrence", 1)):
        start = text.find(gold["count_text"], end)
        if start < 0:
            return None
        end = start + len(gold["count_text"])
    return start, end


def faults(article: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a gold article, one message a fault."""
    missing = [key for key in ("id", "published", "text", "records") if key not in article]
    if missing:
        yield f"no {', '.join(missing)}"
        return
    if article["published"] is not None and not _is_date(article["published"]):
        yield f"published is {article['published']!r}"
    for number, gold in enumerate(article["records"]):
        for fault in _record_faults(article["text"], gold):
            yield f"record {number} ({gold.get('count_text')!r}): {fault}"


def _record_faults(text: str, gold: dict[str, Any]) -> Iterator[str]:
    absent = [name for name in FIELDS if name not in gold]
    if absent:
        yield f"no {', '.join(absent)}"
        return
    for name in gold:
        if name not in FIELDS + NOTES:
            yield f"unknown field {name!r}"
    for name, allowed in CHOICES.items():
        if gold[name] not in allowed:
            yield f"{name} is {gold[name]!r}"
    yield from _count_faults(gold)
    yield from _text_faults(text, gold)
    for name in ("origin", "destination"):
        if gold[name] is not None and not COUNTRY.fullmatch(gold[name]):
            yield f"{name} is {gold[name]!r}"
    codes = gold["nationality"]
    if not isinstance(codes, list) or not all(COUNTRY.fullmatch(code) for code in codes):
        yield f"nationality is {codes!r}"
    for name in ("date", "date_from"):
        if gold[name] is not None and not _is_date(gold[name]):
            yield f"{name} is {gold[name]!r}"
    if gold["date"] and gold["date_from"] and gold["date_from"] > gold["date"]:
        yield f"date_from {gold['date_from']} lies after date {gold['date']}"


def _count_faults(gold: dict[str, Any]) -> Iterator[str]:
    count, high = gold["count"], gold["count_max"]
    if type(count) is not int or count < 1:
        yield f"count is {count!r}"
    elif high is not None and (type(high) is not int or high <= count):
        yield f"count_max is {high!r}"


def _text_faults(text: str, gold: dict[str, Any]) -> Iterator[str]:
    found = text.count(gold["count_text"]) if gold["count_text"] else 0
    if span(text, gold) is None or not gold["count_text"]:
        yield f"stands {found} times in the text, occurrence {gold.get('occurrence', 1)} asked"
    elif found > 1 and "occurrence" not in gold:
        yield f"stands {found} times in the text: give 'occurrence' (1-based)"


def _is_date(value: Any) -> bool:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return True


def main(paths: list[Path]) -> int:
    """Print each file's faults; 1 if there is any."""
    wrong = 0
    for path in paths:
        try:
            found = list(faults(json.loads(path.read_text(encoding="utf-8"))))
        except ValueError as error:
            found = [str(error)]
        for fault in found:
            print(f"{path}: {fault}")
        wrong += bool(found)
    print(f"{len(paths) - wrong} of {len(paths)} files are well formed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]] or sorted(REPORTS.glob("*.json"))))
