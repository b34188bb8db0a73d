"""A row that says how far something long has come, with a way to call it off."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from desktop.widgets.labels import Words


class PrintingRow(QWidget):
    """How far printing has come, and a way to call it off."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self._words = Words("", self)
        self._bar = QProgressBar(self, textVisible=False)
        self._bar.setAccessibleName(self.tr("Pages printed"))
        button = QPushButton(self.tr("Cancel"), self)
        button.setObjectName("briefingCancelPrinting")
        button.setAccessibleName(self.tr("Cancel printing"))
        button.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        row.addWidget(self._words)
        row.addWidget(self._bar, 1)
        row.addWidget(button)
        self.hide()

    def show_progress(self, page: int, pages: int) -> None:
        """Show it; nothing, when there are no pages."""
        self.setVisible(pages > 0)
        self._bar.setRange(0, max(pages, 1))
        self._bar.setValue(max(page - 1, 0))
        self._words.setText(self.tr("Printing page {page} of {pages}").format(page=page, pages=pages))
