"""The short notation of the practice reports, read into gold rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from extraction.fitting.gold import PRACTICE, load_practice
from extraction.fitting.notation import read_notation

HEAD = "id: p1\npublished: 2023-11-02\ntitle: Out\nstyle: wire\n"
TEXT = "Some 421 people left on Wednesday. The ministry said 421 people, 30 families, came."


def write(folder: Path, *rows: str, text: str = TEXT) -> Path:
    path = folder / "p1.txt"
    path.write_text("---\n".join((HEAD, f"{text}\n", "\n".join(rows) + "\n")))
    return path


def error(path: Path) -> str:
    with pytest.raises(ValueError) as caught:
        read_notation(path)
    return str(caught.value)


ROW = "Some 421 | resident | | PS | crossed | event | sub | 2023-11-01 | | Rafah | PS | EG | the UN"


def test_a_report_and_its_rows_are_read(tmp_path: Path) -> None:
    row = read_notation(write(tmp_path, ROW))
    assert (row["id"], row["published"], row["title"]) == ("p1", "2023-11-02", "Out")
    assert row["text"] == TEXT
    (record,) = row["records"]
    assert (record["count"], record["qualifier"], record["unit"]) == (421, "about", "people")
    assert (record["group"], record["nationality"], record["subset"]) == ("resident", ["PS"], True)
    assert (record["demographic"], record["date_from"]) == (None, None)
    assert (record["crossing"], record["source"]) == ("Rafah", "the UN")


def test_an_occurrence_says_which_and_the_noun_tells_families(tmp_path: Path) -> None:
    rows = read_notation(
        write(
            tmp_path,
            "421 #2 | resident | | | crossed | event",
            "30 | resident | | | crossed | event",
        )
    )["records"]
    assert (rows[0]["occurrence"], rows[0]["qualifier"]) == (2, "exact")
    assert rows[1]["unit"] == "families"


def test_what_the_reader_gets_wrong_is_overridden(tmp_path: Path) -> None:
    row = f"{ROW} | = count=420 qualifier=at_most unit=families"
    (record,) = read_notation(write(tmp_path, row))["records"]
    assert (record["count"], record["qualifier"], record["unit"]) == (420, "at_most", "families")


def test_a_comment_and_an_empty_line_are_no_rows(tmp_path: Path) -> None:
    assert read_notation(write(tmp_path, "# none", "", ROW))["records"] != []


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        ("421 | resident | | | crossed | event", "stands more than once"),
        ("77 | resident | | | crossed | event", "not in text"),
        ("421 #3 | resident | | | crossed | event", "not in text"),
        ("Some 421 | nobody | | | crossed | event", "group is 'nobody'"),
        ("Some 421 | resident | | | left | event", "status is 'left'"),
        ("Some 421 | resident | | Austria | crossed | event", "'Austria' is no country code"),
        ("Wednesday | resident | | | crossed | event", "sees no number in 'Wednesday'"),
        (f"{ROW} | x", "too many fields"),
    ],
)
def test_a_row_that_does_not_fit_is_named_with_its_file(
    tmp_path: Path, row: str, cause: str
) -> None:
    message = error(write(tmp_path, row))
    assert message.startswith("p1.txt: ")
    assert cause in message


def test_a_file_without_its_three_parts_is_named(tmp_path: Path) -> None:
    path = tmp_path / "p1.txt"
    path.write_text(HEAD)
    assert error(path) == "p1.txt: needs a head, a text and rows, with lines --- between"


def test_a_folder_of_reports_is_laid_out_with_an_annotation_for_each_candidate(
    tmp_path: Path,
) -> None:
    write(tmp_path, ROW)
    (annotated,) = load_practice(tmp_path)
    labels = [label and label["count_text"] for label in annotated.labels]
    assert labels == ["Some 421", None, None]


def test_every_practice_report_keeps_to_the_notation() -> None:
    for path in sorted(PRACTICE.glob("*.txt")):
        assert read_notation(path)["id"], path.name
