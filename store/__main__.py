"""The store from the command line.

    python -m store add PATH... [--published DATE]
    python -m store export --format csv [--filter QUERY] [--out FILE]

PATH is a text file (`.txt`, `.md`), a report as JSON (`id`, `text`, `title`, `published`,
`publisher`, `url`), a `.jsonl` of such reports, or a folder of any of these. The store is the one
that DATABASE_URL names, by default `data/ledger.db`. An export has the bytes that a
page gives under the same filter; QUERY is what stands after the "?" in the page's address.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from extraction.files import read_reports, report_files
from extraction.reports import UnreadableReport
from store.engine import StoreError
from store.export import command
from store.ledger import Store


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit code: 1 when any report could not be kept."""
    parser = argparse.ArgumentParser(prog="python -m store", description="The ledger's store.")
    commands = parser.add_subparsers(dest="command", required=True)
    adding = commands.add_parser("add", help="extract the figures of reports and keep both")
    adding.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    adding.add_argument("--published", type=date.fromisoformat, metavar="DATE")
    exporting = commands.add_parser("export", help="write a table of the ledger as a file")
    command.add_arguments(exporting)
    chosen = parser.parse_args(arguments)
    try:
        store = Store()
        if chosen.command == "add":
            return add(store, chosen.paths, chosen.published)
        command.run(store, chosen)
    except (StoreError, ValueError, OSError) as error:
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
            for report in read_reports(path, published):
                added = store.add(report, extract(report), extractor=VERSION, filename=path.name)
                words = added.status.replace("_", " ")
                print(f"{report.id}: {words}, {added.n_records} records")
        except UnreadableReport as error:
            failed = 1
            print(error, file=sys.stderr)
        except (ValueError, OSError) as error:
            failed = 1
            print(f"{path}: {error}", file=sys.stderr)
    return failed


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files of the paths one by one, so that a bad one in a folder stops no other."""
    for path in paths:
        if path.is_dir():
            yield from report_files(path)
        else:
            yield path


if __name__ == "__main__":
    raise SystemExit(main())
