"""`python -m store export`: the bytes that a page gives under the same filter."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from store import address
from store.__main__ import main
from store.export import FORMATS, export
from store.ledger import Store
from tests.store.claims_made import record, report

TEXT = "On Wednesday 361 foreigners crossed. Egypt said 81 patients would follow."


@pytest.fixture
def store(own_ledger: str) -> Store:
    made = Store(own_ledger)
    rows = [
        record(TEXT, "361"),
        record(TEXT, "81", count=81, group="patient", status="expected", source="Egypt"),
    ]
    made.add(report(TEXT, url="https://example.org/a"), rows, extractor="by hand")
    made.add(
        report("On Friday 31 left.", id="b.txt"),
        [record("On Friday 31 left.", "31", count=31, date=date(2023, 11, 3))],
        extractor="by hand",
    )
    return made


@pytest.mark.parametrize("form", list(FORMATS))
@pytest.mark.parametrize("query", ["", "group=patient", "from=2023-11-02&speaker=-"])
def test_the_command_gives_the_bytes_of_the_page(
    form: str, query: str, store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "out"
    assert main(["export", "--format", form, "--filter", query, "--out", str(file)]) == 0
    # A page filters the frame of the whole ledger that it holds.
    kept = address.from_query(query).apply(store.records())
    assert file.read_bytes() == export(kept, store, form, query=query)


def test_options_go_with_the_command(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "out"
    options = ["--words", "helix", "--hxl", "--out", str(file)]
    assert main(["export", *options]) == 0
    assert file.read_bytes() == export(store.records(), store, "csv", words="helix", hxl=True)
    assert main(["export", "--table", "events", "--out", str(file)]) == 0
    assert file.read_bytes() == export(store.records(), store, "csv", what="events")


def test_records_carry_their_link_and_the_text_around(store: Store) -> None:
    text = export(store.records(), store, "jsonl").decode()
    assert '"url": "https://example.org/a"' in text
    around = f'"exact": "81", "prefix": "{TEXT[max(0, TEXT.index("81") - 32) : TEXT.index("81")]}"'
    assert around in text


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--filter", "grup=patient"], "no such filter"),
        (["--filter", "from=soon"], "cannot be read"),
        (["--format", "jsonl", "--hxl"], "HXL"),
    ],
)
def test_what_cannot_be_done_is_said(
    options: list[str], told: str, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", *options]) == 1
    assert told in capsys.readouterr().err
