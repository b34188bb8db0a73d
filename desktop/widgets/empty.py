"""What stands where there is nothing yet: what this place is for, and what to do first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.theme import Size, colours, make_primary, pixmap
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
        make_primary(self.button)
        self.button.setVisible(bool(action))
        self.button.clicked.connect(self.asked)
        inside = QWidget(self)
        inside.setMaximumWidth(420)
        inside.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self._picture)
        for label in (self.heading, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addSpacing(8)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(inside, 100)  # as wide as it may be, and in the middle of what is left
        row.addStretch(1)
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
