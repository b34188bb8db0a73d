"""The merge page: what another file would bring, record by record, what is chosen, and the merge; or a compare."""

import shutil
import tempfile
from array import array
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.merging.decisions import Choice, Decision
from db.merging.differences import State
from db.merging.preview import DifferingRecord
from db.merging.sides import RecordDifference
from db.merging.union import MergeReceipt
from desktop.backroom import Backroom
from desktop.errors import expected, unexpected
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.pages.merging import work
from desktop.pages.merging.choosing import Choices
from desktop.pages.merging.head import MergingHead
from desktop.pages.merging.model import RECORD, DifferenceModel
from desktop.pages.merging.record_view import RecordView
from desktop.pages.merging.view import DifferenceView
from desktop.theme import Size
from desktop.widgets.empty import EmptyState
from desktop.widgets.labels import Words


class MergingPage(QWidget):
    """Shows another file beside this one. It changes nothing before somebody presses Merge."""

    opened = Signal(object)
    """A Place: never, so far."""
    told = Signal(str, object)
    """What was just done, and the entry that can be undone."""
    file_wanted = Signal()
    """The button of the empty page: which file?"""
    merged = Signal(object)
    """The id of the receipt."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAccessibleName(self.tr("Merge and compare"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._live = live
        self._room = Backroom(self)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._theirs = Path()
        self.path: Path | None = None
        self.is_merge = False
        self._since = ""
        self.overview: work.Overview | None = None
        self.choices = Choices()
        self._reading: Ticket | None = None
        self._working: Ticket | None = None
        self.model = DifferenceModel(self._room, self)
        self.view = DifferenceView(self)
        self.view.setModel(self.model)
        self.record = RecordView(self)
        self.head = MergingHead(self)
        self._build()
        self._connect()
        self._invite()

    # -- what others ask for

    def take_in(self, path: Path) -> None:
        """Look at a colleague's file, and at what merging it would bring."""
        self._begin(path, is_merge=True)

    def compare_with(self, path: Path) -> None:
        """Look at how another file differs; nothing can be changed then."""
        self._begin(path, is_merge=False)

    def compare_since(self, entry: UUID, label: str) -> None:
        """Look at what this file has learnt since an edit or a merge."""
        self._prepare(self._live.path, is_merge=False)
        assert self._folder is not None
        self._since = label
        self._show_step(1, self.tr("Comparing"))
        self._working = self._room.run(
            work.lay_out_since, Path(self._folder.name), self._live.path, entry, then=self._show, failed=self._refuse
        )

    def leave(self) -> None:
        """Stop whatever is done for a file, and forget the file."""
        self._forget()
        self._invite()

    # -- building

    def _build(self) -> None:
        self._empty = EmptyState("git-merge", "", "", parent=self)
        self._stack = QStackedWidget(self)
        for widget in (self._empty, self._build_progress(), self._build_ready()):
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def _build_progress(self) -> QWidget:
        self._waiting = QWidget(self)
        self._step = Words("", self, size=Size.HEADING, strong=True)
        self._step.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._bar = QProgressBar(self, textVisible=False)
        self._bar.setRange(0, 3)
        self._bar.setAccessibleName(self.tr("Looking at the file"))
        self._bar.setMaximumWidth(360)
        self.cancel_button = self._button("cancelMerging", self.tr("Cancel"))
        column = QVBoxLayout(self._waiting)
        column.setSpacing(16)
        column.addStretch(2)
        column.addWidget(self._step)
        column.addWidget(self._bar, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.cancel_button, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._bar.setMinimumWidth(320)
        return self._waiting

    def _build_ready(self) -> QWidget:
        self._ready = QWidget(self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.view)
        self._splitter.addWidget(self.record)
        self._splitter.setSizes([380, 700])
        self._splitter.setStretchFactor(1, 1)
        column = QVBoxLayout(self._ready)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._splitter, 1)
        return self._ready

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        return button

    def _connect(self) -> None:
        self._empty.asked.connect(self.file_wanted)
        self.cancel_button.clicked.connect(self.leave)
        self.head.left.connect(self.leave)
        self.head.merge_wanted.connect(self.merge)
        self.head.report_wanted.connect(self._ask_report)
        self.head.state_chosen.connect(self._filter)
        self.head.decided.connect(self._decide_widely)
        self.head.explained.connect(self._explain)
        self.view.selectionModel().currentChanged.connect(self._show_current)
        self.model.told.connect(self._begin_reading)
        self.record.changed.connect(self._count_choices)
        self._room.troubled.connect(self._live.troubled)

    # -- a file

    def _begin(self, path: Path, *, is_merge: bool) -> None:
        self._prepare(path, is_merge=is_merge)
        assert self._folder is not None
        self._show_step(0, self.tr("Checking {file}").format(file=path.name))
        folder = Path(self._folder.name)
        self._working = self._room.run(work.look_at, path, folder, then=self._lay_out, failed=self._refuse)

    def _prepare(self, path: Path, *, is_merge: bool) -> None:
        self._forget()
        self._since = ""
        self.path, self.is_merge = path, is_merge
        self._folder = tempfile.TemporaryDirectory(prefix="depositary-")
        self.choices = Choices()

    def _lay_out(self, theirs: Path) -> None:
        assert self._folder is not None
        self._theirs = theirs
        words = self.tr("Putting both together in a private copy") if self.is_merge else self.tr("Comparing")
        self._show_step(1, words)
        editor = self._live.editor if self.is_merge else None
        self._working = self._room.run(
            work.lay_out, Path(self._folder.name), self._live.path, theirs, editor, then=self._show, failed=self._refuse
        )

    def _show(self, overview: work.Overview) -> None:
        assert self.path is not None
        self._working, self.overview = None, overview
        self.record.choices = self.choices if self.is_merge else None
        self.record.headings = self._headings()
        self.record.clear()
        if self._since:
            self.head.show_since(overview.summary, self._since)
        else:
            self.head.show_summary(overview.summary, self.path, is_merge=self.is_merge)
        self.model.show_overview(overview)
        self._stack.setCurrentWidget(self._ready)
        self._count_choices()
        if overview.places:
            self.view.selectRow(0)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _headings(self) -> tuple[str, str]:
        """What the two sides are called."""
        if self._since:
            return self.tr("Then"), self.tr("Now")
        if self.is_merge or self.path is None:
            return self.tr("Yours"), self.tr("Theirs")
        return self._live.path.name, self.path.name

    def _decide_widely(self, about: object, choice: Choice | None) -> None:
        if about == "conflicts":
            self.choices.conflicts = choice
        elif about == "everything":
            self.choices.choose_everything(choice)
        elif isinstance(about, UUID) and choice is not None:
            self.choices.authors[about] = choice
        self.record.refresh()
        self._count_choices()

    def _filter(self, state: State | None) -> None:
        if self.overview is not None:
            self._call_off()
            self._reading = self._room.run(work.read_places, self.overview.comparison, state, then=self._show_places)

    def _show_places(self, places: "array[int]") -> None:
        self._reading = None
        self.model.show_places(places)
        self.record.clear()
        if places:
            self.view.selectRow(0)

    # -- a record

    def _show_current(self, index: QModelIndex) -> None:
        self._call_off()
        self._begin_reading()

    def _call_off(self) -> None:
        """Nobody waits any more for what is being read."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _begin_reading(self) -> None:
        """Read the record of the current row, once it is known which one that is."""
        found = self.view.currentIndex().data(RECORD)
        if not isinstance(found, DifferingRecord) or self.overview is None:
            return
        if self._reading is not None or (self.record.shown is not None and self.record.shown.id == found.id):
            return
        self._reading = self._room.run(
            work.read_record, self.overview.comparison, found.id, then=self._show_record, failed=self._fail_to_read
        )

    def _show_record(self, found: RecordDifference) -> None:
        self._reading = None
        self.record.show_record(found)

    def _fail_to_read(self, error: BaseException) -> None:
        self._reading = None
        self._live.troubled.emit(error)

    # -- choices and the merge

    def _explain(self, text: str) -> None:
        self.choices.reason = text

    def _count_choices(self) -> None:
        self.head.count_choices(self.choices.count)

    def merge(self) -> None:
        """Work out what was chosen, make a backup, and merge."""
        if self.overview is None or not self.is_merge or not self.head.merge_button.isEnabled():
            return
        self.head.merge_button.setEnabled(False)
        self._room.run(
            work.decide, self.overview.comparison, self.choices.rules(), then=self._merge, failed=self._fail_to_merge
        )

    def _merge(self, decisions: Sequence[Decision]) -> None:
        assert self.path is not None
        self._show_step(2, self.tr("Merging {file}, after a backup").format(file=self.path.name))
        self.cancel_button.hide()
        self._live.merge(self._theirs, decisions, origin=self.path.name, then=self._finish, failed=self._fail_to_merge)

    def _finish(self, receipt: MergeReceipt) -> None:
        name = self.path.name if self.path else ""
        words = self.tr("Merged “{file}”").format(file=name)
        if len(receipt.conflicts) == 1:
            words = self.tr("Merged “{file}”; 1 conflict is still open").format(file=name)
        elif receipt.conflicts:
            count = f"{len(receipt.conflicts):,}"
            words = self.tr("Merged “{file}”; {count} conflicts are still open").format(file=name, count=count)
        self.leave()
        self.told.emit(words, receipt.id if receipt.changes else None)
        self.merged.emit(receipt.id)

    def _fail_to_merge(self, error: BaseException) -> None:
        self.head.merge_button.setEnabled(True)
        self.cancel_button.show()
        self._stack.setCurrentWidget(self._ready)
        self._live.troubled.emit(error)

    # -- a report

    def _ask_report(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the change report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("PDF (*.pdf)"), self.tr("Word (*.docx)")])
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{self.path.stem if self.path else ''} changes.pdf")
        dialog.fileSelected.connect(self.save_report)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_report(self, name: str) -> None:
        """Write a report of all that differs."""
        if self.overview is None or self.path is None:
            return
        self._report = Path(name)
        title = self.head.title.text() if self._since else f"{self._live.path.name} – {self.path.name}"
        self._room.run(
            work.save_report, self.overview.comparison, title, self._report, then=self._say_saved, failed=self._complain
        )

    def _say_saved(self, _: object) -> None:
        self.told.emit(self.tr("Saved “{file}”").format(file=self._report.name), None)

    def _complain(self, error: BaseException) -> None:
        self._live.troubled.emit(error)

    # -- states of the page

    def _invite(self) -> None:
        if self._live.is_writable:
            self._empty.show_words(
                self.tr("Merge a colleague’s file"),
                self.tr(
                    "Drop the file here, or choose it. You see what it would bring before anything changes; "
                    "a backup is made first, and the whole merge can be undone."
                ),
                self.tr("Choose a file…"),
            )
        else:
            self._empty.show_words(
                self.tr("This file can only be read"), self.tr("Open it for editing to merge another one into it.")
            )
        self._stack.setCurrentWidget(self._empty)

    def _show_step(self, number: int, words: str) -> None:
        self._bar.setValue(number + 1)
        self._step.setText(words + "…")
        self.cancel_button.show()
        self._stack.setCurrentWidget(self._waiting)

    def _refuse(self, error: BaseException) -> None:
        told = expected(error) or unexpected(error)
        name = self.path.name if self.path else ""
        self._forget()
        title = self.tr("“{file}” was not taken in").format(file=name)
        self._empty.show_words(title, told.text, self.tr("Choose another file…"))
        self._stack.setCurrentWidget(self._empty)

    def _forget(self) -> None:
        """End what works on a file, in the middle if need be: a process can be stopped where a thread cannot."""
        if self._working is not None:
            self._room.close()
            self._room.deleteLater()
            self._room = Backroom(self)
            self._room.troubled.connect(self._live.troubled)
            self.model.use_room(self._room)
        self._call_off()
        self._working = self.overview = None
        self.path = None
        self.model.clear()
        self.record.clear()
        self.head.merge_button.setEnabled(True)
        if self._folder is not None:
            shutil.rmtree(self._folder.name, ignore_errors=True)
            self._folder.cleanup()
            self._folder = None

    def closeEvent(self, event: QCloseEvent) -> None:
        self._room.close()
        if self._folder is not None:
            self._folder.cleanup()
        super().closeEvent(event)
