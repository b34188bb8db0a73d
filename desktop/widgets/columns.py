"""A layout of cells in as many equal columns as there is room for; wide cells take a line of their own."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QLayoutItem, QWidget

from desktop.widgets.layouts import LinedLayout

WIDE = "wide"
"""A widget's property: it takes the whole line."""


class ColumnsLayout(LinedLayout):
    """Cells of equal width, left to right, then down. Its height depends on its width."""

    def __init__(self, parent: QWidget | None = None, *, least: int = 232, most: int = 3, gap: int = 16) -> None:
        super().__init__(parent)
        self._least, self._most, self._gap = least, most, gap

    def sizeHint(self) -> QSize:
        return QSize(self._least * 2 + self._gap, self.heightForWidth(self._least * 2 + self._gap))

    def minimumSize(self) -> QSize:
        return QSize(self._least, 0)

    def arrange(self, rect: QRect, *, move: bool) -> int:
        number = max(1, min(self._most, (rect.width() + self._gap) // (self._least + self._gap)))
        width = (rect.width() - self._gap * (number - 1)) // number
        y = rect.y()
        line: list[QLayoutItem] = []
        for item in self.items:
            if item.isEmpty():
                continue
            widget = item.widget()
            if widget is not None and widget.property(WIDE):
                y = self._place(line, rect.x(), y, width, move)
                line = []
                y = self._place([item], rect.x(), y, rect.width(), move)
            else:
                line.append(item)
                if len(line) == number:
                    y = self._place(line, rect.x(), y, width, move)
                    line = []
        y = self._place(line, rect.x(), y, width, move)
        return max(0, y - self._gap - rect.y())

    def _place(self, line: list[QLayoutItem], x: int, y: int, width: int, move: bool) -> int:
        """Put cells side by side; gives where the next line begins."""
        if not line:
            return y
        heights = [
            item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height() for item in line
        ]
        for place, (item, height) in enumerate(zip(line, heights, strict=True)):
            if move:
                item.setGeometry(QRect(x + place * (width + self._gap), y, width, height))
        return y + max(heights) + self._gap
