"""From a path to an open case file: header, lock, recovery, trust or inspection, engine; and back to a closed one."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from db.engine import connect, obstacles_told, open_engine, open_sessions
from db.errors import CaseFileError, FileRefused
from db.header import check_header, is_older
from db.inspection import Finding, check_schema, inspect, survey
from db.lock import FileLock
from db.log import Editor, driver_connection, edit
from db.migrations.worker import UNWATCHED, Watch, migrate_apart
from db.models import CaseFile
from db.operations.records import add_record
from db.schema import VERSION, create_schema
from db.trust import Trust, copy_digested, digest_of

SUFFIX = ".casefile"
_SPARE = 64 << 20
"""Bytes of the disk that a copy leaves free."""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An open case file. Close it with `close_case`."""

    path: Path
    engine: Engine
    sessions: sessionmaker[Session]
    lock: FileLock | None
    trust: Trust
    opened: os.stat_result
    """The file that was opened, to know it again if another one is put in its place."""
    original: Path | None = None
    """The file of an older version that `path` is a private copy of, brought up to date for reading."""
    aside: ExitStack = field(default_factory=ExitStack)
    """What goes when it is closed."""


@dataclass(frozen=True, slots=True)
class Founding:
    """What a case file has from the beginning, as a sample has its records."""

    label: str
    fill: Callable[[Session], object]


def create_case(
    path: Path, trust: Trust, editor: Editor, values: dict[str, object], *, founding: Founding | None = None
) -> None:
    """Make a new case file, whole or not at all. `values` are fields of CaseFile.

    The edit that makes it is never undone. `founding` is what else belongs to it, under a label of its own.
    Raises FileRefused, FileNotWritten and InvalidValue.
    """
    with new_file(path) as draft, obstacles_told():
        connection = sqlite3.connect(draft, isolation_level=None)
        create_schema(connection)
        connection.close()
        engine = open_engine(draft, writable=True)
        try:
            with edit(open_sessions(engine), editor, founding.label if founding else "New case file") as session:
                add_record(session, CaseFile, values)
                if founding:
                    founding.fill(session)
        finally:
            engine.dispose()
        trust.remember(digest_of(draft))


@contextmanager
def new_file(path: Path, *, replace: bool = False) -> Iterator[Path]:
    """A place to write a file of any kind, which appears at `path` when the block ends: whole or, if it raises, not.

    Raises FileRefused where there is a file already (unless it is to be replaced) or none can be written.
    """
    _refuse_folder(path)
    if path.exists() and not replace:
        raise FileRefused(f"There is a file {path} already. It was not touched.")
    with tempfile.TemporaryDirectory(dir=_writable_folder(path), prefix=".depositary-") as folder:
        draft = Path(folder) / path.name
        yield draft
        draft.replace(path)


def _refuse_folder(path: Path) -> None:
    try:
        if path.is_dir():
            raise FileRefused(f"{path} is a folder, not a file.")
    except OSError as error:
        raise FileRefused(f"{path} cannot be read or written: {error.strerror or error}.") from error


def _writable_folder(path: Path) -> Path:
    folder = path.absolute().parent
    if not folder.is_dir():
        raise FileRefused(f"There is no folder {folder}.")
    try:
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        raise FileRefused(f"The folder {folder} cannot be written: {error.strerror or error}.") from error
    return folder


def open_case(path: Path, trust: Trust, *, writable: bool = False, name: str = "") -> OpenCase:
    """Open a case file; a foreign one is inspected first, on a private copy. `name`: who edits, for others to read.

    One of an older version is read on a private copy. Raises FileRefused (it was not touched), OlderFile for writing
    one of an older version, and FileInUse.
    """
    _refuse_folder(path)
    if not writable:
        recover_own(path, trust)
        if is_older(path):
            return _open_older(path, trust)
    lock = FileLock(path, name)
    if not has_journal(path):
        check_header(path)
    if writable:
        refuse_protected(path)
        lock.acquire()
    try:
        _make_sure(path, trust, busy=not writable and lock.is_held_elsewhere())
        if writable:
            trust.note_open(path)
        engine = open_engine(path, writable=writable)
        return OpenCase(path, engine, open_sessions(engine), lock if writable else None, trust, path.stat())
    except BaseException:
        lock.release()
        raise


def _open_older(path: Path, trust: Trust) -> OpenCase:
    with ExitStack() as stack:
        copy = stack.enter_context(private_copy(path, trust))
        engine = open_engine(copy)
        return OpenCase(copy, engine, open_sessions(engine), None, trust, copy.stat(), path, stack.pop_all())


@contextmanager
def read_again(path: Path) -> Iterator[Session]:
    """A session for reading a file that this program has open already, from another thread or process of it."""
    engine = open_engine(path)
    try:
        with obstacles_told(reading=True), open_sessions(engine)() as session:
            yield session
    finally:
        engine.dispose()


def close_case(case: OpenCase) -> None:
    """Close it, and trust what was written; not what somebody else put in its place."""
    case.engine.dispose()
    if case.lock is not None and case.lock.is_held:
        with suppress(OSError):
            if os.path.samestat(case.opened, case.path.stat()):
                case.trust.remember(digest_of(case.path))
        case.trust.note_closed(case.path)
        case.lock.release()
    case.aside.close()


