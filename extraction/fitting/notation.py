"""The short notation of the practice reports in `data/annotated/`, read into gold rows.

A file holds one report: a head of `key: value` lines (id, published, title, style), a line
`---`, the text, a line `---`, and one row a record, its fields separated by ` | `:

    count_text | group | demographic | nationality | status | scope | subset | date |
    date_from | crossing | origin | destination | source

Empty fields are null. `count_text #2` is its second occurrence in the text, `subset` is `sub`
or empty, nationality is codes with blanks between. Count, qualifier and unit come from the
text by the figure reader; `=` after the row overrides them: `... | source | = count=81
qualifier=about unit=families`. Run `python -m extraction.fitting.notation FILE...` to check.
"""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

from extraction.figures import find_figures
from extraction.record import DEMOGRAPHICS, GROUPS, QUALIFIERS, SCOPES, STATUSES, UNITS

FIELDS = (
    "count_text",
    "group",
    "demographic",
    "nationality",
    "status",
    "scope",
    "subset",
    "date",
    "date_from",
    "crossing",
    "origin",
    "destination",
    "source",
)
_FAMILIES = re.compile(r"\s*(?:[a-z]+\s+){0,2}(?:families|households)", re.IGNORECASE)


def read_notation(path: Path) -> dict[str, Any]:
    """One annotated report as a gold row (id, published, title, style, text, records).

    Raises ValueError naming the file and the row where something does not fit.
    """
    parts = re.split(
        r"^---[ \t]*$", path.read_text(encoding="utf-8"), maxsplit=2, flags=re.MULTILINE
    )
    if len(parts) != 3:
        raise ValueError(f"{path.name}: needs a head, a text and rows, with lines --- between")
    head = dict(line.split(":", 1) for line in parts[0].strip().splitlines())
    text = parts[1].strip("\n")
    records = []
    for line in parts[2].strip().splitlines():
        if line.strip() and not line.startswith("#"):
            records.append(_record(path.name, text, line))
    return {
        "id": head["id"].strip(),
        "published": date.fromisoformat(head["published"].strip()).isoformat()
        if head.get("published", "").strip()
        else None,
        "title": head.get("title", "").strip() or None,
        "style": head.get("style", "").strip() or None,
        "text": text,
        "records": records,
    }


def _record(name: str, text: str, line: str) -> dict[str, Any]:
    row, _, overrides = line.partition("| =")
    cells = [cell.strip() or None for cell in row.split("|")]
    cells += [None] * (len(FIELDS) - len(cells))
    if len(cells) > len(FIELDS) and any(cells[len(FIELDS) :]):
        raise ValueError(f"{name}: too many fields: {line}")
    values: dict[str, Any] = dict(zip(FIELDS, cells, strict=False))
    quoted, _, occurrence = str(values["count_text"]).partition(" #")
    values["count_text"] = quoted
    values["occurrence"] = int(occurrence or 1)
    values["nationality"] = sorted((values["nationality"] or "").split())
    values["subset"] = values["subset"] == "sub"
    start = -1
    for _ in range(values["occurrence"]):
        start = text.find(quoted, start + 1)
        if start < 0:
            raise ValueError(f"{name}: {quoted!r} (occurrence {values['occurrence']}) not in text")
    if text.count(quoted) > 1 and not occurrence:
        raise ValueError(f"{name}: {quoted!r} stands more than once: say which, `{quoted} #1`")
    end = start + len(quoted)
    values.update(count=None, count_max=None, qualifier="exact", unit="people")
    for figure in find_figures(text, text.rfind("\n", 0, start) + 1, min(len(text), end + 80)):
        if figure.number_start < end and figure.number_end > start:
            values.update(
                count=figure.count, count_max=figure.count_max, qualifier=figure.qualifier
            )
            break
    if _FAMILIES.match(text, end) or _FAMILIES.search(quoted):
        values["unit"] = "families"
    for pair in overrides.split():
        key, _, value = pair.partition("=")
        values[key] = int(value) if value.isdigit() else value
    _check(name, line, values)
    return values


def _check(name: str, line: str, values: dict[str, Any]) -> None:
    allowed = {
        "group": GROUPS,
        "demographic": (None, *DEMOGRAPHICS),
        "status": STATUSES,
        "scope": SCOPES,
        "qualifier": QUALIFIERS,
        "unit": UNITS,
    }
    for field, choices in allowed.items():
        if values[field] not in choices:
            raise ValueError(f"{name}: {field} is {values[field]!r}: {line}")
    if not isinstance(values["count"], int):
        raise ValueError(f"{name}: the figure reader sees no number in {values['count_text']!r}")
    for field in ("date", "date_from"):
        if values[field]:
            date.fromisoformat(values[field])
    for code in (*values["nationality"], values["origin"], values["destination"]):
        if code is not None and not re.fullmatch(r"[A-Z]{2}", code):
            raise ValueError(f"{name}: {code!r} is no country code: {line}")


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        try:
            row = read_notation(Path(argument))
        except ValueError as error:
            print(error)
        else:
            print(f"{argument}: {len(row['records'])} records")
            for r in row["records"]:
                print(
                    "  ",
                    r["count_text"],
                    r["count"],
                    r["count_max"] or "",
                    r["qualifier"],
                    r["unit"],
                    r["group"],
                    r["status"],
                )
