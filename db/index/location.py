"""Where the side index of a case file lies, and how it is opened: quietly made anew when it is not as it must be."""

import hashlib
import os
import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import file_uri
from db.errors import CaseFileError
from db.index.schema import APPLICATION_ID, STATEMENTS, VERSION
from db.log import driver_connection
from db.models import CaseFile

SUFFIX = ".search"
_BUSY_SECONDS = 5.0
_UNUSED_DAYS = 180
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class IndexLost(Exception):
    """The side index cannot be read. Whoever meets this makes it anew; nothing is lost by that."""


class IndexNotWritten(CaseFileError):
    """The side index cannot be written: no room, no right, or somebody in the way. The case file was not touched."""


def case_id(session: Session) -> uuid.UUID | None:
    """The id of the case, which all copies of the file share; None where the file does not say."""
    return session.scalar(select(CaseFile.id).order_by(CaseFile.id).limit(1))


def index_path(session: Session, folder: Path) -> Path:
    """The side index of a case file in a folder: by the id of the case, and apart for each of its copies."""
    case = case_id(session)
    (_, _, file), *_ = driver_connection(session.connection()).execute("PRAGMA database_list")
    place = hashlib.sha256(os.fsencode(file)).hexdigest()[:12]
    return folder / f"{case.hex if case else 'case'}-{place}{SUFFIX}"


@contextmanager
def open_index(path: Path, *, writable: bool = False) -> Iterator[sqlite3.Connection]:
    """The side index for as long as the block runs; a writable one is made if it is not there.

    Raises IndexLost where there is none, or one that is damaged or of another version, and IndexNotWritten.
    """
    with faults_told():
        connection = _connect(path, writable)
    with closing(connection):
        yield connection


@contextmanager
def faults_told() -> Iterator[None]:
    """Turn what goes wrong with a side index into IndexLost, where it can be made anew, or IndexNotWritten."""
    try:
        yield
    except sqlite3.Error as error:
        if _is_lost(error):
            raise IndexLost(str(error)) from error
        raise _not_written(error) from error
    except OSError as error:
        raise _not_written(error.strerror or error) from error


def _not_written(reason: object) -> IndexNotWritten:
    return IndexNotWritten(f"The search index could not be written: {reason}. The case file was not touched.")


def discard(path: Path) -> None:
    """Remove a side index and what SQLite keeps beside it."""
    for suffix in ("-wal", "-shm", ""):
        with suppress(OSError):
            path.with_name(path.name + suffix).unlink()


def discard_unused(folder: Path) -> None:
    """Remove the side indexes of files that nobody has searched for half a year."""
    oldest = time.time() - _UNUSED_DAYS * 86_400
    with suppress(OSError):
        for path in folder.glob(f"*{SUFFIX}"):
            if path.stat().st_mtime < oldest:
                discard(path)


def _connect(path: Path, writable: bool) -> sqlite3.Connection:
    if writable:
        _make_private(path)
    elif not path.exists():
        raise IndexLost("There is none yet.")
    uri = file_uri(path, "rw", immutable=False)
    connection = sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        _set_up(connection, writable)
    except BaseException:
        connection.close()
        raise
    return connection


def _make_private(path: Path) -> None:
    """The folder and an empty file that nobody else may read; SQLite gives its other files the same rights."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)


def _set_up(connection: sqlite3.Connection, writable: bool) -> None:
    for pragma in ("trusted_schema = OFF", "temp_store = MEMORY", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")
    if writable:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        _make_tables(connection)
    else:
        connection.execute("PRAGMA query_only = ON")
    known = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    if known != [APPLICATION_ID, VERSION]:
        raise IndexLost("It is of another version.")


def _make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty file, unless another process was quicker."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is None:
            for statement in (*STATEMENTS, f"PRAGMA user_version = {VERSION}"):
                connection.execute(statement)
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise


def _is_lost(error: sqlite3.Error) -> bool:
    """Whether an error comes from damage or missing tables, and not from somebody in the way or a full disk."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in _DAMAGED or (code == sqlite3.SQLITE_ERROR and "no such" in str(error))
