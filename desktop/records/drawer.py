"""The drawer under a record: why a field's value is believed, until somebody closes it."""

from uuid import UUID

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from desktop.evidence.panel import EvidencePanel
from desktop.live import LiveCase
from desktop.theme import dress


class EvidenceDrawer(QFrame):
    """The evidence panel with a way to close it. Esc closes it and gives the focus back."""

    opened = Signal(object)
    """A Place."""
    told = Signal(str)

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before: QWidget | None = None
        self.panel = EvidencePanel(live, self)
        self.panel.cite_action.setShortcut(QKeySequence())  # the record pane has it, also while this is closed
        self.panel.opened.connect(self.opened)
        self.panel.told.connect(self.told)
        self._close = QToolButton(self)
        self._close.setObjectName("closeEvidence")
        self._close.setAccessibleName(self.tr("Close the evidence"))
        self._close.setToolTip(self.tr("Close (Esc)"))
        self._close.clicked.connect(self.leave)
        dress(self._close, "x")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 8, 0)
        row.setSpacing(0)
        row.addWidget(self.panel, 1)
        row.addWidget(self._close, alignment=Qt.AlignmentFlag.AlignTop)  # beside: over no card and no title
        self.setMinimumHeight(180)
        self.hide()

    def show_field(self, record: UUID, name: str, *, cite: bool = False) -> None:
        """Open on a field; with `cite`, ask for a source at once."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self.show()
        if cite:
            self.panel.cite(record, name)
        else:
            self.panel.show_field(record, name)

    def leave(self) -> None:
        """Close."""
        self.hide()
        self.panel.clear()
        if self._before is not None and shiboken6.isValid(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
