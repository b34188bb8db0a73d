"""What can be said of the records that are side by side: that they are one, or that they are not, and why."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QProgressBar, QPushButton, QToolButton, QWidget

from db.duplicates.sides import Sides
from desktop.theme import dress, make_primary
from desktop.widgets.labels import ElidedLabel
from desktop.widgets.reason_bar import ReasonBar

_NARROW = 440


class DeedBar(QWidget):
    """The buttons below the records; while they are joined, how far that is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_joining = False
        """Whether records are made one just now."""
        self._allowed: tuple[bool, Sides | None] = (False, None)
        self.previous_button = self._tool("previousButton", "arrow-up", self.tr("The pair before (Alt+Up)"))
        self.next_button = self._tool("nextButton", "arrow-down", self.tr("The next pair (Alt+Down)"))
        self._words = ElidedLabel("", self, muted=True)
        self._progress = QProgressBar(self, textVisible=False)
        self._progress.setRange(0, 0)
        self._progress.setMaximumWidth(120)
        self._progress.setAccessibleName(self.tr("Joining"))
        self.apart_button = QPushButton(self.tr("Not a duplicate…"), self)
        self.apart_button.setObjectName("notDuplicate")
        self.apart_button.setToolTip(self.tr("Say why they are not the same, so that nobody is asked again (Ctrl+D)"))
        self.join_button = QPushButton(self.tr("Join as one record"), self)
        self.join_button.setObjectName("joinNow")
        self.join_button.setToolTip(self.tr("Everything is kept; one step undoes it (Ctrl+Return)"))
        make_primary(self.join_button)
        self.reason = ReasonBar(
            "apart", self.tr("Not a duplicate"), self.tr("It is kept, and travels to your colleagues."), parent
        )
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(16, 8, 16, 8)
        self._row.setSpacing(8)
        ways, deeds = QHBoxLayout(), QHBoxLayout()
        for button in (self.previous_button, self.next_button):
            ways.addWidget(button)
        ways.addWidget(self._words, 1)
        ways.addWidget(self._progress)
        deeds.setSpacing(8)
        deeds.addStretch(1)
        deeds.addWidget(self.apart_button)
        deeds.addWidget(self.join_button)
        self._row.addLayout(ways, 1)
        self._row.addLayout(deeds)
        self.show_moved(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, in two lines."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < _NARROW
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)

    def _tool(self, name: str, icon_name: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.setFixedSize(34, 34)
        dress(button, icon_name)
        return button

    def allow(self, can_write: bool, sides: Sides | None) -> None:
        """Allow what can be done with these records."""
        self._allowed = (can_write, sides)
        pair = sides.pair if sides is not None else None
        can = can_write and not self.is_joining
        self.join_button.setEnabled(can and sides is not None)
        self.apart_button.setEnabled(can and pair is not None)
        told = pair is not None and pair.distinction is not None
        self.apart_button.setText(self.tr("Offer again") if told else self.tr("Not a duplicate…"))

    def show_moved(self, count: int | None) -> None:
        """Show that records are joined, and how much was moved to the one; None: nothing is joined any more."""
        self.is_joining = count is not None
        self._progress.setVisible(self.is_joining)
        words = self.tr("Joining: {count} moved").format(count=f"{count:,}") if count else self.tr("Joining")
        self._words.setText(words if self.is_joining else "")
        self.allow(*self._allowed)
