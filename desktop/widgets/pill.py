"""A pill: one or two words on a soft ground, for a status, a grade or a kind."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import Size, Tint, font, tint_in_use

_PADDING = 9
HEIGHT = 20


def pill_width(text: str) -> int:
    """How wide a pill of these words is, in pixels."""
    return QFontMetrics(font(Size.CAPTION, strong=True)).horizontalAdvance(text) + 2 * _PADDING


def draw_pill(painter: QPainter, place: QRectF, text: str, tint: Tint) -> None:
    """Draw a pill at the right end of a place, in its middle; delegates use this too."""
    width = min(pill_width(text), place.width())
    box = QRectF(place.right() - width, place.center().y() - HEIGHT / 2, width, HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tint.ground))
    painter.drawRoundedRect(box, HEIGHT / 2, HEIGHT / 2)
    painter.setPen(QColor(tint.ink))
    painter.setFont(font(Size.CAPTION, strong=True))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) - 2 * _PADDING + 2)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


class Pill(QWidget):
    """A pill as a widget. Its tint follows the theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._tint = Tint("#e7eaef", "#4a5260")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_words(self, text: str, tint: Tint) -> None:
        """Show these words, or nothing if there are none."""
        self._text, self._tint = text, tint
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(pill_width(self._text), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_pill(QPainter(self), QRectF(self.rect()), self._text, tint_in_use(self._tint))
