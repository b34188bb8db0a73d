"""A sentence above the preview: why the pages below are not what was asked for."""

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.theme import colours, pixmap
from desktop.widgets.labels import Words


class Notice(QWidget):
    """One calm sentence with a mark, or nothing at all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("briefingNotice")
        self._mark = QLabel(self)
        self._mark.setFixedSize(16, 16)
        self._words = Words("", self, selectable=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(10)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._words.text()

    def show_words(self, text: str) -> None:
        """Say something; nothing, if there are no words."""
        self._words.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        tint = colours().fair
        QPainter(self).fillRect(self.rect(), QColor(tint.ground))
        palette = self._words.palette()
        if palette.windowText().color() != QColor(tint.ink):
            palette.setColor(palette.ColorRole.WindowText, QColor(tint.ink))
            self._words.setPalette(palette)
            self._mark.setPixmap(pixmap("circle-alert", tint.ink, 16, self.devicePixelRatioF()))
