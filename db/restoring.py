"""A backup in place of the file that it was made of, or as a copy beside it. What stood there is backed up first."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.backups import Backup, Why, back_up, keep_bytes
from db.compare import Comparison, compare
from db.copying import copy_moment, draft_in, put_in_place
from db.engine import obstacles_told
from db.errors import FileRefused
from db.lock import FileLock
from db.opening import close_case, new_file, open_case, private_copy
from db.trust import Trust, digest_of


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: the file that is as in the backup now, and where the one is that stood there."""

    path: Path
    kept: Backup | None
    """None where there was no file."""


def restore(
    path: Path, backup: Backup, folder: Path, trust: Trust, *, name: str = "", now: datetime | None = None
) -> Restored:
    """Put a backup in the place of its file, in one step, after the file of now was backed up into `folder`.

    The file must not be open in this program. `name` is who restores, for others to read. Raises FileRefused where
    the backup or the place cannot be used, FileInUse, and FileNotWritten; the file is as it was then.
    """
    with (
        private_copy(backup.path, trust) as copy,
        _set_aside(path, backup, folder, trust, name, now) as kept,
        _in_words(path),
        draft_in(path.parent, ".depositary-") as draft,
    ):
        shutil.copyfile(copy, draft)
        if kept is not None:
            shutil.copymode(path, draft)
        for journal in _journals(path):
            journal.unlink()
        trust.remember(digest_of(draft))
        put_in_place(draft, path)
    return Restored(path, kept)


def restore_copy(backup: Backup, path: Path, trust: Trust) -> Path:
    """Make a new file of a backup. Raises FileRefused where the backup cannot be used, or a file stands there."""
    with private_copy(backup.path, trust) as copy, new_file(path) as draft:
        shutil.copyfile(copy, draft)
        trust.remember(digest_of(draft))
    return path


def compare_with(path: Path, backup: Backup, trust: Trust) -> Comparison:
    """What would change: the file as it is, though it be open here, against the backup. Raises FileRefused.

    Call it in another process than the one that has the file open: to close a file gives up SQLite's locks on it.
    """
    with _present(path, trust) as present, private_copy(backup.path, trust) as then:
        return compare(present, then)


@contextmanager
def _present(path: Path, trust: Trust) -> Iterator[Path]:
    """A private copy of a file; of one that is open here, without another inspection."""
    if not trust.had_open(path):
        with private_copy(path, trust) as copy:
            yield copy
        return
    with tempfile.TemporaryDirectory(prefix="depositary-") as folder, obstacles_told():
        copy = Path(folder) / path.name
        copy_moment(path, copy)
        yield copy


@contextmanager
def _set_aside(
    path: Path, backup: Backup, folder: Path, trust: Trust, name: str, now: datetime | None
) -> Iterator[Backup | None]:
    """Hold a file so that nobody else writes it, and back it up; one that cannot be read is kept byte by byte."""
    if path.exists() and not os.access(path, os.W_OK):
        raise FileRefused(f"{path.name} is protected from being written. It was not touched.")
    try:
        case = open_case(path, trust, writable=True, name=name) if path.exists() else None
    except FileRefused:
        case = None
    if case is None:
        with FileLock(path, name):
            yield _keep_unreadable(path, backup, now) if path.exists() else None
        return
    try:
        kept = back_up(path, Why.BEFORE_RESTORE, folder, now=now)
        case.engine.dispose()  # or Windows does not let it be replaced
        yield kept
    finally:
        close_case(case)


def _keep_unreadable(path: Path, backup: Backup, now: datetime | None) -> Backup:
    kept = keep_bytes(path, backup.path.parent, now)
    with _in_words(path):
        for journal in _journals(path):
            shutil.copyfile(journal, kept.path.with_name(kept.path.name + journal.name.removeprefix(path.name)))
    return kept


def _journals(path: Path) -> list[Path]:
    """What SQLite would apply to whatever file is there."""
    beside = (path.with_name(path.name + ending) for ending in ("-journal", "-wal", "-shm"))
    return [journal for journal in beside if journal.exists()]


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileRefused(f"{path.name} could not be restored: {error.strerror or error}.") from error
