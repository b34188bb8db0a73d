"""A layout of cells in as many equal columns as there is room for; wide cells take a line of their own."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

WIDE = "wide"
"""A widget's property: it takes the whole line."""


class ColumnsLayout(QLayout):
    """Cells of equal width, left to right, then down. Its height depends on its width."""

    def __init__(self, parent: QWidget | None = None, *, least: int = 232, most: int = 3, gap: int = 16) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self._least, self._most, self._gap = least, most, gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        return QSize(self._least * 2 + self._gap, self.heightForWidth(self._least * 2 + self._gap))

    def minimumSize(self) -> QSize:
        return QSize(self._least, 0)

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        number = max(1, min(self._most, (rect.width() + self._gap) // (self._least + self._gap)))
        width = (rect.width() - self._gap * (number - 1)) // number
        y = rect.y()
        line: list[QLayoutItem] = []
        for item in self._items:
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
