"""What stands over everything where a file can only be read: who edits it, and the way to edit once it is free."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop.live import LiveCase
from desktop.theme import dress
from desktop.widgets.labels import ElidedLabel


class ReadOnlyBar(QFrame):
    """One line; hidden where the file can be edited."""

    edit_asked = Signal()

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("readOnly")
        reason = live.holder or self.tr("it was opened for reading")
        words = self.tr("Read only: {reason}. What is edited there is shown here as it is saved.")
        self._words = ElidedLabel(words.format(reason=reason.rstrip(".")), self)
        self._words.setObjectName("readOnlyWords")
        self._edit = QPushButton(self.tr("Edit now"), self)
        self._edit.setObjectName("editNow")
        dress(self._edit, "pencil")
        self._edit.clicked.connect(self.edit_asked)
        self._edit.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        row.addWidget(self._words, 1)
        row.addWidget(self._edit)
        live.released.connect(self._offer)
        self.setVisible(not live.is_writable)

    def _offer(self) -> None:
        """The file is free."""
        self._words.setText(self.tr("Read only. Nobody else edits this file any more."))
        self._edit.show()
