"""Fill a new store with made-up records: `python -m bench.million --records N --url URL`.

The rows are what `Store.add` would write (the same checks, the same near copies), but in large
transactions and in the order in which the indexes lie. The reports: `bench/made_reports.py`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy import event

from bench.made_reports import FIRST_DAY, Told, made_reports
from store import schema
from store.checks import check_records, check_report
from store.engine import database_url, open_engine, reading, writing
from store.ledger import report_key
from store.migrate import migrate
from store.near_copies import FEWEST_SHINGLES, SHARED_ENOUGH, fingerprint, shared, shingles
from store.records import record_rows

EXTRACTOR = "made-up"
WHO = "bench"
REPORTS_AT_ONCE = 4_000
ROWS_AT_ONCE = 100_000


def fill(url: str, records: int, seed: int = 8) -> int:
    """Make a store at `url` with `records` records; gives the number of its reports.

    Raises ValueError where the store holds reports already.
    """
    engine = open_engine(url)
    migrate(engine)
    with reading(engine) as connection:
        if connection.execute(sa.select(schema.reports.c.key).limit(1)).first():
            raise ValueError(f"{engine.url.render_as_string()} holds reports: name a new store")
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _hurry)
    told = made_reports(records, seed)
    keys: list[str] = []
    bands: list[np.ndarray] = []
    while chunk := list(islice(told, REPORTS_AT_ONCE)):
        with writing(engine) as connection:
            here, found = _write(connection, chunk)
            connection.execute(sa.update(schema.state).values(version=schema.state.c.version + 1))
        keys += here
        bands.append(found)
    _write_bands(engine, np.array(keys), np.concatenate(bands))
    engine.dispose()
    return len(keys)


def _hurry(connection: Any, _record: Any) -> None:
    """What is made up may be lost in a power cut: no waiting for the disk, and room for indexes."""
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-600000")


def _write(connection: sa.Connection, chunk: Iterable[Told]) -> tuple[list[str], np.ndarray]:
    """Reports with their records, uploads and acts; gives their keys and bands (n x 32, S16)."""
    reports, records, uploads, acts, bands = [], [], [], [], []
    for n, (report, figures) in enumerate(chunk):
        check_report(report)
        check_records(figures, report.text)
        key = report_key(report.text)
        print_ = fingerprint(report.text)
        # An hour of the day of publication that differs from report to report.
        day = datetime.combine(report.published or FIRST_DAY, datetime.min.time())
        at = day + timedelta(seconds=21_600 + n * 13 % 57_600)
        row = asdict(report)
        row["name"] = row.pop("id")
        row |= {"key": key, "extractor": EXTRACTOR, "filename": f"{report.id}.txt"}
        row |= {"n_records": len(figures), "added_at": at, "signature": print_.signature}
        reports.append(row)
        records += record_rows(key, EXTRACTOR, figures)
        uploads.append({"report_key": key, "name": report.id, "filename": None, "at": at})
        acts.append({"what": "add", "who": WHO, "reason": "", "at": at, "report_key": key})
        bands.append(print_.bands)
    connection.execute(sa.insert(schema.reports), reports)
    connection.execute(sa.insert(schema.records), records)
    connection.execute(sa.insert(schema.uploads), uploads)
    connection.execute(sa.insert(schema.acts), acts)
    return [row["key"] for row in reports], np.array(bands, dtype="S16")


def _write_bands(engine: sa.Engine, keys: np.ndarray, bands: np.ndarray) -> None:
    """The bands of all reports, and every pair of near copies that they show."""
    candidates: set[tuple[str, str]] = set()
    for band in range(bands.shape[1]):
        order = np.lexsort((keys, bands[:, band]))
        hashes, ordered = bands[order, band], keys[order]
        candidates |= set(_pairs(hashes, ordered))
        for first in range(0, len(keys), ROWS_AT_ONCE):
            here = slice(first, first + ROWS_AT_ONCE)
            rows = [
                {"band": band, "hash": hash_.decode(), "report_key": str(key)}
                for hash_, key in zip(hashes[here], ordered[here], strict=True)
            ]
            with writing(engine) as connection:
                connection.execute(sa.insert(schema.bands), rows)
    _write_copies(engine, sorted(candidates))


def _pairs(hashes: np.ndarray, keys: np.ndarray) -> Iterator[tuple[str, str]]:
    """Keys that share a hash, in pairs in their order; both arrays are sorted by hash, then key."""
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1], True])
    for start, end in zip(starts[:-1], starts[1:], strict=True):
        for one in range(start, end - 1):
            for other in range(one + 1, end):
                yield str(keys[one]), str(keys[other])


def _write_copies(engine: sa.Engine, candidates: list[tuple[str, str]]) -> None:
    c = schema.reports.c
    for first in range(0, len(candidates), 2_000):
        pairs = candidates[first : first + 2_000]
        keys = sorted({key for pair in pairs for key in pair})
        texts: dict[str, str] = {}
        with reading(engine) as connection:
            for at in range(0, len(keys), 500):
                query = sa.select(c.key, c.text).where(c.key.in_(keys[at : at + 500]))
                texts |= {row.key: row.text for row in connection.execute(query)}
        cut = {key: shingles(text) for key, text in texts.items()}
        rows = []
        for one, other in pairs:
            if min(len(cut[one]), len(cut[other])) < FEWEST_SHINGLES:
                continue
            share = shared(cut[one], cut[other])
            if share >= SHARED_ENOUGH:
                rows.append({"first": one, "second": other, "shared": share})
        if rows:
            with writing(engine) as connection:
                connection.execute(sa.insert(schema.near_copies), rows)


def main() -> int:
    """Fill the store that the command line names; 2 where it holds reports already."""
    parser = argparse.ArgumentParser(prog="python -m bench.million", description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--url", help="by default the store that DATABASE_URL names")
    parser.add_argument("--seed", type=int, default=8)
    chosen = parser.parse_args()
    begun = time.perf_counter()
    try:
        reports = fill(database_url(chosen.url), chosen.records, chosen.seed)
    except ValueError as error:
        parser.error(str(error))
    seconds = time.perf_counter() - begun
    print(f"{chosen.records:,} records of {reports:,} reports in {seconds:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
