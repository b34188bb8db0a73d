"""Garbage collected on the window's thread only, and a little at a time.

CPython collects cycles on whichever thread allocates. Where that is a reader's, it destroys QObjects that belong to the
window's thread: a crash, sooner or later. And a collection of everything stops all threads for a tenth of a second.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL = 1_000


class Collector(QObject):
    """As long as it lives, Python collects nothing by itself; young cycles go every second, the old ones in turn."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.freeze()  # what starting made, stays: no collection looks at it again; next to nothing of it is garbage
        gc.disable()
        self._timer = QTimer(self, interval=_INTERVAL)
        self._timer.timeout.connect(self._collect)
        self._timer.start()

    def stop(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _collect(self) -> None:
        """What Python would do by its own thresholds, here and now."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
