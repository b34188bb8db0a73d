"""Whether the open file is still where it was opened: looked at now and then, beside the window."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from db.presence import HERE, Presence
from desktop.jobs import Lane

_INTERVAL = 2_000
"""Milliseconds. Sticks and shared folders tell nobody of their going, so they are looked at."""


class PresenceWatch(QObject):
    """Looks where a file is, on a thread of its own: a share that is gone can keep whoever asks waiting."""

    changed = Signal(object)
    """Presence, whenever it is another."""
    looked = Signal(object)
    """Presence, after each look."""

    def __init__(self, look: Callable[[], Presence], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.presence = HERE
        self._lane = Lane.of_threads("presence", 1, self)
        self._timer = QTimer(self, interval=_INTERVAL)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Look soon, unless somebody looks already."""
        if self._lane.is_idle:
            self._lane.run(self._look, then=self._take)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()
        self._lane.close()

    def _take(self, presence: Presence) -> None:
        if presence != self.presence:
            self.presence = presence
            self.changed.emit(presence)
        self.looked.emit(presence)
