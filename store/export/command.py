"""`python -m store export`: the ledger's tables by command, as the pages give them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs

from store import address
from store.export.formats import FORMATS, WORDS, export
from store.export.tables import TABLES
from store.ledger import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--format", choices=list(FORMATS), default="csv")
    parser.add_argument("--table", choices=list(TABLES), default="records")
    parser.add_argument(
        "--filter",
        default="",
        metavar="QUERY",
        help="the filter as in a page's address: 'group=patient&from=2023-11-01', or the address",
    )
    parser.add_argument(
        "--words", choices=WORDS, default="own", help="helix: columns and words of IDMC's Helix"
    )
    parser.add_argument("--hxl", action="store_true", help="a row of HXL tags under the header")
    parser.add_argument("--out", type=Path, metavar="FILE", help="default: standard output")


def run(store: Store, chosen: argparse.Namespace) -> None:
    """Write the file. Raises ValueError for a filter or a choice that there is none of, OSError
    where the file cannot be written."""
    claims = store.records(address.from_query(chosen.filter))
    data = export(
        claims,
        store,
        chosen.format,
        what=chosen.table,
        words=chosen.words,
        hxl=chosen.hxl,
        query=address.to_query(_params(chosen.filter)),
    )
    if chosen.out is None:
        sys.stdout.buffer.write(data)
    else:
        chosen.out.write_bytes(data)


def _params(query: str) -> Mapping[str, tuple[str, ...]]:
    return address.parse(parse_qs(query.strip().rpartition("?")[2]))
