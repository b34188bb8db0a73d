"""What an audit finds, and how it is asked."""

import sqlite3
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One place where a file contradicts itself. `record` is None where the file as a whole is meant."""

    kind: str
    record: uuid.UUID | None
    text: str


@dataclass(frozen=True, slots=True)
class Audit:
    """One question to a file. Asking raises what a file provokes that is not of its shape."""

    table: str
    """The one whose rows it goes through: the more there are, the longer it takes."""
    ask: Callable[[sqlite3.Connection], Iterator[Disagreement]]
    is_python: bool = False
    """Whether Python looks at each row: two such at once would only hand its one lock to and fro."""


def found(
    connection: sqlite3.Connection, kind: str, text: str, query: str, parameters: Any = ()
) -> Iterator[Disagreement]:
    """A disagreement for each record that a query gives."""
    for (record,) in connection.execute(query, parameters):
        yield Disagreement(kind, uuid.UUID(bytes=record), text)


def any_of(connection: sqlite3.Connection, query: str, parameters: Any = ()) -> bool:
    """Whether a query gives any row."""
    return connection.execute(f"{query} LIMIT 1", parameters).fetchone() is not None
