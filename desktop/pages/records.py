"""The list of one kind of record: title with count, filter, table, and what to do where there is nothing yet."""

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QPushButton,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from db.errors import FilterError
from db.models import BY_PLURAL
from db.queries.changes import Changes
from db.queries.headings import counts_of
from db.queries.lists import Sort, rows_of
from desktop.forms.captions import all_of, field_label, icon_of, one_of
from desktop.lists.actions import ListActions
from desktop.lists.columns import (
    ColumnMenu,
    SortMenu,
    remember_columns,
    remember_sort,
    remembered_columns,
    remembered_sort,
)
from desktop.lists.filter_bar import FilterBar, keep_filter
from desktop.lists.model import RecordListModel
from desktop.lists.view import RecordListView
from desktop.live import LiveCase
from desktop.places import Place
from desktop.theme import Size, dress, make_primary
from desktop.widgets.empty import EmptyState
from desktop.widgets.labels import ElidedLabel, Words


class ListPage(QWidget):
    """A list of one kind, by its plural."""

    opened = Signal(object)
    """A Place."""
    wanted = Signal(str, object)
    """A new record: the plural of its kind, and the values that it begins with."""
    selected = Signal(str)
    """How many records are selected, in words."""
    told = Signal(str, object)
    """What was just done, and the entry that can be undone."""

    def __init__(self, live: LiveCase, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._live = live
        self._total: int | None = None
        self._is_wrong = False
        cls = BY_PLURAL[kind]
        self.records = RecordListModel(live, cls, self)
        self.records.sort_order = remembered_sort(cls)
        self.records.shown = remembered_columns(cls)
        self.view = RecordListView(self.records, self)
        self.filter_bar = FilterBar(cls, self)
        self.deeds = ListActions(live, self.view, self)
        self._build()
        self._connect()
        self.view.show_sort(self.records.sort_order)
        self._count_all()
        self.records.show_everything()

    # -- what others ask for

    def show_filter(self, text: str) -> None:
        """Show what a filter lets through."""
        self.filter_bar.show_text(text)

    def show_record(self, record: UUID) -> None:
        """Go to a record, if the list has it; the record pane is not asked to open it."""
        self._live.read(rows_of, self.records.cls, [record], then=self._go_to)

    def focus_filter(self) -> None:
        """Put the cursor into the filter."""
        self.filter_bar.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter_bar.line.selectAll()

    # -- building

    def _build(self) -> None:
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = Words(all_of(self.kind), self, size=Size.TITLE, strong=True)
        self._title.setWordWrap(False)
        self._count = ElidedLabel("", self, muted=True)
        self._count.setObjectName("count")
        self._new = QPushButton(self.tr("New"), self)
        self._new.setObjectName("new")
        make_primary(self._new)
        self._new.setAccessibleName(self.tr("New {kind}").format(kind=one_of(self.kind).lower()))
        self._new.setToolTip(self._new.accessibleName())
        self._new.setEnabled(self._live.is_writable)
        dress(self._new, "plus")
        self._sort = self._button("sort", "arrow-up-down", self.tr("Sort"))
        self._columns = self._button("columns", "columns-3", self.tr("Columns"))
        self._more = self._button("more", "ellipsis-vertical", self.tr("Actions on the selected records"))
        self._progress = QProgressBar(self, textVisible=False)
        self._progress.setRange(0, 0)
        self._progress.setFixedHeight(2)
        self._progress.setAccessibleName(self.tr("Sorting"))
        self._empty = EmptyState(icon_of(self.kind), "", "", parent=self)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._count, 1)
        head.addWidget(self._new)
        tools = QHBoxLayout()
        tools.setSpacing(4)
        tools.addWidget(self.filter_bar, 1)
        for button in (self._sort, self._columns, self._more):
            tools.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        top = QVBoxLayout()
        top.setContentsMargins(16, 12, 12, 8)
        top.setSpacing(8)
        top.addLayout(head)
        top.addLayout(tools)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._progress)
        column.addLayout(self._stack, 1)
        self.setFocusProxy(self.view)

    def _button(self, name: str, icon_name: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.setFixedSize(34, 34)
        dress(button, icon_name)
        return button

    def _connect(self) -> None:
        find = QAction(self.tr("Filter the list"), self)
        find.setShortcut(QKeySequence.StandardKey.Find)
        find.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.triggered.connect(self.focus_filter)
        self.addAction(find)
        for action in self.deeds.all_actions():
            self.addAction(action)
            self.view.addAction(action)
        self.deeds.told.connect(self.told)
        self.deeds.opened.connect(self.opened)
        self.filter_bar.filtered.connect(self._filter)
        self.filter_bar.left.connect(self.view.setFocus)
        self.filter_bar.told_wrong.connect(self._show_wrong)
        self.view.opened.connect(self._open)
        self.view.typed.connect(self.filter_bar.add_typed)
        self.view.selection_changed.connect(self._tell_selection)
        self.view.columns_wanted.connect(self._choose_columns)
        self.records.counted.connect(self._show_count)
        self.records.refused.connect(self._refuse)
        self.records.sorted_.connect(self._follow_sort)
        self._new.clicked.connect(self._ask_for_new)
        self._empty.asked.connect(self._act_on_empty)
        self._sort.clicked.connect(self._choose_sort)
        self._columns.clicked.connect(self._choose_columns_here)
        self._more.clicked.connect(self._show_actions)
        self._live.changed.connect(self._follow)

    # -- intents

    def _open(self, record: UUID) -> None:
        keep_filter(self.records.cls, self.filter_bar.text)
        self.opened.emit(Place(record))

    def _ask_for_new(self) -> None:
        self.wanted.emit(self.kind, {})

    def _act_on_empty(self) -> None:
        if self.filter_bar.text.strip():
            self.filter_bar.show_text("")
            self.focus_filter()
        else:
            self._ask_for_new()

    def _filter(self, text: str) -> None:
        self.records.show_filter(text, typed=True)

    def _refuse(self, error: BaseException) -> None:
        if isinstance(error, FilterError):
            self.filter_bar.show_error(error)
        else:
            self._live.troubled.emit(error)

    def _show_wrong(self, words: str) -> None:
        """Rows of another filter are no answer to one that cannot be read."""
        self._is_wrong = bool(words)
        self._show_count()

    def _go_to(self, found: Mapping[UUID, int]) -> None:
        for pk in found.values():
            self.view.show_pk(pk)

    # -- order and columns

    def _choose_sort(self) -> None:
        menu = SortMenu(self.records.cls, self.records.shown, self.records.sort_order, self)
        menu.chosen.connect(self._use_sort)
        self._pop_up(menu, self._sort)

    def _use_sort(self, order: Sort) -> None:
        self.records.show_sort(order)

    def _follow_sort(self, order: Sort) -> None:
        remember_sort(self.records.cls, order)
        self.view.show_sort(order)
        self._sort.setToolTip(self.tr("Sorted by {column}").format(column=field_label(order.column).lower()))

    def _choose_columns_here(self) -> None:
        self._choose_columns(self._columns.mapToGlobal(self._columns.rect().bottomLeft()))

    def _choose_columns(self, place: QPoint) -> None:
        menu = ColumnMenu(self.records.cls, self.records.shown, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.chosen.connect(self._use_columns)
        menu.popup(place)

    def _use_columns(self, names: tuple[str, ...]) -> None:
        remember_columns(self.records.cls, names)
        self.records.show_columns(names)
        self.view.show_sort(self.records.sort_order)

    def _show_actions(self) -> None:
        self._pop_up(self.deeds.menu(self), self._more)

    def _pop_up(self, menu: QMenu, button: QToolButton) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    # -- counts and empty states

    def _follow(self, changes: Changes) -> None:
        if self.records.cls.__tablename__ in changes.kinds or changes.records is None:
            self._count_all()

    def _count_all(self) -> None:
        self._live.read(counts_of, [self.records.cls.__tablename__], then=self._take_total)

    def _take_total(self, counts: dict[str, int]) -> None:
        self._total = counts.get(self.kind, 0)
        self._show_count()

    def _show_count(self) -> None:
        records = self.records
        if not records.is_refused:
            self.filter_bar.show_error(None)
        self._show_progress()
        self._tell_selection()
        shown, total = records.rowCount(), self._total
        if total is None or records.is_refused:
            words = ""
        elif not records.text.strip():
            words = f"{total:,}"
        elif records.is_complete:
            words = self.tr("{shown} of {total}").format(shown=f"{shown:,}", total=f"{total:,}")
        else:
            words = self.tr("{shown}… of {total}").format(shown=f"{shown:,}", total=f"{total:,}")
        if records.share is not None:
            sorting = self.tr("sorting by {column}, {share}%")
            done = sorting.format(column=field_label(records.sort_order.column).lower(), share=int(records.share * 100))
            words = " · ".join(filter(None, [words, done]))
        self._count.setText(words)
        is_empty = records.is_complete and shown == 0 and not records.is_refused
        self._show_stack(is_empty=is_empty or self._is_wrong)

    def _show_progress(self) -> None:
        """A thin bar while rows are found and sorted: how far that is, where it is known."""
        records = self.records
        self._progress.setVisible(not records.is_complete)
        self._progress.setRange(0, 0 if records.share is None else 1000)
        self._progress.setValue(int((records.share or 0) * 1000))

    def _show_stack(self, *, is_empty: bool) -> None:
        self._stack.setCurrentIndex(1 if is_empty else 0)
        if not is_empty:
            return
        if self._is_wrong:
            advice = self.tr("What cannot be read is told above. Go on writing, or clear it.")
            self._empty.show_words(self.tr("This is no filter yet"), advice, self.tr("Clear the filter"))
            return
        one, every = one_of(self.kind).lower(), all_of(self.kind).lower()
        if self.records.text.strip():
            title = self.tr("No {kind} match").format(kind=every)
            self._empty.show_words(title, self.tr("Try fewer words, or clear the filter."), self.tr("Clear the filter"))
            return
        action = self.tr("New {kind}").format(kind=one) if self._live.is_writable else ""
        self._empty.show_words(self.tr("No {kind} yet").format(kind=every), self._advice(), action)

    def _advice(self) -> str:
        """What to do first in an empty list."""
        first = {
            "agreements": self.tr("Begin with a title; parties, actions and sources follow in the record."),
            "officials": self.tr("Enter who signs and speaks; their posts show when they could."),
            "sources": self.tr("Enter what you read; each fact can then cite a passage of it."),
        }
        return first.get(self.kind, self.tr("What you enter here can be linked, cited and printed."))

    def _tell_selection(self) -> None:
        count = 0 if self._is_wrong else self.view.selected_count()
        self.deeds.show_count(count)
        if self.isVisible():
            words = self.tr("{count} of {total} selected")
            total = f"{self.records.rowCount():,}"
            self.selected.emit(words.format(count=f"{count:,}", total=total) if count else "")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell_selection()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.selected.emit("")
