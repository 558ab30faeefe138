"""The schema is made and brought up to date by migrations, whoever opens the store first."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from store import migrate, schema
from store.engine import StoreError, open_engine, reading, writing
from store.ledger import Store
from tests.store.conftest import Fresh

ROOT = Path(__file__).parents[2]


def test_the_code_knows_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "store" / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]


def test_migrations_from_empty_give_the_schema_of_the_code(fresh: Fresh) -> None:
    store = Store(fresh())
    plain = open_engine(fresh())
    with writing(plain) as connection:
        schema.metadata.create_all(connection)
    with store._engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []
        migrated = _checks(connection)
    with reading(plain) as connection:
        assert migrated == _checks(connection)


def _checks(connection: sa.Connection) -> dict[str, set[str]]:
    inspector = sa.inspect(connection)
    return {
        table: {check["name"] or "" for check in inspector.get_check_constraints(table)}
        for table in schema.metadata.tables
    }


def test_opening_again_changes_nothing(fresh: Fresh) -> None:
    url = fresh()
    version = Store(url).version()
    assert Store(url).version() == version


def test_a_store_of_a_newer_version_is_refused_and_left_alone(fresh: Fresh) -> None:
    url = fresh()
    engine = Store(url)._engine
    with writing(engine) as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer"):
        Store(url)
    with reading(engine) as connection:
        assert connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == (
            "9999"
        )


MOMENT = datetime(2023, 11, 1, 12, 30, 0, 250_000)
KEY, OTHER, RECORD = "a" * 64, "b" * 64, "c" * 32
TEXT = "On Wednesday 361 foreigners crossed at Rafah."
OLD_ROWS: dict[str, list[dict[str, Any]]] = {
    "reports": [
        {"key": key, "text": TEXT, "name": name, "published": date(2023, 11, 1), "extractor": "1",
         "n_records": n, "signature": bytes(range(256)), "added_at": MOMENT}
        for key, name, n in ((KEY, "a.txt", 1), (OTHER, "b.txt", 0))
    ],
    "uploads": [{"report_key": KEY, "name": "a.txt", "at": MOMENT}],
    "bands": [{"band": 0, "hash": "0" * 16, "report_key": KEY}],
    "near_copies": [{"first": KEY, "second": OTHER, "shared": 0.9}],
    "records": [
        {"key": RECORD, "report_key": KEY, "extractor": "1", "ordinal": 0, "article": "a.txt",
         "count": 361, "qualifier": "exact", "count_text": "361", "unit": "people",
         "group": "foreign_national", "nationality": "", "status": "crossed", "scope": "event",
         "subset": False, "date": date(2023, 11, 1), "crossing": "Rafah", "origin": "PS",
         "destination": "EG", "sentence": TEXT, "start": 13, "end": 16, "inferred": "crossing"}
    ],
    "recommendations": [
        {"record_key": RECORD, "recommended": True, "reason": "r", "who": "Ana", "at": MOMENT}
    ],
    "acts": [{"what": "accept", "who": "Ana", "reason": "", "at": MOMENT, "report_key": KEY}],
    "corrections": [
        {"act": 1, "report_key": KEY, "target": RECORD, "record_key": RECORD, "start": 13,
         "end": 16, "field": "review", "value": '"accepted"'}
    ],
    "files": [{"hash": "d" * 64, "size": 3, "content": b"\0\1\2", "added_at": MOMENT}],
    "batches": [{"at": MOMENT, "who": "{}", "preview": False}],
    "batch_files": [
        {"batch_id": 1, "ordinal": 0, "name": "a", "file_hash": "d" * 64, "chosen": "{}",
         "done": True}
    ],
    "outcomes": [
        {"batch_id": 1, "ordinal": 0, "part": 0, "name": "a", "status": "read", "figures": 1,
         "report_key": KEY, "columns": "[]"}
    ],
}  # fmt: skip


def _revisions() -> list[str]:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "store" / "migrations"))
    walked = ScriptDirectory.from_config(config).walk_revisions()
    return [revision.revision for revision in walked][::-1]


@pytest.mark.parametrize("revision", _revisions())
def test_a_store_of_each_older_version_is_brought_up_to_date_with_what_it_holds(
    fresh: Fresh, revision: str
) -> None:
    url = fresh()
    engine = open_engine(url)
    config = Config()
    config.set_main_option("script_location", str(ROOT / "store" / "migrations"))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    tables = sa.MetaData()
    tables.reflect(engine)
    with writing(engine) as connection:
        version = connection.execute(sa.select(tables.tables["state"])).one()
        for name in [table.name for table in schema.metadata.sorted_tables]:
            if name in tables.tables and name in OLD_ROWS:
                connection.execute(sa.insert(tables.tables[name]), OLD_ROWS[name])
    engine.dispose()

    store = Store(url)
    assert store.version() == f"{version.identity}-{version.version}"
    (row,) = store.records().to_dict("records")
    assert (row["count"], row["crossing"], row["recommended_reason"]) == (361, "Rafah", "r")
    assert row["review"] == ("accepted" if "acts" in tables.tables else "unreviewed")
    assert store.text(KEY).added_at == MOMENT.replace(tzinfo=UTC)
    with reading(store.engine) as connection:
        for name, told in OLD_ROWS.items():
            table = schema.metadata.tables[name]
            found = connection.execute(sa.select(table).order_by(*table.primary_key)).mappings()
            kept = [
                {column: value for column, value in found_row.items() if column in row}
                for found_row, row in zip(found, told, strict=name in tables.tables)
            ]
            assert kept == (told if name in tables.tables else [])
        assert migrate.current(connection) == schema.HEAD
    # The numbers go on, and the triggers hold.
    store.review.accept(row["record_key"], base=int(row["review_version"]))
    signed = len(store.review.history(row["record_key"]))
    for table in ("acts", "corrections"):
        _refused(store, f"DELETE FROM {table}")
        _refused(store, f'UPDATE {table} SET "id" = "id"')
        if store.engine.dialect.name == "postgresql":  # SQLite has no TRUNCATE
            for emptied in (f"{table}, corrections", f"{table} CASCADE", "reports CASCADE"):
                _refused(store, f"TRUNCATE {emptied}")
    assert len(store.review.history(row["record_key"])) == signed > 0
    store.close()


def _refused(store: Store, statement: str) -> None:
    with (
        pytest.raises(sa.exc.DatabaseError, match="are only ever added to"),
        store.engine.begin() as connection,
    ):
        connection.execute(sa.text(statement))


OPEN = "import sys; from store.ledger import Store; print(Store(sys.argv[1]).version())"


def test_processes_that_open_a_new_store_at_once_make_one(fresh: Fresh) -> None:
    url = fresh()
    opened = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, url],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    told = [process.communicate(timeout=60) for process in opened]
    assert {process.returncode for process in opened} == {0}, told
    assert len({out for out, _ in told}) == 1
