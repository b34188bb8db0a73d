"""A local copy of a case file that lies on a share or in a synchronised folder, and how it goes back there.

The copy is in the user's data folder, in a folder of its own with `state.json`, which says of which file it is and
which bytes that file had when it was last read or written here. A copy that is still there when the file is opened
again holds work that was not saved back.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from db.copying import copy_moment, draft_in, put_in_place
from db.engine import connect, obstacles_told
from db.errors import FileNotWritten, FileRefused
from db.lock import FileLock
from db.log import revision
from db.opening import private_copy
from db.trust import Trust, digest_of
from db.whereabouts import PlaceKind, Whereabouts

_DRAFT = ".~"
"""What drafts begin with: no service synchronises such a file."""
_STATE = "state.json"
_NO_STAT = (-1, -1, -1)
_TICK = 3_000_000_000
"""Nanoseconds: more than the clock of any file system leaves out; FAT tells every second one."""


class SavedBack(StrEnum):
    """How an attempt to save a copy back ended."""

    SAVED = "saved"
    NOTHING_NEW = "nothing new"
    CHANGED_THERE = "changed there"
    """Somebody else wrote the file meanwhile: what is in it has to be merged first. Nothing was written."""


@dataclass(frozen=True, slots=True)
class State:
    """What was known of the original when it was last read or written here. `revision` is what was in it then.

    `is_settled`: it was written so long before that a later write cannot have the same time.
    """

    original: str
    digest: str = ""
    stat: tuple[int, int, int] = _NO_STAT
    revision: str = ""
    is_settled: bool = False


@dataclass(frozen=True, slots=True)
class Away:
    """An open file that lies elsewhere: its copy, what kind of place that is, and the lock there, if it has one.

    `holds_work`: the copy was found with work that had not been saved back.
    """

    copy: "WorkingCopy"
    place: Whereabouts
    lock: FileLock | None = None
    holds_work: bool = False

    def leave(self) -> None:
        """The copy was closed: it goes, if all that it knows was saved back. Others may edit the file now."""
        with suppress(sqlite3.Error):  # what cannot be read is left for the next time
            if self.copy.is_saved_back:
                self.copy.discard()
        if self.lock is not None:
            self.lock.release()


def go_away(path: Path, place: Whereabouts, folder: Path, trust: Trust, *, name: str = "") -> Away:
    """Make or find the local copy of a file that lies elsewhere. `name`: who edits, for others to read.

    On a share the lock is taken there, so that others are told; a synchronised folder would only carry it about.
    Raises FileRefused where the file cannot be used or written, and FileInUse.
    """
    copy = WorkingCopy(path, folder)
    lock = FileLock(path, name) if place.kind is PlaceKind.NETWORK and path.parent.is_dir() else None
    if path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise FileRefused(f"{path.name} is protected from being written. The file can still be read.")
    if lock is not None:
        lock.acquire()
    try:
        found = copy.holds_work and not copy.is_saved_back
        if not copy.holds_work:
            copy.fetch(trust)
        return Away(copy, place, lock, found)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


class WorkingCopy:
    """The local copy of one file. Its methods may be called on any thread, one at a time."""

    def __init__(self, original: Path, folder: Path) -> None:
        """`folder` is where all such copies are."""
        self.original = original.absolute()
        name = hashlib.sha256(os.fsencode(self.original)).hexdigest()[:16]
        self.folder = folder / name
        self.path = self.folder / original.name
        self._state = self._read_state()

    @property
    def holds_work(self) -> bool:
        """Whether it is there: after an orderly end, with all saved back, it is not."""
        return self.path.exists()

    @property
    def is_saved_back(self) -> bool:
        """Whether all that it knows has gone to the original."""
        return self._state.revision == _revision_of(self.path)

    def fetch(self, trust: Trust) -> None:
        """Make the copy of the original, inspected where it is not ours. Raises FileRefused."""
        stat = self._stat()
        with private_copy(self.original, trust) as copy, _told(self.original):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with draft_in(self.folder) as draft:
                shutil.copyfile(copy, draft)
                draft.chmod(0o600)
                digest = digest_of(draft)
                trust.remember(digest)
                put_in_place(draft, self.path)
            self._note(digest, stat, _revision_of(self.path))

    def save_back(
        self, trust: Trust, *, anyway: bool = False, is_stopped: Callable[[], bool] = lambda: False
    ) -> SavedBack:
        """Put what the copy knows in the place of the original, in one step, if nobody has written that meanwhile.

        `anyway`: also where the original was deleted. Raises FileNotWritten: the original is as it was.
        """
        with _told(self.original):
            seen = self._stat()  # before its bytes are looked at: whatever is written later is noticed
            if self._changed_there(seen, anyway=anyway):
                return SavedBack.CHANGED_THERE
            if self.is_saved_back and seen is not None:
                return SavedBack.NOTHING_NEW
            own = f"{_DRAFT}{self.folder.name}-"
            for left in self.original.parent.glob(f"{own}*"):  # by a crash: nobody else writes drafts of this copy
                left.unlink()
            with draft_in(self.original.parent, own) as draft:
                copy_moment(self.path, draft, is_stopped)
                told = _revision_of(draft)
                if seen is not None:
                    with suppress(OSError):  # some shares know no such modes
                        shutil.copymode(self.original, draft)
                digest = digest_of(draft)
                trust.remember(digest)
                if self._stat() != seen:
                    return SavedBack.CHANGED_THERE
                put_in_place(draft, self.original)
            self._note(digest, self._stat(), told)
        return SavedBack.SAVED

    def take_in(self, merge: Callable[[Path], object], trust: Trust) -> None:
        """Merge what is in the original now into the copy; `merge` gets a private, inspected copy of it.

        Raises FileRefused where it cannot be read or is of another case, and what `merge` raises.
        """
        stat = self._stat()
        with private_copy(self.original, trust) as theirs:
            self._refuse_other_case(theirs)
            digest, told = digest_of(theirs), _revision_of(theirs)
            merge(theirs)
        self._note(digest, stat, told)

    def discard(self) -> None:
        """Take the copy away; what is in it is gone then."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _changed_there(self, stat: tuple[int, int, int] | None, *, anyway: bool) -> bool:
        if stat is None:
            if not self.original.parent.is_dir():
                raise FileNotWritten(f"{self.original.parent} cannot be reached.")
            if not anyway:
                raise FileNotWritten(f"{self.original.name} is not in {self.original.parent} any more.")
            return False
        if self._state.is_settled and stat == self._state.stat:
            return False
        if digest_of(self.original) != self._state.digest:
            return True
        self._note(self._state.digest, stat, self._state.revision)
        return False

    def _refuse_other_case(self, theirs: Path) -> None:
        if not _cases_of(theirs) & _cases_of(self.path):
            raise FileRefused(f"{self.original} is another case now. It was not touched.")

    def _stat(self) -> tuple[int, int, int] | None:
        try:
            found = self.original.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return found.st_size, found.st_mtime_ns, found.st_ino

    def _note(self, digest: str, stat: tuple[int, int, int] | None, told: str) -> None:
        is_settled = stat is not None and time.time_ns() - stat[1] > _TICK
        self._state = State(str(self.original), digest, stat or _NO_STAT, told, is_settled)
        text = json.dumps(asdict(self._state), ensure_ascii=True)
        with draft_in(self.folder) as draft:
            draft.write_text(text, encoding="utf-8")
            put_in_place(draft, self.folder / _STATE)

    def _read_state(self) -> State:
        """What was noted; where nothing was, the original counts as changed, and is merged."""
        with suppress(OSError, ValueError, TypeError, KeyError):
            stored = json.loads((self.folder / _STATE).read_text(encoding="utf-8"))
            return State(**{**stored, "stat": tuple(stored["stat"])})
        return State(str(self.original))


@contextmanager
def _told(original: Path) -> Iterator[None]:
    try:
        with obstacles_told(reading=True):
            yield
    except OSError as error:
        raise FileNotWritten(f"{original} could not be saved: {error.strerror or error}.") from error


def _revision_of(path: Path) -> str:
    with closing(connect(path)) as connection:
        return revision(connection)


def _cases_of(path: Path) -> set[bytes]:
    with closing(connect(path)) as connection:
        return {key for (key,) in connection.execute("SELECT id FROM case_file")}
