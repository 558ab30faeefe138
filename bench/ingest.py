"""What a report costs to keep in a large store, against a small one: `python -m bench.ingest`.

The same new reports are added to both by turns, so that the load of the machine falls on both.
Exits 1 where the larger store's median is more than 1.3 times the smaller's.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from bench.made_reports import Told, made_reports
from bench.million import EXTRACTOR
from bench.stores import KEPT, copied, made_store
from store.ledger import Store

BAR = 1.3
SEED = 77  # other reports than those in the made-up stores


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds to keep one report of about eight records, median and 95th percentile."""

    median: float
    p95: float

    @classmethod
    def of(cls, seconds: list[float]) -> Cost:
        """The cost that these times in seconds show."""
        low, high = np.quantile(np.array(seconds) * 1000, [0.5, 0.95])
        return cls(float(low), float(high))


def compare(small: Store, large: Store, told: list[Told]) -> tuple[Cost, Cost]:
    """Add the reports to both stores by turns; gives what one costs in each."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for n, (report, records) in enumerate(told):
        for at in (0, 1) if n % 2 else (1, 0):
            begun = time.perf_counter()
            (small, large)[at].add(report, records, extractor=EXTRACTOR)
            seconds[at].append(time.perf_counter() - begun)
    # The first reports warm up imports and the databases' pages.
    warm = min(20, len(told) // 4)
    return Cost.of(seconds[0][warm:]), Cost.of(seconds[1][warm:])


def main() -> int:
    """Print both costs and their ratio; 1 where the bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.ingest", description=__doc__)
    parser.add_argument("--small", type=int, default=10_000, help="records in the small store")
    parser.add_argument("--large", type=int, default=1_000_000, help="records in the large store")
    parser.add_argument("--reports", type=int, default=200, help="how many are added to each")
    parser.add_argument("--stores", type=Path, default=KEPT, help="where made-up stores are kept")
    chosen = parser.parse_args()
    told = list(islice(made_reports(chosen.reports * 10, SEED), chosen.reports))
    with tempfile.TemporaryDirectory(dir=chosen.stores.parent) as folder:
        stores = [
            Store(copied(made_store(size, chosen.stores), Path(folder)))
            for size in (chosen.small, chosen.large)
        ]
        small, large = compare(stores[0], stores[1], told)
    ratio = large.median / small.median
    for size, cost in ((chosen.small, small), (chosen.large, large)):
        print(f"{size:,} records: {cost.median:.1f} ms a report (p95 {cost.p95:.1f} ms)")
    print(f"{ratio:.2f} times (at most {BAR})")
    return int(ratio > BAR)


if __name__ == "__main__":
    sys.exit(main())
