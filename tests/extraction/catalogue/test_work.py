"""A slice in, its parts out: the same bytes whoever reads it, whole or not there, once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import fsspec
import pyarrow.parquet as pq
import pytest

from extraction.catalogue import part
from extraction.catalogue.engines import local
from extraction.catalogue.part import SCHEMA, Counts, Folder
from extraction.catalogue.slices import plan
from extraction.catalogue.work import Done, Job, close, work_off
from tests.extraction.catalogue.catalogues import bytes_in, kept_in, records_in, write_lines
from tests.extraction.catalogue.stub_reading import READ

TEXTS = [f"On Monday {n} people crossed the border at Rafah." for n in range(1, 8)]


@pytest.fixture(scope="module", autouse=True)
def closed() -> Iterator[None]:
    """The process that reads serves all tests of this thread."""
    yield
    close()


def run(address: str, job: Job) -> list[Done]:
    """All slices of a catalogue, in the catalogue's order."""
    return [work_off(slice_, job) for slice_ in plan(address, job.chunk)]


def job(out: Path | str, **fields: object) -> Job:
    """Parts of three reports, read by the stub."""
    return Job(str(out), chunk=3, read=READ, rules="stub", **fields)  # type: ignore[arg-type]


def test_a_part_says_everything_of_its_reports(tmp_path: Path) -> None:
    foreign = (
        "Environ 400 étrangers ont franchi mercredi le poste frontière de Rafah, ont annoncé les "
        "autorités égyptiennes, qui attendent encore 81 blessés palestiniens dans la soirée."
    )
    texts = ["31 and 4 crossed.", foreign, "It raises."]
    address = write_lines(tmp_path / "a.jsonl", texts)
    (done,) = run(address, job(tmp_path / "out"))
    assert done.counts == Counts(reports=3, unread=1, failed=1, records=2)
    assert done.failures == (
        ("a.jsonl, line 2", "it is in French; only English is read"),
        ("a.jsonl, line 3", "reading it failed (ValueError: no such verb)"),
    )
    read, unread, failed = kept_in(str(tmp_path / "out"))
    assert [one.status for one in (read, unread, failed)] == ["read", "unread", "failed"]
    assert read.report is not None and read.report.text == texts[0]
    assert [record.count for record in read.records] == [31, 4]
    assert read.records[0].nationality == ("AT", "IT")
    assert read.records[0].date == read.report.published
    assert failed.report is not None and failed.report.id == "r2"
    assert read.extractor == "stub"


def test_a_second_run_reads_nothing_and_tells_the_same(tmp_path: Path) -> None:
    address = write_lines(tmp_path / "a.jsonl", [*TEXTS, "It raises."])
    first = run(address, job(tmp_path / "out"))
    before = bytes_in(tmp_path / "out")
    marks = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()}
    # A reading that cannot come up: nothing asks it.
    again = run(address, replace(job(tmp_path / "out"), read="no.such:reading"))
    assert [one.there for one in again] == [1, 1, 1]
    assert [one.counts for one in again] == [one.counts for one in first]
    assert [one.failures for one in again] == [one.failures for one in first]
    assert bytes_in(tmp_path / "out") == before
    assert {p.name: p.stat().st_mtime_ns for p in (tmp_path / "out").iterdir()} == marks


def test_a_run_goes_on_where_the_last_one_stopped(tmp_path: Path) -> None:
    address = write_lines(tmp_path / "a.jsonl", TEXTS)
    run(address, job(tmp_path / "whole"))
    run(address, job(tmp_path / "out"))
    lost = sorted((tmp_path / "out").iterdir())[1]
    lost.unlink()
    (tmp_path / "out" / f".{lost.name}.1234").write_bytes(b"half a part")
    done = run(address, job(tmp_path / "out"))
    assert sum(one.there for one in done) == 2
    assert records_in(str(tmp_path / "out")) == records_in(str(tmp_path / "whole"))
    assert len(records_in(str(tmp_path / "out"))) == 7


def test_two_workers_or_one_and_any_address_give_the_same_bytes(tmp_path: Path) -> None:
    address = write_lines(tmp_path / "a.jsonl", TEXTS)
    run(address, job(tmp_path / "one"))
    two = job(f"file://{tmp_path}/two")
    assert len(list(local.run(plan(address, 3), two, workers=2))) == 3
    memory = fsspec.filesystem("memory")
    memory.pipe_file("/papers/a.jsonl", Path(address).read_bytes())
    run("memory://papers/a.jsonl", job("memory://parts"))
    one = bytes_in(tmp_path / "one")
    assert bytes_in(tmp_path / "two") == one
    assert {path.rsplit("/", 1)[1]: memory.cat(path) for path in memory.ls("/parts", False)} == one
    assert len(one) == 3


def test_what_changes_the_reading_changes_the_name(tmp_path: Path) -> None:
    out = tmp_path / "out"
    address = write_lines(tmp_path / "a.jsonl", TEXTS[:1])
    for some in (job(out), replace(job(out), rules="other")):
        run(address, some)
    write_lines(tmp_path / "a.jsonl", TEXTS[1:2])
    run(address, job(out))
    assert len(Folder(str(out)).names()) == 3


def test_failed_reports_are_read_again_when_asked_for(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    address = write_lines(tmp_path / "a.jsonl", ["It raises.", *TEXTS[:4]])
    run(address, job(tmp_path / "out", retry=True))
    mark.touch()
    mended = replace(job(tmp_path / "out", retry=True), read=f"{__name__}:read_all")
    done = run(address, mended)
    assert [one.there for one in done] == [0, 1]
    assert [kept.status for kept in kept_in(str(tmp_path / "out"))] == ["read"] * 5


def read_all(reports):  # type: ignore[no-untyped-def]
    """A reading that has been mended."""
    return ([] for _ in reports)


def test_a_part_that_cannot_be_written_whole_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(local, "PAUSE", 0)
    monkeypatch.setattr(part.os, "fsync", full)
    address = write_lines(tmp_path / "a.jsonl", TEXTS[:2])
    (done,) = local.run(plan(address), job(tmp_path / "out"), workers=1)
    assert done.error == "OSError: [Errno 28] No space left on device"
    assert Folder(str(tmp_path / "out")).names() == []
    monkeypatch.undo()
    (done,) = run(address, job(tmp_path / "out"))
    assert done.error is None and len(records_in(str(tmp_path / "out"))) == 2


def test_a_part_is_a_plain_parquet_file(tmp_path: Path) -> None:
    address = write_lines(tmp_path / "a.jsonl", TEXTS[:2])
    run(address, job(tmp_path / "out"))
    (path,) = (tmp_path / "out").glob("*.parquet")
    table = pq.read_table(path)
    assert table.schema.remove_metadata() == SCHEMA
    assert table["records"].to_pylist()[1][0]["count"] == 2


def test_a_file_of_another_make_is_refused_by_name(tmp_path: Path) -> None:
    pq.write_table(pq.read_table(_other(tmp_path)), tmp_path / "part-0.parquet")
    with pytest.raises(ValueError, match=r"part-0\.parquet was not written by this version"):
        list(Folder(str(tmp_path)).read("part-0.parquet"))


def _other(folder: Path) -> Path:
    import pyarrow as pa

    pq.write_table(pa.table({"a": [1]}), folder / "other.parquet")
    return folder / "other.parquet"
