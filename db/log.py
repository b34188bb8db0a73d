"""The one road to an edit: a transaction in which everything that is written becomes one labelled entry."""

import hashlib
import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.orm import Session, sessionmaker

from db.engine import obstacles_told
from db.identity import new_id


@dataclass(frozen=True, slots=True)
class Editor:
    """Who edits: asked once, written into each file that the person edits."""

    id: uuid.UUID
    name: str


@contextmanager
def edit(
    sessions: sessionmaker[Session],
    editor: Editor,
    label: str,
    *,
    undo_of: uuid.UUID | None = None,
    now: int | None = None,
) -> Iterator[Session]:
    """One transaction, one entry in the log; nothing is kept if the block raises, or if it changes nothing.

    `now`: Unix milliseconds, for tests of clocks that are wrong. Raises FileNotWritten.
    """
    with obstacles_told(), sessions.begin() as session:
        connection = driver_connection(session.connection())
        number = open_changeset(connection, editor, label, undo_of=undo_of, now=now)
        yield session
        session.flush()
        close_changeset(connection, number, editor)


def open_changeset(
    connection: sqlite3.Connection,
    editor: Editor,
    label: str,
    *,
    undo_of: uuid.UUID | None = None,
    now: int | None = None,
) -> int:
    """Tell the triggers on whose account the rest of this transaction writes; give the changeset's number."""
    milliseconds = time.time_ns() // 1_000_000 if now is None else now
    number = connection.execute(
        """INSERT INTO changeset(id, author, hlc, written, label, undo_of)
           VALUES(?, ?, max(coalesce((SELECT max(hlc) FROM changeset), 0) + 1, ?), ?, ?, ?)""",
        (new_id().bytes, editor.id.bytes, milliseconds << 16, milliseconds, label, undo_of.bytes if undo_of else None),
    ).lastrowid
    assert number is not None
    connection.execute(
        """UPDATE context SET mode = 'log', changeset = ?,
           first = (SELECT coalesce(max(n), 0) + 1 FROM change)""",
        (number,),
    )
    return number


def close_changeset(connection: sqlite3.Connection, number: int, editor: Editor) -> None:
    """End the account. An edit that changed nothing leaves no entry; the first real one introduces its editor.

    An undo does even then, as when all that a merge brought had been declined: or it could be undone again and again.
    """
    if not connection.execute("SELECT 1 FROM change WHERE changeset = ? LIMIT 1", (number,)).fetchone():
        connection.execute("DELETE FROM changeset WHERE k = ? AND undo_of IS NULL", (number,))
    elif not connection.execute("SELECT 1 FROM author WHERE id = ?", (editor.id.bytes,)).fetchone():
        connection.execute("INSERT INTO author(id, name) VALUES(?, ?)", (editor.id.bytes, editor.name))
    connection.execute("UPDATE context SET mode = 'external', changeset = NULL, first = NULL")


def revision(connection: sqlite3.Connection, database: str = "main") -> str:
    """What a file knows, as a short hash of its changesets' ids: equal in two files that know the same."""
    digest = hashlib.sha256()
    for (changeset,) in connection.execute(f"SELECT id FROM {database}.changeset ORDER BY id"):
        digest.update(changeset)
    return digest.hexdigest()[:12]


def driver_connection(connection: Connection) -> sqlite3.Connection:
    """The sqlite3 connection under a SQLAlchemy one, for what is said best in plain SQL."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver
