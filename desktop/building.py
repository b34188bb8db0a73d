"""Widgets built a few at a time, so that a long section never holds up the window."""

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

_TURN = 0.004
"""Seconds of work before the window gets its turn. Several sections may be at work at once."""


class Builder(QObject):
    """Goes through a generator that yields after each piece of work."""

    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Iterator[object] | None = None
        self._timer = QTimer(self, interval=0, singleShot=True)
        self._timer.timeout.connect(self._go_on)

    def start(self, work: Iterator[object]) -> None:
        """Do this instead of what is not finished yet. The first turn is taken at once."""
        self._work = work
        self._go_on()

    def stop(self) -> None:
        """Drop what is not finished yet."""
        self._work = None
        self._timer.stop()

    def _go_on(self) -> None:
        until = perf_counter() + _TURN
        work = self._work
        for _ in work or ():
            if perf_counter() > until:
                self._timer.start()
                return
        if work is self._work and work is not None:
            self.stop()
            self.finished.emit()
