"""What every write has in common: it is signed by an editor, and it moves the store's version."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from store import schema
from store.access import Access, Identity, NotAllowed, local_user
from store.engine import writing

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes to one store in one person's name, as far as `access` lets that person.

    `who` None is whoever sits at this machine; where visitors sign in, it is nobody.
    """

    engine: sa.Engine
    access: Access
    who: Identity | None = None

    @property
    def identity(self) -> Identity | None:
        """Whose name the writes are signed with; None for nobody's."""
        return local_user() if self.who is None and not self.access.login else self.who

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A write transaction (`store.engine.writing`); what it writes is signed by `sign`.

        Raises NotAllowed, before anything is written, where the person is no editor.
        """
        try:
            self.access.editor(self.identity)
        except NotAllowed as refusal:
            _LOG.warning("a write was refused: %s", refusal)
            raise
        with writing(self.engine) as connection:
            yield connection
            version = schema.state.c.version
            connection.execute(sa.update(schema.state).values(version=version + 1))

    def sign(
        self,
        connection: sa.Connection,
        what: str,
        report_key: str | None = None,
        *,
        reason: str = "",
        undoes: int | None = None,
    ) -> int:
        """Note who does what, why and when; gives the number of this act."""
        row = {
            "what": what,
            "who": self.signature,
            "reason": reason.strip(),
            "at": now(),
            "report_key": report_key,
            "undoes": undoes,
        }
        done = sa.insert(schema.acts).values(row).returning(schema.acts.c.id)
        return int(connection.execute(done).scalar_one())

    @property
    def signature(self) -> str:
        """The editor's name as it is signed; raises NotAllowed where the person is no editor."""
        return self.access.editor(self.identity).signature


def moment(connection: sa.Connection) -> datetime:
    """This moment in UTC as `now` gives it, by the one clock of all who share the database.

    Machines that share a PostgreSQL server may differ in theirs.
    """
    if connection.dialect.name == "postgresql":
        told = sa.select(sa.func.timezone("utc", sa.func.clock_timestamp(), type_=sa.DateTime))
        return connection.execute(told).scalar_one()
    return now()


def now() -> datetime:
    """This moment in UTC, without its zone, as the tables keep it."""
    return datetime.now(UTC).replace(tzinfo=None)
