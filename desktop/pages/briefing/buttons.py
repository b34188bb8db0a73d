"""A push button that stands for an action, so that both are always the same."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.theme import dress


class ActionButton(QPushButton):
    """A push button for an action, whose state it follows."""

    def __init__(
        self, action: QAction, icon_name: str, parent: QWidget | None = None, *, primary: bool = False
    ) -> None:
        super().__init__(parent)
        self._action = action
        self.setObjectName(f"{action.objectName()}Button")
        self.setProperty("primary", primary)
        self.setText(f" {action.text()}")  # or the icon touches the words
        self.setAccessibleName(action.text())
        self.setToolTip(action.toolTip())
        self.setIconSize(QSize(16, 16))
        dress(self, icon_name)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())
