"""From a file to an engine and its sessions. Connections are set up here and nowhere else."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

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


def connect(path: Path, *, writable: bool = False, immutable: bool = False) -> sqlite3.Connection:
    """Open a file as every part of the program must: no transaction unless asked for, nothing trusted.

    `immutable` is for a private copy that nobody else can write: SQLite then looks for no journal.
    Raises sqlite3.Error.
    """
    mode = "rw" if writable else "ro"
    uri = f"file:{quote(str(path.absolute()))}?mode={mode}" + ("&immutable=1" if immutable else "")
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 2)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA journal_mode = DELETE" if writable else "PRAGMA query_only = ON")
    return connection


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
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    event.listen(engine, "reset", _leave_transaction)
    return engine


def _leave_transaction(connection: DBAPIConnection, record: ConnectionPoolEntry, state: object) -> None:
    connection.rollback()


def open_sessions(engine: Engine) -> sessionmaker[Session]:
    """A factory of sessions: one per user action, never kept. Loaded rows stay readable after a commit."""
    return sessionmaker(engine, expire_on_commit=False)
