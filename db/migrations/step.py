"""What a step of the road is."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass

from db.schema import Entry, schema_of

Row = dict[str, int | float | str | bytes | None]
"""The columns of one row and what they hold."""


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of the rows of one version in the next.

    The log is rows like any other, and must be told in the next version's words: `change` names tables (`kind`) and
    columns (`field`), and so do `record.kind`, `claim.property`, `head.field` and others. A computed id
    (`db.identity.link_id`) is made of a table's name and of values: rows whose id changes need that everywhere.
    """

    version: int
    """The version that it leads away from."""
    schema: str
    """All statements of that version's schema: a file that has another one is refused."""
    tables: frozenset[str]
    """Those whose rows change; the others are taken over as they are."""
    move: Callable[[str, Row], Iterable[tuple[str, Row]]]
    """Gives for a row of one of these tables the rows of the next version that it becomes, each with its table."""

    def expected_schema(self) -> tuple[Entry, ...]:
        """What `db.schema.schema_of` gives for a file of this version."""
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.executescript(self.schema)
            return schema_of(connection)
