"""One report's family is read alone, and is the one that reading all pairs gives."""

from __future__ import annotations

from datetime import date, datetime
from itertools import combinations
from pathlib import Path

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from store import schema
from store.engine import open_engine
from store.families import families, lead_of
from store.migrate import migrate

KEYS = [f"{n:064}" for n in range(7)]
PAIRS = list(combinations(KEYS, 2))


def _report(key: str, day: int | None, removed: bool) -> dict[str, object]:
    at = datetime(2024, 1, 1)
    return {
        "key": key,
        "text": "t",
        "name": key,
        "published": None if day is None else date(2024, 1, day),
        "extractor": "x",
        "n_records": 0,
        "signature": b"",
        "added_at": at,
        "removed_at": at if removed else None,
    }


@settings(max_examples=25, deadline=None)
@given(
    st.sets(st.sampled_from(PAIRS)),
    st.lists(st.none() | st.integers(1, 3), min_size=7, max_size=7),
    st.sets(st.sampled_from(KEYS), max_size=2),
)
def test_the_lead_of_one_report_is_the_one_that_all_pairs_give(
    pairs: set[tuple[str, str]], days: list[int | None], removed: set[str]
) -> None:
    engine = sa.create_engine("sqlite://")
    schema.metadata.create_all(engine)
    with engine.begin() as connection:
        rows = [_report(key, day, key in removed) for key, day in zip(KEYS, days, strict=True)]
        connection.execute(sa.insert(schema.reports), rows)
        links = [{"first": one, "second": other, "shared": 1.0} for one, other in pairs]
        if links:
            connection.execute(sa.insert(schema.near_copies), links)
        wanted = families(connection)
        assert {key: lead_of(connection, key) for key in KEYS} == {
            key: wanted.get(key) for key in KEYS
        }


def test_finding_a_family_reads_no_whole_table(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'ledger.db'}")
    migrate(engine)
    seen: list[str] = []

    @sa.event.listens_for(engine, "before_cursor_execute")
    def _note(_c: object, _cur: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    with engine.connect() as connection:
        lead_of(connection, KEYS[0])
        statements = [one for one in seen if "near_copies" in one]
        assert len(statements) == 2
        for statement in statements:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", (KEYS[0],)).all()
            assert not [row for row in plan if str(row[-1]).startswith("SCAN")], plan
