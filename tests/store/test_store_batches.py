"""Batches: kept before they are read, whole after a kill, no total changed by what comes twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from extraction.formats.language import language_of
from extraction.record import Record
from extraction.reports import Report
from store import keeping, reconcile, schema
from store.access import Access, Identity, NotAllowed
from store.batches import Batches
from store.engine import reading, writing
from store.keeping import leave, settle, work_off
from store.ledger import Store
from store.outcomes import Outcome
from store.workers import alive, worker_name
from tests.extraction.formats import made
from tests.store.claims_made import record

ROOT = Path(__file__).parents[2]


def plain_reading(report: Report) -> list:  # type: ignore[type-arg]
    """Reads 361 and 81 where the report says them, dated by its publication."""
    return [
        record(report.text, figure, count=int(figure), date=report.published)
        for figure in ("361", "81")
        if f"{figure} " in report.text and f"{figure}:" not in report.text
    ]


pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def plain_extraction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "read_figures", plain_reading)
    monkeypatch.setattr(keeping, "extractor", lambda: "test")


def report(n: int) -> bytes:
    """One of many reports, each its own story of forty words."""
    words = " ".join(f"word{n}x{i}" for i in range(40))
    return f"Report {n}: on 2 May 361 people crossed. {words}".encode()


def worked(files: list[tuple[str, bytes]], **kwargs: bool) -> tuple[Batches, int, list[Outcome]]:
    batches = Batches(Store())
    batch = batches.new(files, **kwargs)
    work_off(batches.store, batch)
    return batches, batch, batches.outcomes(batch)


def test_each_file_has_its_outcome_and_a_bad_one_stops_no_other() -> None:
    french = "Environ 400 étrangers ont franchi mercredi le poste frontière de Rafah, dit-on. " * 3
    batches, batch, outcomes = worked(
        [
            ("a.html", made.html()),
            ("b.txt", b"The gate stayed shut all day."),
            ("c.pdf", b"%PDF-1.4 cut"),
            ("d.zip", made.archive({"e.txt": report(1), "f.exe": b"MZ\x00"})),
            ("g.txt", french.encode()),
            ("h.csv", b"day,count\n2023-11-01,400\n"),
            ("i.html", made.html()),
        ]
    )
    assert [(o.name, o.status) for o in outcomes] == [
        ("a.html", "read"),
        ("b.txt", "nothing"),
        ("c.pdf", "failed"),
        ("d.zip/e.txt", "held"),
        ("d.zip/f.exe", "failed"),
        ("g.txt", "unread"),
        ("h.csv", "columns"),
        ("i.html", "already_here"),
    ]
    assert outcomes[5].cause == "it is in French; only English is read"
    assert outcomes[6].columns == ("day", "count")
    progress = batches.progress(batch)
    assert (progress.total, progress.done, progress.finished) == (8, 8, True)
    unread = batches.store.text(str(outcomes[5].key))
    assert (unread.language, unread.n_records) == ("fr", 0)
    assert language_of(unread.text) == "fr"


def test_the_file_is_kept_byte_for_byte_beside_the_text_that_offsets_refer_to() -> None:
    batches, batch, (outcome,) = worked([("a.html", made.html())])
    entry = batches.entry(batch, 0)
    assert entry.file_hash is not None
    assert batches.content(entry.file_hash) == made.html()
    store = batches.store
    text = store.text(str(outcome.key)).text
    for row in store.records().to_dict("records"):
        assert text[row["start"] : row["end"]] == row["count_text"]
    with reading(store.engine) as connection:
        uploads = connection.execute(sa.select(schema.uploads.c.file_hash)).scalars().all()
    assert uploads == [entry.file_hash]


def test_a_report_without_a_date_is_held_and_settled_with_the_day_that_is_given() -> None:
    batches, batch, (held,) = worked([("2024-05-03-gate.txt", report(1))])
    assert (held.status, held.figures, held.guess) == ("held", 1, date(2024, 5, 3))
    assert batches.store.reports().empty
    assert batches.open_outcomes() == [held]
    settled = settle(batches.store, held, held.guess)
    assert settled.status == "read"
    assert batches.outcomes(batch) == [settled]
    assert list(batches.store.records()["date"].dt.date) == [date(2024, 5, 3)]


def test_a_report_that_is_looked_at_first_is_kept_or_left() -> None:
    batches, batch, outcomes = worked([("a.html", made.html()), ("b.txt", report(1))], preview=True)
    assert [o.status for o in outcomes] == ["preview", "preview"]
    assert batches.store.reports().empty
    assert settle(batches.store, outcomes[1], None, ask=True).status == "held"
    assert leave(batches.store, outcomes[1]).status == "left"
    assert settle(batches.store, outcomes[0], None).status == "read"
    assert batches.open_outcomes() == []
    assert len(batches.store.reports()) == 1


def test_a_table_waits_for_its_text_column_and_goes_on_with_it() -> None:
    table = b"day,note\n2023-11-01,On 2 May 361 people crossed.\n2023-11-02,The gate was shut.\n"
    batches, batch, (asked,) = worked([("a.csv", table)])
    assert asked.columns == ("day", "note")
    batches.again(batch, 0, {"text": "note"})
    work_off(batches.store, batch)
    assert [(o.name, o.status) for o in batches.outcomes(batch)] == [
        ("a.csv, row 2", "held"),
        ("a.csv, row 3", "nothing"),
    ]


def test_a_cancelled_batch_waits_and_goes_on_where_it_stopped() -> None:
    store = Store()
    batches = Batches(store)
    batch = batches.new([(f"{n}.txt", report(n)) for n in range(6)])

    def cancel(outcome: Outcome) -> None:
        if outcome.ordinal == 2:
            batches.cancel(batch)

    work_off(store, batch, cancel)
    progress = batches.progress(batch)
    assert (progress.done, progress.cancelled, progress.in_hand) == (3, True, "3.txt")
    assert batches.unfinished() == [batch]
    batches.go_on(batch)
    work_off(store, batch)
    assert len(batches.outcomes(batch)) == 6
    assert batches.unfinished() == []


def test_two_workers_do_not_read_one_batch_twice() -> None:
    store = Store()
    batches = Batches(store)
    batch = batches.new([(f"{n}.txt", report(n)) for n in range(12)])
    heard: list[Outcome] = []
    threads = [threading.Thread(target=work_off, args=(store, batch, heard.append)) for _ in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(o.ordinal for o in heard) == list(range(12))


def test_a_worker_is_known_to_live_or_not() -> None:
    name = worker_name()
    assert alive(name) is True
    host, pid, _, number = name.split("|")
    assert alive(f"{host}|{pid}|12|{number}") is False
    assert alive(f"elsewhere|{pid}|12|{number}") is None


def test_a_worker_of_another_machine_holds_its_batch_until_it_is_no_longer_seen() -> None:
    batches = Batches(Store())
    batch = batches.new([("a.txt", report(1)), ("b.txt", report(2))])
    assert batches.take_next(batch, "elsewhere#1|7|12|x") is not None
    assert batches.take_next(batch, worker_name()) is None
    assert batches.progress(batch).running
    long_ago = sa.update(schema.batches).values(worker_seen=datetime(2023, 11, 1))
    with writing(batches.store.engine) as connection:
        connection.execute(long_ago)
    assert not batches.progress(batch).running
    batches.seen(batch, "elsewhere#1|7|12|x")
    assert batches.take_next(batch, worker_name()) is None
    with writing(batches.store.engine) as connection:
        connection.execute(long_ago)
    work_off(batches.store, batch)
    assert [one.ordinal for one in batches.outcomes(batch)] == [0, 1]


def test_a_worker_is_seen_while_a_file_takes_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "LEASE", timedelta(seconds=0.03))
    batches = Batches(Store())
    batch = batches.new([("a.txt", report(1))])
    seen: list[datetime] = []
    held = sa.select(schema.batches.c.worker_seen)

    def slowly(report: Report) -> list[Record]:
        for _ in range(2):
            time.sleep(0.15)
            with reading(batches.store.engine) as connection:
                seen.append(connection.execute(held).scalar_one())
        return []

    monkeypatch.setattr(keeping, "read_figures", slowly)
    work_off(batches.store, batch)
    assert seen[0] < seen[1]


KILLED = """
import sys, time
from store import keeping
from store.access import Access, Identity, NotAllowed
from store.batches import Batches
from store.ledger import Store
from store.outcomes import Outcome
from tests.store.test_store_batches import plain_reading
def slowly(report):
    time.sleep(0.01)
    return plain_reading(report)
