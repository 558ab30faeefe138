"""`python -m bench.exports`: seconds and peak memory of each export of many made-up records.

Each format is written in a process of its own, so that its memory is its own, from a frame as a
page holds it. The bars: 100,000 records in under 10 seconds and 1 GB per format. On a machine
that others use, the seconds of the processor tell more than those of the clock; both are printed.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import pandas as pd

from extraction.record import GROUPS, QUALIFIERS, STATUSES
from store.export import FORMATS, export
from store.frame import record_frame

MOST_SECONDS, MOST_MEGABYTES = 10.0, 1024
PER_REPORT, PER_EVENT = 12, 3
_CROSSINGS = ("Rafah", "Torkham", "Chaman", "Medyka", "Siret", "Adre", "Nowhere Gate", None)
_LINE = "On that day {:>9} people of group {:>9} went over the border, officials there said. "


class MadeUp:
    """A stand-in for the store: made-up records in reports of a dozen."""

    def __init__(self, size: int, seed: int = 7) -> None:
        dice = random.Random(seed)
        events = [_event(dice) for _ in range(max(1, size // PER_EVENT))]
        self._texts: dict[str, str] = {}
        rows = []
        for number in range(size):
            key = f"{number // PER_REPORT:064x}"
            line = _LINE.format(dice.randint(1, 5000), number)
            text = self._texts.get(key, "")
            self._texts[key] = text + line
            figure = line[12:21].strip()
            start = len(text) + 21 - len(figure)
            rows.append(_row(dice, number, key, line, figure, start) | dice.choice(events))
        self.frame = record_frame(pd.DataFrame(rows))

    def reports(self) -> pd.DataFrame:
        """The frame of reports, as `Store.reports` gives it."""
        rows = self.frame.drop_duplicates("report_key")
        plain = ("filename", "author", "language", "near_copy_of")
        frame = pd.DataFrame({name: pd.Series([None] * len(rows), dtype="str") for name in plain})
        return frame.assign(
            key=rows["report_key"].array,
            name=rows["article"].array,
            title=rows["title"].array,
            publisher=rows["publisher"].array,
            published=rows["published"].array,
            url=[f"https://example.org/{key[-8:]}" for key in rows["report_key"]],
            n_records=PER_REPORT,
            extractor="bench",
            added_at=pd.Timestamp("2024-01-01"),
        )

    def texts(self, keys: Sequence[str]) -> Iterable[tuple[str, str]]:
        """Key and text of reports, as `Store.texts` gives them."""
        return ((key, self._texts[key]) for key in keys)


def _row(
    dice: random.Random, number: int, key: str, line: str, figure: str, start: int
) -> dict[str, object]:
    return {
        "record_key": f"{number:032x}",
        "report_key": key,
        "article": f"report-{number // PER_REPORT}.txt",
        "count": int(figure),
        "count_text": figure,
        "qualifier": dice.choice(QUALIFIERS),
        "unit": "people",
        "scope": "event",
        "subset": False,
        "source": dice.choice(["the ministry", "a border guard", None]),
        "sentence": line.strip(),
        "start": start,
        "end": start + len(figure),
        "confidence": dice.random(),
        "inferred": dice.choice(["", "crossing"]),
        "title": f"Report {number // PER_REPORT}",
        "publisher": "Bench desk",
        "published": date(2023, 1, 1) + timedelta(days=number // PER_REPORT % 700),
    }


def _event(dice: random.Random) -> dict[str, object]:
    origin, destination = dice.choice([("PS", "EG"), ("PK", "AF"), ("UA", "PL"), ("SD", "TD")])
    return {
        "group": dice.choice(GROUPS),
        "nationality": dice.choice(["", "", "AT", "AT|IT"]),
        "status": dice.choice(STATUSES),
        "date": date(2022, 1, 1) + timedelta(days=dice.randint(0, 900)),
        "crossing": dice.choice(_CROSSINGS),
        "origin": origin,
        "destination": destination,
    }


def one(size: int, form: str, words: str, *, hxl: bool) -> bool:
    """Export once and print the figures of this process; gives whether the bars are met."""
    made = MadeUp(size)
    begun, used = time.perf_counter(), time.process_time()
    data = export(made.frame, made, form, words=words, hxl=hxl)  # type: ignore[arg-type]
    clock, processor = time.perf_counter() - begun, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    name = f"{form}{' hxl' if hxl else ''}{' helix' if words == 'helix' else ''}"
    met = processor < MOST_SECONDS and peak < MOST_MEGABYTES
    print(
        f"{name:12} {size:,} records: {processor:5.1f} s of processor, {clock:5.1f} s by the "
        f"clock, peak {peak:4.0f} MB, {len(data) / 1e6:5.1f} MB{'' if met else '  OVER THE BAR'}",
        flush=True,
    )
    return met


def main(argv: Sequence[str] | None = None) -> int:
    """Time every format; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.exports", description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="records (default 100,000)")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args(argv)
    if chosen.one:
        form, words, tags = chosen.one
        return 0 if one(chosen.size, form, words, hxl=tags == "hxl") else 1
    runs = [(form, "own", "plain") for form in FORMATS]
    runs += [("csv", "own", "hxl"), ("xlsx", "own", "hxl"), ("csv", "helix", "plain")]
    failed = 0
    for run in runs:
        command = [sys.executable, "-m", "bench.exports", "--size", str(chosen.size)]
        failed |= subprocess.run([*command, "--one", *run], check=False).returncode
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
