"""The list of findings."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableView, QWidget

from desktop.pages.review.delegate import ROW, FindingDelegate
from desktop.widgets.rows import RowView


class FindingView(RowView):
    """Several findings can be selected. Enter opens, as a click does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("findings", ROW, parent)
        self.setItemDelegate(FindingDelegate(self))
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)
