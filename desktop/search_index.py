"""The search index of the open file: made and kept up in the back room, asked beside the window."""

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from db.index.build import Progress, advance_beside
from db.index.location import discard_unused, index_path
from db.index.query import find
from desktop.backroom import Backroom
from desktop.folders import search_folder
from desktop.jobs import Receiver, Ticket
from desktop.live import LiveCase

_TURN = 0.25
"""Seconds of one piece of work, so that other work in the back room gets its turn."""


def reading_words(progress: Progress) -> str:
    """What is told while the index is being made."""
    if not progress.total:
        return QCoreApplication.translate("SearchIndex", "Titles only, for now: the texts are about to be read")
    words = QCoreApplication.translate("SearchIndex", "Titles only, for now: reading {done} of {total} records")
    return words.format(done=f"{progress.done:,}", total=f"{progress.total:,}")


class SearchIndex(QObject):
    """One per open file. It follows the file's edits by itself once it was started."""

    progressed = Signal(object)
    """Progress, after each piece of work; the last one is current."""
    stopped = Signal(object)
    """An error that keeps it from being made: titles can be searched still, and the next edit tries again."""

    def __init__(self, live: LiveCase, backroom: Backroom, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._backroom = backroom
        self._path: Path | None = None
        self._work: Ticket | None = None
        self._is_behind = False
        self.progress = Progress()
        live.changed.connect(self.refresh)

    def start(self) -> None:
        """Find where the index is, and bring it up to the file."""
        self._live.read(index_path, search_folder(), then=self._begin)

    def refresh(self) -> None:
        """Bring it up to the file's last change; asked for while it is at work, it looks once more afterwards."""
        self._is_behind = True
        if self._path is not None and (self._work is None or self._work.is_over):
            self._go_on()

    def find(
        self,
        text: str,
        *,
        kinds: Collection[str] = (),
        limit: int = 50,
        count: bool = False,
        then: Receiver,
        failed: Receiver | None = None,
    ) -> Ticket:
        """Search the file; `then` gets what was `Found`, by titles alone as long as the index is not ready."""
        return self._live.read(
            find, self._path, text, kinds=tuple(kinds), limit=limit, count=count, then=then, failed=failed
        )

    def _begin(self, path: Path) -> None:
        self._path = path
        self._work = self._backroom.run(discard_unused, search_folder(), then=self._go_on, failed=self._stop)

    def _go_on(self, _: object = None) -> None:
        self._is_behind = False
        self._work = self._backroom.run(
            advance_beside, self._live.path, self._path, _TURN, then=self._tell, failed=self._stop
        )

    def _tell(self, progress: Progress) -> None:
        self.progress = progress
        if not progress.is_current or self._is_behind:
            self._go_on()
        self.progressed.emit(progress)

    def _stop(self, error: BaseException) -> None:
        self.stopped.emit(error)
