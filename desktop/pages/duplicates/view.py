"""The list of likely duplicates: both titles, what speaks most for it, and the kind as a pill."""

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

from desktop.forms.captions import one_of
from desktop.pages.duplicates.model import PAIR, SPOT
from desktop.pages.duplicates.words import reason_line
from desktop.theme import Size, colours, font
from desktop.widgets.pill import draw_pill, pill_width

ModelIndex = QModelIndex | QPersistentModelIndex
ROW = 80
_LINE = 20


class PairDelegate(QStyledItemDelegate):
    """Three lines, elided in the middle where titles begin alike."""

    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        return QSize(280, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        look, box = colours(), QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(look.selected))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(look.accent))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(look.line))
        inside = box.adjusted(16, 9, -16, -9)
        kind = one_of(index.data(SPOT).kind)
        upper = QRectF(inside.left(), inside.top(), inside.width(), _LINE)
        draw_pill(painter, upper, kind, look.plain)
        pair = index.data(PAIR)
        if pair is not None:
            first, second = pair.titles
            taken = pill_width(kind) + 12
            _line(painter, upper.adjusted(0, 0, -taken, 0), first or "—", font(strong=True), look.text)
            _line(painter, upper.translated(0, _LINE), second or "—", font(strong=True), look.text)
            caption = upper.translated(0, 2 * _LINE + 1)
            _line(painter, caption, reason_line(pair), font(Size.CAPTION), look.muted, Qt.TextElideMode.ElideRight)
        painter.restore()


def _line(
    painter: QPainter,
    place: QRectF,
    text: str,
    letters: QFont,
    ink: str,
    elision: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
) -> None:
    painter.setFont(letters)
    painter.setPen(QColor(ink))
    shown = painter.fontMetrics().elidedText(" ".join(text.split()), elision, int(place.width()))
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class PairView(QTableView):
    """Rows without heading or grid."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pairs")
        self.setAccessibleName(self.tr("Likely duplicates"))
        self.setItemDelegate(PairDelegate(self))
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
