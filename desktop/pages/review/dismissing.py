"""The line in which somebody says why findings are none."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.theme import make_primary
from desktop.widgets.labels import Words


class DismissBar(QFrame):
    """Asks for a reason. `given` gives it; Esc or the other button leaves everything as it is."""

    given = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("raised")
        self._question = Words("", self, strong=True)
        self.reason = QLineEdit(self)
        self.reason.setObjectName("dismissReason")
        self.reason.setPlaceholderText(self.tr("Why is there nothing to do? It is kept with the finding."))
        self.reason.setAccessibleName(self.tr("Reason"))
        self.button = QPushButton(self.tr("Dismiss"), self)
        self.button.setObjectName("dismissNow")
        make_primary(self.button)
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._cancel.setObjectName("dismissCancel")
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
        self._cancel.clicked.connect(self._leave)
        self.hide()

    def ask(self, count: int) -> None:
        """Ask why so many findings are none."""
        self._question.setText(
            self.tr("Dismiss this finding")
            if count == 1
            else self.tr("Dismiss {count} findings").format(count=f"{count:,}")
        )
        self.reason.clear()
        self._allow("")
        self.show()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _allow(self, text: str) -> None:
        self.button.setEnabled(bool(text.strip()))

    def _give(self) -> None:
        if self.reason.text().strip():
            self.hide()
            self.given.emit(self.reason.text().strip())

    def _leave(self) -> None:
        self.hide()
        self.left.emit()
