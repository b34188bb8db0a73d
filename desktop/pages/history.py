"""The page with the history of the whole file."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.history.view import HistoryView
from desktop.live import LiveCase
from desktop.theme import Size
from desktop.widgets.labels import Words


class HistoryPage(QWidget):
    """Every edit and merge of the file, newest first."""

    opened = Signal(object)
    """A Place."""
    told = Signal(str, object)
    """What was just done, and what of it can be undone: an entry's id, NEWEST, or None."""

    receipt_wanted = Signal(object)
    """The receipt of a merge, by its id."""
    since_wanted = Signal(object, str)
    """What changed since an entry: its id, and what it is called."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        heading = Words(self.tr("History"), self, size=Size.TITLE, strong=True)
        heading.setContentsMargins(16, 16, 16, 0)
        self.view = HistoryView(live, self, margin=16)
        self.view.opened.connect(self.opened)
        self.view.told.connect(self.told)
        self.view.receipt_wanted.connect(self.receipt_wanted)
        self.view.since_wanted.connect(self.since_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(heading)
        column.addWidget(self.view, 1)
        self.view.show_file()
