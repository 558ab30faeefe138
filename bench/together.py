"""Eight writers and four readers on one store for a minute: what is lost, who waits how long.

    python -m bench.together [--seconds 60] [--writers 8] [--readers 4] [--reports 50]

What they do is told in `bench/many.py`. Exits 1 where a correction is lost, anybody sees an error,
or a reader waits longer than half a second in more than one case of twenty.
"""

from __future__ import annotations

import argparse
import sys
import tempfile

import numpy as np

from bench.many import run


def main() -> int:
    """Run by the command line's wishes; 1 where anything was lost, failed or was too slow."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, value in (("seconds", 60), ("writers", 8), ("readers", 4), ("reports", 50)):
        parser.add_argument(f"--{name}", type=int, default=value)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(f"sqlite:///{folder}/ledger.db", **vars(chosen))
    print(outcome.told())
    slow = bool(np.quantile(outcome.readings, 0.95) > 0.5)
    return int(outcome.lost != 0 or bool(outcome.errors) or slow)


if __name__ == "__main__":
    sys.exit(main())