keeping.read_figures = slowly
keeping.extractor = lambda: "test"
def told(outcome):
    print(outcome.ordinal, outcome.status, outcome.key, flush=True)
keeping.work_off(Store(), int(sys.argv[1]), told, terms=keeping.Terms())
"""


def test_after_kill_9_every_file_said_to_be_kept_is_whole_and_the_batch_goes_on(
    database: str,
) -> None:
    store = Store()
    batches = Batches(store)
    # One kill does on PostgreSQL, where it is the server that ends the killed one's transaction.
    kills, files = ((20, 60, 90), 200) if database.startswith("sqlite") else ((25,), 40)
    batch = batches.new([(f"{n}.txt", report(n)) for n in range(files)])
    said: dict[int, str] = {}
    for kill_after in kills:
        worker = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(batch)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )
        assert worker.stdout is not None
        for count, line in enumerate(worker.stdout, start=1):
            ordinal, status, key = line.split()
            assert int(ordinal) not in said  # nothing is read again
            said[int(ordinal)] = key
            if count == kill_after:
                break
        time.sleep(0.013 * (kill_after % 7))
        os.kill(worker.pid, signal.SIGKILL)
        rest = worker.stdout.read()
        said.update(
            (int(r.split()[0]), r.split()[2]) for r in rest.splitlines() if r.count(" ") == 2
        )
        worker.wait()
        _all_whole(store, batches, batch, said)
        assert batches.progress(batch).running is False
    assert sum(kills) <= len(said) < files
    work_off(store, batch, terms=keeping.Terms())
    outcomes = batches.outcomes(batch)
    assert [o.ordinal for o in outcomes] == list(range(files))
    assert {o.status for o in outcomes} == {"read"}
    assert len(store.reports()) == len(store.records()) == files


def _all_whole(store: Store, batches: Batches, batch: int, said: dict[int, str]) -> None:
    """What was said is in the store with its record, and what is in the store has its outcome."""
    kept = set(store.reports()["key"])
    recorded = store.records()["report_key"].value_counts().to_dict()
    assert set(said.values()) <= kept
    assert recorded == dict.fromkeys(kept, 1)
    assert {o.key for o in batches.outcomes(batch)} == kept


def test_the_same_file_twice_and_one_story_of_two_sites_change_no_total() -> None:
    batches, _, _ = worked([("a.html", made.html())])
    store = batches.store
    before = reconcile.totals(reconcile.reconcile(store.records()))
    other = made.page('<link rel="canonical" href="https://other.example/1">')
    other = other.replace("Border Post", "The Other Site").replace("<h1>", "<h1>LIVE: ")
    worked([("a.html", made.html()), ("other.html", other.encode()), ("a.docx", made.docx())])
    after = reconcile.totals(reconcile.reconcile(store.records()))
    assert len(store.reports()) > 1
    assert before["best"].sum() > 0
    people = ["status", "low", "best", "high"]
    assert before[people].to_dict() == after[people].to_dict()


def test_a_reader_brings_no_batch_and_works_none_off() -> None:
    store = Store(access=Access(login=True, editors=("ana@example.org",)))
    ana = Identity("Ana", "ana@example.org", verified=True)
    batch = Batches(store.signed_by(ana)).new([("a.html", made.html())])
    for who in (None, Identity("Ben", "ben@example.org", verified=True)):
        reader = store.signed_by(who)
        with pytest.raises(NotAllowed):
            Batches(reader).new([("a.html", made.html())])
        with pytest.raises(NotAllowed):
            work_off(reader, batch)
        with pytest.raises(NotAllowed):
            Batches(reader).cancel(batch)
    assert Batches(store).brought_by(batch) == ana
    assert store.reports().empty
