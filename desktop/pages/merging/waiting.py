"""What the merge page shows while a file is checked, compared or merged."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.theme import Size
from desktop.widgets.labels import Words

_STEPS = 3


class WaitingView(QWidget):
    """One line, how far it is, and a way out."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Words("", self, size=Size.HEADING, strong=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._bar = QProgressBar(self, textVisible=False)
        self._bar.setRange(0, _STEPS)
        self._bar.setAccessibleName(self.tr("Looking at the file"))
        self._bar.setMinimumWidth(320)
        self._bar.setMaximumWidth(360)
        self.button = QPushButton(self.tr("Cancel"), self)
        self.button.setObjectName("cancelMerging")
        self.button.clicked.connect(self.cancelled)
        column = QVBoxLayout(self)
        column.setSpacing(16)
        column.addStretch(2)
        column.addWidget(self._words)
        column.addWidget(self._bar, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def show_step(self, number: int, words: str) -> None:
        """Say what is done, and the how many-eth thing of all it is, from 0."""
        self._bar.setRange(0, _STEPS)
        self._bar.setValue(number + 1)
        self._say(words, can_stop=True)

    def show_busy(self, words: str, *, can_stop: bool = True) -> None:
        """Say what is done of which nobody knows how long it takes."""
        self._bar.setRange(0, 0)
        self._say(words, can_stop=can_stop)

    def _say(self, words: str, *, can_stop: bool) -> None:
        self._words.setText(words + "…")
        self.button.setVisible(can_stop)
