"""How a finding is drawn: the record with the kind at its right, where in it, and the sentence."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from db.models.vocabulary import FindingKind
from db.review.findings import Finding
from desktop.findings import heading_of
from desktop.pages.review.model import FINDING, SPOT
from desktop.pages.review.words import place_words
from desktop.theme import Size, Tint, colours, font
from desktop.widgets.pill import draw_pill, pill_width

ModelIndex = QModelIndex | QPersistentModelIndex
ROW = 104
_PADDING = 16
_LINE = 20
_GRAVE = {
    FindingKind.CONFLICT,
    FindingKind.DISPUTED,
    FindingKind.POST_NOT_HELD,
    FindingKind.OUT_OF_ORDER,
    FindingKind.OVERLAPPING,
}
_LIGHT = {FindingKind.NOT_JUDGED, FindingKind.UNGRADED, FindingKind.SINGLE_ORIGIN}


def tint_of(kind: FindingKind) -> Tint:
    """How grave a kind looks: what contradicts, what is missing, what is weak."""
    look = colours()
    return look.bad if kind in _GRAVE else look.plain if kind in _LIGHT else look.fair


class FindingDelegate(QStyledItemDelegate):
    """Record, place, and a sentence of two lines; of a dismissed finding the reason goes with the sentence."""

    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        return QSize(320, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        look = colours()
        box = QRectF(option.rect)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_selected:
            painter.fillRect(box, QColor(look.selected))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(look.accent))
        if not is_selected:
            painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(look.line))
        inside = box.adjusted(_PADDING, 10, -_PADDING, -10)
        heading = heading_of(index.data(SPOT).kind)
        upper = QRectF(inside.left(), inside.top(), inside.width(), _LINE)
        draw_pill(painter, upper, heading, tint_of(index.data(SPOT).kind))
        finding = index.data(FINDING)
        if finding is not None:
            self._draw(painter, inside, finding, pill_width(heading) + 12)
        painter.restore()

    def _draw(self, painter: QPainter, box: QRectF, finding: Finding, taken: float) -> None:
        look = colours()
        title = finding.owner_title or finding.title
        _line(painter, QRectF(box.left(), box.top(), box.width() - taken, _LINE), title, font(strong=True), look.text)
        below = QRectF(box.left(), box.top() + _LINE + 1, box.width(), _LINE)
        _line(painter, below, place_words(finding), font(Size.CAPTION), look.muted)
        words = f"{finding.sentence}  —  {finding.reason}" if finding.dismissal else finding.sentence
        sentence = QRectF(box.left(), below.bottom() + 2, box.width(), 2 * _LINE)
        _two_lines(painter, sentence, words, look.text)


def _line(painter: QPainter, place: QRectF, text: str, letters: QFont, ink: str) -> None:
    """One line of plain words, elided where there is no room."""
    painter.setFont(letters)
    painter.setPen(QColor(ink))
    line = " ".join(text.split())
    shown = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, int(place.width()))
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _two_lines(painter: QPainter, place: QRectF, text: str, ink: str) -> None:
    """Plain words in two lines, the second elided where there is no room."""
    layout = QTextLayout(" ".join(text.split()), font())
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(place.width())
    end = 2 * first.textLength()
    layout.endLayout()
    units = layout.text().encode("utf-16-le", "surrogatepass")  # Qt counts in these
    upper = QRectF(place.left(), place.top(), place.width(), _LINE)
    for line, part in ((upper, units[:end]), (upper.translated(0, _LINE), units[end:])):
        _line(painter, line, part.decode("utf-16-le", "replace"), font(), ink)
