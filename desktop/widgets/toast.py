"""A toast: one sentence about what was just done, with a way back, over no control that it could cover."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from desktop.theme import dress
from desktop.widgets.labels import ElidedLabel

_WIDTH = 640
_STAYS = 8_000
"""Milliseconds; while the mouse or the focus is on it, it stays."""


class Toast(QFrame):
    """One sentence and perhaps a button, in the status bar, where it covers and moves nothing; it goes by itself."""

    acted = Signal(object)
    """The button was pressed; gives what the toast was shown with."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("raised")
        self._token: object = None
        self._label = ElidedLabel("", self)
        self._button = QPushButton(self)
        self._button.setObjectName("toastAction")
        self._button.setProperty("link", True)
        self._close = QToolButton(self)
        self._close.setAccessibleName(self.tr("Close this message"))
        dress(self._close, "x")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 4, 0)
        row.setSpacing(8)
        row.addWidget(self._label, 1)
        row.addWidget(self._button)
        row.addWidget(self._close)
        self._timer = QTimer(self, interval=_STAYS, singleShot=True)
        self._timer.timeout.connect(self._leave)
        self._button.clicked.connect(self._act)
        self._close.clicked.connect(self.hide)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(_WIDTH)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def show_words(self, text: str, action: str = "", token: object = None) -> None:
        """Say something in place of what was said before."""
        self._token = token
        self._label.setText(text)
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(text)
        self.show()
        self._timer.start()

    def _act(self) -> None:
        self.hide()
        self.acted.emit(self._token)

    def _leave(self) -> None:
        if self.underMouse() or self._button.hasFocus() or self._close.hasFocus():
            self._timer.start()
        else:
            self.hide()
