"""What a report costs, by the processor: `python -m bench.rates [--reports 119] [--json FILE]`.

Read and kept in one process, so that nothing but the work itself is counted; the processor's time
depends little on who else uses the machine. The figures feed `bench.scale_model` and docs/scale.md:
reading a report of the gold set (all about borders) and one about other matters, loading either
into a new SQLite store, and the bytes that each takes as JSON Lines, as a part, in the store.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TypeVar

from bench.other_news import other_reports
from bench.speed import SEED, gold_reports
from extraction import extract_many
from extraction.catalogue.guarded import Reading
from extraction.catalogue.part import Folder, part_bytes, row_of
from extraction.catalogue.rows import report_row
from extraction.formats.language import language_of
from extraction.formats.piece import Piece
from extraction.reports import Report
from extraction.rules import extractor
from store.ledger import Store
from store.load import Loading

T = TypeVar("T")
_FOREIGN = "Les autorités ont annoncé mercredi que le poste frontière resterait fermé. " * 3
"""What loads the detector of languages, which English by itself does not."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Of one kind of report, on average: milliseconds of the processor, and bytes.

    `with_figures` is the share of reports in which any figure was found.
    """

    reports: int
    words: float
    figures: float
    with_figures: float
    read_ms: float
    part_ms: float
    load_ms: float
    line_bytes: float
    part_bytes: float
    store_bytes: float


def measure(reports: Sequence[Report], folder: Path) -> Rates:
    """Read, write and load these reports. The model has to be loaded before."""
    n = len(reports)
    found, read = _timed(lambda: list(extract_many(reports)))
    figures = sum(len(records) for records in found)
    readings = [Reading(tuple(one.as_json() for one in records)) for records in found]
    rules = extractor()

    def written() -> bytes:
        rows = [
            row_of(Piece(r.id, replace(r, language=language_of(r.text))), reading, None)
            for r, reading in zip(reports, readings, strict=True)
        ]
        return part_bytes(rows, rules)

    content, part = _timed(written)
    parts = Folder(str(folder / "parts"))
    parts.write("part-0.parquet", content)
    kept = list(parts.read("part-0.parquet"))
    store = Store(f"sqlite:///{folder / 'ledger.db'}")
    empty = _size(folder)
    loading = Loading(store)
    loading.part(kept[:1])  # imports
    _, load = _timed(lambda: loading.part(kept[1:]))
    store.close()
    lines = sum(len(json.dumps(report_row(r), ensure_ascii=False).encode()) + 1 for r in reports)
    return Rates(
        reports=n,
        words=sum(len(r.text.split()) for r in reports) / n,
        figures=figures / n,
        with_figures=sum(map(bool, found)) / n,
        read_ms=1000 * read / n,
        part_ms=1000 * part / n,
        load_ms=1000 * load / (n - 1),
        line_bytes=lines / n,
        part_bytes=len(content) / n,
        store_bytes=(_size(folder) - empty) / n,
    )


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    begun = time.process_time()
    return work(), time.process_time() - begun


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("ledger.db*"))


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures of both kinds."""
    parser = argparse.ArgumentParser(prog="python -m bench.rates", description=__doc__)
    parser.add_argument("--reports", type=int, default=119, help="of each kind (gold has 119)")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    chosen = parser.parse_args(argv)
    gold = gold_reports()[: chosen.reports]
    other = other_reports(chosen.reports, SEED)
    list(extract_many([*gold[:8], *other[:8]]))
    language_of(_FOREIGN)
    rates = {}
    for name, reports in (("border", gold), ("other", other)):
        with tempfile.TemporaryDirectory() as folder:
            rates[name] = measure(reports, Path(folder))
        one = rates[name]
        print(
            f"{name}: {one.reports} reports of {one.words:.0f} words, {one.figures:.1f} figures "
            f"({one.with_figures:.0%} with any): "
            f"read {one.read_ms:.1f} ms, part {one.part_ms:.2f} ms, load {one.load_ms:.2f} ms; "
            f"{one.line_bytes:.0f} bytes as a line, {one.part_bytes:.0f} in a part, "
            f"{one.store_bytes:.0f} in the store"
        )
    if chosen.json:
        figures = {name: asdict(one) for name, one in rates.items()}
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
