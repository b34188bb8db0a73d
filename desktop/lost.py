"""What stands over everything where the open file is not in its place any more: what is safe, and the ways on."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from db.presence import Presence, Standing
from desktop.live import LiveCase
from desktop.widgets.notice import NoticeBar


class LostBar(NoticeBar):
    """One line and up to three buttons; hidden while all is well."""

    followed = Signal(object)
    """A Path: the file is to be opened there."""
    locate_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__("lostWords", parent)
        self._live = live
        self._path: Path | None = None
        self._follow = self.add_button("followFile", "", "arrow-right", self._ask_follow)
        self._locate = self.add_button("locateFile", self.tr("Locate…"), "folder-open", self.locate_wanted.emit)
        self._copy = self.add_button("rescueFile", self.tr("Save a copy…"), "save", self.copy_wanted.emit)
        live.watch.changed.connect(self.show_presence)

    def show_presence(self, presence: Presence) -> None:
        """Say where the file is; nothing where it is in its place."""
        self._path = presence.now if presence.standing is Standing.MOVED else None
        if presence.standing is Standing.REPLACED:
            self._path = self._live.path
        same = self._path == self._live.path
        self._follow.setText(self.tr("Open what is there") if same else self.tr("Go on there"))
        self._follow.setVisible(self._path is not None)
        self._locate.setVisible(self._path is None and presence.standing is not Standing.DELETED)
        self._copy.setVisible(self._live.is_writable)
        self.say("" if presence.is_in_place else _words(self._live.path, presence, self._live.is_writable))

    def _ask_follow(self) -> None:
        if self._path is not None:
            self.followed.emit(self._path)


def _words(path: Path, presence: Presence, is_writable: bool) -> str:
    """What happened, and what is safe."""
    match presence.standing:
        case Standing.MOVED if presence.now is not None and presence.now.parent == path.parent:
            words = _tr("{name} was renamed to {new} while it was open. Nothing more is written to it here.")
        case Standing.MOVED if presence.now is not None:
            words = _tr("{name} was moved to {place} while it was open. Nothing more is written to it here.")
        case Standing.MOVED:
            words = _tr("{name} is not in {folder} any more. What is typed from now on is kept in this window only.")
        case Standing.DELETED:
            words = _tr("{name} was deleted. All that is in it is still in this window: save a copy before closing it.")
        case Standing.REPLACED if not is_writable:
            words = _tr("{name} was saved anew by somebody else. What is shown here is as it was before.")
        case Standing.REPLACED:
            words = _tr("Another file has taken the place of {name}. Nothing is written to it.")
        case _:
            words = _tr("{folder} cannot be reached. What is typed from now on is kept in this window only.")
    now = presence.now or path
    return words.format(name=path.name, folder=path.parent, new=now.name, place=now)


def _tr(text: str) -> str:
    return QCoreApplication.translate("LostBar", text)
