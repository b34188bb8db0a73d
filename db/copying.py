"""A copy of a case file as it is at one moment, made while others write it; and files that appear whole or not."""

import os
import secrets
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from db.engine import connect

DRAFT = ".draft-"
_PAGES = 500
"""Pages (2 MB) copied under one read lock: some milliseconds, which is the longest that a commit waits."""
_RESTARTS = 8
"""How often a copy begins anew because somebody wrote, before it keeps the lock until it is done."""


_PATIENCE = 20.0
"""Seconds that a lock of another program is waited for."""


class CopyStopped(Exception):
    """A copy was broken off because somebody asked for it."""


class _WrittenMeanwhile(Exception):
    """The file changes too often for a copy in pieces."""


def copy_moment(path: Path, draft: Path, is_stopped: Callable[[], bool] = lambda: False) -> None:
    """Copy a case file, as its last commit left it, into an empty or missing file that only the user can read.

    SQLite's online backup copies a few pages at a time and begins anew when another connection has written, so
    edits go on. The last attempt keeps the read lock, so that there is an end. It is not on the disk itself yet
    (`put_in_place`). Raises sqlite3.Error, OSError and CopyStopped.
    """
    try:
        _copy(path, draft, _PAGES, _Progress(is_stopped, _RESTARTS))
    except _WrittenMeanwhile:
        _copy(path, draft, -1, _Progress(is_stopped, sys.maxsize))


def _copy(path: Path, draft: Path, pages: int, progress: "_Progress") -> None:
    os.close(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
    with closing(connect(path)) as source, closing(sqlite3.connect(draft, isolation_level=None)) as target:
        target.execute("PRAGMA journal_mode = OFF")
        target.execute("PRAGMA synchronous = OFF")
        source.backup(target, pages=pages, sleep=0.01, progress=progress)


class _Progress:
    """Looks after each piece whether to go on: less is left, unless SQLite has begun anew."""

    def __init__(self, is_stopped: Callable[[], bool], most_restarts: int) -> None:
        self._is_stopped = is_stopped
        self._most_restarts = most_restarts
        self._until = time.monotonic() + _PATIENCE
        self._left = sys.maxsize
        self._restarts = 0

    def __call__(self, status: int, left: int, total: int) -> None:
        if self._is_stopped():
            raise CopyStopped
        if status in (sqlite3.SQLITE_OK, sqlite3.SQLITE_DONE):
            self._until = time.monotonic() + _PATIENCE
            self._restarts += left >= self._left
            self._left = left
        elif time.monotonic() > self._until:  # SQLite itself would wait for ever
            raise sqlite3.OperationalError("another program keeps it locked")
        if self._restarts > self._most_restarts:
            raise _WrittenMeanwhile


@contextmanager
def draft_in(folder: Path, prefix: str = DRAFT) -> Iterator[Path]:
    """A name to write under in a folder. What is not put into its place by the end of the block is taken away.

    Only a crash leaves one behind.
    """
    draft = folder / f"{prefix}{secrets.token_hex(8)}.tmp"
    try:
        yield draft
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def put_in_place(draft: Path, path: Path) -> None:
    """Give a draft its name in the same folder, in one step, once its bytes are on the disk. Raises OSError."""
    sync_file(draft)
    draft.replace(path)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Have a file's bytes written to the disk itself. Raises OSError."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have a folder's names written to the disk itself, where the system can."""
    if sys.platform == "win32":
        return
    with suppress(OSError):  # some network file systems cannot
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
