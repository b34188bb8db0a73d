"""Two states of a case file side by side in a private folder: what a merge would make of ours, or any two files."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from db.copying import copy_moment
from db.engine import connect, open_engine, open_sessions
from db.errors import InvalidValue
from db.known import forget_after
from db.log import Editor, driver_connection
from db.merging.differences import find_differences
from db.merging.glance import glance_at_differences
from db.merging.union import merge
from db.queries.history import known_by
from db.queries.lookup import find_edit

_QUICK = ("journal_mode = MEMORY", "synchronous = OFF")
"""For a private copy that is thrown away: nothing of it need outlive a crash."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Where two states and the index of their differences lie. The folder belongs to whoever made it."""

    first: Path
    """Our file as it was, or the first of two."""
    second: Path
    """What a merge makes of it, or the second of two."""
    index: Path
    """What differs (`db.merging.differences`)."""
    base: int | None = None
    """In a merge: the last change that we knew. The second state is then ours with theirs taken in."""

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


def copy_own(folder: Path, ours: Path) -> Path:
    """A copy of one moment of our file, which may be open and edited meanwhile, as the first state of what follows."""
    copy = _in(folder).first
    copy_moment(ours, copy)
    return copy


def glance_at_merge(folder: Path, ours: Path, theirs: Path) -> Comparison:
    """What taking in `theirs` (a private, inspected copy) will probably change: the logs know it long before the union.

    `ours` is a private copy, too.
    """
    found = Comparison(ours, theirs, folder / "glance")
    glance_at_differences(found.index, ours, theirs)
    return found


def compare_merge(folder: Path, ours: Path, theirs: Path, editor: Editor) -> Comparison:
    """What taking in `theirs` (a private, inspected copy) would do to `ours`, by a real union in a private copy.

    Raises MergeRefused.
    """
    plan = _in(folder)
    if ours != plan.first:
        copy_own(folder, ours)
    shutil.copyfile(plan.first, plan.second)
    engine = open_engine(plan.second, writable=True)
    try:
        with engine.connect() as link:
            for pragma in _QUICK:
                driver_connection(link).execute(f"PRAGMA {pragma}")
        merge(engine, theirs, editor, with_parts=True)
    finally:
        engine.dispose()
    found = replace(plan, base=_newest_change(plan.first))
    find_differences(found.index, found.first, found.second, base=found.base)
    return found


def compare_files(folder: Path, first: Path, second: Path) -> Comparison:
    """Two inspected files; nothing of them is needed afterwards."""
    found = _in(folder)
    if first != found.first:
        copy_moment(first, found.first)
    copy_moment(second, found.second)
    find_differences(found.index, found.first, found.second)
    return found


def compare_moments(folder: Path, path: Path, moment: str) -> Comparison:
    """A file as it was at the end of a day (YYYY-MM-DD), or right after an edit (its id), and as it is now.

    Raises InvalidValue and RecordNotFound.
    """
    found = _in(folder)
    copy_moment(path, found.second)
    known = _known_at(found.second, moment)
    shutil.copyfile(found.second, found.first)
    with closing(connect(found.first, writable=True)) as connection:
        for pragma in _QUICK:
            connection.execute(f"PRAGMA {pragma}")
        forget_after(connection, known)
    find_differences(found.index, found.first, found.second)
    return found


def _in(folder: Path) -> Comparison:
    return Comparison(folder / "first.casefile", folder / "second.casefile", folder / "differences")


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


def _newest_change(path: Path) -> int:
    with closing(connect(path, immutable=True)) as connection:
        return int(connection.execute("SELECT coalesce(max(n), 0) FROM change").fetchone()[0])
