"""Several processes write to one store at once: nothing is lost, doubled or half kept."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

from store.ledger import Store

ROOT = Path(__file__).parents[2]

WRITE = """
import sys
from store.ledger import Store
from tests.store.claims_made import record, report
url, name, n = sys.argv[1:]
store = Store(url)
for i in range(int(n)):
    for who in ("all", name):
        text = f"Report {i} of {who}: 31 people crossed at Rafah, then 12 more."
        records = [record(text, "31", count=31), record(text, "12", count=12)]
        print(store.add(report(text, id=who), records, extractor="1").key, flush=True)
"""


def write(url: str, name: str, n: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITE, url, name, str(n)]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def assert_whole(store: Store, acknowledged: set[str]) -> None:
    """Each acknowledged report is there, and each report there has its two records."""
    reports = store.reports()
    assert acknowledged <= set(reports["key"])
    counts = store.records().groupby("report_key").size()
    assert set(counts.index) == set(reports["key"])
    assert (counts == 2).all()


def test_two_writers_and_a_reader_on_one_store(database: str) -> None:
    store = Store(database)
    writers = [write(store.url, name, 15) for name in "ab"]
    seen: list[int] = []
    while any(writer.poll() is None for writer in writers):
        frame = store.records()
        assert (frame.groupby("report_key").size() == 2).all()
        seen.append(len(frame))
        time.sleep(0.05)
    told = [writer.communicate() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0], told
    assert seen == sorted(seen)
    assert_whole(store, {key for out, _ in told for key in out.split()})
    reports = store.reports()
    # Fifteen that both bring, and fifteen of each one's own.
    assert sorted(reports["n_uploads"]) == [1] * 30 + [2] * 15


def test_a_writer_that_is_killed_leaves_whole_reports_and_no_lock(database: str) -> None:
    store = Store(database)
    writer = write(store.url, "a", 5_000)
    assert writer.stdout is not None
    acknowledged = [writer.stdout.readline().strip() for _ in range(25)]
    writer.send_signal(signal.SIGKILL)
    rest, _ = writer.communicate()
    # The last line may be cut: only a whole key was acknowledged.
    acknowledged += [key for key in rest.split() if len(key) == 64]
    assert_whole(store, set(acknowledged))
    assert write(store.url, "b", 1).wait(timeout=30) == 0
