"""The schema is made and brought up to date by migrations, whoever opens the store first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from store import schema
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
