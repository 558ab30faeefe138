"""What who runs a store does from the command line: move it, back it up."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from store.backup import backup
from store.engine import database_url
from store.move import move

NAMES = ("move", "backup")


def add_commands(commands: Any) -> None:
    """Add `move` and `backup` to the commands of `python -m store`."""
    moving = commands.add_parser("move", help="copy the store into another, empty database")
    moving.add_argument("--from", dest="source", metavar="URL", help="default: DATABASE_URL")
    moving.add_argument("--to", dest="target", required=True, metavar="URL")
    kept = commands.add_parser("backup", help="write a SQLite store as one checked file")
    kept.add_argument("path", type=Path, metavar="FILE")


def run(chosen: argparse.Namespace) -> None:
    """Do what the arguments ask for and print what was done.

    Raises ValueError or StoreError, whose message says what is wrong, as `move` and `backup` do.
    """
    if chosen.command == "backup":
        size = backup(database_url(), chosen.path)
        print(f"{chosen.path}: {size:,} bytes, checked")
        return
    counts = move(database_url(chosen.source), chosen.target, _told)
    print(f"done: {sum(counts.values()):,} rows are equal on both sides")


def _told(table: str, rows: int) -> None:
    print(f"{table}: {rows:,} rows copied and compared", flush=True)
