"""The table of a list: one wide column where there is little room, all columns where there is more."""

from __future__ import annotations  # array has type parameters only from Python 3.12 on

from array import array

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QToolTip, QWidget

from db.queries.lists import ListRow, Shape, Sort, columns_of
from desktop.forms.captions import all_of
from desktop.lists.delegate import HEIGHT, RecordDelegate, told
from desktop.lists.model import ROW, RecordListModel

NARROW = 620
"""Pixels under which the title stands alone."""
_WIDTHS = {Shape.STATUS: 168, Shape.DATE: 124, Shape.NUMBER: 96, Shape.MARK: 120, Shape.TAGS: 180, Shape.WORDS: 176}
_SMALL, _MOST_KEPT = 20_000, 200
"""Selected rows are found again one by one, in a short list."""
INDENT = 8
"""Pixels by which rows begin further in than headings do by the style sheet."""
_REST = 180
"""Milliseconds that the keyboard rests on a row before it is opened."""


class ListHeader(QHeaderView):
    """Headings whose first begins where the rows' text does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("listHeader")

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        if section == 0:
            painter.fillRect(rect.adjusted(0, 0, 0, -1), self.palette().base())
            painter.fillRect(QRect(rect.left(), rect.bottom(), INDENT, 1), self.palette().midlight())
            rect = rect.adjusted(INDENT, 0, 0, 0)
        super().paintSection(painter, rect, section)


class RecordListView(QTableView):
    """Rows of records. Gives what somebody wants by signals and changes nothing."""

    opened = Signal(object)
    """The id of a record, and whether the focus should go along."""
    typed = Signal(str)
    """Letters typed on the list, which belong into the filter."""
    selection_changed = Signal()
    columns_wanted = Signal(QPoint)
    """A place on the screen for the column chooser."""

    def __init__(self, model: RecordListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("records")
        self.setAccessibleName(all_of(model.cls.PLURAL))
        self.records = model
        self._anchor: tuple[int, int] | None = None
        self._kept: list[int] = []
        self._rows = RecordDelegate(self)
        self.setHorizontalHeader(ListHeader(self))
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._open_current)
        self._dress()
        self.setModel(model)
        self.setItemDelegate(self._rows)
        model.renewing.connect(self._keep_place)
        model.renewed.connect(self._find_place)
        model.modelReset.connect(self._lay_out)
        self.activated.connect(self._open)
        self._header().sortIndicatorChanged.connect(self._sort)
        self._header().customContextMenuRequested.connect(self._ask_for_columns)

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(HEIGHT)
        self.verticalHeader().setMinimumSectionSize(HEIGHT)
        header = self._header()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.setMinimumSectionSize(64)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _header(self) -> QHeaderView:
        return self.horizontalHeader()

    # -- what is selected

    def selected_pks(self) -> array[int]:
        """The pks of the selected rows, in order; by stretches, because there may be a million."""
        pks = array("q")
        for first, last in self._stretches():
            pks.extend(self.records.pks_at(first, last))
        return pks

    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(last - first + 1 for first, last in self._stretches())

    def _stretches(self) -> list[tuple[int, int]]:
        selection = self.selectionModel().selection()
        parts = (selection.at(number) for number in range(selection.count()))
        return sorted({(part.top(), part.bottom()) for part in parts})

    def current_row(self) -> ListRow | None:
        """The row that the keyboard is on, if it was read."""
        index = self.currentIndex()
        row: ListRow | None = index.data(ROW) if index.isValid() else None
        return row

    def show_pk(self, pk: int) -> bool:
        """Go to a row, without opening it; whether it is in the list."""
        place = self.records.place_of(pk)
        if place is None:
            return False
        index = self.records.index(place, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)
        return True

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()

    # -- opening

    def _open(self, index: QModelIndex) -> None:
        self._rest.stop()
        row: ListRow | None = index.data(ROW)
        if row is not None:
            self.opened.emit(row.id)

    def _open_current(self) -> None:
        if self.selected_count() == 1:
            self._open(self.currentIndex())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.button() is Qt.MouseButton.LeftButton and self.selected_count() == 1:
            self._open(self.indexAt(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.currentIndex().row()
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.records.rowCount():
            self._go_to_end(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)
        if self.currentIndex().row() != before and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._rest.start()

    def _go_to_end(self, event: QKeyEvent) -> None:
        """Home and End go to the first and last row, not to the first and last column."""
        place = 0 if event.key() == Qt.Key.Key_Home else self.records.rowCount() - 1
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        index = self.records.index(place, 0)
        if extend:
            first, last = sorted((self.currentIndex().row(), place))
            stretch = QItemSelection(self.records.index(max(first, 0), 0), self.records.index(last, 0))
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().select(stretch, flags)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        else:
            self.setCurrentIndex(index)
        self.scrollTo(index)

    def keyboardSearch(self, search: str) -> None:
        """Letters filter the list: to look through a million rows for their first letters helps nobody."""
        if search.strip():
            self.typed.emit(search)

    # -- order and columns

    def show_sort(self, order: Sort) -> None:
        """Show in the header how the rows are ordered."""
        header = self._header()
        direction = Qt.SortOrder.DescendingOrder if order.descending else Qt.SortOrder.AscendingOrder
        section = self.records.shown.index(order.column) if order.column in self.records.shown else -1
        header.blockSignals(True)
        header.setSortIndicator(section, direction)
        header.blockSignals(False)
        header.viewport().update()

    def _sort(self, section: int, direction: Qt.SortOrder) -> None:
        self.records.sort(section, direction)

    def _ask_for_columns(self, place: QPoint) -> None:
        self.columns_wanted.emit(self._header().mapToGlobal(place))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """Divide the room among the columns; what does not fit beside a readable title is left out."""
        model, header = self.records, self._header()
        room = self.viewport().width()
        is_narrow = room < NARROW
        self._rows.is_narrow = is_narrow
        shapes = [columns_of(model.cls)[name].shape for name in model.shown]
        beside = (n for n, s in zip(model.shown, shapes, strict=True) if s in (Shape.DATE, Shape.NUMBER))
        self._rows.side = next(beside, "")
        header.setVisible(not is_narrow)
        widths = [_WIDTHS.get(shape, 0) for shape in shapes]
        for section, width in enumerate(widths):
            self.setColumnHidden(section, is_narrow and section > 0)
            if section:
                header.resizeSection(section, width)
        header.resizeSection(0, room if is_narrow else max(room - sum(widths), 280))
        self.viewport().update()

    # -- the place through a change

    def _keep_place(self) -> None:
        """Remember by record what is on top and what is selected, before all rows are others."""
        model = self.records
        top = self.rowAt(0)
        self._anchor = (model.pks[top], self.rowViewportPosition(top)) if 0 < top < len(model.pks) else None
        most = _MOST_KEPT if len(model.pks) <= _SMALL else 2
        self._kept = list(self.selected_pks()) if 0 < self.selected_count() <= most else []

    def _find_place(self) -> None:
        selection = QItemSelection()
        places = [place for pk in self._kept if (place := self.records.place_of(pk)) is not None]
        for place in places:
            selection.select(self.records.index(place, 0), self.records.index(place, 0))
        if places:
            flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().select(selection, flags)
            index = self.records.index(places[0], 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        place = self.records.place_of(self._anchor[0]) if self._anchor else None
        if place is not None and self._anchor is not None:
            self.verticalScrollBar().setValue(place * HEIGHT - self._anchor[1])
        elif not self._kept:
            self.scrollToTop()
        self.selection_changed.emit()  # Qt says nothing of what a reset takes away

    def viewportEvent(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            row: ListRow | None = self.indexAt(event.pos()).data(ROW) if self.indexAt(event.pos()).isValid() else None
            QToolTip.showText(event.globalPos(), told(row) if row else "", self)
            return True
        return super().viewportEvent(event)  # type: ignore[arg-type]
