"""Reviewed records as gold: to score a reading against them, and to write them as gold files.

Only what somebody has looked at can judge a reading. So a figure that nobody has reviewed is
neither right nor wrong, unless every figure of its report was reviewed: then one more is made up.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from store import schema
from store.corrections import FIELDS, reviewed_reports
from store.overlay import RawRow
from store.records import reviewed_rows
from store.scoring import Row, Score, score

STYLE = "reviewed in a ledger"


def articles(connection: sa.Connection) -> list[Row]:
    """The reports with a reviewed record, each as a gold article (`tests/gold/README.md`).

    Beside the keys of the gold files an article has `reviewed`, the spans of all figures that
    were reviewed, rejected ones too; `complete`, whether every figure of the report was; and
    `read`, what the rules read of those figures, as `python -m extraction` prints records.
    """
    c = schema.reports.c
    found = []
    for key in sorted(reviewed_reports(connection)):
        rows = reviewed_rows(connection, [key])
        told = [row for row in rows if row["review"] != "unreviewed"]
        if not told:
            continue
        report = connection.execute(sa.select(schema.reports).where(c.key == key)).one()
        name = _name(report.name, key)
        read = [row["review_machine"] for row in told if row["review_fit"] != "not_read"]
        stand = [row for row in told if row["review"] != "rejected"]
        found.append(
            {
                "id": name,
                "published": report.published.isoformat() if report.published else None,
                "title": report.title,
                "url": report.url,
                "style": STYLE,
                "text": report.text,
                "records": [_gold(row, report.text) for row in stand],
                "reviewed": [(row["start"], row["end"]) for row in told],
                "complete": len(told) == len(rows),
                "read": [_plain(row) | {"article": name} for row in read if row is not None],
            }
        )
    return found


def measured(found: Sequence[Row], printed: Iterable[Mapping[str, Any]] | None = None) -> Score:
    """How well records that were printed for these articles read them.

    A record counts where its words overlap a reviewed figure, and in a complete article always.
    By default the stored reading is measured.
    """
    by_id = {article["id"]: article for article in found}
    if printed is None:
        printed = [row for article in found for row in article["read"]]
    return score(found, [dict(row) for row in printed if _counts(row, by_id)])


def write(found: Iterable[Row], folder: Path) -> int:
    """Write a gold file for each article whose every figure was reviewed; gives their number."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = [article for article in found if article["complete"]]
    for article in whole:
        kept = {key: article[key] for key in _KEYS}
        text = json.dumps(kept, ensure_ascii=False, indent=1)
        (folder / f"{article['id']}.json").write_text(text + "\n", encoding="utf-8")
    return len(whole)


_KEYS = ("id", "published", "title", "url", "style", "text", "records")


def _counts(row: Mapping[str, Any], by_id: Mapping[str | None, Row]) -> bool:
    article = by_id.get(row.get("article"))
    if article is None:
        return False
    start, end = row.get("start"), row.get("end")
    if article["complete"] or start is None or end is None:
        return True
    return any(start < b and a < end for a, b in article["reviewed"])


def _name(name: str, key: str) -> str:
    """A file name of the report's own, whatever it was called."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60]
    return f"{plain or 'report'}-{key[:8]}"


def _plain(row: RawRow) -> Row:
    values = {name: row[name] for name in (*FIELDS, "count_text", "start", "end")}
    values["nationality"] = [code for code in str(row["nationality"]).split("|") if code]
    for name in ("date", "date_from"):
        values[name] = row[name].isoformat() if row[name] else None
    return values


def _gold(row: RawRow, text: str) -> Row:
    values = _plain(row)
    start, _ = values.pop("start"), values.pop("end")
    words, occurrence, at = values["count_text"], 0, 0
    # Occurrences are counted without overlap, as the checker of the gold files does.
    while (at := text.find(words, at)) >= 0 and at <= start:
        occurrence, at = occurrence + 1, at + len(words)
    if text.count(words) > 1:
        values["occurrence"] = occurrence
    if row["review_reason"]:
        values["note"] = row["review_reason"]
    return values
