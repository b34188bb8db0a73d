"""The list of differing records: title, what differs, who and when, and the state as a pill."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

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

from db.merging.preview import DifferingRecord
from desktop.pages.merging.model import RECORD
from desktop.pages.merging.words import author_words, extent_words, state_tint, state_words
from desktop.theme import Size, colours, font
from desktop.widgets.pill import draw_pill, pill_width

ModelIndex = QModelIndex | QPersistentModelIndex
ROW = 72
_LINE = 18


class DifferenceDelegate(QStyledItemDelegate):
    """Three lines at most, elided."""

    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        return QSize(280, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        look, box = colours(), QRectF(option.rect)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_selected:
            painter.fillRect(box, QColor(look.selected))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(look.accent))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(look.line))
        record = index.data(RECORD)
        if isinstance(record, DifferingRecord):
            self._draw(painter, box.adjusted(16, 8, -16, -8), record)
        painter.restore()

    def _draw(self, painter: QPainter, box: QRectF, record: DifferingRecord) -> None:
        look, state = colours(), state_words(record.state)
        upper = QRectF(box.left(), box.top(), box.width(), 20)
        draw_pill(painter, upper, state, state_tint(record.state))
        title = upper.adjusted(0, 0, -pill_width(state) - 12, 0)
        _line(painter, title, record.title or "—", font(strong=True), look.text)
        lines = (extent_words(record), author_words(record.who, record.when))
        for number, text in enumerate(lines):
            place = QRectF(box.left(), upper.bottom() + number * _LINE, box.width(), _LINE)
            _line(painter, place, text, font(Size.CAPTION), look.muted)


def _line(painter: QPainter, place: QRectF, text: str, letters: QFont, ink: str) -> None:
    painter.setFont(letters)
    painter.setPen(QColor(ink))
    words = " ".join(text.split())
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(place.width()))
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


@dataclass(frozen=True, slots=True)
class Spot:
    """What of a list is looked at: the current record, and the one at the top, with how far above the top it begins."""

    records: tuple[UUID, ...]
    """The current one, if any, and the topmost one."""
    above: dict[UUID, int]
    """Pixels from the top of the list to each, where it is in sight."""


class DifferenceView(QTableView):
    """Rows without heading or grid."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("differences")
        self.setAccessibleName(self.tr("Records that differ"))
        self.setItemDelegate(DifferenceDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(False)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.hide()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(ROW)

    def spot(self) -> Spot:
        """What is looked at."""
        shown = self.viewport().height()
        above: dict[UUID, int] = {}
        for row in (self.currentIndex().row(), self.rowAt(0)):
            record = self.model().index(row, 0).data(RECORD) if row >= 0 else None
            if isinstance(record, DifferingRecord):
                above.setdefault(record.id, self.rowViewportPosition(row))
        return Spot(tuple(above), {record: place for record, place in above.items() if -ROW < place < shown})

    def go_back_to(self, spot: Spot, rows: Mapping[UUID, int]) -> None:
        """Select what was selected, and have what was in sight at the height where it was."""
        self.executeDelayedItemsLayout()
        current = rows.get(spot.records[0], 0) if spot.records else 0
        if self.model().rowCount():
            self.selectRow(current)
        for record, place in spot.above.items():
            if record in rows:
                self.verticalScrollBar().setValue(rows[record] * ROW - place)
                return
