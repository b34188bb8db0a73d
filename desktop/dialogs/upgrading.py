"""How far it is that an older file is brought up to date, and the way to call that off."""

from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar, QVBoxLayout, QWidget

from db.migrations.worker import Watch
from desktop.theme import Size
from desktop.widgets.labels import Words

_LOOK = 100
"""Milliseconds."""
_PARTS = 1000


class UpgradingDialog(QDialog):
    """Open while the work goes on beside the window's thread, which is handed its `watch`."""

    def __init__(self, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("upgrading")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(self.tr("Bringing a file up to date"))
        self._done = 0.0
        self._stopped = Event()
        self.watch = Watch(self._note, self._stopped.is_set)
        self._said = Words("", self, muted=True)
        self._bar = QProgressBar(self, textVisible=False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Words(path.name, self, size=Size.HEADING, strong=True))
        for widget in (self._said, self._bar, self._buttons):
            column.addWidget(widget)
        self.setMinimumWidth(520)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self._show)
        self._timer.start()
        self._show()

    def _note(self, done: float) -> None:
        """On the thread of the work."""
        self._done = done

    def _show(self) -> None:
        copied = self._done >= 1
        self._bar.setRange(0, 0 if copied else _PARTS)
        self._bar.setValue(int(self._done * _PARTS))
        words = self.tr("Copied to a new file. It is checked before it takes the place of the old one.")
        if self._stopped.is_set():
            words = self.tr("Called off. The file stays as it is.")
        elif not copied:
            words = self.tr("What is in it is copied to a new file. The old one is not touched until that is whole.")
        self._said.setText(words)

    def reject(self) -> None:
        """Call it off; the window stays until the work has ended."""
        self._stopped.set()
        self._buttons.setEnabled(False)
        self._show()
