"""The one road to an edit: a transaction in which everything that is written becomes one labelled entry."""

import hashlib
import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, delete, exists, func, insert, select, update
from sqlalchemy.orm import Session, sessionmaker

from db.identity import new_id
from db.models import Author, Change, Changeset, Context


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

    `now`: Unix milliseconds, for tests of clocks that are wrong.
    """
    with sessions.begin() as session:
        connection = session.connection()
        number = open_changeset(connection, editor, label, undo_of=undo_of, now=now)
        yield session
        session.flush()
        close_changeset(connection, number, editor)


def open_changeset(
    connection: Connection,
    editor: Editor,
    label: str,
    *,
    undo_of: uuid.UUID | None = None,
    now: int | None = None,
) -> int:
    """Tell the triggers on whose account the rest of this transaction writes; give the changeset's number."""
    newest = connection.scalar(select(func.max(Changeset.hlc))) or 0
    milliseconds = time.time_ns() // 1_000_000 if now is None else now
    number: int | None = connection.scalar(
        insert(Changeset).returning(Changeset.k),
        {
            "id": new_id(),
            "author": editor.id,
            "hlc": max(newest + 1, milliseconds << 16),
            "label": label,
            "undo_of": undo_of,
        },
    )
    assert number is not None
    first = (connection.scalar(select(func.max(Change.n))) or 0) + 1
    connection.execute(update(Context).values(mode="log", changeset=number, first=first))
    return number


def close_changeset(connection: Connection, number: int, editor: Editor) -> None:
    """End the account. An edit that changed nothing leaves no entry; the first real one introduces its editor."""
    if not connection.scalar(select(exists().where(Change.changeset == number))):
        connection.execute(delete(Changeset).where(Changeset.k == number))
    elif connection.scalar(select(Author.pk).where(Author.id == editor.id)) is None:
        connection.execute(insert(Author), {"id": editor.id, "name": editor.name})
    connection.execute(update(Context).values(mode="external", changeset=None, first=None))


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
