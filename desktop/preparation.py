"""What a window needs soon, but not for its first rows: imported on a thread, then built in turns of milliseconds."""

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.building import Builder
from desktop.jobs import Lane
from desktop.live import LiveCase

_PAUSE = 50
"""Milliseconds between two looks at whether the first page has all that it asked for, painted."""


class Preparation(QObject):
    """Begins by itself when the first page has what it asked for. Whoever is quicker has it made at once."""

    ready = Signal()

    def __init__(
        self, live: LiveCase, modules: Sequence[str], work: Callable[[], Iterator[object]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._modules, self._work = modules, work
        self._lane = Lane.of_threads("import", 1, self)
        self._builder = Builder(self)
        self._builder.finished.connect(self.ready)
        self._pause = QTimer(self, interval=_PAUSE)
        self._pause.timeout.connect(self._begin)
        self._pause.start()

    def close(self) -> None:
        """Leave the rest undone."""
        self._pause.stop()
        self._builder.stop()
        self._lane.close()

    def _begin(self) -> None:
        if not self._live.is_reading:
            self._pause.stop()
            self._lane.run(_import_all, self._modules, then=self._build)

    def _build(self, _: object) -> None:
        self._builder.start(self._work())


def _import_all(modules: Sequence[str]) -> None:
    for name in modules:
        import_module(name)
