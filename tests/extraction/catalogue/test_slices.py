"""What a catalogue holds, and how it is cut: the same in every form, at every address."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extraction.catalogue.pieces import pieces_of_slice
from extraction.catalogue.slices import plan
from extraction.files import read_pieces
from extraction.formats.piece import Piece
from extraction.formats.sandbox import Reader
from extraction.reports import UnreadableReport
from tests.extraction.catalogue.catalogues import rows_of, write_lines

TEXTS = [f"On Monday {n} people crossed the border at Rafah." for n in range(1, 8)]


def pieces(address: str, chunk: int = 3) -> list[Piece]:
    """All pieces of a catalogue, slice by slice."""
    with Reader() as reader:
        return [
            piece
            for slice_ in plan(address, chunk)
            for piece in pieces_of_slice(slice_, reader, date(2023, 11, 1), {})
        ]


@pytest.mark.parametrize("ending", ["\n", "", "\n\n \n"])
@pytest.mark.parametrize("chunk", [1, 3, 7, 100])
def test_lines_are_cut_anywhere_and_are_the_same_reports(
    tmp_path: Path, ending: str, chunk: int
) -> None:
    path = tmp_path / "a.jsonl"
    write_lines(path, TEXTS)
    lines = path.read_text().rstrip("\n").split("\n")
    lines[4] = "no json"
    lines[2:2] = ['{"text": "On Friday 12 left."}', ""]
    path.write_text("\n".join(lines) + ending)
    plain = list(read_pieces(path, date(2023, 11, 1)))
    assert pieces(str(path), chunk) == plain
    assert [p.name for p in plain if p.refusal] == ["a.jsonl, line 7"]
    assert plain[2].report is not None and plain[2].report.id == "a.jsonl, line 3"


def test_a_line_longer_than_the_block_that_is_read_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extraction.catalogue.slices._BLOCK", 16)
    address = write_lines(tmp_path / "a.jsonl", TEXTS)
    assert [p.report.text for p in pieces(address, 2) if p.report] == TEXTS


@pytest.mark.parametrize("most", [10_000, 2])
def test_a_parquet_file_is_the_same_reports_by_row_group_and_by_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("extraction.catalogue.slices._MOST_ROWS", most)
    rows = [row | {"published": date(2023, 11, 2)} for row in rows_of(TEXTS)]
    rows[3]["text"] = None  # type: ignore[assignment]
    path = tmp_path / "a.parquet"
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=5)
    found = pieces(str(path))
    assert [p.name for p in found] == [f"a.parquet, row {n}" for n in range(1, 8)]
    assert found[3].refusal == "needs an object with a 'text'"
    write_lines(tmp_path / "a.jsonl", TEXTS)
    same = pieces(str(tmp_path / "a.jsonl"))
    assert [p.report for p in found if p.report] == [p.report for p in same[:3] + same[4:]]


def test_a_folder_holds_files_of_every_form(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write_lines(tmp_path / "in" / "a.jsonl", TEXTS[:2])
    pq.write_table(pa.Table.from_pylist(rows_of(TEXTS[2:4])), tmp_path / "b.parquet")
    (tmp_path / "c.txt").write_text(TEXTS[4])
    (tmp_path / ".hidden.txt").write_text(TEXTS[5])
    (tmp_path / "d.docx").write_text("no document")
    (tmp_path / "e.weights").write_text("not a report")
    found = {p.name: p.report.text if p.report else None for p in pieces(str(tmp_path))}
    assert found == {
        "a.jsonl, line 1": TEXTS[0],
        "a.jsonl, line 2": TEXTS[1],
        "b.parquet, row 1": TEXTS[2],
        "b.parquet, row 2": TEXTS[3],
        "c.txt": TEXTS[4],
        "d.docx": None,
    }


def test_an_address_is_read_as_a_path_is(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.jsonl", TEXTS)
    (tmp_path / "c.txt").write_text(TEXTS[4])
    memory = fsspec.filesystem("memory")
    memory.put(str(tmp_path), "/papers", recursive=True)
    plain = pieces(str(tmp_path))
    assert pieces(f"file://{tmp_path}") == plain
    assert pieces("memory://papers") == plain
    assert len(plain) == 8


def test_a_file_that_went_away_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXTS[0])
    (slice_,) = plan(str(tmp_path))
    (tmp_path / "a.txt").unlink()
    with Reader() as reader:
        gone, there = pieces_of_slice(slice_, reader, None, {})
    assert (gone.name, gone.refusal) == ("a.txt", "there is no such file any more")
    assert there.report is not None


@pytest.mark.parametrize(
    ("address", "cause"),
    [
        ("none.jsonl", "there is no such file or folder"),
        ("empty", "there is no report in this folder"),
        ("bad.parquet", "it is damaged as Parquet"),
        ("nowhere://x", "nowhere"),
    ],
)
def test_what_cannot_be_a_catalogue_says_why(tmp_path: Path, address: str, cause: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.parquet").write_text("PAR1 no")
    whole = address if "://" in address else str(tmp_path / address)
    with pytest.raises(UnreadableReport, match=cause) as caught:
        list(plan(whole))
    assert whole in str(caught.value)
