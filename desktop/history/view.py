"""The history of a record or of the whole file: who did what and when, what it changed, and the way back."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from db.dates import describe, read
from db.errors import CaseFileError, InvalidValue, LaterEdit, RecordNotFound
from db.queries.changes import Changes
from db.queries.history_pages import AuthorRow, Entry, Wanted, authors
from db.queries.known import RecordThen, known_after, known_on
from db.queries.record_pages import RecordPage
from desktop.history.bar import HistoryBar
from desktop.history.delegate import HEIGHT, HistoryDelegate
from desktop.history.known import KnownView
from desktop.history.later_dialog import LaterEditDialog
from desktop.history.model import DayRow, EntryRow, HistoryModel, LineRow, MoreRow
from desktop.history.words import label_words, local
from desktop.live import LiveCase
from desktop.places import Place
from desktop.theme import dress
from desktop.widgets.empty import EmptyState
from desktop.widgets.rows import RowView

_PAUSE = 40


class HistoryList(RowView):
    """The list itself: arrows open and close entries, Return follows a link."""

    activated_row = Signal(object)
    """An index that was clicked, or on which Return or Space was pressed."""
    opening = Signal(object, bool)
    """An index, and whether to open (Right) or close (Left) it."""

    def __init__(self, model: HistoryModel, margin: int, parent: QWidget | None = None) -> None:
        super().__init__("historyList", HEIGHT, parent)
        self.setModel(model)
        self.setItemDelegate(HistoryDelegate(margin, self))
        self.verticalScrollBar().setSingleStep(HEIGHT)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(self.tr("History"))
        self.clicked.connect(self._report)

    def _report(self, index: QModelIndex) -> None:
        self.activated_row.emit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space if index.isValid():
                self.activated_row.emit(index)
            case Qt.Key.Key_Right | Qt.Key.Key_Left if index.isValid():
                self.opening.emit(index, event.key() == Qt.Key.Key_Right)
            case _:
                super().keyPressEvent(event)


class HistoryView(QWidget):
    """Shows the history of one record (`show_record`) or of the whole file (`show_file`)."""

    opened = Signal(object)
    """A Place."""
    told = Signal(str, object)
    """What was just done, and what of it can be undone: an entry's id, NEWEST, or None."""

    receipt_wanted = Signal(object)
    """The receipt of a merge, by its id."""
    since_wanted = Signal(object, str)
    """What changed since an entry: its id, and what it is called."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None, *, margin: int = 24) -> None:
        super().__init__(parent)
        self._live = live
        self._wanted: Wanted | None = None
        self._asked: Wanted | None = None
        self._is_stale = False
        self._when = ""
        self._reverting: Entry | None = None
        self._newest: UUID | None = None
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.model = HistoryModel(live, self)
        self.model.arrived.connect(self._show_list)
        self.model.failed.connect(self._fail)
        self.bar = HistoryBar(self.model.me, margin, self)
        self.bar.filtered.connect(self._filter)
        self.bar.day_chosen.connect(self._show_day)
        self.list = HistoryList(self.model, margin, self)
        self.list.activated_row.connect(self._act)
        self.list.opening.connect(self._open_or_close)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.selectionModel().currentChanged.connect(self._follow_current)
        self.known = KnownView(self)
        self.known.left.connect(self._leave_known)
        self._empty = EmptyState("history", "", "", parent=self)
        self._stack = QStackedWidget(self)
        for page in (self.list, self.known, self._empty):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        self._add_actions()
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._refresh)
        live.changed.connect(self._notice)

    def _add_actions(self) -> None:
        self.revert_action = QAction(self.tr("Revert this edit"), self)
        self.revert_action.setIconText("\u00a0" + self.tr("Revert"))
        self.revert_action.setShortcut("Ctrl+R")
        self.revert_action.setObjectName("revertEntry")
        self.revert_action.triggered.connect(self.revert)
        dress(self.revert_action, "undo-2")
        self.then_action = QAction(self.tr("Show the record as it was after this edit"), self)
        self.then_action.setObjectName("recordAfterEntry")
        self.then_action.triggered.connect(self._show_after)
        dress(self.then_action, "eye")
        self.since_action = QAction(self.tr("Show what changed in the file since this edit"), self)
        self.since_action.setObjectName("changedSinceEntry")
        self.since_action.triggered.connect(self._show_since)
        dress(self.since_action, "columns-3")
        for action in (self.revert_action, self.then_action, self.since_action):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(action)
        self.bar.set_revert(self.revert_action)
        self._follow_current(QModelIndex())

    def show_record(self, page: RecordPage) -> None:
        """Show the history of a record and its parts."""
        if self._wanted is None or self._wanted.record != page.row.id:
            self.bar.clear()
            self.bar.show_day_field(True)
            self._stack.setCurrentWidget(self.list)
            self._ask(Wanted(record=page.row.id))

    def show_file(self) -> None:
        """Show the history of the whole file."""
        if self._wanted is None or self._wanted.record is not None:
            self.bar.show_day_field(False)
            self._ask(Wanted())

    @property
    def current_entry(self) -> Entry | None:
        """The entry that is chosen, or that the chosen change belongs to."""
        row = self.model.row_at(self.list.currentIndex())
        return row.entry if isinstance(row, EntryRow | LineRow | MoreRow) else None

    def revert(self) -> None:
        """Undo the chosen entry by a new one."""
        entry = self.current_entry
        if entry is not None and self.revert_action.isEnabled():
            self._reverting = entry
            self.revert_action.setEnabled(False)  # until it is done: twice would be once too often
            self._live.revert(entry.id, then=self._say_reverted, failed=self._refuse)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale or self._wanted != self._asked:
            self._refresh()

    def _ask(self, wanted: Wanted) -> None:
        self._wanted = wanted
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        if self._wanted is None:
            return
        if self._wanted != self._asked:
            self._asked = self._wanted
            self.model.ask(self._wanted)
        else:
            self.model.refresh()
        self._is_stale = False
        self._live.read(authors, then=self._show_authors)

    def _notice(self, changes: Changes) -> None:
        self._newest = changes.entry
        if self._wanted is None or not (self._wanted.record is None or changes.touches(self._wanted.record)):
            return
        self._is_stale = True
        if self.isVisible():
            self._pause.start()

    def _filter(self, author: object, words: str) -> None:
        if self._wanted is not None:
            row = author if isinstance(author, AuthorRow) else None
            self._ask(Wanted(self._wanted.record, row.id if row else None, row is not None and row.id is None, words))

    def _show_authors(self, found: Sequence[AuthorRow]) -> None:
        self.bar.show_authors(found)

    def _show_list(self) -> None:
        self._follow_current()
        if self._stack.currentWidget() is self.known:
            return
        if self.model.entry_count:
            self._stack.setCurrentWidget(self.list)
            return
        if self.bar.is_filtering:
            self._empty.show_words(self.tr("No edit matches"), self.tr("Try other words, or everybody’s edits."))
        else:
            self._empty.show_words(self.tr("Nothing was edited yet"), self.tr("Every edit will be told here."))
        self._stack.setCurrentWidget(self._empty)

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, RecordNotFound):
            self._empty.show_words(self.tr("No history"), str(error))
            self._stack.setCurrentWidget(self._empty)
        else:
            self._live.troubled.emit(error)

    def _follow_current(self, *_: object) -> None:
        entry = self.current_entry
        self.revert_action.setEnabled(entry is not None and self._live.is_writable and not entry.undone)
        self.then_action.setVisible(self._wanted is not None and self._wanted.record is not None)
        self.then_action.setEnabled(entry is not None and not entry.is_merge)
        self.since_action.setVisible(self._wanted is not None and self._wanted.record is None)
        self.since_action.setEnabled(entry is not None)

    def _act(self, index: QModelIndex) -> None:
        row = self.model.row_at(index)
        if isinstance(row, LineRow):
            if row.line.is_there:
                self.opened.emit(Place(row.line.record, row.line.field))
        elif isinstance(row, EntryRow) and row.entry.is_merge:
            self.receipt_wanted.emit(row.entry.id)
        elif not isinstance(row, DayRow):
            self.model.toggle(index)

    def _open_or_close(self, index: QModelIndex, opening: bool) -> None:
        row = self.model.row_at(index)
        if isinstance(row, EntryRow) and row.is_open != opening:
            self.model.toggle(index)
        elif isinstance(row, LineRow | MoreRow) and not opening:
            self.list.setCurrentIndex(self.model.place_of(row.entry.id))

    def _show_menu(self, point: QPoint) -> None:
        if self.current_entry is not None:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addActions([self.revert_action, self.then_action, self.since_action])
            menu.popup(self.list.viewport().mapToGlobal(point))

    def _show_since(self) -> None:
        entry = self.current_entry
        if entry is not None:
            self.since_wanted.emit(entry.id, label_words(entry))

    def _say_reverted(self, label: str) -> None:
        self.told.emit(label, self._newest)

    def _refuse(self, error: BaseException) -> None:
        entry = self._reverting
        self._follow_current()
        if not isinstance(error, LaterEdit) or entry is None:
            self._say_why_not(error)
            return
        dialog = LaterEditDialog(entry.id, label_words(entry), str(error), self, can_insist=error.can_insist)
        dialog.insisted.connect(self._insist)
        dialog.open()

    def _insist(self, entry: UUID) -> None:
        self._live.revert(entry, over_later=True, then=self._say_reverted, failed=self._refuse_for_good)

    def _refuse_for_good(self, error: BaseException) -> None:
        entry = self._reverting
        if isinstance(error, LaterEdit) and entry is not None:
            LaterEditDialog(entry.id, label_words(entry), str(error), self, can_insist=False).open()
        else:
            self._say_why_not(error)

    def _say_why_not(self, error: BaseException) -> None:
        if isinstance(error, CaseFileError):
            self.told.emit(str(error), None)
        else:
            self._live.troubled.emit(error)

    def _show_day(self, day: str, words: str) -> None:
        if self._wanted is not None and self._wanted.record is not None:
            self._when = self.tr("As this file knew it at the end of {day} (UTC).").format(day=words)
            self._live.read(known_on, self._wanted.record, day, then=self._show_known, failed=self._say_not_known)

    def _show_after(self) -> None:
        entry = self.current_entry
        if entry is not None and self._wanted is not None and self._wanted.record is not None:
            words = self.tr("As it was after “{label}”, {day} {time}.")
            when = local(entry.at)
            day = describe(read(when.date().isoformat()))
            self._when = words.format(label=label_words(entry), day=day, time=f"{when:%H:%M}")
            self._live.read(
                known_after, self._wanted.record, entry.position[0], then=self._show_known, failed=self._say_not_known
            )

    def _show_known(self, record: RecordThen) -> None:
        self.known.show_record(record, self._when)
        self._stack.setCurrentWidget(self.known)
        self.known.back.setFocus()

    def _say_not_known(self, error: BaseException) -> None:
        if isinstance(error, RecordNotFound):
            self.bar.show_day_trouble(self.tr("The record was not in this file then."))
        elif isinstance(error, InvalidValue):
            self.bar.show_day_trouble(str(error))
        else:
            self._live.troubled.emit(error)

    def _leave_known(self) -> None:
        self._stack.setCurrentWidget(self.list)
        self._show_list()
        self.list.setFocus()
