"""The store from the command line.

    python -m store add PATH... [--published DATE]
    python -m store export --format csv [--out FILE]

PATH is a text file (`.txt`, `.md`), a report as JSON (`id`, `text`, `title`, `published`,
`publisher`, `url`), a `.jsonl` of such reports, or a folder of any of these. The store is the one
that DATABASE_URL names, by default `data/ledger.db`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from extraction.reports import Report
from store.engine import StoreError
from store.export import to_csv, to_jsonl, to_xlsx
from store.ledger import Store

FORMATS: dict[str, Callable[[pd.DataFrame], bytes]] = {
    "csv": to_csv,
    "jsonl": to_jsonl,
    "xlsx": to_xlsx,
}
_FIELDS = ("title", "publisher", "author", "url", "language")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit code: 1 when any report could not be kept."""
    parser = argparse.ArgumentParser(prog="python -m store", description="The ledger's store.")
    commands = parser.add_subparsers(dest="command", required=True)
    adding = commands.add_parser("add", help="extract the figures of reports and keep both")
    adding.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    adding.add_argument("--published", type=date.fromisoformat, metavar="DATE")
    exporting = commands.add_parser("export", help="write all records that stand")
    exporting.add_argument("--format", choices=sorted(FORMATS), default="csv")
    exporting.add_argument("--out", type=Path, metavar="FILE", help="default: standard output")
    chosen = parser.parse_args(arguments)
    try:
        store = Store()
        if chosen.command == "add":
            return add(store, chosen.paths, chosen.published)
        data = FORMATS[chosen.format](store.records())
        if chosen.out is None:
            sys.stdout.buffer.write(data)
        else:
            chosen.out.write_bytes(data)
    except (StoreError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def add(store: Store, paths: Sequence[Path], published: date | None) -> int:
    """Keep each report of the paths and print what became of it; a bad one stops no other.

    `published` dates the reports that state no date. Gives 1 when any was not kept, else 0.
    """
    # Imported here because the model takes seconds to load and an export needs none of it.
    from extraction import VERSION, extract

    failed = 0
    for path in _files(paths):
        try:
            for report in reports_in(path):
                dated = replace(report, published=report.published or published)
                added = store.add(dated, extract(dated), extractor=VERSION, filename=path.name)
                words = added.status.replace("_", " ")
                print(f"{report.id}: {words}, {added.n_records} records")
        except (ValueError, OSError) as error:
            failed = 1
            print(f"{path}: {error}", file=sys.stderr)
    return failed


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.iterdir() if p.suffix in READERS)
        else:
            yield path


def reports_in(path: Path) -> Iterator[Report]:
    """The reports of a file. Raises ValueError where its kind or its content cannot be read."""
    if path.suffix not in READERS:
        raise ValueError(f"only {', '.join(READERS)} can be read")
    return READERS[path.suffix](path)


def _from_text(path: Path) -> Iterator[Report]:
    yield Report(id=path.name, text=path.read_text(encoding="utf-8-sig"))


def _from_json(path: Path) -> Iterator[Report]:
    yield _report(json.loads(path.read_text(encoding="utf-8-sig")), path.stem)


def _from_lines(path: Path) -> Iterator[Report]:
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _report(json.loads(line), f"{path.name}:{number}")


def _report(fields: Any, name: str) -> Report:
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        raise ValueError(f"{name} has no text")
    published = fields.get("published")
    return Report(
        id=str(fields.get("id") or name),
        text=fields["text"],
        published=date.fromisoformat(published) if published else None,
        **{field: fields.get(field) for field in _FIELDS},
    )


READERS: dict[str, Callable[[Path], Iterator[Report]]] = {
    ".txt": _from_text,
    ".md": _from_text,
    ".json": _from_json,
    ".jsonl": _from_lines,
}

if __name__ == "__main__":
    raise SystemExit(main())
