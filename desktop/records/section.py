"""A section of the record pane: a heading with a count, what stands under it, and a way to add to it."""

from typing import ClassVar, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from db.queries.records import RecordRow
from desktop.live import LiveCase
from desktop.records.entry import Lines
from desktop.theme import Size, dress
from desktop.widgets.labels import Words

LinesT = TypeVar("LinesT", bound=Lines)


class Section(QWidget):
    """Something about the record that is shown. It reads for itself, and hides where it has nothing to say."""

    TELLS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """The groups of connected records (plural, field) that this section tells, so that no other one does."""
    opened = Signal(object)
    """A Place."""
    fact_asked = Signal(object)
    """The Place of a fact whose evidence is wanted."""
    wanted = Signal(str, object)
    """A new record: the plural of its kind, and the values that it begins with."""

    def __init__(self, live: LiveCase, title: str, parent: QWidget | None = None, *, add: str = "") -> None:
        super().__init__(parent)
        self.live = live
        self.title = title
        self.record: RecordRow | None = None
        self._heading = Words(title, self, size=Size.BODY, strong=True)
        self._heading.setWordWrap(False)
        self._count = Words("", self, size=Size.CAPTION, muted=True)
        self._count.setWordWrap(False)
        self.add_button = QToolButton(self)
        self.add_button.setText(add)
        self.add_button.setAccessibleName(add)
        self.add_button.setToolTip(add)
        dress(self.add_button, "plus")
        self.add_button.setVisible(bool(add) and live.is_writable)
        self.add_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the focus comes back to it from a dialog
        self.add_button.clicked.connect(self.add)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._heading)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self.add_button)
        self.body = QVBoxLayout()
        self.body.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(self.body)

    def show_record(self, record: RecordRow) -> None:
        """Show what there is to say about a record."""
        raise NotImplementedError

    def follow(self, row: LinesT) -> LinesT:
        """Pass on where the links and marks of a row lead; gives the row."""
        row.opened.connect(self.opened)
        row.fact_asked.connect(self.fact_asked)
        return row

    def add(self) -> None:
        """Ask for a new part of the record."""

    def show_count(self, count: int) -> None:
        """Say how many there are."""
        self._count.setText(f"{count:,}" if count else "")
