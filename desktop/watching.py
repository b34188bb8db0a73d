"""A file that somebody else edits: when it has changed, and when it is free."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from db.lock import FileLock

_INTERVAL = 2_000
"""Milliseconds. Files on shared folders tell nobody of their changes, so they are looked at."""


class FileWatch(QObject):
    """Looks at a file now and then."""

    changed = Signal()
    """It was written, and whoever wrote is done."""
    released = Signal()
    """Nobody has it open for editing any more."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._seen = self._state()
        self._held = FileLock(path).is_held_elsewhere()
        self._timer = QTimer(self, interval=_INTERVAL)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Look now."""
        state = self._state()
        if state is not None and state != self._seen:
            self._seen = state
            self.changed.emit()
        if self._held and not FileLock(self._path).is_held_elsewhere():
            self._held = False
            self.released.emit()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def _state(self) -> tuple[int, int, int] | None:
        """What changes with each edit; None while one is being written."""
        try:
            if self._path.with_name(f"{self._path.name}-journal").exists():
                return None
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
