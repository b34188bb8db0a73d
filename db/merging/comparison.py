"""Two states of a case file side by side in a private folder: what a merge would make of ours, or any two files."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from db.engine import connect, open_engine, open_sessions
from db.errors import InvalidValue
from db.known import forget_after
from db.log import Editor, driver_connection
from db.merging.differences import find_differences
from db.merging.union import merge
from db.queries.history import known_by
from db.queries.lookup import find_edit

_QUICK = ("journal_mode = MEMORY", "synchronous = OFF")
"""For a private copy that is thrown away: nothing of it need outlive a crash."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Where two states and the index of their differences lie. The folder belongs to whoever made it."""

    folder: Path
    base: int | None = None
    """In a merge: the last change that we knew. The second state is then ours with theirs taken in."""

    @property
    def first(self) -> Path:
        """Our file as it was, or the first of two."""
        return self.folder / "first.casefile"

    @property
    def second(self) -> Path:
        """What a merge makes of it, or the second of two."""
        return self.folder / "second.casefile"

    @property
    def index(self) -> Path:
        """What differs (`db.merging.differences`)."""
        return self.folder / "differences"

    @contextmanager
    def sessions(self) -> Iterator[tuple[Session, Session]]:
        """A session on each of the two states."""
        engines = [open_engine(path, immutable=True) for path in (self.first, self.second)]
        try:
            with open_sessions(engines[0])() as first, open_sessions(engines[1])() as second:
                yield first, second
        finally:
            for engine in engines:
                engine.dispose()

    @contextmanager
    def differences(self) -> Iterator[sqlite3.Connection]:
        """The index, for reading."""
        with closing(connect(self.index, immutable=True)) as connection:
            yield connection


def compare_merge(folder: Path, ours: Path, theirs: Path, editor: Editor) -> Comparison:
    """What taking in `theirs` (a private, inspected copy) would do to `ours`, by a real union in a private copy.

    Raises MergeRefused.
    """
    plan = Comparison(folder)
    _copy(ours, plan.first)
    shutil.copyfile(plan.first, plan.second)
    base = _newest_change(plan.first)
    engine = open_engine(plan.second, writable=True)
    try:
        with engine.connect() as link:
            for pragma in _QUICK:
                driver_connection(link).execute(f"PRAGMA {pragma}")
        merge(engine, theirs, editor)
    finally:
        engine.dispose()
    found = Comparison(folder, base)
    find_differences(found.index, found.first, found.second, base=base)
    return found


def compare_files(folder: Path, first: Path, second: Path) -> Comparison:
    """Two private, inspected copies."""
    found = Comparison(folder)
    _copy(first, found.first)
    _copy(second, found.second)
    find_differences(found.index, found.first, found.second)
    return found


def compare_moments(folder: Path, path: Path, moment: str) -> Comparison:
    """A file as it was at the end of a day (YYYY-MM-DD), or right after an edit (its id), and as it is now.

    Raises InvalidValue and RecordNotFound.
    """
    found = Comparison(folder)
    _copy(path, found.second)
    known = _known_at(found.second, moment)
    shutil.copyfile(found.second, found.first)
    with closing(connect(found.first, writable=True)) as connection:
        for pragma in _QUICK:
            connection.execute(f"PRAGMA {pragma}")
        forget_after(connection, known)
    find_differences(found.index, found.first, found.second)
    return found


def _known_at(path: Path, moment: str) -> int:
    """The last change that was known at a moment."""
    engine = open_engine(path, immutable=True)
    try:
        with open_sessions(engine)() as session:
            if _is_day(moment):
                return known_by(session, moment)
            entry = find_edit(session, moment)
            found = driver_connection(session.connection()).execute(
                """SELECT max(n) FROM change x JOIN changeset s ON s.k = x.changeset WHERE s.id = ?1
                   UNION ALL SELECT last FROM receipt WHERE id = ?1""",
                (entry.bytes,),
            )
            return int(max(n for (n,) in found if n is not None))
    finally:
        engine.dispose()


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        if text[:4].isdigit() and text.count("-") == 2:
            raise InvalidValue(f"“{text}” is no day. Write it as 2026-11-23.") from None
        return False
    return True


def _copy(path: Path, target: Path) -> None:
    """A copy of one moment of a file, which may be open: nobody can write it while somebody reads."""
    with closing(connect(path)) as source:
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        shutil.copyfile(path, target)


def _newest_change(path: Path) -> int:
    with closing(connect(path, immutable=True)) as connection:
        return int(connection.execute("SELECT coalesce(max(n), 0) FROM change").fetchone()[0])
