"""A line and a list in which a passage or a source that the file has is found by its words and chosen."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from db.queries.claims import CitationRow, SourceRow
from desktop.evidence.words import source_words
from desktop.forms.editors import Line
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.theme import Size, colours, font
from desktop.widgets.labels import Words

ModelIndex = QModelIndex | QPersistentModelIndex
Row = CitationRow | SourceRow
_ROW, _BELOW = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_PAUSE = 120
"""Milliseconds after a keystroke before the file is asked."""


class Finder(QWidget):
    """Finds rows with a query of `db` that takes words, and tells which one is chosen."""

    chosen = Signal(object)
    """The row, or None."""
    answered = Signal(int)
    """How many rows were found."""

    def __init__(
        self, live: LiveCase, query: Callable[..., Sequence[Row]], invitation: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._live, self._query = live, query
        self._ticket: Ticket | None = None
        self.line = Line(self)
        self.line.setPlaceholderText(invitation)
        self.line.setAccessibleName(invitation)
        self.line.setClearButtonEnabled(True)
        self.line.textChanged.connect(self._wait)
        self._model = QStandardItemModel(self)
        self.view = QListView(self)
        self.view.setModel(self._model)
        self.view.setItemDelegate(_RowDelegate(self))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setUniformItemSizes(True)
        self.view.setMinimumHeight(4 * _RowDelegate.HEIGHT)
        self.view.setAccessibleName(self.tr("Found"))
        self.view.selectionModel().currentChanged.connect(self._choose)
        self._none = Words(self.tr("Nothing has these words."), self, muted=True)
        self._none.hide()
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self.ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.line, self.view, self._none):
            column.addWidget(widget)
        self.setFocusProxy(self.line)

    @property
    def row(self) -> Row | None:
        """What is chosen."""
        row = self.view.currentIndex().data(_ROW)
        return row if isinstance(row, CitationRow | SourceRow) else None

    def ask(self) -> None:
        """Ask the file; without words it gives the newest."""
        self._pause.stop()
        if self._ticket:
            self._ticket.cancel()
        self._ticket = self._live.read(self._query, self.line.text(), then=self._offer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.line.hasFocus() and self._model.rowCount():
            self.view.setFocus()
            self.view.setCurrentIndex(self._model.index(0, 0))
            return
        super().keyPressEvent(event)

    def _wait(self) -> None:
        self._pause.start()

    def _offer(self, rows: Sequence[Row]) -> None:
        before = self.row
        self._model.clear()
        for row in rows:
            above, below = _lines(row)
            item = QStandardItem(above)
            item.setEditable(False)
            item.setData(row, _ROW)
            item.setData(below, _BELOW)
            item.setAccessibleText(f"{above}, {below}")
            self._model.appendRow(item)
        asked = bool(self.line.text().strip())
        self._none.setText(self.tr("Nothing has these words.") if asked else self.tr("There is none in this file yet."))
        self._none.setVisible(not rows)
        self.view.setVisible(bool(rows))
        self._choose_again(before.id if before else None)
        self.answered.emit(len(rows))

    def _choose_again(self, key: UUID | None) -> None:
        for number in range(self._model.rowCount()):
            index = self._model.index(number, 0)
            if index.data(_ROW).id == key:
                self.view.setCurrentIndex(index)
                return
        self.chosen.emit(None)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(_ROW))


def _lines(row: Row) -> tuple[str, str]:
    """What a row says above, and below."""
    if isinstance(row, SourceRow):
        grade = row.reliability.value if row.reliability else ""
        return row.title, " · ".join(part for part in (row.outlet, row.issued, grade) if part)
    title, place = row.source.title, source_words(row)
    above = f"“{' '.join(row.quotation.split())}”" if row.quotation else title
    return above, " · ".join(part for part in (title if row.quotation else "", place, row.grade) if part)


class _RowDelegate(QStyledItemDelegate):
    """Two lines: the words, and where they stand."""

    HEIGHT = 46

    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        return QSize(200, self.HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        look = colours()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.selected))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(0, 1, 0, -1), 6, 6)
        self._paint_line(painter, option, 5, index.data(), font(), look.text)
        self._paint_line(painter, option, 25, index.data(_BELOW), font(Size.CAPTION), look.muted)
        painter.restore()

    def _paint_line(
        self, painter: QPainter, option: QStyleOptionViewItem, top: int, text: str, face: QFont, ink: str
    ) -> None:
        painter.setFont(face)
        painter.setPen(QColor(ink))
        room = option.rect.adjusted(10, top, -10, 0)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(QPointF(room.left(), room.top() + painter.fontMetrics().ascent()), shown)
