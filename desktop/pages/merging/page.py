"""The merge page: what another file would bring, record by record, what is chosen, and the merge; or a compare."""

from collections.abc import Sequence
from pathlib import Path
from threading import Event
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from db.errors import MergeStopped
from db.introduction import Introduction
from db.merging.decisions import Choice, Decision
from db.merging.differences import State
from db.merging.needs import Need
from db.merging.preview import DifferingRecord, Overview, Summary
from db.merging.sides import RecordDifference
from db.merging.union import MergeReceipt
from desktop.dialogs.introduction import IntroductionDialog
from desktop.errors import expected, unexpected
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.pages.merging import work
from desktop.pages.merging.choosing import Choices
from desktop.pages.merging.head import MergingHead
from desktop.pages.merging.inquiry import Inquiry
from desktop.pages.merging.model import RECORD, DifferenceModel
from desktop.pages.merging.needs import NeedsDesk
from desktop.pages.merging.record_view import RecordView
from desktop.pages.merging.report import ReportDesk
from desktop.pages.merging.view import DifferenceView
from desktop.pages.merging.waiting import WaitingView
from desktop.pages.merging.words import merged_words, page_sentence, page_title, side_names
from desktop.widgets.empty import EmptyState


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
        self._inquiry = Inquiry(live, self)
        self.path: Path | None = None
        self.is_merge = False
        self._since = ""
        self.overview: Overview | None = None
        """What is shown; `is_exact` tells whether the union has said so."""
        self.is_exact = False
        self._settling: Overview | None = None
        self.choices = Choices()
        self._reading: Ticket | None = None
        self._placing: Ticket | None = None
        self._stop: Event | None = None
        """Set to stop the merge that is being done."""
        self.model = DifferenceModel(self._inquiry, self)
        self.view = DifferenceView(self)
        self.view.setModel(self.model)
        self.record = RecordView(self)
        self.head = MergingHead(self)
        self._report = ReportDesk(self._inquiry, self)
        self._needs = NeedsDesk(self._inquiry, self)
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
        self._since = label
        self._show_step(1, self.tr("Comparing"))
        self._inquiry.begin_since(entry)

    def leave(self) -> None:
        """Stop whatever is done for a file, and forget the file."""
        self._forget()
        self._invite()

    # -- building

    def _build(self) -> None:
        self._empty = EmptyState("git-merge", "", "", parent=self)
        self._stack = QStackedWidget(self)
        self._waiting = WaitingView(self)
        for widget in (self._empty, self._waiting, self._build_ready()):
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

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

    def _connect(self) -> None:
        self._empty.asked.connect(self.file_wanted)
        self._waiting.cancelled.connect(self._cancel)
        self.head.left.connect(self.leave)
        self.head.merge_wanted.connect(self.merge)
        self.head.report_wanted.connect(self._ask_report)
        self.head.state_chosen.connect(self._filter)
        self.head.decided.connect(self._decide_widely)
        self.head.explained.connect(self._explain)
        self.view.selectionModel().currentChanged.connect(self._show_current)
        self.model.told.connect(self._begin_reading)
        self.record.changed.connect(self._count_choices)
        self._needs.found.connect(self.head.needs.show_needs)
        self.head.needs.chosen.connect(self._answer)
        self._report.named.connect(self.save_report)
        self._report.told.connect(self.told)
        self._report.failed.connect(self._live.troubled)
        self._inquiry.checked.connect(self._say_checked)
        self._inquiry.introduced.connect(self._introduce)
        self._inquiry.glanced.connect(self._glance)
        self._inquiry.found.connect(self._take)
        self._inquiry.refused.connect(self._refuse)

    # -- a file

    def _begin(self, path: Path, *, is_merge: bool) -> None:
        self._prepare(path, is_merge=is_merge)
        self._show_step(0, self.tr("Checking {file}").format(file=path.name))
        self._inquiry.begin(path, self._live.editor if is_merge else None)

    def _prepare(self, path: Path, *, is_merge: bool) -> None:
        self._forget()
        self._since = ""
        self.path, self.is_merge = path, is_merge
        self.choices = Choices()

    def _say_checked(self) -> None:
        words = self.tr("Putting both together in a private copy") if self.is_merge else self.tr("Comparing")
        self._show_step(1, words)

    def _introduce(self, introduction: Introduction) -> None:
        """Tell what a stranger's file is, before anything of it is shown; meanwhile its differences are looked for."""
        dialog = IntroductionDialog(introduction, self, is_merge=True)
        dialog.merging_wanted.connect(self._inquiry.admit)
        dialog.rejected.connect(self.leave)
        dialog.open()

    def _glance(self, overview: Overview) -> None:
        self._show(overview, is_exact=False)

    def _take(self, overview: Overview) -> None:
        """Show what is found; where something is shown already, without moving what is looked at."""
        if self.overview is None:
            self._show(overview, is_exact=True)
            return
        self._settling, state, records = overview, self.head.state, self.view.spot().records
        self._placing = self._inquiry.reading.run(
            work.read_spots, overview.comparison, state, records, then=self._settle
        )

    def _settle(self, spots: work.Spots) -> None:
        overview, kept = self._settling, self.view.spot()
        if overview is None:
            return
        if spots.state is not self.head.state or not set(kept.records) <= set(spots.sought):
            self._take(overview)  # somebody has looked elsewhere meanwhile
            return
        self._settling = None
        self._call_off()
        self.overview, self.is_exact = overview, True
        self.head.show_counts(overview.summary, self._sentence(overview.summary))
        self.head.allow(is_exact=True)
        self._count_choices()
        self.model.settle_on(overview, spots.places)
        self.view.go_back_to(kept, spots.rows)
        self._begin_reading(again=True)

    def _show(self, overview: Overview, *, is_exact: bool) -> None:
        self.overview, self.is_exact = overview, is_exact
        self.record.choices = self.choices if self.is_merge else None
        self.record.headings = self._headings()
        self.record.clear()
        title = page_title(self.path.name if self.path else "", self._since, is_merge=self.is_merge)
        self.head.show_summary(overview.summary, title, self._sentence(overview.summary), is_merge=self.is_merge)
        self.head.allow(is_exact=is_exact)
        self.model.show_overview(overview, overview.places)
        self._stack.setCurrentWidget(self._ready)
        self._count_choices()
        if overview.places:
            self.view.selectRow(0)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sentence(self, found: Summary) -> str:
        return page_sentence(found, self.path.name if self.path else "", self._since, is_merge=self.is_merge)

    def _headings(self) -> tuple[str, str]:
        """What the two sides are called."""
        other = "" if self.is_merge or self.path is None else self.path.name
        return side_names(self._since, self._live.path.name, other)

    def _decide_widely(self, about: object, choice: Choice | None) -> None:
        self.choices.choose_widely(about, choice)
        self._show_choices()

    def _answer(self, need: Need, choice: Choice) -> None:
        self.choices.answer(need, choice)
        self._show_choices()

    def _show_choices(self) -> None:
        self.record.refresh()
        self._count_choices()

    def _filter(self, state: State | None) -> None:
        if self.overview is not None:
            self._call_off()
            self._reading = self._inquiry.reading.run(
                work.read_spots, self.overview.comparison, state, (), then=self._show_places
            )

    def _show_places(self, spots: work.Spots) -> None:
        self._reading = None
        self.model.show_places(spots.places)
        self.record.clear()
        if spots.places:
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

    def _begin_reading(self, *, again: bool = False) -> None:
        """Read the record of the current row, once it is known which one that is."""
        found = self.view.currentIndex().data(RECORD)
        if not isinstance(found, DifferingRecord) or self.overview is None:
            return
        is_shown = self.record.shown is not None and self.record.shown.id == found.id
        if self._reading is not None or (is_shown and not again):
            return
        self._reading = self._inquiry.reading.run(
            work.read_record, self.overview.comparison, found.id, then=self._show_record, failed=self._fail_to_read
        )

    def _show_record(self, found: RecordDifference) -> None:
        self._reading = None
        self.record.show_again(found)

    def _fail_to_read(self, error: BaseException) -> None:
        self._reading = None
        self._live.troubled.emit(error)

    # -- choices and the merge

    def _explain(self, text: str) -> None:
        self.choices.reason = text

    def _count_choices(self) -> None:
        self.head.show_choices(self.choices)
        self.model.show_choices(self.choices)
        self._needs.look(self.overview if self.is_exact else None, self.choices)

    def merge(self) -> None:
        """Work out what was chosen, make a backup, and merge."""
        if self.overview is None or not self.is_merge or not self.head.merge_button.isEnabled():
            return
        self.head.merge_button.setEnabled(False)
        self._inquiry.reading.run(
            work.decide, self.overview.comparison, self.choices.rules(), then=self._merge, failed=self._fail_to_merge
        )

    def _merge(self, decisions: Sequence[Decision]) -> None:
        assert self.path is not None
        self._stop = Event()
        self._waiting.show_busy(self.tr("Merging {file}, after a backup").format(file=self.path.name))
        self._stack.setCurrentWidget(self._waiting)
        self._live.merge(
            self._inquiry.theirs,
            decisions,
            origin=self.path.name,
            stop=self._stop,
            then=self._finish,
            failed=self._fail_to_merge,
        )

    def _cancel(self) -> None:
        """Leave the file; but a merge that has begun is stopped first, which takes back what it did."""
        if self._stop is None:
            self.leave()
        else:
            self._stop.set()
            self._waiting.show_busy(self.tr("Taking back what was merged"), can_stop=False)

    def _finish(self, receipt: MergeReceipt) -> None:
        self._stop = None
        words = merged_words(self.path.name if self.path else "", len(receipt.conflicts))
        self.leave()
        self.told.emit(words, receipt.id if receipt.changes else receipt.decision)
        if receipt.changes:
            self.merged.emit(receipt.id)

    def _fail_to_merge(self, error: BaseException) -> None:
        self._stop = None
        self.head.merge_button.setEnabled(True)
        self._stack.setCurrentWidget(self._ready)
        if not isinstance(error, MergeStopped):
            self._live.troubled.emit(error)

    # -- a report

    def _ask_report(self) -> None:
        if self.path is not None:
            self._report.ask(self.path.stem)

    def save_report(self, name: str) -> None:
        """Write a report of all that differs."""
        if self.overview is not None and self.path is not None:
            title = self.head.title.text() if self._since else f"{self._live.path.name} – {self.path.name}"
            self._report.save(self.overview.comparison, title, self._headings(), Path(name))

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
        self._waiting.show_step(number, words)
        self._stack.setCurrentWidget(self._waiting)

    def _refuse(self, error: BaseException) -> None:
        told = expected(error) or unexpected(error)
        name = self.path.name if self.path else ""
        self._forget()
        title = self.tr("“{file}” was not taken in").format(file=name)
        self._empty.show_words(title, told.text, self.tr("Choose another file…"))
        self._stack.setCurrentWidget(self._empty)

    def _forget(self) -> None:
        for dialog in self.findChildren(IntroductionDialog):
            dialog.blockSignals(True)
            dialog.close()
        self._inquiry.stop()
        self._call_off()
        if self._placing is not None:
            self._placing.cancel()
        self.overview = self._settling = None
        self.path = None
        self.model.clear()
        self.record.clear()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._inquiry.close()
        super().closeEvent(event)