@contextmanager
def copy_case(case: OpenCase, path: Path) -> Iterator[Path]:
    """A copy of an open case file, to be written further; it appears at `path`, whole, when the block ends.

    It is made through the connection that is open: a file can be rescued that was deleted meanwhile. Raises
    FileRefused where none can be written, or where somebody works on the file that stands there.
    """
    _refuse_folder(path)
    if path.exists() and (os.path.samestat(path.stat(), case.opened) or FileLock(path).is_held_elsewhere()):
        raise FileRefused(f"{path.name} is open. Choose another name for the copy.")
    with new_file(path, replace=True) as draft:
        with obstacles_told(reading=True), case.engine.connect() as link, closing(sqlite3.connect(draft)) as target:
            source = driver_connection(link)
            source.rollback()  # of BEGIN: SQLite's backup waits for the end of its own writer's transaction
            source.backup(target)
        case.trust.remember(digest_of(draft))
        yield draft
        case.trust.remember(digest_of(draft))


@contextmanager
def private_copy(path: Path, trust: Trust, watch: Watch = UNWATCHED) -> Iterator[Path]:
    """A copy of another case file that was inspected and that nobody else writes, for as long as the block runs.

    Of one of an older version, the copy is brought up to date. Raises FileRefused, and CopyStopped where the one who
    watches calls that off.
    """
    with inspected_copy(path, trust, watch) as (copy, _):
        yield copy


@contextmanager
def inspected_copy(path: Path, trust: Trust, watch: Watch = UNWATCHED) -> Iterator[tuple[Path, str]]:
    """Such a copy, and the digest of what it was made of."""
    with _copied(path, watch) as (copy, digest, version):
        content = digest if version == VERSION else digest_of(copy)
        if not trust.knows(content):
            inspect(copy, path.name)
            trust.remember(content, only_inspected=True)
        yield copy, digest


@contextmanager
def surveyed_copy(path: Path) -> Iterator[tuple[Path, tuple[Finding, ...]]]:
    """A private copy of a case file, whoever wrote it, and all that is wrong with it; read it only if that is nothing.

    Raises FileRefused where that cannot be told.
    """
    with _copied(path, UNWATCHED) as (copy, *_):
        yield copy, survey(copy, path.name)


def check_case(path: Path) -> tuple[Finding, ...]:
    """All that is wrong with a case file, whoever wrote it. Raises FileRefused where that cannot be told."""
    with surveyed_copy(path) as (_, found):
        return found


@contextmanager
def _copied(path: Path, watch: Watch) -> Iterator[tuple[Path, str, int]]:
    """A private copy of the main file alone, at the present version; the digest and the version of what it is of."""
    _refuse_folder(path)
    if has_journal(path):
        _refuse_journal(path)
    check_header(path, older=True)
    with tempfile.TemporaryDirectory(prefix="depositary-") as folder:
        copy = Path(folder) / path.name
        digest = _copy(path, copy)
        version = check_header(copy, older=True)  # the file may be another one by now
        if version != VERSION:
            old = copy.replace(Path(folder) / "older")
            migrate_apart(old, copy, path.name, watch)
            old.unlink()
        yield copy, digest, version


def refuse_protected(path: Path) -> None:
    """Raise FileRefused for a file that this user may not write."""
    if not os.access(path, os.W_OK):
        raise FileRefused(f"{path.name} is protected from being written. The file can still be read.")


def _make_sure(path: Path, trust: Trust, *, busy: bool) -> None:
    if has_journal(path) and not busy:
        recover(path, trust)
    check_header(path)
    if (busy and trust.had_open(path)) or trust.knows(digest_of(path)):
        _check_quickly(path)
    else:
        with private_copy(path, trust):
            pass


def recover_own(path: Path, trust: Trust) -> None:
    """Recover a file that we crashed with, so that its version can be read, if nobody has it open now.

    Raises FileRefused.
    """
    if has_journal(path) and trust.had_open(path) and not FileLock(path).is_held_elsewhere():
        recover(path, trust)


def has_journal(path: Path) -> bool:
    """Whether a journal lies beside the file, or beside what a link leads to, where SQLite looks for it.

    A link to nothing is one, too: SQLite would write where it leads.
    """
    files = {path, Path(os.path.realpath(path))}
    return any(os.path.lexists(f"{file}{suffix}") for file in files for suffix in ("-journal", "-wal"))


def recover(path: Path, trust: Trust) -> None:
    """Let SQLite roll back what our own crash left half-way; anybody else's journal is not ours to apply.

    A journal that was not finished when we crashed needs no rollback, and stays until something is written: so the
    version is written as it was.
    """
    if not trust.had_open(path):
        _refuse_journal(path)
    try:
        with closing(connect(path, writable=True)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            connection.execute(f"PRAGMA user_version = {version}")
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise FileRefused(f"{path.name} could not be recovered after a crash: {error}.") from error


def _refuse_journal(path: Path) -> None:
    raise FileRefused(
        f"{path.name} was copied while it was in use: a journal lies beside it. "
        "Ask for a copy made when it was closed. It was not touched."
    )


def _check_quickly(path: Path) -> None:
    try:
        connection = connect(path)
        try:
            check_schema(connection)
        finally:
            connection.close()
    except (sqlite3.Error, CaseFileError) as error:
        raise FileRefused(f"{path.name} cannot be read: {error}") from error


def _copy(path: Path, copy: Path) -> str:
    """Copy a file to be checked; give its digest."""
    try:
        if path.stat().st_size + _SPARE > shutil.disk_usage(copy.parent).free:
            raise FileRefused(f"There is no room on the disk for the copy that {path.name} is checked on.")
        return copy_digested(path, copy)
    except OSError as error:
        raise FileRefused(f"{path.name} cannot be copied to be checked: {error.strerror or error}.") from error
