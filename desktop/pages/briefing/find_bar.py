"""A line that looks for words in the preview."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from desktop.printing.words import MOST_HITS, Hit
from desktop.theme import dress

_PAUSE = 200
LONGEST = 200


class FindBar(QWidget):
    """Reports what is looked for, and which of the hits is shown."""

    asked = Signal(str)
    """Words; empty: nothing any more."""
    chosen = Signal(int)
    """The hit to show, from 0."""
    left = Signal()
    """Esc: it closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._count = self._current = 0
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._ask)
        self.line = QLineEdit(self, maxLength=LONGEST)
        self.line.setObjectName("briefingFind")
        self.line.setAccessibleName(self.tr("Find in the preview"))
        self.line.setPlaceholderText(self.tr("Find in the preview"))
        self.line.setMaximumWidth(320)
        self.line.textEdited.connect(self._pause.start)
        self.line.installEventFilter(self)
        self._told = QLabel(self)
        self._told.setObjectName("briefingFound")
        self._told.setProperty("muted", True)
        self.previous_button = self._button("chevron-up", self.tr("Previous place (Shift+Return)"))
        self.next_button = self._button("chevron-down", self.tr("Next place (Return)"))
        close = self._button("x", self.tr("Close (Esc)"))
        self.previous_button.clicked.connect(self.go_back)
        self.next_button.clicked.connect(self.go_on)
        close.clicked.connect(self.close_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 8)
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(self.previous_button)
        row.addWidget(self.next_button)
        row.addSpacing(8)
        row.addWidget(self._told)
        row.addStretch(1)
        row.addWidget(close)
        self.hide()

    @property
    def words(self) -> str:
        """What is looked for; nothing while the bar is closed."""
        return self.line.text().strip() if not self.isHidden() else ""

    def open_bar(self) -> None:
        """Look for something."""
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self._ask()

    def close_bar(self) -> None:
        """Look for nothing any more."""
        self.hide()
        self._ask()
        self.left.emit()

    def show_hits(self, hits: tuple[Hit, ...]) -> None:
        """Say how many there are; the place that was shown stays, as near as can be."""
        self._count = len(hits)
        self._current = min(self._current, max(self._count - 1, 0))
        self._tell()
        if self._count:
            self.chosen.emit(self._current)

    def go_on(self) -> None:
        """To the next place, after the last to the first."""
        self._step(1)

    def go_back(self) -> None:
        """To the place before."""
        self._step(-1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                backwards = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                if self._pause.isActive():
                    self._ask()
                else:
                    self._step(-1 if backwards else 1)
                return True
        return super().eventFilter(watched, event)

    def _ask(self) -> None:
        self._pause.stop()
        self._current = 0
        self.asked.emit(self.words)

    def _step(self, step: int) -> None:
        if self._count:
            self._current = (self._current + step) % self._count
            self._tell()
            self.chosen.emit(self._current)

    def _tell(self) -> None:
        for button in (self.previous_button, self.next_button):
            button.setEnabled(self._count > 1)
        if not self.words:
            self._told.setText("")
        elif not self._count:
            self._told.setText(self.tr("Not found"))
        else:
            count = f"{self._count:,}" + ("+" if self._count >= MOST_HITS else "")
            self._told.setText(self.tr("{place} of {count}").format(place=f"{self._current + 1:,}", count=count))

    def _button(self, icon_name: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setAccessibleName(words)
        button.setToolTip(words)
        dress(button, icon_name)
        return button
