"""A case file as it was known at the end of a day: a private copy, its log cut there, its rows as the log then says."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import Session

from db.engine import connect, open_engine, open_sessions
from db.lineage import insert_row, lineage_of, row_of
from db.log import driver_connection
from db.merging.union import find_heads, keep_heads, settle_lives
from db.queries.history import known_by

T = TypeVar("T")


def read_as_known(session: Session, day: str, query: Callable[[Session], T]) -> T:
    """What a query finds in the file as it was known at the end of a day. Raises InvalidValue."""
    with as_known(session, day) as then:
        return query(then)


@contextmanager
def as_known(session: Session, day: str) -> Iterator[Session]:
    """A session on the file as it was known at the end of a day (UTC, YYYY-MM-DD), for reading. Raises InvalidValue.

    Everything that the log holds is as it was: records, parts, links, claims, markings and the revision. What a merge
    brought was known from the merge on. Bytes of files are no part of the log; what names them is.
    The session must be a reader's: SQLite copies nothing while the same connection writes, and Python waits for ever.
    """
    source = driver_connection(session.connection())
    if not source.execute("PRAGMA query_only").fetchone()[0]:
        raise ValueError("A file as it was known is read with a reader's session.")
    known = known_by(session, day)
    with tempfile.TemporaryDirectory(prefix="depositary-") as folder:
        copy = Path(folder) / "known"
        with closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        with closing(connect(copy, writable=True)) as connection:
            forget_after(connection, known)
        engine = open_engine(copy)
        try:
            with open_sessions(engine)() as then:
                yield then
        finally:
            engine.dispose()


def forget_after(connection: sqlite3.Connection, known: int) -> None:
    """Take from a private copy everything that it learnt after change number `known`."""
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE context SET mode = 'merge'")
    _restore_values(connection, known)
    _cut_log(connection, known)
    find_heads(connection, 0)
    settle_lives(connection, 0)
    connection.execute("DELETE FROM head")
    keep_heads(connection)
    connection.execute("UPDATE context SET mode = 'external'")
    connection.execute("COMMIT")


def _restore_values(connection: sqlite3.Connection, known: int) -> None:
    """Give every record that was touched later its values of then; whether it lived then is settled from the log."""
    later = connection.execute("SELECT DISTINCT record, kind FROM change WHERE n > ?", (known,)).fetchall()
    for record, kind in later:
        then, whole = lineage_of(connection, record, known), lineage_of(connection, record)
        row = row_of(connection, kind, record)
        if not then.nodes:
            connection.execute(f"DELETE FROM {kind} WHERE id = ?", (record,))
            continue
        values = then.values(row, later=whole)
        if row is None:
            insert_row(connection, kind, record, values)
        elif differing := {name: value for name, value in values.items() if value != row[name]}:
            settings = ", ".join(f"{name} = ?" for name in differing)
            connection.execute(f"UPDATE {kind} SET {settings} WHERE id = ?", (*differing.values(), record))


def _cut_log(connection: sqlite3.Connection, known: int) -> None:
    for statement in (
        "DELETE FROM change_parent WHERE n > :known",
        "DELETE FROM reason WHERE n > :known",
        "DELETE FROM change WHERE n > :known",
        "DELETE FROM receipt WHERE last > :known",
        "DELETE FROM changeset WHERE NOT EXISTS (SELECT 1 FROM change x WHERE x.changeset = changeset.k AND :known)",
    ):
        connection.execute(statement, {"known": known})
