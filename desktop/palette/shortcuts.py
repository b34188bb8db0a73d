"""The list of shortcuts, made of the actions that have one."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.palette.commands import by_group, caption
from desktop.theme import Size, font
from desktop.widgets.labels import Words


class ShortcutList(QDialog):
    """All shortcuts by menu, in two columns. It deletes itself when it is closed."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setObjectName("shortcutList")
        self._filter = QLineEdit(self)
        self._filter.setPlaceholderText(self.tr("Find a command or a key"))
        self._filter.setAccessibleName(self.tr("Find a command or a key"))
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._narrow)
        self._groups = [_Group(name, found, self) for name, found in by_group(actions).items()]
        self._nothing = Words(self.tr("No shortcut is called that."), self, muted=True)
        self._nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(Words(self.windowTitle(), self, size=Size.HEADING, strong=True))
        column.addWidget(self._filter)
        column.addWidget(self._scrolling(), 1)
        column.addWidget(self._nothing)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.resize(760, 560)
        self._filter.setFocus()

    def rows(self) -> list[tuple[str, str, str]]:
        """Group, command and keys of each line that is shown."""
        return [(group.name, *row) for group in self._groups for row in group.shown()]

    def _scrolling(self) -> QScrollArea:
        inside = QWidget(self)
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 12, 0)
        columns.setSpacing(40)
        for groups in _halves(self._groups):
            column = QVBoxLayout()
            column.setSpacing(16)
            for group in groups:
                column.addWidget(group)
            column.addStretch(1)
            columns.addLayout(column, 1)
        area = QScrollArea(self)
        area.setObjectName("surface")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        area.setAccessibleName(self.windowTitle())
        return area

    def _narrow(self, text: str) -> None:
        found = [group.narrow(text.strip().casefold()) for group in self._groups]
        self._nothing.setVisible(not any(found))


class _Group(QWidget):
    """The shortcuts of one menu."""

    def __init__(self, name: str, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self._rows: list[tuple[QLabel, QLabel]] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        grid.addWidget(Words(name, self, size=Size.CAPTION, strong=True, muted=True), 0, 0, 1, 2)
        for line, action in enumerate(actions, 1):
            command, keys = Words(caption(action.text()), self), QLabel(keys_of(action), self)
            keys.setFont(font(Size.CAPTION))
            keys.setProperty("muted", True)
            keys.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            command.setAccessibleName(f"{command.text()}, {keys.text()}")
            grid.addWidget(command, line, 0)
            grid.addWidget(keys, line, 1)
            self._rows.append((command, keys))

    def shown(self) -> list[tuple[str, str]]:
        """Command and keys of the lines that are not hidden."""
        return [(command.text(), keys.text()) for command, keys in self._rows if not command.isHidden()]

    def narrow(self, text: str) -> bool:
        """Show the lines that have a text in command or keys; whether there are any."""
        for command, keys in self._rows:
            fits = text in f"{command.text()} {keys.text()}".casefold()
            command.setVisible(fits)
            keys.setVisible(fits)
        self.setVisible(bool(self.shown()))
        return bool(self.shown())


def keys_of(action: QAction) -> str:
    """All shortcuts of an action, as they are printed on keys."""
    return "   ".join(keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in action.shortcuts())


def _halves(groups: Sequence[_Group]) -> tuple[Sequence[_Group], Sequence[_Group]]:
    """Two columns of about the same height."""
    total = sum(len(group.shown()) + 2 for group in groups)
    height, cut = 0, 0
    while cut < len(groups) and height < total / 2:
        height += len(groups[cut].shown()) + 2
        cut += 1
    return groups[:cut], groups[cut:]
