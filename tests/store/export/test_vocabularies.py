"""HXL's row of tags, Helix's words, and the data package, read by their own libraries."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import frictionless
import hxl
import pytest

from store.export import columns, export, helix
from store.frame import DTYPES
from tests.store.claims_made import claims
from tests.store.export import read_back
from tests.store.export.read_back import Ledger

FRAME = claims(
    [
        {"count": 81, "qualifier": "about", "source": "Egypt"},
        {"count": 88, "qualifier": "at_least", "source": "=cmd", "title": "One, “two”\nthree"},
        {"count": 9, "group": "returnee", "unit": "families", "report": "b"},
        {"count": 7, "status": "expected", "date_from": None, "report": "b"},
    ]
)
LEDGER = Ledger(FRAME)


def test_hxl_reads_the_tagged_csv_with_every_row() -> None:
    data = export(FRAME, LEDGER, "csv", hxl=True)
    source = list(hxl.data(io.BytesIO(data)))
    counts = [row.get("#affected+count-max") for row in source]
    assert counts == ["81", "88", "9", "7"]
    assert [row.get("#country+origin+v_iso3") for row in source] == ["PSE"] * 4
    assert [row.get("#geo+lat") for row in source] == ["31.248"] * 4


def test_every_hxl_tag_is_well_formed_and_stands_once() -> None:
    _, meanings, tags = columns._tables()
    for name, tag in tags.items():
        assert name in meanings
        hxl.model.Column.parse(tag, use_exception=True)
        assert re.fullmatch(r"#[a-z]+(\+[a-z][a-z0-9_]*)*", tag)
    of_records = [tags[name] for name in DTYPES if name in tags]
    assert len(of_records) == len(set(of_records))


def test_the_tag_row_of_a_workbook_stands_under_the_header() -> None:
    rows = read_back.from_xlsx(export(FRAME, LEDGER, "xlsx", hxl=True))
    assert rows[0]["count"] == "#affected+count"
    assert [row["count"] for row in rows[1:]] == [81, 88, 9, 7]


def test_helix_has_its_own_words() -> None:
    rows = [json.loads(line) for line in export(FRAME, LEDGER, "jsonl", words="helix").splitlines()]
    assert [row["quantifier"] for row in rows[:3]] == ["Approximately", "More than", "Exact"]
    assert [row["unit"] for row in rows] == ["Person", "Person", "Household", "Person"]
    assert rows[2]["category"] == "Cross-border Return" and rows[2]["term"] == "Returns"
    assert rows[3]["category"] is None  # nobody has crossed yet
    assert (rows[0]["iso3"], rows[0]["reported"], rows[0]["start_date"]) == (
        "PSE", 81, "2023-11-01",
    )  # fmt: skip
    # Of two claims about one event one is recommended, the other triangulates.
    assert sorted(row["role"] for row in rows[:2]) == ["Recommended figure", "Triangulation"]


def test_helix_translates_every_word_of_the_vocabularies() -> None:
    told = helix.words()
    for column, table in (("qualifier", "quantifier"), ("unit", "unit"), ("review", "review")):
        assert set(DTYPES[column].categories) <= set(told[table])
    assert set(told["columns"]) == set(told["meanings"])


@pytest.mark.parametrize("options", [{}, {"words": "helix"}, {"what": "rivals"}])
def test_the_data_package_is_valid_and_holds_the_rows(
    tmp_path: Path, options: dict[str, str]
) -> None:
    data = export(FRAME, LEDGER, "package", query="group=patient", **options)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(tmp_path)
    package = frictionless.Package(str(tmp_path / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["fieldName", "note"])
    assert "group=patient" in package.description
    first = package.resources[0]
    rows = first.read_rows()
    wanted = {"records": [81, 88, 9, 7], "figures": [81, 88, 9, 7]}.get(first.name)
    if wanted:
        name = "count" if first.name == "records" else "reported"
        assert [row[name] for row in rows] == wanted
    assert all(field.description for field in first.schema.fields)


def test_a_package_of_records_ties_them_to_their_reports(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(export(FRAME, LEDGER, "package"))) as archive:
        described = json.loads(archive.read("datapackage.json"))
    names = [resource["name"] for resource in described["resources"]]
    assert names == ["records", "events", "reports"]
    (key,) = described["resources"][0]["schema"]["foreignKeys"]
    assert key["reference"] == {"resource": "reports", "fields": ["key"]}
