"""A real Dask cluster of two workers: what is read, and what a killed worker loses (nothing)."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from extraction.catalogue.engines import dask, local
from extraction.catalogue.slices import plan
from extraction.catalogue.work import Job
from tests.extraction.catalogue.catalogues import bytes_in, kept_in, records_in, write_lines
from tests.extraction.catalogue.stub_reading import READ


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Two workers, each a process with a nanny that starts it anew."""
    with dask.own_cluster(2) as made:
        yield made


def workers(client: Client) -> list[int]:
    """The workers' process numbers."""
    return list(client.run(os.getpid).values())


def test_kill_9_of_a_worker_halfway_loses_and_doubles_nothing(
    tmp_path: Path, cluster: LocalCluster
) -> None:
    texts = [f"{n} people crossed; reading it takes its time." for n in range(120)]
    texts[37] = "It raises."
    address = write_lines(tmp_path / "a.jsonl", texts)
    job = Job(str(tmp_path / "out"), chunk=8, read=READ, rules="stub")
    slices = list(plan(address, job.chunk))
    killed: list[int] = []
    done = []
    with Client(cluster, set_as_default=False) as client:
        for one in dask.run(slices, job, 2, scheduler=cluster.scheduler_address):
            done.append(one)
            if len(done) == len(slices) // 3:
                killed.append(workers(client)[0])
                os.kill(killed[0], signal.SIGKILL)
        client.wait_for_workers(2, timeout=60)
        assert killed[0] not in workers(client)
    assert [one.error for one in done] == [None] * len(slices)
    assert sorted(one.slice.first for one in done) == [one.first for one in slices]

    plain = replace(job, out=str(tmp_path / "plain"))
    assert all(one.error is None for one in local.run(slices, plain, workers=1))
    assert records_in(job.out) == records_in(plain.out)
    assert len(records_in(job.out)) == 119
    assert bytes_in(tmp_path / "out") == bytes_in(tmp_path / "plain")
    assert {kept.name: kept.cause for kept in kept_in(job.out) if kept.cause} == {
        "a.jsonl, line 38": "reading it failed (ValueError: no such verb)"
    }

    again = list(dask.run(slices, job, 2, scheduler=cluster.scheduler_address))
    assert sum(one.there for one in again) == len(slices)


def test_a_slice_that_cannot_be_read_is_told_and_the_others_are_read(
    tmp_path: Path, cluster: LocalCluster
) -> None:
    address = write_lines(tmp_path / "a.jsonl", [f"{n} people crossed." for n in range(6)])
    good, bad = plan(address, 3)
    gone = replace(bad, addresses=(f"{address}.gone",))
    job = Job(str(tmp_path / "out"), chunk=3, read=READ, rules="stub")
    done = list(dask.run([gone, good], job, 2, scheduler=cluster.scheduler_address))
    told = {one.slice: one.error for one in done}
    assert told[good] is None
    assert "FileNotFoundError" in str(told[gone])
    assert len(records_in(job.out)) == 3
