"""Many people on one store at once: is anything lost, and how long does a reader wait?

Writers correct records that all of them correct (each adds one to a figure that it has just read),
and bring reports; readers load the whole record frame and its totals, as a page does. At the end
each figure must have grown by exactly the corrections that were acknowledged.
"""

from __future__ import annotations

import multiprocessing
import random
import time
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from extraction.record import Record
from extraction.reports import Report
from store import reconcile
from store.access import local_user
from store.ledger import Store
from store.query import Filter
from store.review import Conflict

PER_REPORT = 8
HOT = 5
"""So many reports are corrected by everybody; the others stand for the rest of the ledger."""
THINK = 0.5
"""Seconds that a writer looks at a record on average, faster than any; a reader twice as long."""
_START = 1_000


@dataclass
class Outcome:
    """What became of a run: seconds are per reading or writing."""

    written: int = 0
    conflicts: int = 0
    added: int = 0
    expected: int = 0
    found: int = 0
    errors: list[str] = field(default_factory=list)
    readings: list[float] = field(default_factory=list)
    totals: list[float] = field(default_factory=list)
    writings: list[float] = field(default_factory=list)

    @property
    def lost(self) -> int:
        """Corrections that were acknowledged and are not there."""
        return self.expected - self.found

    def told(self) -> str:
        """The figures in lines of text."""
        return "\n".join(
            [
                f"{self.written} corrections, {self.added} reports added, {self.conflicts} told "
                f"that somebody was quicker (and done again), {self.lost} lost",
                _told("reading the records", self.readings),
                _told("reading them and their totals", self.totals),
                _told("looking at a record and writing", self.writings),
                f"errors: {len(self.errors)}" + "".join(f"\n  {one}" for one in self.errors[:5]),
            ]
        )


def _told(what: str, seconds: list[float]) -> str:
    low, high, most = np.quantile(np.array(seconds) * 1000, [0.5, 0.95, 1])
    return (
        f"{what}, {len(seconds)} times: p50 {low:.0f} ms, p95 {high:.0f} ms, longest {most:.0f} ms"
    )


def run(url: str, seconds: float, writers: int = 8, readers: int = 4, reports: int = 50) -> Outcome:
    """Fill a new store at `url`, let everybody loose on it, and count."""
    store = Store(url)
    for n in range(reports):
        store.add(*_report(f"report {n}"), extractor="bench")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["bench.many"])
    told = context.Queue()
    begin = context.Barrier(writers + readers)
    people = [
        context.Process(target=target, args=(url, n, seconds, begin, told))
        for target, many in ((_write, writers), (_read, readers))
        for n in range(many)
    ]
    for person in people:
        person.start()
    outcome = Outcome()
    for _ in people:
        for name, value in told.get(timeout=seconds + 120).items():
            setattr(outcome, name, getattr(outcome, name) + value)
    for person in people:
        person.join()
    frame = store.records()
    hot = frame[frame["article"].isin([f"report {n}" for n in range(HOT)])]
    outcome.expected = outcome.written
    outcome.found = int(hot["count"].sum()) - _START * len(hot)
    return outcome


def _report(name: str) -> tuple[Report, list[Record]]:
    text = " ".join(
        f"In {name} figure {n} says that 1000 people crossed at Rafah that day."
        for n in range(PER_REPORT)
    )
    records, at = [], 0
    for _ in range(PER_REPORT):
        at = text.index("1000", at + 1)
        values: dict[str, Any] = dict.fromkeys(Record.__dataclass_fields__)
        values |= {"article": name, "count": _START, "qualifier": "exact", "count_text": "1000"}
        values |= {"unit": "people", "group": "unspecified", "nationality": (), "inferred": ()}
        values |= {"status": "crossed", "scope": "event", "subset": False, "crossing": "Rafah"}
        values |= {"date": date(2023, 11, 1), "sentence": text, "start": at, "end": at + 4}
        records.append(Record(**values))
    return Report(name, text, published=date(2023, 11, 1)), records


def _write(url: str, n: int, seconds: float, begin: Any, told: Any) -> None:
    dice = random.Random(n)
    store = Store(url).signed_by(local_user(f"writer {n}"))
    hot = [
        key
        for key, name in store.reports()[["key", "name"]].itertuples(index=False)
        if name in {f"report {i}" for i in range(HOT)}
    ]
    done: dict[str, Any] = {"written": 0, "conflicts": 0, "added": 0, "errors": [], "writings": []}
    until = _together(store, begin) + seconds
    while time.time() < until:
        begun = time.perf_counter()
        try:
            if dice.random() < 0.05:
                name = f"late report {n} {done['added']}"
                store.add(*_report(name), extractor="bench")
                done["added"] += 1
            else:
                _correct(store, dice, hot, done)
        except Exception as error:  # noqa: BLE001 - every error of whatever kind is counted
            done["errors"].append(f"writer {n}: {type(error).__name__}: {error}")
        done["writings"].append(time.perf_counter() - begun)
        time.sleep(dice.uniform(0, 2 * THINK))
    told.put(done)


def _correct(store: Store, dice: random.Random, hot: list[str], done: dict[str, Any]) -> None:
    report, at = dice.choice(hot), dice.randrange(PER_REPORT)
    while True:
        row = store.records(Filter(reports=(report,))).iloc[at]
        try:
            base = int(row["review_version"])
            changes = {"count": int(row["count"]) + 1}
            store.review.correct(str(row["record_key"]), changes, base=base)
        except Conflict:
            done["conflicts"] += 1
        else:
            done["written"] += 1
            return


def _read(url: str, n: int, seconds: float, begin: Any, told: Any) -> None:
    dice, store = random.Random(-n), Store(url)
    readings, totals, errors = [], [], []
    until = _together(store, begin) + seconds
    while time.time() < until:
        begun = time.perf_counter()
        try:
            frame = store.records()
            readings.append(time.perf_counter() - begun)
            reconcile.totals(frame)
            totals.append(time.perf_counter() - begun)
        except Exception as error:  # noqa: BLE001 - every error of whatever kind is counted
            errors.append(f"reader {n}: {type(error).__name__}: {error}")
        time.sleep(dice.uniform(0, 4 * THINK))
    told.put({"readings": readings, "totals": totals, "errors": errors})


def _together(store: Store, begin: Any) -> float:
    """Wait until everybody has read once, so that no start is measured; gives the time then."""
    reconcile.totals(store.records())
    begin.wait(timeout=120)
    return time.time()
