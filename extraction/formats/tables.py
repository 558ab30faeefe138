"""Tables of reports: CSV, Excel, JSON and JSON Lines, a report a row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from extraction.formats.encodings import decode
from extraction.formats.piece import MOST_ROWS, Found, NoTextColumn, Refused
from extraction.formats.values import day_in
from extraction.formats.words import columns as known_columns

PROSE = 120  # characters: a column of longer texts with spaces is taken for the reports


def read_csv(content: bytes, chosen: Mapping[str, str]) -> Iterator[Found]:
    """The reports of a CSV file, whatever parts its fields (comma, semicolon, tab, bar).

    `chosen` names the column of a field of the report ("text", "title", "published", ...) where a
    user has picked it. Raises NoTextColumn where the text's is not known.
    """
    text = decode(content)
    csv.field_size_limit(10_000_000)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise Refused(f"it is a damaged table ({error})") from error
    yield from _of_rows(rows, chosen)


def _delimiter(text: str) -> str:
    """The mark that parts the names of the first line: the one there are most of."""
    first = text.lstrip("\n").split("\n", 1)[0]
    return max(",;\t|", key=first.count)


def read_xlsx(content: bytes, chosen: Mapping[str, str]) -> Iterator[Found]:
    """The reports of an Excel workbook's first sheet with a text column (see `read_csv`)."""
    import openpyxl

    from extraction.formats.office import opened

    opened(content)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    unknown: NoTextColumn | None = None
    for sheet in book.worksheets:
        rows = []
        for number, row in enumerate(sheet.iter_rows(values_only=True)):
            if number > MOST_ROWS:
                raise Refused(f"it has more than {MOST_ROWS:,} rows: split it")
            rows.append(list(row))
        try:
            yield from _of_rows(rows, chosen)
            return
        except NoTextColumn as refusal:
            unknown = unknown or refusal
        except Refused:
            continue  # an empty sheet
    raise unknown or Refused("it is an empty workbook")


def _of_rows(rows: list[list[Any]], chosen: Mapping[str, str]) -> Iterator[Found]:
    filled = [
        (number, row)
        for number, row in enumerate(rows, start=1)
        if any(str(cell if cell is not None else "").strip() for cell in row)
    ]
    if len(filled) < 2:
        raise Refused("it is a table without rows")
    if len(filled) - 1 > MOST_ROWS:
        raise Refused(f"it has {len(filled) - 1:,} rows; the limit is {MOST_ROWS:,}: split it")
    names = [str(cell if cell is not None else "").strip() for cell in filled[0][1]]
    records = [(f"row {number}", dict(zip(names, row, strict=False))) for number, row in filled[1:]]
    fields = fields_of(names, [row for _, row in records], chosen)
    for part, row in records:
        yield _found(row, fields, part)


def fields_of(
    names: Iterable[str], rows: list[dict[str, Any]], chosen: Mapping[str, str]
) -> dict[str, str]:
    """The column of each field of a report: as chosen, else by its name, else the longest prose.

    Raises NoTextColumn where none holds the text.
    """
    names = [name for name in dict.fromkeys(names) if name]
    by_plain = {name.casefold().replace(" ", "_"): name for name in reversed(names)}
    out: dict[str, str] = {}
    for field, words in known_columns().items():
        if field in chosen:
            if chosen[field] not in names:
                raise Refused(f"it has no column {chosen[field]!r}; its columns: {names}")
            out[field] = chosen[field]
        elif found := next((by_plain[word] for word in words if word in by_plain), None):
            out[field] = found
    if "text" in chosen or ("text" in out and out["text"].casefold() == "text"):
        return out
    # A column that is called "source" or "report" may hold anything: prose is told by its length.
    if "text" not in out or _length(rows, out["text"]) < PROSE:
        prose = {name: _length(rows, name) for name in names}
        longest = max(prose, key=lambda name: prose[name], default=None)
        if longest is None or prose[longest] < PROSE:
            if "text" in out:
                return out
            raise NoTextColumn(tuple(names))
        out = {field: name for field, name in out.items() if name != longest} | {"text": longest}
    return out


def _length(rows: list[dict[str, Any]], name: str) -> float:
    texts = [text for row in rows[:100] if " " in (text := str(row.get(name) or "").strip())]
    return sum(map(len, texts)) / len(texts) if texts else 0.0


def read_json(content: bytes, chosen: Mapping[str, str]) -> Iterator[Found]:
    """The report of a JSON object with a text, or those of a list of such objects."""
    try:
        value = json.loads(decode(content))
    except (ValueError, RecursionError) as error:
        raise Refused(f"not JSON ({_cause(error)})") from error
    rows = value if isinstance(value, list) else [value]
    if len(rows) > MOST_ROWS:
        raise Refused(f"it has {len(rows):,} reports; the limit is {MOST_ROWS:,}: split it")
    if not rows:
        raise Refused("needs an object with a 'text'")
    for number, row in enumerate(rows, start=1):
        yield of_object(row, chosen, f"report {number}" if isinstance(value, list) else None)


def read_jsonl(content: bytes, chosen: Mapping[str, str]) -> Iterator[Found]:
    """The reports of a JSON Lines file, one a line; a damaged line is a part with its refusal."""
    # Not splitlines(): a line separator of Unicode may stand inside a JSON text.
    for number, line in enumerate(decode(content).split("\n"), start=1):
        if line.strip():
            yield of_line(line, chosen, number)


def of_line(line: str, chosen: Mapping[str, str], number: int) -> Found:
    """The report of one line of JSON Lines, or its refusal."""
    part = f"line {number}"
    try:
        return of_object(json.loads(line), chosen, part)
    except (ValueError, RecursionError) as error:
        return Found("", part=part, refusal=f"not JSON ({_cause(error)})")


def of_object(row: Any, chosen: Mapping[str, str], part: str | None) -> Found:
    """A JSON object as a report, or its refusal where it has no text or no readable date."""
    if not isinstance(row, dict):
        return Found("", part=part, refusal="needs an object with a 'text'")
    names = [str(name) for name in row]
    try:
        fields = fields_of(names, [row], chosen)
    except Refused:
        fields = {}
    if not isinstance(row.get(fields.get("text", "")), str):
        return Found("", part=part, refusal="needs an object with a 'text'")
    found = replace(_found(row, fields, part), exact=True)
    stated = row.get(fields.get("published", ""))
    if stated and found.published is None:
        refusal = f"'{fields['published']}' is {stated!r}, not YYYY-MM-DD"
        return Found("", part=part, refusal=refusal)
    return found


def _found(row: Mapping[str, Any], fields: Mapping[str, str], part: str | None) -> Found:
    def stated(field: str) -> str | None:
        value = row.get(fields.get(field, ""))
        return (str(value).strip() or None) if value is not None else None

    text = row.get(fields["text"])
    return Found(
        text if isinstance(text, str) else "",
        title=stated("title"),
        published=day_in(row.get(fields.get("published", ""))),
        publisher=stated("publisher"),
        author=stated("author"),
        url=stated("url"),
        language=stated("language"),
        id=stated("id"),
        part=part,
    )


def _cause(error: Exception) -> str:
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
