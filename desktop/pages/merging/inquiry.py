"""Finding out what another file holds, in processes of its own: inspection, introduction, first sight, union."""

import shutil
import tempfile
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from db.introduction import Introduction
from db.log import Editor
from db.merging.preview import Overview
from desktop.backroom import Backroom
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.pages.merging import work


class Inquiry(QObject):
    """One file at a time. What only reads has a process of its own, so that it never waits for a union."""

    checked = Signal()
    """The file was inspected, and is sound."""
    introduced = Signal(object)
    """An Introduction, of a stranger's file: nothing of it is shown before `admit`."""
    glanced = Signal(object)
    """An Overview: what a merge will probably bring."""
    found = Signal(object)
    """An Overview: what differs."""
    refused = Signal(object)
    """An error."""

    def __init__(self, live: LiveCase, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self.reading = self._new_room()
        """The process that reads what is looked at."""
        self._laying = self._new_room()
        self._tickets: list[Ticket] = []
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._path = Path()
        self._editor: Editor | None = None
        self._ours: Path | None = None
        self._look: work.Look | None = None
        self._is_admitted = False
        self._glance: Overview | None = None
        self._overview: Overview | None = None

    @property
    def theirs(self) -> Path:
        """The private copy of the file."""
        assert self._look is not None
        return self._look.copy

    def begin(self, path: Path, editor: Editor | None) -> None:
        """Inspect a file, and find out what merging it would bring (with an editor), or how it differs."""
        self._prepare()
        self._path, self._editor = path, editor
        self._run(self.reading, work.keep_own, self._place, self._live.path, then=self._take_own)
        self._run(self._laying, work.look_at, path, self._place, then=self._take_theirs)

    def begin_since(self, entry: UUID) -> None:
        """Find out what the open file has learnt since an edit or a merge."""
        self._prepare()
        self._is_admitted = True
        self._run(self._laying, work.lay_out_since, self._place, self._live.path, entry, then=self._take_overview)

    def admit(self) -> None:
        """The file may be shown."""
        self._is_admitted = True
        if self._overview is not None:
            self.found.emit(self._overview)
        elif self._glance is not None:
            self.glanced.emit(self._glance)

    def stop(self) -> None:
        """End what works on a file, in the middle if need be, and forget it: a process can be stopped, a thread not."""
        if any(not ticket.is_over for ticket in self._tickets):
            self.reading.close()
            self.reading.deleteLater()
            self.reading = self._new_room()
        self._laying.close()
        self._laying.deleteLater()
        self._laying = self._new_room()
        self._tickets.clear()
        self._ours = self._look = self._glance = self._overview = None
        self._remove_folder()

    def close(self) -> None:
        """Stop for good."""
        self.reading.close()
        self._laying.close()
        self._remove_folder()

    # -- step by step

    def _prepare(self) -> None:
        self.stop()
        self._folder = tempfile.TemporaryDirectory(prefix="depositary-")
        self._is_admitted = False

    @property
    def _place(self) -> Path:
        assert self._folder is not None
        return Path(self._folder.name)

    def _run(self, room: Backroom, *work: object, then: object) -> None:
        self._tickets.append(room.run(*work, then=then, failed=self._refuse))  # type: ignore[arg-type]

    def _take_own(self, copy: Path) -> None:
        self._ours = copy
        self._go_on()

    def _take_theirs(self, look: work.Look) -> None:
        self._look = look
        self.checked.emit()
        self._go_on()

    def _go_on(self) -> None:
        """Both are there: look at the file, show what will probably come, and make the union meanwhile."""
        if self._ours is None or self._look is None:
            return
        theirs, is_merge = self._look.copy, self._editor is not None
        self._is_admitted = not (is_merge and self._look.is_strange)
        if not self._is_admitted:
            self._run(
                self.reading, work.introduce, self._path, theirs, self._ours, self._live.home, then=self._introduce
            )
        if is_merge:  # first the glance alone: two processes at once are slower where the machine is busy
            self._run(self.reading, work.glance, self._place, self._ours, theirs, then=self._take_glance)
        else:
            self._lay_out()

    def _lay_out(self) -> None:
        theirs = self.theirs
        self._run(self._laying, work.lay_out, self._place, self._ours, theirs, self._editor, then=self._take_overview)

    def _introduce(self, introduction: Introduction) -> None:
        self.introduced.emit(introduction)

    def _take_glance(self, overview: Overview) -> None:
        self._glance = overview
        self._lay_out()
        if self._is_admitted:
            self.glanced.emit(overview)

    def _take_overview(self, overview: Overview) -> None:
        self._overview = overview
        if self._is_admitted:
            self.found.emit(overview)

    def _refuse(self, error: BaseException) -> None:
        self.refused.emit(error)

    def _new_room(self) -> Backroom:
        room = Backroom(self)
        room.troubled.connect(self._live.troubled)
        return room

    def _remove_folder(self) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder.name, ignore_errors=True)
            self._folder.cleanup()
            self._folder = None
