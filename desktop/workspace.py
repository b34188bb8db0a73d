"""The open case file as the rest of the desktop sees it: reads, labelled writes, undo. The only place with sessions."""

import sqlite3
import uuid
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from db.backups import Why, back_up
from db.engine import obstacles_told, open_engine, open_sessions
from db.errors import FileRefused
from db.log import Editor, driver_connection, edit
from db.merging.decisions import Decision
from db.merging.union import MergeReceipt, merge
from db.opening import Founding, OpenCase, close_case, copy_case, create_case, open_case, private_copy
from db.presence import Presence, look_for
from db.queries.case_file import case_ids
from db.revert import revert
from db.trust import Trust
from db.working_copy import Away, SavedBack
from desktop.folders import backup_folder

P = ParamSpec("P")
T = TypeVar("T")


_STEPS = 20_000
"""Steps of SQLite's machine between two looks at whether a read should stop: some tenths of a millisecond."""


class ReadStopped(Exception):
    """A read was broken off because somebody asked for it."""


class Reader:
    """One more connection to an open case file, for reading on another thread."""

    def __init__(self, path: Path) -> None:
        self._engine = open_engine(path)
        self._sessions = open_sessions(self._engine)

    def read(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one query in a session of its own and give its rows. Raises FileNotWritten where SQLite cannot read."""
        with obstacles_told(reading=True), self._sessions() as session:
            return query(session, *args, **kwargs)

    def stream(
        self, query: Callable[Concatenate[Session, P], Iterator[T]], *args: P.args, **kwargs: P.kwargs
    ) -> Iterator[T]:
        """Run one query and give its results one after the other."""
        with obstacles_told(reading=True), self._sessions() as session:
            yield from query(session, *args, **kwargs)

    @contextmanager
    def stopped_when(self, condition: Callable[[], bool]) -> Generator[None]:
        """Break off what is read in this block as soon as the condition holds. Raises ReadStopped then."""
        with self._engine.connect() as link:
            connection = driver_connection(link)
        connection.set_progress_handler(condition, _STEPS)
        try:
            yield
        except (sqlite3.OperationalError, OperationalError) as error:
            cause = error.orig if isinstance(error, OperationalError) else error
            if getattr(cause, "sqlite_errorcode", None) != sqlite3.SQLITE_INTERRUPT:
                raise
            raise ReadStopped from None
        finally:
            connection.set_progress_handler(None, 0)

    def close(self) -> None:
        """Close the connection."""
        self._engine.dispose()


class Workspace:
    """One open case file. Without an editor it can only be read."""

    def __init__(self, case: OpenCase, editor: Editor | None = None, away: Away | None = None) -> None:
        self._case = case
        self._editor = editor
        self.away = away
        """Where the file lies really, if this is a local copy of it."""
        self._cases = frozenset(self.read(case_ids)) if self.is_writable else frozenset()

    @classmethod
    def create(
        cls, path: Path, trust: Trust, editor: Editor, values: dict[str, object], *, founding: Founding | None = None
    ) -> "Workspace":
        """Make a case file and open it for writing. Raises FileRefused."""
        create_case(path, trust, editor, values, founding=founding)
        return cls(open_case(path, trust, writable=True, name=editor.name), editor)

    @classmethod
    @contextmanager
    def open(
        cls, path: Path, trust: Trust, editor: Editor | None = None, *, writable: bool = False
    ) -> Iterator["Workspace"]:
        """A case file for as long as the block runs. Raises FileRefused, FileInUse."""
        name = editor.name if editor else ""
        workspace = cls(open_case(path, trust, writable=writable, name=name), editor)
        try:
            yield workspace
        finally:
            workspace.close()

    @property
    def path(self) -> Path:
        """The file."""
        return self._case.path

    @property
    def home(self) -> Path:
        """Where the user keeps the file: it may be open as a local copy."""
        return self.away.copy.original if self.away else self._case.original or self.path

    @property
    def is_writable(self) -> bool:
        """Whether edits are possible."""
        return self._case.lock is not None and self._editor is not None

    @property
    def editor(self) -> Editor:
        """Who edits."""
        assert self._editor is not None, "this workspace was opened for reading"
        return self._editor

    def read(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one query in a session of its own and give its rows. Raises FileNotWritten where SQLite cannot read."""
        with obstacles_told(reading=not self.is_writable), self._case.sessions() as session:
            return query(session, *args, **kwargs)

    def write(
        self, label: str, operation: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run one operation as one labelled edit; it is on disk when this returns."""
        with edit(self._case.sessions, self.editor, label) as session:
            return operation(session, *args, **kwargs)

    def revert(self, entry: uuid.UUID, *, over_later: bool = False) -> str:
        """Undo an edit, or a merge by its receipt. Raises LaterEdit, RecordNotFound."""
        return revert(self._case.sessions, self.editor, entry, over_later=over_later)

    def merge(
        self,
        other: Path,
        decisions: Sequence[Decision] = (),
        *,
        origin: str = "",
        dry_run: bool = False,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> MergeReceipt:
        """Take in another case file, with what was decided about it; `origin` is what the receipt calls it.

        Raises FileRefused, MergeRefused, MergeStopped, and RecordInUse or InvalidValue for a decision that cannot be
        carried out.
        """
        with private_copy(other, self._case.trust) as copy:
            name = origin or other.name
            told = name.encode("utf-8", "replace").decode()  # a name need not be UTF-8; the file's text must
            return merge(
                self._case.engine,
                copy,
                self.editor,
                origin=told,
                decisions=decisions,
                dry_run=dry_run,
                with_parts=True,
                is_stopped=is_stopped,
            )

    def merge_after_backup(
        self, other: Path, decisions: Sequence[Decision], origin: str, is_stopped: Callable[[], bool]
    ) -> MergeReceipt:
        """Back the file up, then merge. Raises as both do; without a backup nothing is merged."""
        back_up(self.path, Why.BEFORE_MERGE, backup_folder())
        return self.merge(other, decisions, origin=origin, is_stopped=is_stopped)

    @contextmanager
    def copied(self, path: Path) -> Generator["Workspace"]:
        """A copy of the file at another place, open for writing; it is there once the block has ended well.

        Raises FileRefused where none can be written, or a file that is in use stands there.
        """
        trust = self._case.trust
        with copy_case(self._case, path) as draft, Workspace.open(draft, trust, self.editor, writable=True) as copy:
            yield copy

    @contextmanager
    def found_again(self, path: Path) -> Generator["Workspace"]:
        """The same case file at another place, or as another file at its own, open for writing: to go on in it.

        Raises FileRefused where it is another case, or cannot be written, and FileInUse.
        """
        if path.absolute() == self.path.absolute() and self._case.lock is not None:
            self._case.lock.release()  # it is of a file that is not there any more
        with Workspace.open(path, self._case.trust, self.editor, writable=True) as found:
            if not self._cases & found._cases:
                raise FileRefused(f"{path.name} is not this case, but another one. It was not touched.")
            yield found

    def presence(self) -> Presence:
        """Where the file is now."""
        return look_for(self.path, self._case.opened)

    def save_back(self, *, anyway: bool = False, is_stopped: Callable[[], bool] = lambda: False) -> SavedBack:
        """Save a local copy back to where the file lies; on a thread of its own, since that may be slow.

        Raises FileNotWritten and FileRefused: the file there is as it was.
        """
        assert self.away is not None, "this file is where it lies"
        return self.away.copy.save_back(self._case.trust, anyway=anyway, is_stopped=is_stopped)

    def take_in_away(self) -> MergeReceipt:
        """Merge what others wrote into the file where it lies. Raises as `merge` does; nothing is changed then."""
        assert self.away is not None, "this file is where it lies"
        receipts: list[MergeReceipt] = []
        origin = self.away.copy.original.name
        self.away.copy.take_in(lambda theirs: receipts.append(self.merge(theirs, origin=origin)), self._case.trust)
        return receipts[0]

    def another_reader(self) -> Reader:
        """A connection for reading on another thread; close it before the file."""
        return Reader(self.path)

    def close(self) -> None:
        """Close the file; a local copy goes, once all that it knows was saved back."""
        close_case(self._case)
        if self.away is not None:
            self.away.leave()
