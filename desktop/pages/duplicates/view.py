"""The list of likely duplicates: both titles, what speaks most for it, and the kind as a pill."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from desktop.forms.captions import one_of
from desktop.pages.duplicates.model import PAIR, SPOT
from desktop.pages.duplicates.words import reason_line
from desktop.theme import Size, colours, font
from desktop.widgets.pill import draw_pill, pill_width
from desktop.widgets.rows import ModelIndex, RowDelegate, RowView, write_line

ROW = 80
_LINE = 20
_MIDDLE = Qt.TextElideMode.ElideMiddle
"""Where titles begin alike, their ends tell them apart."""


class PairDelegate(RowDelegate):
    """Three lines: both titles, and the best reason."""

    HEIGHT = ROW
    INSET = (16, 9)

    def draw(self, painter: QPainter, box: QRectF, index: ModelIndex) -> None:
        look, kind = colours(), one_of(index.data(SPOT).kind)
        upper = QRectF(box.left(), box.top(), box.width(), _LINE)
        draw_pill(painter, upper, kind, look.plain)
        pair = index.data(PAIR)
        if pair is None:
            return
        first, second = pair.titles
        beside = upper.adjusted(0, 0, -pill_width(kind) - 12, 0)
        write_line(painter, beside, first or "—", font(strong=True), look.text, elision=_MIDDLE)
        write_line(painter, upper.translated(0, _LINE), second or "—", font(strong=True), look.text, elision=_MIDDLE)
        caption = upper.translated(0, 2 * _LINE + 1)
        write_line(painter, caption, reason_line(pair), font(Size.CAPTION), look.muted)


class PairView(RowView):
    """The list itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("pairs", ROW, parent)
        self.setAccessibleName(self.tr("Likely duplicates"))
        self.setItemDelegate(PairDelegate(self))
