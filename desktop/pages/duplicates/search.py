"""A search for likely duplicates in the back room: how far it is, what it found, and calling it off."""

from itertools import count

from PySide6.QtCore import QObject, Signal

from db.duplicates.search import Spot
from desktop.backroom import Backroom
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.pages.duplicates import work

_TURN = 0.3
"""Seconds of one piece of work, so that other work in the back room gets its turn."""
_numbers = count()


class DuplicateSearch(QObject):
    """One search at a time; beginning another one calls the first one off."""

    progressed = Signal()
    """It has come further, or to its end."""
    failed = Signal(object)
    """The error that ended it."""

    def __init__(self, live: LiveCase, backroom: Backroom, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live, self._backroom = live, backroom
        self._ticket: Ticket | None = None
        self._among: frozenset[bytes] | None = None
        self._number = -1
        self.share = 0.0
        """How much of the file was looked at, 0 to 1."""
        self.spots: list[Spot] = []
        """What this search has found so far, in no order."""
        self.seconds = 0.0
        """How much work the last search was, without what it waited for."""

    @property
    def is_running(self) -> bool:
        """Whether it is at work."""
        return self._ticket is not None

    def begin(self, among: frozenset[bytes] | None = None) -> None:
        """Look through the whole file; with `among`, only for pairs with one of these records."""
        self.stop()
        self._number, self._among = next(_numbers), among
        self.share, self.spots, self.seconds = 0.0, [], 0.0
        self._go_on()

    def stop(self) -> None:
        """Call it off."""
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
            self._backroom.run(work.leave, self._number)

    def _go_on(self) -> None:
        args = (self._number, self._live.path, self._among, _TURN)
        self._ticket = self._backroom.run(work.go_on, *args, then=self._take, failed=self._fail)

    def _take(self, piece: work.Piece) -> None:
        self.share = piece.share
        self.spots += piece.spots
        self.seconds += piece.seconds
        if piece.share < 1.0:
            self._go_on()
        else:
            self._ticket = None
        self.progressed.emit()

    def _fail(self, error: BaseException) -> None:
        self._ticket = None
        self.failed.emit(error)
