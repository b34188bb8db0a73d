"""The tab of the record pane with what an analyst adds to a record."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from db.models import Note
from db.operations.records import add_record
from db.queries.changes import Changes
from db.queries.record_pages import RecordPage
from db.queries.records import RecordRow
from desktop.annotations.assessments import AssessmentSection
from desktop.annotations.attachments import AttachmentSection, SnapshotSection
from desktop.annotations.notes import NoteSection
from desktop.annotations.section import AnnotationSection
from desktop.annotations.tasks import TaskSection
from desktop.errors import expected
from desktop.live import LiveCase
from desktop.theme import dress
from desktop.undoing import NEWEST

_PAUSE = 30
_KINDS = frozenset({"note", "task", "assessment", "attachment", "snapshot", "concern"})


class AnnotationsView(QWidget):
    """Notes, tasks, assessments and files of the record that is shown."""

    opened = Signal(object)
    """A Place."""
    told = Signal(str, object)
    """What was just done, and what of it can be undone: an entry's id, NEWEST, or None."""
    raised = Signal()
    """Something begins here that has to be seen."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._record: RecordRow | None = None
        self._is_stale = False
        self.setObjectName("annotations")
        self.notes = NoteSection(live, self)
        self.tasks = TaskSection(live, self)
        self.assessments = AssessmentSection(live, self)
        self.snapshots = SnapshotSection(live, self)
        self.attachments = AttachmentSection(live, self)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 4, 24, 32)
        column.setSpacing(8)
        for section in self.sections:
            section.opened.connect(self.opened)
            section.told.connect(self.told)
            column.addWidget(section)
        column.addStretch(1)
        self._area = QScrollArea(self)
        self._area.setObjectName("surface")
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)
        self._add_actions()
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._read)
        live.changed.connect(self._notice)

    @property
    def sections(self) -> tuple[AnnotationSection, ...]:
        """All sections, in their order."""
        return (self.notes, self.tasks, self.assessments, self.snapshots, self.attachments)

    def _add_actions(self) -> None:
        self.note_action = self._action(self.tr("Add a note"), "Ctrl+M", "sticky-note")
        self.task_action = self._action(self.tr("Add a task"), "Ctrl+T", "clipboard-list")
        self.assessment_action = self._action(self.tr("Add an assessment"), "Ctrl+J", "brain")
        self.file_action = self._action(self.tr("Attach files…"), "Ctrl+Shift+A", "paperclip")
        self.note_action.triggered.connect(self._add_note)
        self.task_action.triggered.connect(self._add_task)
        self.assessment_action.triggered.connect(self._add_assessment)
        self.file_action.triggered.connect(self._add_files)

    def _action(self, words: str, keys: str, icon: str) -> QAction:
        action = QAction(words, self)
        action.setShortcut(keys)
        action.setEnabled(False)
        dress(action, icon)
        self.addAction(action)
        return action

    def show_record(self, page: RecordPage) -> None:
        """Show the annotations of a record; they are read once they can be seen."""
        if self._record is not None and self._record.id != page.row.id:
            self.finish()
        self._record = page.row
        self.snapshots.setVisible(page.row.kind == "sources")
        for action in self.actions():
            action.setEnabled(self._live.is_writable)
        self._read()

    def finish(self) -> None:
        """Keep what somebody was writing, before the record or the file is left."""
        for section in self.sections:
            section.leave()

    def keep_files(self, paths: Sequence[Path]) -> None:
        """Keep dropped files: with a source as its snapshots, with any other record as attachments."""
        if self._record is not None:
            self.raised.emit()
            self._files.show_record(self._record)
            self._files.keep(paths)

    def keep_text(self, text: str) -> None:
        """Keep dropped text, or the address of a page, as a note."""
        if self._record is not None and text.strip():
            self.raised.emit()
            values = {"text": text.strip(), "concerns": [self._record.id]}
            label = self.tr("Add note")
            self._live.write(label, add_record, Note, values, then=self._say_noted, failed=self._refuse)

    @property
    def _files(self) -> AttachmentSection | SnapshotSection:
        is_source = self._record is not None and self._record.kind == "sources"
        return self.snapshots if is_source else self.attachments

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._read()

    def _notice(self, changes: Changes) -> None:
        if self._record is not None and changes.kinds & _KINDS:
            self._is_stale = True
            self._pause.start()

    def _read(self) -> None:
        self._is_stale = not self.isVisible()
        if self._record is not None and not self._is_stale:
            for section in self.sections:
                if section is not self.snapshots or self._record.kind == "sources":
                    section.show_record(self._record)

    def _begin(self, section: AnnotationSection) -> None:
        if self._record is None:
            return
        self.raised.emit()
        if self.isVisible():  # the record that was shown last may be gone
            section.show_record(self._record)
            section.add()
            QTimer.singleShot(0, self._show_focused)

    def _show_focused(self) -> None:
        widget = self.window().focusWidget()
        if widget is not None and self.isAncestorOf(widget):
            self._area.ensureWidgetVisible(widget, 0, 120)

    def _add_note(self) -> None:
        self._begin(self.notes)

    def _add_task(self) -> None:
        self._begin(self.tasks)

    def _add_assessment(self) -> None:
        self._begin(self.assessments)

    def _add_files(self) -> None:
        self._begin(self._files)

    def _say_noted(self, made: object) -> None:
        self.told.emit(self.tr("Kept what you dropped as a note."), NEWEST)

    def _refuse(self, error: BaseException) -> None:
        trouble = expected(error)
        if trouble is None:
            self._live.troubled.emit(error)
        else:
            self.told.emit(trouble.text, None)
