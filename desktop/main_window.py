"""The window of one open case file: panes, page switching and the way back, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

import shiboken6
from PySide6.QtCore import QByteArray, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMainWindow, QSplitter, QVBoxLayout, QWidget

from db.queries.headings import Heading, heading
from desktop.backroom import Backroom
from desktop.backups.desk import BackupDesk
from desktop.closing import Closing
from desktop.conflict_copies import ConflictBar, ConflictCopies
from desktop.drops import case_files
from desktop.duplicates import DuplicatesDesk, Newcomers, newcomer_words
from desktop.files import FileCommands
from desktop.forms.captions import class_named
from desktop.live import LiveCase
from desktop.lost import LostBar
from desktop.merging import MergingDesk
from desktop.navigation import FRONT, Destination, Navigation
from desktop.outside import Outside
from desktop.pages.frame import WIDE, PageFrame
from desktop.places import Place
from desktop.preparation import Preparation
from desktop.read_only import ReadOnlyBar
from desktop.records.pane import RecordPane
from desktop.saving_back import AwayBar, SavingBack
from desktop.status import StatusBar
from desktop.trail import Trail
from desktop.undoing import Undoing
from desktop.whereabouts import place_window, remember_stop, remember_window, remembered_stop
from desktop.widgets.buttons import press_by_return
from desktop.widgets.toast import Toast
from desktop.window_menus import WindowMenus

if TYPE_CHECKING:
    from db.index.build import Progress
    from desktop.palette.palette import Palette
    from desktop.palette.recents import Recents
    from desktop.search_index import SearchIndex

_PAUSE = 200
_FIRST_SIZE = QSize(1280, 800)
_LATER = ("desktop.records.body", "desktop.palette.palette", "desktop.palette.recents", "desktop.search_index",
          "desktop.reviewing", "desktop.dialogs.trouble")  # fmt: skip
"""Modules that nothing needs before the first rows are seen."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where somebody was: a page, and the record beside it."""

    destination: Destination
    place: Place | None = None


