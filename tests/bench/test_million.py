"""The made-up store: as many records as asked, like real ones, as `Store.add` keeps them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

from bench.made_reports import Told, made_reports
from bench.million import EXTRACTOR, fill
from store import schema
from store.checks import check_records, check_report
from store.ledger import Store

SIZE = 1_200


@pytest.fixture(scope="module")
def told() -> list[Told]:
    return list(made_reports(SIZE))


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('made') / 'ledger.db'}"
    fill(url, SIZE)
    return url


def test_every_figure_stands_in_the_text_of_its_report(told: list[Told]) -> None:
    for report, records in told:
        check_report(report)
        check_records(records, report.text)
        assert all(record.sentence in report.text for record in records)


def test_there_are_as_many_records_as_asked_about_eight_a_report(told: list[Told]) -> None:
    assert sum(len(records) for _, records in told) == SIZE
    assert SIZE / 10 < len(told) < SIZE / 6


def test_the_same_seed_gives_the_same_reports_and_another_seed_others(told: list[Told]) -> None:
    assert list(made_reports(SIZE)) == told
    assert list(made_reports(SIZE, seed=9)) != told


def test_all_that_the_rules_tell_apart_occurs(told: list[Told]) -> None:
    records = [record for _, records in told for record in records]
    assert {record.status for record in records} == {"crossed", "expected", "waiting", "refused"}
    assert {record.scope for record in records} == {"event", "cumulative"}
    assert any(record.subset for record in records)
    assert any(record.nationality for record in records)
    assert {record.qualifier for record in records} == {"exact", "about", "at_least", "at_most"}


def test_a_filled_store_is_the_one_that_adding_one_by_one_makes(
    told: list[Told], url: str, tmp_path: Path
) -> None:
    slow = Store(f"sqlite:///{tmp_path / 'slow.db'}")
    for report, records in told[:60]:
        slow.add(report, records, extractor=EXTRACTOR)
    wanted = slow.records()
    found = Store(url).records()
    found = found[found["report_key"].isin(wanted["report_key"])].reset_index(drop=True)
    for name in ("record_key", "count", "crossing", "start", "sentence", "published"):
        pd.testing.assert_series_equal(
            found[name].astype("str"), wanted[name].astype("str"), check_categorical=False
        )


def test_a_filled_store_knows_its_near_copies(url: str) -> None:
    copies = Store(url).records()["near_copy_of"].notna()
    assert 0.01 < copies.mean() < 0.15


def test_the_next_report_meets_the_bands_of_a_filled_store(told: list[Told], url: str) -> None:
    report, records = next(one for one in told if len(one[1]) > 5)
    again = Store(url).add(report, records, extractor=EXTRACTOR)
    assert again.status in ("already_here", "near_copy")
    with sa.create_engine(url).connect() as connection:
        bands = connection.execute(sa.select(sa.func.count()).select_from(schema.bands)).scalar()
    assert bands == 32 * len(told)


def test_a_store_with_reports_in_it_is_not_filled(url: str) -> None:
    with pytest.raises(ValueError, match="holds reports"):
        fill(url, 100)
