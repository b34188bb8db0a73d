"""The window's commands: each is one QAction in a menu, so that the palette and the list of shortcuts find them all."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from desktop.theme import Theme, dress


@dataclass(frozen=True, slots=True)
class Command:
    """What an action says, looks like and does. `slot` is a bound method."""

    name: str
    words: str
    slot: Callable[..., object]
    shortcut: str | QKeySequence.StandardKey = ""
    icon: str = ""


def add_commands(window: QMainWindow, menu: QMenu, commands: list[Command | None]) -> dict[str, QAction]:
    """Put commands into a menu, None as a line between them; give the actions by name."""
    made: dict[str, QAction] = {}
    for command in commands:
        if command is None:
            menu.addSeparator()
        else:
            made[command.name] = make_action(window, command)
            menu.addAction(made[command.name])
    return made


def make_action(parent: QObject, command: Command) -> QAction:
    """An action of a command."""
    action = QAction(command.words, parent)
    action.setObjectName(command.name)
    if command.shortcut:
        action.setShortcuts(
            QKeySequence.keyBindings(command.shortcut)
            if isinstance(command.shortcut, QKeySequence.StandardKey)
            else [QKeySequence(command.shortcut)]
        )
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    action.triggered.connect(command.slot)
    if command.icon:
        dress(action, command.icon)
    return action


def chosen_theme(settings: QSettings) -> Theme:
    """The theme that the user chose last."""
    word = settings.value("window/theme", "")
    return Theme(str(word)) if word in list(Theme) else Theme.SYSTEM


class ThemeMenu(QMenu):
    """System, light or dark; the one in use is ticked, whichever window it was chosen in."""

    def __init__(self, settings: QSettings, slot: Callable[[Theme], object], parent: QMenu) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("&Appearance"))
        self._settings = settings
        self._slot = slot
        group = QActionGroup(self)
        words = {
            Theme.SYSTEM: self.tr("Appearance: as the system"),
            Theme.LIGHT: self.tr("Appearance: light"),
            Theme.DARK: self.tr("Appearance: dark"),
        }
        icons = {Theme.SYSTEM: "monitor", Theme.LIGHT: "sun", Theme.DARK: "moon"}
        for theme in Theme:
            action = self.addAction(words[theme])
            action.setObjectName(f"theme_{theme}")
            action.setCheckable(True)
            action.setData(str(theme))
            dress(action, icons[theme])
            action.setIconVisibleInMenu(False)  # it would stand where the tick is
            group.addAction(action)
        group.triggered.connect(self._choose)
        self.aboutToShow.connect(self._tick)
        self._tick()

    def _tick(self) -> None:
        chosen = chosen_theme(self._settings)
        for action in self.actions():
            action.setChecked(action.data() == chosen)

    def _choose(self, action: QAction) -> None:
        self._slot(Theme(action.data()))  # Qt gives back a plain string


def all_actions(window: QMainWindow) -> list[QAction]:
    """Every command that can be given now: of the menus, and of whatever is in sight."""
    found: dict[int, QAction] = {}
    for action in window.findChildren(QAction):
        if action.text() and not action.isSeparator() and action.menu() is None and not _is_internal(action):
            found[id(action)] = action
    return list(found.values())


def _is_internal(action: QAction) -> bool:
    """Whether an action is Qt's own, as those in the menus of text fields."""
    owner = action.parent()
    return isinstance(owner, QMenu) and not owner.title()
