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


Audit = Callable[[sqlite3.Connection], Iterator[Disagreement]]
"""One question to a file. Raises what a file provokes that is not of its shape."""


def found(
    connection: sqlite3.Connection, kind: str, text: str, query: str, parameters: Any = ()
) -> Iterator[Disagreement]:
    """A disagreement for each record that a query gives."""
    for (record,) in connection.execute(query, parameters):
        yield Disagreement(kind, uuid.UUID(bytes=record), text)


def any_of(connection: sqlite3.Connection, query: str, parameters: Any = ()) -> bool:
    """Whether a query gives any row."""
    return connection.execute(f"{query} LIMIT 1", parameters).fetchone() is not None
