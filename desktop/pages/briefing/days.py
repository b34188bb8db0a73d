"""A line for one day, which says how it was understood or that it was not."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from db.dates import describe, read
from desktop.printing.options import typed_day
from desktop.widgets.labels import Words


class DayField(QWidget):
    """One day as people type it; nothing means the day that `show_default` tells."""

    changed = Signal()
    """Something else stands in it."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.line.setObjectName(name)
        self.line.setAccessibleName(label)
        self.note = Words("", self, muted=True)
        self.note.setObjectName(f"{name}Note")
        self._default = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self.note)
        self.setFocusProxy(self.line)
        self.line.textChanged.connect(self._read)
        self._tell()

    @property
    def day(self) -> date | None:
        """The day; None where nothing was typed, or nothing that is one."""
        return typed_day(self.line.text())

    @property
    def is_readable(self) -> bool:
        """Whether what was typed is one day, or nothing."""
        return self.day is not None or not self.line.text().strip()

    def show_default(self, words: str) -> None:
        """Say what nothing stands for."""
        self._default = words
        self.line.setPlaceholderText(words)
        self._tell()

    def _read(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        if not self.is_readable:
            self.note.setText(self.tr("This is not one day. Write it like 3 Sept 2024 or 2024-09-03."))
        else:
            self.note.setText(describe(read(self.day.isoformat())) if self.day else "")
        self.note.setVisible(bool(self.note.text()))
        show_trouble(self.line, self.note, not self.is_readable)


def show_trouble(control: QWidget, note: QWidget, is_wrong: bool) -> None:
    """Mark a control and what is said below it as wrong, or no longer."""
    for widget in (control, note):
        if bool(widget.property("trouble")) != is_wrong:
            widget.setProperty("trouble", is_wrong)
            widget.style().polish(widget)
