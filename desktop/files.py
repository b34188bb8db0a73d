"""What any window can ask for with files: a new one, one that is there, the sample, one of those opened lately."""

from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from db.backups import Backup
from desktop.recent import recent_files


class FileCommands(QObject):
    """Wishes about files, which only the application can fulfil."""

    new_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()
    path_wanted = Signal(object)
    """A Path."""
    restore_wanted = Signal(object, object)
    """A Path, and the Backup that shall take its place."""

    def ask_for_new(self) -> None:
        """Ask for a new case file."""
        self.new_wanted.emit()

    def ask_which(self) -> None:
        """Ask for a file that the user chooses."""
        self.open_wanted.emit()

    def ask_for_sample(self) -> None:
        """Ask for the sample."""
        self.sample_wanted.emit()

    def ask_for(self, path: Path) -> None:
        """Ask for a file."""
        self.path_wanted.emit(path)

    def ask_to_restore(self, path: Path, backup: Backup) -> None:
        """Ask for a file, which nobody has open, as it is in a backup."""
        self.restore_wanted.emit(path, backup)


class RecentMenu(QMenu):
    """The files that were opened lately; it is filled when it is shown."""

    def __init__(self, settings: QSettings, files: FileCommands, parent: QMenu) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Open &recent"))
        self._settings = settings
        self._files = files
        self.aboutToShow.connect(self._fill)
        self.triggered.connect(self._choose)

    def _fill(self) -> None:
        self.clear()
        paths = recent_files(self._settings)
        for path in paths:
            self.addAction(path.name.replace("&", "&&")).setData(path)
        if not paths:
            self.addAction(self.tr("No file was opened yet")).setEnabled(False)

    def _choose(self, action: QAction) -> None:
        if isinstance(action.data(), Path):
            self._files.ask_for(action.data())
