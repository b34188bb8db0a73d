"""The line in which somebody says why: asked for in the page, so that what it is about stays in sight."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.theme import make_primary
from desktop.widgets.labels import Words


class ReasonBar(QFrame):
    """Asks for a reason. `given` gives it; Esc or the other button leaves everything as it is."""

    given = Signal(str)
    left = Signal()

    def __init__(self, name: str, verb: str, placeholder: str, parent: QWidget | None = None) -> None:
        """`name` begins the names of its parts; `verb` is what the button says."""
        super().__init__(parent)
        self.setObjectName("raised")
        self._question = Words("", self, strong=True)
        self.reason = QLineEdit(self)
        self.reason.setObjectName(f"{name}Reason")
        self.reason.setPlaceholderText(placeholder)
        self.reason.setAccessibleName(self.tr("Reason"))
        self.button = QPushButton(verb, self)
        self.button.setObjectName(f"{name}Now")
        make_primary(self.button)
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._cancel.setObjectName(f"{name}Cancel")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.reason, 1)
        row.addWidget(self.button)
        row.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._question)
        column.addLayout(row)
        self.reason.textChanged.connect(self._allow)
        self.reason.returnPressed.connect(self._give)
        self.button.clicked.connect(self._give)
        self._cancel.clicked.connect(self.leave)
        self.hide()

    def ask_why(self, question: str) -> None:
        """Ask, with nothing written yet."""
        self._question.setText(question)
        self.reason.clear()
        self._allow("")
        self.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Ask no longer."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _allow(self, text: str) -> None:
        self.button.setEnabled(bool(text.strip()))

    def _give(self) -> None:
        if self.reason.text().strip():
            self.hide()
            self.given.emit(self.reason.text().strip())
