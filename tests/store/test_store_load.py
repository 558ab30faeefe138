"""`python -m store load`: what a cluster has written comes into the ledger, once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from extraction.catalogue.slices import plan
from extraction.catalogue.work import Job, close, work_off
from store import load
from store.__main__ import main
from store.ledger import Store
from tests.extraction.catalogue.catalogues import write_lines
from tests.extraction.catalogue.stub_reading import READ

FRENCH = (
    "Environ 400 étrangers ont franchi mercredi le poste frontière de Rafah, ont annoncé les "
    "autorités égyptiennes, qui attendent encore 81 blessés palestiniens dans la soirée."
)
TEXTS = [f"On Monday {n} people crossed, and on Friday {n + 100}." for n in range(1, 8)]


@pytest.fixture(scope="module", autouse=True)
def closed() -> Iterator[None]:
    """The process that reads serves all tests of this thread."""
    yield
    close()


def parts(tmp_path: Path, texts: list[str], rules: str = "stub") -> str:
    """A folder of parts of three reports each."""
    address = write_lines(tmp_path / "a.jsonl", texts)
    job = Job(str(tmp_path / "out"), chunk=3, read=READ, rules=rules)
    for slice_ in plan(address, 3):
        assert work_off(slice_, job).error is None
    return job.out


def test_loading_twice_is_loading_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = parts(tmp_path, TEXTS)
    assert main(["load", folder]) == 0
    assert capsys.readouterr().err == "7 kept\n"
    first = Store().records()
    assert sorted(first["count"]) == sorted([*range(1, 8), *range(101, 108)])
    version = Store().version()
    assert main(["load", folder]) == 0
    assert capsys.readouterr().err == "7 already here\n"
    assert Store().version() == version
    assert Store().records().equals(first)
    assert list(Store().reports()["n_uploads"]) == [1] * 7
    assert "a.jsonl, line 1" in set(Store().reports()["filename"])


def test_a_load_that_was_killed_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = parts(tmp_path, TEXTS)
    taken = load.Loading.part
    loaded = []

    def dying(self: load.Loading, reports: list) -> None:  # type: ignore[type-arg]
        if len(loaded) == 1:
            raise KeyboardInterrupt
        taken(self, reports)
        loaded.append(reports)

    with monkeypatch.context() as once:
        once.setattr(load.Loading, "part", dying)
        with pytest.raises(KeyboardInterrupt):
            main(["load", folder])
    assert 0 < len(Store().reports()) < 7
    assert main(["load", folder]) == 0
    assert len(Store().records()) == 14
    assert list(Store().reports()["n_uploads"]) == [1] * 7


def test_what_was_not_read_is_named_and_the_others_are_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = parts(tmp_path, [TEXTS[0], "It raises.", FRENCH, "99999999999 people crossed."])
    assert main(["load", folder]) == 1
    told = capsys.readouterr().err
    assert "a.jsonl, line 2: reading it failed (ValueError: no such verb)" in told
    assert "a.jsonl, line 3: it is in French; only English is read" in told
    assert "a.jsonl, line 4: " in told and "is not between 0 and" in told
    assert told.splitlines()[-1] == "1 kept, 1 kept unread, 2 not kept"
    assert sorted(Store().reports()["n_records"]) == [0, 2]


def test_the_same_text_in_two_catalogues_is_one_report_with_two_uploads(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_lines(tmp_path / name / f"{name}.jsonl", TEXTS[:1])
        job = Job(str(tmp_path / name / "out"), read=READ, rules="stub")
        for slice_ in plan(str(tmp_path / name / f"{name}.jsonl")):
            work_off(slice_, job)
        assert main(["load", job.out]) == 0
    assert list(Store().reports()["n_uploads"]) == [2]
    assert len(Store().records()) == 2


def test_a_reading_by_todays_rules_takes_the_place_of_an_older_one_and_never_the_reverse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(load, "extractor", lambda: "new")
    parts(tmp_path, TEXTS[:2], rules="old")
    folder = parts(tmp_path, TEXTS[:2], rules="new")
    for _ in range(2):
        assert main(["load", folder]) == 0
    assert set(Store().reports()["extractor"]) == {"new"}
    assert len(Store().records()) == 4


def test_reports_without_a_figure_may_be_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = parts(tmp_path, [TEXTS[0], "The gate stayed shut.", FRENCH])
    assert main(["load", folder, "--only-with-figures"]) == 0
    assert capsys.readouterr().err == "1 kept, 2 without a figure left out\n"
    assert len(Store().reports()) == 1


def test_a_folder_without_parts_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["load", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"{tmp_path}: there is no part in this folder\n"
