"""A notice over everything in a window: one line that says what is so, and buttons for what can be done."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop.theme import dress
from desktop.widgets.labels import ElidedLabel


class NoticeBar(QFrame):
    """Hidden until there is something to say."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is the object name of the words."""
        super().__init__(parent)
        self.setObjectName("readOnly")
        self._words = ElidedLabel("", self)
        self._words.setObjectName(name)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 4, 8, 4)
        self._row.setSpacing(8)
        self._row.addWidget(self._words, 1)
        self.hide()

    def add_button(self, name: str, words: str, icon_name: str, slot: object) -> QPushButton:
        """A button at the right end."""
        button = QPushButton(words, self)
        button.setObjectName(name)
        dress(button, icon_name)
        button.clicked.connect(slot)
        self._row.addWidget(button)
        return button

    def say(self, words: str) -> None:
        """Show a line, or nothing."""
        self._words.setText(words)
        self.setVisible(bool(words))
