"""Lists whose rows are painted: what all of them have alike, and words on one line of a row."""

from typing import ClassVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.theme import colours

ModelIndex = QModelIndex | QPersistentModelIndex
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MOST = 500
"""Characters that are measured: no line is wider."""


class RowDelegate(QStyledItemDelegate):
    """Paints the selection, the focus at the left and a line below; `draw` paints what a row says."""

    HEIGHT: ClassVar[int] = 60
    INSET: ClassVar[tuple[int, int]] = (16, 8)
    """From the left and right, and from above and below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        return QSize(280, self.HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        look, box = colours(), QRectF(option.rect)
        across, down = self.INSET
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(look.selected))
        else:
            painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(look.line))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(look.accent))
        self.draw(painter, box.adjusted(across, down, -across, -down), index)
        painter.restore()

    def draw(self, painter: QPainter, box: QRectF, index: ModelIndex) -> None:
        """Paint what a row says into its box."""
        raise NotImplementedError


class RowView(QTableView):
    """Rows of equal height in one column, without heading or grid: a list view would lay out a million one by one."""

    def __init__(self, name: str, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.hide()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(height)


def write_line(
    painter: QPainter,
    place: QRectF,
    words: str,
    letters: QFont,
    ink: str,
    *,
    align: Qt.AlignmentFlag = LEFT,
    elision: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> float:
    """Write plain words on one line, elided where there is no room; gives the width that they took."""
    painter.setFont(letters)
    painter.setPen(QColor(ink))
    line = " ".join(words[:_MOST].split())
    shown = painter.fontMetrics().elidedText(line, elision, max(0, int(place.width())))
    painter.drawText(place, align | Qt.TextFlag.TextSingleLine, shown)
    return painter.fontMetrics().horizontalAdvance(shown)
