"""A group of choices that folds away, and says in its heading what is chosen while it is folded."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop.theme import Size, dress, font
from desktop.widgets.labels import ElidedLabel


class Group(QWidget):
    """A heading that opens and closes what stands below it."""

    toggled = Signal(bool)
    """It was opened, or closed."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None, *, is_open: bool = False) -> None:
        super().__init__(parent)
        self._title = title
        self._told = ""
        self.button = QToolButton(self)
        self.button.setCheckable(True)
        self.button.setObjectName(name)
        self.button.setText(title)
        self.button.setFont(font(strong=True))
        self.button.setIconSize(QSize(14, 14))
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setStyleSheet("QToolButton:checked { background: transparent; }")
        self.button.toggled.connect(self._fold)
        self._summary = ElidedLabel("", self, size=Size.CAPTION, muted=True)
        self._summary.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._body = QWidget(self)
        self._inside = QVBoxLayout(self._body)
        self._inside.setContentsMargins(4, 0, 0, 12)
        self._inside.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(self.button)
        head.addWidget(self._summary, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._body)
        self.button.setChecked(is_open)
        self._fold(is_open)

    def add(self, label: str, *widgets: QWidget) -> QLabel | None:
        """Put widgets below each other, under a caption if there is one."""
        caption = None
        if label:
            caption = caption_of(label, widgets[0], self._body)
            self._inside.addSpacing(4)
            self._inside.addWidget(caption)
        for widget in widgets:
            self._inside.addWidget(widget)
        return caption

    def summarise(self, words: str) -> None:
        """Say what is chosen inside."""
        self._told = words
        self._summary.setText("" if self.button.isChecked() else words)
        self.button.setAccessibleName(f"{self._title}: {words}" if words else self._title)

    def open(self) -> None:
        """Show what is inside."""
        self.button.setChecked(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.position().y() <= self.button.geometry().bottom():
            self.button.toggle()

    def _fold(self, is_open: bool) -> None:
        dress(self.button, "chevron-down" if is_open else "chevron-right")
        self._body.setVisible(is_open)
        self._summary.setText("" if is_open else self._told)
        self.toggled.emit(is_open)


def caption_of(text: str, buddy: QWidget, parent: QWidget) -> QLabel:
    """A small label above a control."""
    caption = QLabel(text, parent)
    caption.setFont(font(Size.CAPTION))
    caption.setProperty("muted", True)
    caption.setBuddy(buddy.focusProxy() or buddy)
    return caption
