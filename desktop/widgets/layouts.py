"""What layouts have alike, and what is done to any of them."""

from collections.abc import Iterator
from contextlib import contextmanager

import shiboken6
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLayout, QLayoutItem, QWidget


class LinedLayout(QLayout):
    """Items in lines, one below the other; its height depends on its width. `arrange` says where each goes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        """By width: a page asks every line for it many times over."""
        self.setContentsMargins(0, 0, 0, 0)

    def arrange(self, rect: QRect, *, move: bool) -> int:
        """Put the items into a place, or (without `move`) only give the height that they would take."""
        raise NotImplementedError

    def addItem(self, item: QLayoutItem) -> None:
        self.items.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self.items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self.items[index] if 0 <= index < len(self.items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self.items.pop(index) if 0 <= index < len(self.items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self.arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self.arrange(rect, move=True)


def clear_layout(layout: QLayout) -> None:
    """Take all widgets out and let them go, once nobody is in the middle of using them."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


@contextmanager
def rebuilt(container: QWidget) -> Iterator[None]:
    """Change what is in a container out of sight: in sight, each widget that comes or goes lays out the whole window.

    The focus comes back to where it was, if that is still there.
    """
    focused = QApplication.focusWidget()
    inside = focused is not None and container.isAncestorOf(focused)
    hidden = container.isHidden()
    container.hide()
    try:
        yield
    finally:
        container.setVisible(not hidden)
        if inside and focused is not None and shiboken6.isValid(focused):
            focused.setFocus()
