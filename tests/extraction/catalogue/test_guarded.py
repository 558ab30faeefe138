"""Reports read in a process of their own: each kind of poison, and who else is harmed (nobody)."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from extraction.catalogue.guarded import GuardedReader
from extraction.reports import Report
from extraction.rules import extractor
from tests.extraction.catalogue.stub_reading import READ


@pytest.fixture(scope="module")
def reader() -> Iterator[GuardedReader]:
    """One reader for all: what a test does to its process must not matter to the next."""
    made = GuardedReader(READ)
    yield made
    made.close()


def read(reader: GuardedReader, *texts: str) -> list[tuple[list[int], str | None]]:
    """Counts and cause of each text."""
    reports = [Report(f"r{n}", text) for n, text in enumerate(texts)]
    return [([one["count"] for one in r.records], r.cause) for r in reader.read(reports)]


@pytest.mark.parametrize(
    ("poison", "cause"),
    [
        ("it raises", "reading it failed (ValueError: no such verb)"),
        ("it dies", "reading it failed: the process ended (SIGSEGV)"),
    ],
)
def test_a_poison_report_is_given_up_with_its_cause_and_its_neighbours_are_read(
    reader: GuardedReader, poison: str, cause: str
) -> None:
    answers = read(reader, "31 left", poison, "4 and 5 left")
    assert answers == [([31], None), ([], cause), ([4, 5], None)]


@pytest.mark.parametrize(
    ("poison", "seconds", "patience", "cause"),
    [
        # The machine may be busy: the one clock is far off where the other is looked at.
        ("it spins", 0.2, 3000, "reading it failed: too much of the processor's time"),
        ("it sleeps", 60, 0.02, "reading it failed: no answer in 1.2 seconds"),
    ],
)
def test_a_report_that_takes_for_ever_is_given_up(
    poison: str, seconds: float, patience: float, cause: str
) -> None:
    patient = GuardedReader(READ, seconds=seconds, patience=patience)
    assert read(patient, poison) == [([], cause)]
    patient.close()


def test_a_report_in_whose_reading_the_process_was_killed_once_is_read(
    reader: GuardedReader, tmp_path: Path
) -> None:
    answers = read(reader, "31 left", f"it dies once at {tmp_path}/mark", "4 left")
    assert answers[0] == ([31], None) and answers[2] == ([4], None)
    assert answers[1][1] is None


def test_a_process_killed_between_two_reports_is_started_anew(reader: GuardedReader) -> None:
    assert read(reader, "31 left") == [([31], None)]
    assert reader.pid is not None
    os.kill(reader.pid, signal.SIGKILL)
    assert read(reader, "4 left") == [([4], None)]


def test_the_process_ends_with_its_reader() -> None:
    reader = GuardedReader(READ)
    read(reader, "31 left")
    pid = reader.pid
    reader.close()
    assert pid is not None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_worker_with_other_rules_is_refused() -> None:
    reader = GuardedReader(READ, "0.0.1+other")
    with pytest.raises(OSError) as caught:
        read(reader, "31 left")
    assert str(caught.value) == f"this worker has the rules {extractor()}, not 0.0.1+other"
