"""The open case file while windows show it: it reads and writes beside their thread and tells what changed.

One thread writes. Several read, each through a connection of its own; they stop when a write arrives, because
SQLite's rollback journal makes a commit wait for every reader, and begin again after it.
"""

import threading
import uuid
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum, auto
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from db.errors import FileNotWritten
from db.log import Editor
from db.merging.decisions import Decision
from db.models import BY_TABLE
from db.presence import Presence
from db.queries.changes import Changes, changes_since, newest_change
from db.queries.undo import UndoState, undo_state
from db.working_copy import Away, SavedBack
from desktop.allocation import Allocation
from desktop.jobs import Lane, Receiver, Ticket
from desktop.presence import PresenceWatch
from desktop.unsaved import Unsaved, UnsavedEdit, write_copy, write_located
from desktop.watching import FileWatch
from desktop.workspace import Reader, ReadStopped, Workspace

T = TypeVar("T")
_READERS = 3


class SaveState(Enum):
    """Whether what was typed is on disk."""

    SAVED = auto()
    SAVING = auto()
    FAILED = auto()


class LiveCase(QObject):
    """One open case file. Queries and operations are plain functions of `db`; results arrive on the window's thread."""

    changed = Signal(object)
    """Changes, after every edit, undo and merge."""
    saving = Signal(object)
    """SaveState, whenever it changes."""
    undo_changed = Signal(object)
    """UndoState, after every edit and once at the start."""
    troubled = Signal(object)
    """An error that whoever asked does not handle."""
    released = Signal()
    """Whoever had the file open for editing has closed it: it can be opened for editing now."""
    _streamed = Signal(object, object)
    _wrote = Signal(object, object)

    def __init__(self, workspace: Workspace, holder: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.holder = holder
        """Who has the file open for editing, where it can only be read here."""
        self.save_state = SaveState.SAVED
        self.undo_state = UndoState()
        self.unsaved = Unsaved()
        """What was edited and could not be written."""
        self._writer = Lane.of_threads("writer", 1, self)
        self._readers = Lane.of_threads("reader", _READERS, self)
        self._own = threading.local()
        self._allocation = Allocation()
        self._opened: list[Reader] = []
        self._queue = threading.Condition()
        self._writes = 0
        self.written = 0
        """How many edits were written, or proved impossible to write. Any thread may ask."""
        for lane in (self._writer, self._readers):
            lane.troubled.connect(self._doubt)
        self._doubts: list[FileNotWritten] = []
        self._streamed.connect(self._pass_on)
        self._wrote.connect(self._tell)
        self._refresh_undo()
        self.watch = PresenceWatch(workspace.presence, self)
        """Where the file is."""
        self.watch.changed.connect(self._follow)
        self.watch.looked.connect(self._tell_doubts)
        self._watch = None if self.is_writable else FileWatch(self.path, self)
        if self._watch is not None:
            self._watch.changed.connect(self._notice)
            self._watch.released.connect(self._note_release)

    @property
    def path(self) -> Path:
        """The file."""
        return self._workspace.path

    @property
    def home(self) -> Path:
        """Where the user keeps the file: `path` may be a local copy."""
        return self._workspace.home

    @property
    def away(self) -> Away | None:
        """Where the file lies really, if it is open as a local copy."""
        return self._workspace.away

    @property
    def is_writable(self) -> bool:
        """Whether edits are possible."""
        return self._workspace.is_writable

    @property
    def is_reading(self) -> bool:
        """Whether somebody waits for something that is being read."""
        return not self._readers.is_idle

    @property
    def editor(self) -> Editor | None:
        """Who edits; None where the file can only be read."""
        return self._workspace.editor if self.is_writable else None

    def read(
        self,
        query: Callable[..., T],
        *args: object,
        then: Receiver,
        failed: Receiver | None = None,
        **kwargs: object,
    ) -> Ticket:
        """Run a query of `db` beside the window; `then` gets its rows. It may be run again, so it must be pure."""
        ticket = Ticket(then, failed)
        return self._readers.run(self._read, ticket, query, args, kwargs, ticket=ticket)

    def stream(
        self,
        query: Callable[..., Iterator[T]],
        *args: object,
        each: Receiver,
        then: Receiver | None = None,
        failed: Receiver | None = None,
        **kwargs: object,
    ) -> Ticket:
        """Run a generator beside the window; `each` gets its items. After a write has come between, they begin anew."""
        ticket = Ticket(then, failed, each)
        return self._readers.run(self._stream, ticket, query, args, kwargs, ticket=ticket)

    def write(
        self,
        label: str,
        operation: Callable[..., T],
        *args: object,
        then: Receiver | None = None,
        failed: Receiver | None = None,
        **kwargs: object,
    ) -> Ticket:
        """Run an operation of `db` as one labelled edit; `then` gets its result once it is on disk."""
        edit = UnsavedEdit(label, operation, args, kwargs)
        return self._change(edit.write, (self._workspace,), {}, then, failed, edit)

    def write_again(self, *, then: Receiver | None = None, failed: Receiver | None = None) -> Ticket:
        """Try once more to write what could not be written."""
        return self._change(self.unsaved.write_to, (self._workspace,), {}, then, failed)

    def write_elsewhere(self, path: Path, *, then: Receiver | None = None, failed: Receiver | None = None) -> Ticket:
        """Save a copy of the file with what could not be written into it; `then` gets its path."""
        return self._writer.run(self._rescue, write_copy, path, then=then, failed=failed)

    def write_located(self, path: Path, *, then: Receiver | None = None, failed: Receiver | None = None) -> Ticket:
        """Write what could not be written into the same file where it is now; `then` gets its path."""
        return self._writer.run(self._rescue, write_located, path, then=then, failed=failed)

    def take_in_away(self, *, then: Receiver | None = None, failed: Receiver | None = None) -> Ticket:
        """Merge what others wrote where the file lies; `then` gets the MergeReceipt."""
        return self._change(self._workspace.take_in_away, (), {}, then, failed)

    def save_back(self, *, anyway: bool, is_stopped: Callable[[], bool]) -> SavedBack:
        """Save a local copy back; on any thread but the window's. See Workspace.save_back."""
        return self._workspace.save_back(anyway=anyway, is_stopped=is_stopped)

    def discard_unsaved(self) -> None:
        """Give up what could not be written."""
        self.unsaved.forget()
        self._set_state(SaveState.SAVING if self._writes else SaveState.SAVED)

    def finish(self) -> None:
        """Wait until all that was asked for is written, or has proved not to be."""
        with self._queue:
            self._queue.wait_for(lambda: not self._writes)

    def revert(
        self,
        entry: uuid.UUID,
        *,
        over_later: bool = False,
        then: Receiver | None = None,
        failed: Receiver | None = None,
    ) -> Ticket:
        """Undo an edit, or a merge by its receipt; `then` gets the new entry's label."""
        return self._change(self._workspace.revert, (entry,), {"over_later": over_later}, then, failed)

    def merge(
        self,
        other: Path,
        decisions: Sequence[Decision],
        *,
        origin: str,
        stop: threading.Event,
        then: Receiver | None = None,
        failed: Receiver | None = None,
    ) -> Ticket:
        """Back the file up and take in another one with what was decided about it; `then` gets the MergeReceipt.

        Once `stop` is set, `failed` gets MergeStopped, unless it was done by then.
        """
        work = (other, decisions, origin, stop.is_set)
        return self._change(self._workspace.merge_after_backup, work, {}, then, failed)

    def close(self) -> None:
        """Finish what is being written, drop what is being read, and close the file."""
        self.watch.stop()
        if self._watch is not None:
            self._watch.stop()
        self._readers.close()
        self._writer.close(finish=True)
        for reader in self._opened:
            reader.close()
        self._workspace.close()

    def _change(
        self,
        verb: Callable[..., object],
        args: tuple[object, ...],
        kwargs: dict[str, object],
        then: Receiver | None,
        failed: Receiver | None,
        edit: UnsavedEdit | None = None,
    ) -> Ticket:
        assert self._writer.is_open, "an edit came after the file was closed"
        with self._queue:
            self._writes += 1
        self._set_state(SaveState.SAVING)
        return self._writer.run(self._write, edit, verb, args, kwargs, then=then, failed=failed)

    def _write(
        self, edit: UnsavedEdit | None, verb: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]
    ) -> T:
        """On the writer's thread."""
        told: tuple[Changes | None, UndoState | None] = (None, None)
        try:
            known = self._workspace.read(newest_change)
            result = verb(*args, **kwargs)
            editor = self._workspace.editor.id
            if edit is not None:
                self.unsaved.settle(edit, None)
                edit = None
            told = self._workspace.read(changes_since, known), self._workspace.read(undo_state, editor)
            return result
        except Exception as error:
            if edit is not None:
                self.unsaved.settle(edit, error)
            raise
        finally:
            with self._queue:
                self._writes -= 1
                self.written += 1
                self._queue.notify_all()
            self._wrote.emit(*told)  # only now: whoever hears it may look at how many writes still wait

    def _rescue(self, write: Callable[[Workspace, Unsaved, Path], Path], path: Path) -> Path:
        """On the writer's thread; nothing is asked of the file that would need to lock it."""
        try:
            return write(self._workspace, self.unsaved, path)
        finally:
            self._wrote.emit(None, None)

    def _tell(self, changes: Changes | None, undo: UndoState | None) -> None:
        waiting = self._writes > 0
        self._set_state(SaveState.SAVING if waiting else SaveState.FAILED if self.unsaved else SaveState.SAVED)
        if self.save_state is SaveState.FAILED:
            self.watch.look()
        if undo is not None:
            self._set_undo(undo)
        if changes is not None and changes.kinds:
            self.changed.emit(changes)

    def _set_state(self, state: SaveState) -> None:
        if state is not self.save_state:
            self.save_state = state
            self.saving.emit(state)

    def _refresh_undo(self) -> None:
        """Asked of the writer, whose connection is ready for the first edit then."""
        if self.is_writable:
            self._writer.run(self._workspace.read, undo_state, self._workspace.editor.id, then=self._set_undo)

    def _doubt(self, error: BaseException) -> None:
        """Tell an error that nobody handles; but where the file has gone, that is told already, and once."""
        if isinstance(error, FileNotWritten):
            self._doubts.append(error)
            self.watch.look()
        else:
            self.troubled.emit(error)

    def _tell_doubts(self, presence: Presence) -> None:
        doubts, self._doubts = self._doubts, []
        if doubts and presence.is_in_place:
            self.troubled.emit(doubts[0])

    def _follow(self, presence: Presence) -> None:
        """The file is back in its place: what could not be written is."""
        if presence.is_in_place and self.unsaved:
            self.write_again()

    def _notice(self) -> None:
        """Somebody else has edited: whatever is shown is read again."""
        self.changed.emit(Changes(frozenset(BY_TABLE), None))

    def _note_release(self) -> None:
        self.holder = ""
        self.released.emit()

    def _set_undo(self, state: UndoState) -> None:
        if state != self.undo_state:
            self.undo_state = state
            self.undo_changed.emit(state)

    def _pass_on(self, ticket: Ticket, item: object) -> None:
        ticket.pass_on(item)

    def _read(self, ticket: Ticket, query: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T | None:
        """On a reader's thread."""
        while not ticket.is_cancelled:
            try:
                with self._turn(ticket) as reader:
                    return reader.read(query, *args, **kwargs)
            except ReadStopped:
                continue
        return None

    def _stream(
        self,
        ticket: Ticket,
        query: Callable[..., Iterator[T]],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> None:
        """On a reader's thread."""
        while not ticket.is_cancelled:
            try:
                with self._turn(ticket) as reader:
                    for item in reader.stream(query, *args, **kwargs):
                        self._streamed.emit(ticket, item)
                return
            except ReadStopped:
                continue

    @contextmanager
    def _turn(self, ticket: Ticket) -> Generator[Reader]:
        """A reader's connection, when no write waits; what SQLite breaks off on our behalf ends as _Stopped."""
        with self._queue:
            self._queue.wait_for(lambda: not self._writes or ticket.is_cancelled)
        reader = self._reader()
        try:
            with reader.stopped_when(lambda: ticket.is_cancelled or self._writes > 0):
                yield reader
        finally:
            self._allocation.look()

    def _reader(self) -> Reader:
        """The reader of this thread."""
        if not hasattr(self._own, "reader"):
            self._own.reader = self._workspace.another_reader()
            self._opened.append(self._own.reader)
        return self._own.reader  # type: ignore[no-any-return]
