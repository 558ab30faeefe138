"""The store from the command line.

    python -m store add PATH... [--published DATE] [--text-column NAME]
    python -m store add --watch FOLDER
    python -m store load FOLDER [--only-with-figures]
    python -m store export --format csv [--filter QUERY] [--out FILE]
    python -m store read-again [--as ADDRESS]
    python -m store gold --out FOLDER
    python -m store move [--from URL] --to URL
    python -m store backup FILE

PATH is a report in any form, or a folder of reports (see `python -m extraction --help`). The store
is the one that DATABASE_URL names, by default `data/ledger.db`. Exit codes: 0 all is kept, 1 some
was not (standard error says which and why), 2 wrong arguments. An export has the bytes that a
page gives under the same filter; QUERY is what stands after the "?" in the page's address.
`load` takes what `python -m extraction CATALOGUE --out FOLDER` has written, each report once
however often it is loaded; FOLDER may be any address that fsspec knows. `read-again` reads with the
current rules what others have read, and carries the reviews over; `gold` writes the reports of
which every figure was reviewed as gold files. `move` copies the whole store into an empty database
and compares both; `backup` writes a SQLite store as one file. Where visitors of the dashboard sign
in, --as names the editor who writes.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from store import upkeep
from store.access import Identity, NotAllowed
from store.engine import StoreError
from store.export import command
from store.ledger import Store


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit code: 1 when any report could not be kept."""
    parser = argparse.ArgumentParser(prog="python -m store", description="The ledger's store.")
    commands = parser.add_subparsers(dest="command", required=True)
    adding = commands.add_parser("add", help="extract the figures of reports and keep both")
    adding.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    adding.add_argument("--published", type=date.fromisoformat, metavar="DATE")
    adding.add_argument("--text-column", metavar="NAME", help="of a table, where no name tells")
    adding.add_argument("--watch", type=Path, metavar="FOLDER", help="take up what appears there")
    loading = commands.add_parser("load", help="keep what a catalogue was read into")
    loading.add_argument("folder", metavar="FOLDER")
    loading.add_argument(
        "--only-with-figures", action="store_true", help="leave reports without a figure out"
    )
    exporting = commands.add_parser("export", help="write a table of the ledger as a file")
    command.add_arguments(exporting)
    again = commands.add_parser("read-again", help="read with the current rules, keep reviews")
    for writes in (adding, loading, again):
        writes.add_argument("--as", dest="who", metavar="ADDRESS", help="the editor who writes")
    gold = commands.add_parser("gold", help="write fully reviewed reports as gold files")
    gold.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    upkeep.add_commands(commands)
    chosen = parser.parse_args(arguments)
    try:
        if chosen.command in upkeep.NAMES:
            upkeep.run(chosen)  # which opens the store itself, or finds that there is none
            return 0
        store = Store()
        if named := getattr(chosen, "who", None):
            store = store.signed_by(Identity(named.split("@")[0], named, verified=True, local=True))
        if chosen.command == "add":
            if not chosen.paths and chosen.watch is None:
                adding.error("name a PATH, or a folder to --watch")
            return add(store, chosen.paths, chosen.published, chosen.text_column, chosen.watch)
        if chosen.command == "load":
            return load(store, chosen.folder, only_with_figures=chosen.only_with_figures)
        if chosen.command == "read-again":
            return read_all_again(store)
        if chosen.command == "gold":
            return write_gold(store, chosen.out)
        command.run(store, chosen)
    except (StoreError, ValueError, OSError, NotAllowed) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def add(
    store: Store,
    paths: Sequence[Path],
    published: date | None = None,
    text_column: str | None = None,
    watch: Path | None = None,
) -> int:
    """Keep each report of the paths and print what became of it; a bad one stops no other.

    `published` dates the reports that state no date. With `watch` it then waits for files in that
    folder, until it is interrupted. Gives 1 when any was not kept, else 0.
    """
    # Imported here because an export needs nothing of what reads files.
    from store.folders import Adding, watched

    with Adding(store, published, text_column) as adding:
        adding.add(paths)
        if watch is not None:
            try:
                for files in watched(watch):
                    adding.add(files)
            except KeyboardInterrupt:
                print(file=sys.stderr)
        print(adding.summary(), file=sys.stderr)
        return 1 if adding.failed else 0


def load(store: Store, folder: str, *, only_with_figures: bool = False) -> int:
    """Keep the reports of a folder of parts and print what became of them; 1 as `add` gives it."""
    # Imported here because an export needs nothing of what reads parts.
    from store.load import Loading

    loading = Loading(store, only_with_figures=only_with_figures)
    loading.folder(folder)
    print(loading.summary(), file=sys.stderr)
    return 1 if loading.failed else 0


def read_all_again(store: Store) -> int:
    """Read every report with the current rules, and print what was; 1 when any could not be."""
    # Imported here because an export needs nothing of what reads reports.
    from store.keeping import extractor, read_again

    failed, reports = 0, store.reports()
    older = reports[reports["extractor"] != extractor()]
    for key, name in older[["key", "name"]].itertuples(index=False):
        try:
            print(f"{name}: {_AGAIN[read_again(store, key)]}")
        except ValueError as error:
            failed = 1
            print(f"{name}: {error}", file=sys.stderr)
    return failed


_AGAIN = {
    "changed": "read again, its figures have changed",
    "same": "read again, its figures are the same",
    "unread": "its language is not read",
}


def write_gold(store: Store, folder: Path) -> int:
    """Write the fully reviewed reports into the folder, and print how many there were."""
    from store import gold

    n = gold.write(store.review.gold(), folder)
    print(f"{n} fully reviewed reports written to {folder}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