class MainWindow(QMainWindow):
    """Navigation, a page, and the record pane."""

    closed = Signal(object)
    """This window, after its case file was closed."""

    def __init__(self, live: LiveCase, settings: QSettings, files: FileCommands) -> None:
        super().__init__()
        self.live = live
        live.setParent(self)
        self.settings = settings
        self.files = files
        self.destination, self._remembered = remembered_stop(settings, live.home)
        self._trail = Trail()
        self.setAcceptDrops(True)
        self.navigation = Navigation(live, self)
        self.backroom = Backroom(self)
        self.frame = PageFrame(live, self, self)
        self.pane = RecordPane(live, self)
        self.toast = Toast(self)
        self.status = StatusBar(live, self)
        self.read_only = ReadOnlyBar(live, self)
        self.lost = LostBar(live, self)
        self.saving_back = SavingBack(self)
        self.backups = BackupDesk(self)
        self.away = AwayBar(self.saving_back, self)
        self.conflict_copies = ConflictCopies(live, self)
        self.conflicts = ConflictBar(self.conflict_copies, self)
        self.status.follow(self.saving_back)
        self.undoing = Undoing(live, self)
        self.merging = MergingDesk(self)
        self.duplicates = DuplicatesDesk(self)
        self.closing = Closing(self)
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._build()
        self.menus = WindowMenus(self)
        self._connect()
        self._restore()
        self._read_heading()
        self.go(self.destination)
        _first_list(self.frame).setFocus(Qt.FocusReason.OtherFocusReason)
        self._preparation = Preparation(live, _LATER, self._make_rest, self)
        self._preparation.ready.connect(self._begin_work)

    @cached_property
    def index(self) -> SearchIndex:
        """The search index of the file."""
        from desktop.search_index import SearchIndex

        index = SearchIndex(self.live, self.backroom, self)
        index.progressed.connect(self._show_reading)
        index.progressed.connect(self.frame.begin_review)
        return index

    @cached_property
    def recents(self) -> Recents:
        """The records that were opened last."""
        from desktop.palette.recents import Recents

        return Recents(self.live, self)

    @cached_property
    def palette_overlay(self) -> Palette:
        """The command palette."""
        from desktop.palette.palette import Palette

        palette = Palette(self.live, self.index, self.recents, self.commands, self)
        palette.opened.connect(self.open_place)
        palette.all_wanted.connect(self.search_for)
        return palette

    def go(self, destination: Destination) -> None:
        """Show a page."""
        self._show_page(destination)
        self._visit()

    def open_place(self, place: Place) -> None:
        """Show a record in the pane."""
        if self.destination.page in WIDE:
            self._show_page(Destination("list", FRONT[0]))
        self.pane.show_place(place)
        self.frame.show_record(place.record)
        self.recents.note(place.record)
        self._visit()

    def search_for(self, text: str) -> None:
        """Show all that is found for a text."""
        self.go(Destination("search"))
        self.frame.search_for(text)

    def show_briefing(self, wanted: object = None) -> None:
        """Show the briefing page: what is wanted (a Subject), or else what the record that is open asks for."""
        from desktop.printing.options import Subject
        from desktop.printing.subjects import subject_of

        page = self.pane.page
        subject = wanted if isinstance(wanted, Subject) else subject_of(page.row) if page is not None else None
        self.go(Destination("briefing"))
        if subject is not None:
            self.frame.show_subject(subject)

    def show_palette(self) -> None:
        """Open the command palette."""
        self.palette_overlay.open()

    def make_record(self, kind: str = "", preset: object = None) -> None:
        """Ask for a new record; of the kind whose list is shown, unless told otherwise."""
        if self.live.is_writable:
            from desktop.forms.dialog import NewRecordDialog

            values = preset if isinstance(preset, dict) else {}
            cls = class_named(kind or self.destination.kind or FRONT[0])
            dialog = NewRecordDialog(self.live, cls, values, parent=self)
            dialog.made.connect(self._open_made)
            dialog.open()

    def back(self) -> None:
        """Go where we were before."""
        self._return_to(self._trail.back())

    def forward(self) -> None:
        """Go where we were before going back."""
        self._return_to(self._trail.forward())

    def cycle_panes(self, step: int) -> None:
        """Give the focus to the next pane, or the one before."""
        panes = [pane for pane in (self.navigation, self.frame, self.pane) if pane.isVisible()]
        focused = QApplication.focusWidget()
        here = next((place for place, pane in enumerate(panes) if focused and pane.isAncestorOf(focused)), -step)
        pane = panes[(here + step) % len(panes)]
        if pane is self.navigation:
            self.navigation.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._enter(pane)

    def _enter(self, pane: QWidget) -> None:
        """Give the focus to the first widget of a pane that takes it by keyboard.

        Qt looks for it. `nextInFocusChain` would do, but PySide thinks that what it gives belongs to whom it was asked
        of: when that one is deleted, it forgets the other, and with the window, which ends the chain, everything in it.
        """
        pane.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.focusNextChild()
        focused = QApplication.focusWidget()
        if focused is None or not pane.isAncestorOf(focused):
            pane.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def commands(self) -> list[QAction]:
        """Every action in this window. PySide may give one again that Qt has deleted: those are left out."""
        return [action for action in self.findChildren(QAction) if shiboken6.isValid(action)]

    def show_trouble(self, error: BaseException) -> None:
        """Tell what went wrong."""
        from desktop.dialogs.trouble import TroubleBox

        TroubleBox(error, self).open()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._finish_typing()
        self.pane.finish()
        if not self.closing.may_close() or not self.saving_back.may_close():
            event.ignore()
            return
        self._preparation.close()
        for work in (self.backups, self.saving_back, self.conflict_copies):
            work.close()
        remember_window(self.settings, self)
        self.settings.setValue("window/panes", self._splitter.saveState())
        remember_stop(self.settings, self.live.home, self.destination, self.pane.place or self._remembered)
        self.frame.close_pages()
        self.backroom.close()
        self.live.close()
        super().closeEvent(event)
        self.closed.emit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_by_return(event):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if case_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.merging.drop(case_files(event))

    def _make_rest(self) -> Iterator[object]:
        """What the first rows can do without."""
        yield from self.pane.parts()
        if self.pane.page is None:  # else somebody was faster, and the form is that record's
            self.pane.form.show_fields(class_named(self.destination.kind or FRONT[0]))
        yield self.pane.form
        yield self.index
        yield self.palette_overlay

    def _begin_work(self) -> None:
        """Now that there is time: open the record that was open, and see to the search and the review."""
        place, self._remembered = self._remembered, None
        if place is not None and self.pane.place is None:
            self.open_place(place)
        self.outside = Outside(self)
        self.index.start()
        for work in (self.backups, self.saving_back, self.conflict_copies):
            work.start()

    def _build(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setChildrenCollapsible(False)
        for pane, least in ((self.navigation, 180), (self.frame, 340), (self.pane, 380)):
            pane.setMinimumWidth(least)
            self._splitter.addWidget(pane)
            self._splitter.setStretchFactor(self._splitter.count() - 1, 0 if pane is self.navigation else 1)
        self._splitter.setSizes([232, 460, 588])
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.read_only)
        for notice in (self.lost, self.away, self.conflicts):
            column.addWidget(notice)
        column.addWidget(self._splitter, 1)
        self.setCentralWidget(centre)
        self.status.addPermanentWidget(self.toast, 1)
        self.setStatusBar(self.status)

    def _connect(self) -> None:
        self.navigation.chosen.connect(self.go)
        self.navigation.palette_wanted.connect(self.show_palette)
        self.read_only.edit_asked.connect(self._edit_now)
        self.saving_back.told.connect(self.tell)
        self.conflicts.merge_wanted.connect(self.merging.take_in)
        self.lost.followed.connect(self.closing.go_to)
        self.lost.locate_wanted.connect(self.closing.locate)
        self.lost.copy_wanted.connect(self.closing.choose_copy)
        self.status.unsaved_asked.connect(self.closing.show_unsaved)
        self.backroom.troubled.connect(self.show_trouble)
        self.frame.opened.connect(self.open_place)
        self.frame.wanted.connect(self.make_record)
        self.frame.selected.connect(self.status.show_selection)
        self.frame.counted.connect(self.navigation.show_count)
        self.frame.told.connect(self.tell)
        self.frame.briefing_wanted.connect(self.show_briefing)
        self.frame.file_wanted.connect(self.merging.choose_to_merge)
        self.frame.receipt_wanted.connect(self.merging.show_receipt)
        self.frame.since_wanted.connect(self.merging.compare_since)
        self.frame.join_wanted.connect(self.duplicates.join_selected)
        self.duplicates.came.connect(self._tell_newcomers)
        self.toast.acted.connect(self.duplicates.show)
        self.pane.opened.connect(self.open_place)
        self.pane.printed.connect(self.show_briefing)
        self.pane.told.connect(self.tell)
        self.toast.acted.connect(self.undoing.take_back)
        self.toast.acted.connect(self.backups.take_back)
        self.backups.told.connect(self.tell)
        self.undoing.told.connect(self.toast.show_words)
        self.live.troubled.connect(self.show_trouble)
        self.live.changed.connect(self._pause.start)
        self._pause.timeout.connect(self._read_heading)

    def _restore(self) -> None:
        place_window(self.settings, self, _FIRST_SIZE)
        panes = self.settings.value("window/panes")
        if isinstance(panes, QByteArray):
            self._splitter.restoreState(panes)

    def _show_page(self, destination: Destination) -> None:
        self._finish_typing()
        self.destination = destination
        self.frame.show_page(destination)
        if destination.filter:
            self.frame.show_filter(destination.filter)
        self.pane.setVisible(destination.page not in WIDE)
        self.navigation.mark(destination)

    def _visit(self) -> None:
        self._trail.visit(Stop(self.destination, self.pane.place))
        self.menus.show_trail(back=self._trail.can_go_back, forward=self._trail.can_go_forward)

    def _return_to(self, stop: object) -> None:
        if isinstance(stop, Stop):
            self._show_page(stop.destination)
            self.pane.show_place(stop.place)
            self.menus.show_trail(back=self._trail.can_go_back, forward=self._trail.can_go_forward)

    def _open_made(self, record: UUID) -> None:
        self.open_place(Place(record))

    def tell(self, words: str, entry: object) -> None:
        """Say what was just done, with a way back."""
        self.toast.show_words(words, self.tr("Undo") if entry is not None else "", entry)

    def _tell_newcomers(self, newcomers: Newcomers) -> None:
        """Where the receipt is closed already, a toast tells of duplicates that came with a merge."""
        if QApplication.activeModalWidget() is None:
            self.toast.show_words(newcomer_words(newcomers), self.tr("Look"), newcomers)

    def _finish_typing(self) -> None:
        """Let the field that has the focus report what was typed."""
        focused = QApplication.focusWidget()
        if focused is not None and self.pane.isAncestorOf(focused):
            focused.clearFocus()

    def _show_reading(self, progress: Progress) -> None:
        words = "" if progress.is_current else self.tr("Reading for the search")
        self.status.show_progress(words, progress.done, progress.total)

    def _edit_now(self) -> None:
        """Open the file again, to edit it; the same record will be shown."""
        path = self.live.home
        if self.close():
            self.files.ask_for(path)

    def _read_heading(self) -> None:
        self.live.read(heading, then=self._show_heading)

    def _show_heading(self, shown: Heading) -> None:
        parts = (shown.title or self.live.path.stem, shown.marking.label, shown.revision)
        self.setWindowTitle(self.tr("{case} — Depositary").format(case="  ·  ".join(parts)))


def _first_list(pane: QWidget) -> QWidget:
    """The list of a page, where the arrow keys are wanted first."""
    views = (child for child in pane.findChildren(QAbstractItemView) if child.isVisibleTo(pane))
    return next(views, pane)
