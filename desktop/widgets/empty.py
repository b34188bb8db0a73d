"""What stands where there is nothing yet: what this place is for, and what to do first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.theme import Size, colours, pixmap
from desktop.widgets.labels import Words


class EmptyState(QWidget):
    """An icon, a heading, a sentence, and a button for what to do first. `asked` is that button."""

    asked = Signal()

    def __init__(self, icon_name: str, title: str, text: str, action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._picture = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter)
        self.heading = Words(title, self, size=Size.HEADING, strong=True)
        self.sentence = Words(text, self, muted=True)
        self.button = QPushButton(action, self)
        self.button.setProperty("primary", True)
        self.button.setVisible(bool(action))
        self.button.clicked.connect(self.asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self._picture)
        for label in (self.heading, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMaximumWidth(420)
            column.addWidget(label)  # narrower than the column, and so in its middle; an alignment would cut the lines
        column.addSpacing(8)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._draw()

    def show_words(self, title: str, text: str, action: str = "") -> None:
        """Say something else."""
        self.heading.setText(title)
        self.sentence.setText(text)
        self.button.setText(action)
        self.button.setVisible(bool(action))

    def changeEvent(self, event: object) -> None:
        super().changeEvent(event)  # type: ignore[arg-type]
        if hasattr(self, "_picture"):
            self._draw()

    def _draw(self) -> None:
        self._picture.setPixmap(pixmap(self._icon_name, colours().faint, 40, self.devicePixelRatioF()))
