"""From a file to an engine and its sessions. Connections are set up here and nowhere else."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from db.disputes import add_functions
from db.errors import FileNotWritten

PRAGMAS = (
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "mmap_size = 0",
    "foreign_keys = ON",
    "recursive_triggers = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "synchronous = FULL",
)
LONGEST_VALUE = 256 << 20
BUSY_SECONDS = 5.0
_OBSTACLES = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_BUSY: "another program is using it",
    sqlite3.SQLITE_LOCKED: "another program is using it",
    sqlite3.SQLITE_READONLY: "it can only be read now",
    sqlite3.SQLITE_PERM: "its folder does not allow it",
    sqlite3.SQLITE_CANTOPEN: "its folder cannot be written",
    sqlite3.SQLITE_IOERR: "the disk does not take it",
    sqlite3.SQLITE_NOMEM: "there is not enough memory",
    sqlite3.SQLITE_CORRUPT: "it is damaged",
    sqlite3.SQLITE_NOTADB: "it is damaged",
}
"""What keeps a file from being written, by SQLite's primary result code."""
_MOVED = "it was moved, renamed, deleted or replaced while it was open"
_UNREADABLE = {
    sqlite3.SQLITE_CANTOPEN: "it is not where it was, or it is not allowed",
    sqlite3.SQLITE_IOERR: "the disk does not answer",
}


def connect(path: Path, *, writable: bool = False, immutable: bool = False) -> sqlite3.Connection:
    """Open a file as every part of the program must: no transaction unless asked for, nothing trusted.

    `immutable` is for a private copy that nobody else can write: SQLite then looks for no journal.
    Raises sqlite3.Error.
    """
    mode = "rw" if writable else "ro"
    uri = file_uri(path, mode, immutable=immutable)
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 2)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    add_functions(connection)
    connection.execute("PRAGMA journal_mode = DELETE" if writable else "PRAGMA query_only = ON")
    return connection


def file_uri(path: Path, mode: str = "ro", *, immutable: bool = True) -> str:
    """How SQLite is told a file: by its bytes, which need not be UTF-8."""
    return f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}" + ("&immutable=1" if immutable else "")


def open_engine(path: Path, *, writable: bool = False, immutable: bool = False) -> Engine:
    """An engine on one file, with one connection: SQLite has one writer, and a reader is short.

    A transaction of a writable engine takes the write lock at its start (BEGIN IMMEDIATE), so that it
    cannot fail half-way for want of it.
    """
    begin = "BEGIN IMMEDIATE" if writable else "BEGIN"
    engine = create_engine(
        "sqlite://",
        creator=lambda: connect(path, writable=writable, immutable=immutable),
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        query_cache_size=150,  # compiled statements, some 40 kB each; a window has four engines
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    event.listen(engine, "reset", _leave_transaction)
    return engine


def _leave_transaction(connection: DBAPIConnection, record: ConnectionPoolEntry, state: object) -> None:
    connection.rollback()


def open_sessions(engine: Engine) -> sessionmaker[Session]:
    """A factory of sessions: one per user action, never kept. Loaded rows stay readable after a commit."""
    return sessionmaker(engine, expire_on_commit=False)


@contextmanager
def obstacles_told(*, reading: bool = False) -> Iterator[None]:
    """Turn what keeps a file from being written, or read, into FileNotWritten. SQLite has rolled back what was written.

    A file that was moved or deleted can be read still, where it is open, and is not written any more.
    """
    try:
        yield
    except (sqlite3.Error, DBAPIError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        code = getattr(cause, "sqlite_errorcode", 0)
        obstacle = _MOVED if code == sqlite3.SQLITE_READONLY_DBMOVED else _OBSTACLES.get(code & 0xFF)
        if obstacle is None:
            raise
        if reading:
            obstacle = _UNREADABLE.get(code & 0xFF, obstacle)
            raise FileNotWritten(f"The case file could not be read: {obstacle}.") from error
        raise FileNotWritten(f"The case file could not be written: {obstacle}. Nothing was changed.") from error
