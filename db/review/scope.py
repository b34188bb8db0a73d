"""Some records of one kind, and how the checks read what they need of them: plain SQL, because a review reads all."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from db.log import driver_connection
from db.models import Entity
from db.models.vocabulary import FindingKind

CHUNK = 500
"""Records that are reviewed at a time: some milliseconds, and few enough for one statement."""
Row = tuple[Any, ...]


class Hit(NamedTuple):
    """A finding before it is put into words: what it was found at, and what it was made of."""

    kind: FindingKind
    record: bytes
    field: str
    basis: Row
    """Values as the file stores them, the same in every file that says the same: they make up the state."""


class Hits(NamedTuple):
    """Findings of one kind at one field of several records, each with its basis."""

    kind: FindingKind
    field: str
    bases: Mapping[bytes, Row]

    def each(self) -> Iterator[Hit]:
        """One by one."""
        return (Hit(self.kind, record, self.field, basis) for record, basis in self.bases.items())


def hit(kind: FindingKind, record: bytes, field: str, basis: Row) -> Hits:
    """A single finding."""
    return Hits(kind, field, {record: basis})


@dataclass(frozen=True)
class Scope:
    """Records of one kind by id, at most CHUNK of them."""

    session: Session
    cls: type[Entity]
    ids: Sequence[bytes]

    @cached_property
    def connection(self) -> sqlite3.Connection:
        """The session's own."""
        return driver_connection(self.session.connection())

    @property
    def table(self) -> str:
        """Of the kind."""
        return str(self.cls.__tablename__)

    def rows(self, statement: str) -> Iterator[Row]:
        """The rows of a statement in which `{ids}` stands for the records."""
        return select(self.connection, statement, self.ids)


def select(connection: sqlite3.Connection, statement: str, ids: Sequence[bytes]) -> Iterator[Row]:
    """The rows of a statement in which `{ids}` stands for some ids, once."""
    chunks = (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
    return chain.from_iterable(
        connection.execute(statement.replace("{ids}", ",".join("?" * len(chunk))), chunk) for chunk in chunks
    )


def has_any(connection: sqlite3.Connection, table: str) -> bool:
    """Whether a table has any row."""
    return connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None
