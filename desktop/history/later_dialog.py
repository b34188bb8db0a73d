"""What is said where an edit cannot be undone by itself: what stands in the way, and the way round it."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from desktop.theme import Size
from desktop.widgets.labels import Words


class LaterEditDialog(QDialog):
    """Asks whether the fields go back all the same. `insisted` gives the entry; `label` may be empty."""

    insisted = Signal(object)

    def __init__(
        self, entry: UUID, label: str, reason: str, parent: QWidget | None = None, *, can_insist: bool = True
    ) -> None:
        super().__init__(parent)
        self._entry = entry
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(self.tr("Something came after it"))
        self.setObjectName("laterEdit")
        words = self.tr("“{label}” cannot be undone by itself") if label else self.tr("This cannot be undone by itself")
        heading = Words(words.format(label=label), self, size=Size.HEADING, strong=True)
        self.reason = Words(reason, self, selectable=True)
        self._buttons = QDialogButtonBox(self)
        keep = self._buttons.addButton(
            self.tr("Leave it as it is") if can_insist else self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole
        )
        keep.setObjectName("keep")
        keep.setDefault(True)
        keep.setFocus()
        self._buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(self.reason)
        if can_insist:
            column.addWidget(self._offer())
        column.addSpacing(4)
        column.addWidget(self._buttons)
        self.setFixedWidth(480)

    def _offer(self) -> Words:
        button = self._buttons.addButton(
            self.tr("Put the fields back all the same"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        button.setObjectName("insist")
        self._buttons.accepted.connect(self._insist)
        return Words(
            self.tr(
                "You can put the fields back all the same: what came later stays in the history; Ctrl+Shift+Z returns."
            ),
            self,
            muted=True,
        )

    def _insist(self) -> None:
        self.insisted.emit(self._entry)
        self.accept()
