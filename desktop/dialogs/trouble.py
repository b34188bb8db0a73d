"""Dialogs that tell what went wrong: calmly what can happen to anybody, and a bug so that it can be reported."""

import traceback

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPlainTextEdit, QPushButton, QWidget

from desktop.errors import expected, unexpected

_WIDTH = 400
"""Pixels of the words; Qt's own boxes are as narrow as their heading."""


class TroubleBox(QMessageBox):
    """Words on an error. A bug comes with its details and a button that copies them."""

    def __init__(self, error: BaseException, parent: QWidget | None = None, *, title: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setTextFormat(Qt.TextFormat.PlainText)
        known = expected(error)
        self.setWindowTitle(title or self.tr("Depositary"))
        self.setIcon(QMessageBox.Icon.Information if known else QMessageBox.Icon.Critical)
        self.setText(title or (self.tr("That did not work") if known else self.tr("Something went wrong")))
        self.setInformativeText((known or unexpected(error)).text)
        self.setStyleSheet(f"QLabel#qt_msgbox_informativelabel {{ min-width: {_WIDTH}px; }}")
        self.addButton(QMessageBox.StandardButton.Close)
        self._details = "" if known else "".join(traceback.format_exception(error))
        if self._details:
            self._offer_details()

    def _offer_details(self) -> None:
        self.setDetailedText(self._details)
        for area in self.findChildren(QPlainTextEdit):
            area.setMinimumHeight(200)
        copy = QPushButton(self.tr("Copy details"), self)
        copy.setObjectName("copyDetails")
        self.addButton(copy, QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()
        copy.clicked.connect(self._copy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.informativeText()}\n\n{self._details}")
