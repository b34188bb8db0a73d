"""The review of the open file: made piece by piece in the back room, and brought up to every edit beside the window."""

from PySide6.QtCore import QObject, Signal

from db.review.survey import Current, Mark, Piece, Reviewed, brought_up, review_piece
from desktop.backroom import Backroom
from desktop.jobs import Ticket
from desktop.live import LiveCase

_TURN = 0.3
"""Seconds of one piece of work, so that other work in the back room gets its turn."""


class Review(QObject):
    """One per open file. Begins when somebody asks; from then on it follows the file by itself."""

    changed = Signal()
    """There may be other findings than before, or it has come further."""
    stopped = Signal(object)
    """An error that keeps it from going on: what was found stays shown, and the next edit tries again."""

    def __init__(self, live: LiveCase, backroom: Backroom, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live, self._backroom = live, backroom
        self._growing = Reviewed()
        self._known: int | None = None
        self._piece: Ticket | None = None
        self._update: Ticket | None = None
        self.has_begun = False
        """Whether anybody asked for it."""
        self.is_stopped = False
        """Whether an error keeps it from going on."""
        self.reviewed = Reviewed()
        """What there is to look at, as far as it is known."""
        self.share = 0.0
        """How much of the file was reviewed, 0 to 1; where it must be done anew, how much of that."""
        self.is_complete = False
        """Whether the whole file was reviewed once: only then are the counts those of the file."""
        self.is_current = False
        """Whether every edit so far is accounted for."""
        live.changed.connect(self._follow)

    def begin(self) -> None:
        """Review the whole file, unless that was asked for before."""
        if not self.has_begun:
            self._begin()

    def _begin(self) -> None:
        self.has_begun, self.is_stopped, self.is_current = True, False, False
        self._growing, self._known, self.share = Reviewed(), None, 0.0
        self._go_on(Mark())

    def _go_on(self, mark: Mark) -> None:
        self._piece = self._backroom.run(review_piece, self._live.path, mark, _TURN, then=self._take, failed=self._stop)

    def _take(self, piece: Piece) -> None:
        self._known = piece.known if self._known is None else self._known
        self._growing = self._growing.plus(piece.reviewed)
        self.share = piece.done
        if piece.after is not None:
            self._go_on(piece.after)
        else:
            self._piece = None
            self._catch_up()
        if not self.is_complete:
            self.reviewed = self._growing
            self.changed.emit()

    def _follow(self) -> None:
        """An edit. While the whole file is being reviewed, it is accounted for at the end."""
        self.is_current = False
        if self.is_stopped:
            self._begin()
        elif self.has_begun and self._piece is None:
            self._catch_up()

    def _catch_up(self) -> None:
        """Look at what was edited since; an answer that is still awaited would come too late."""
        if self._update is not None:
            self._update.cancel()
        self._update = self._live.read(brought_up, self._growing, self._known, then=self._show, failed=self._stop)

    def _show(self, current: Current | None) -> None:
        self._update = None
        if current is None:
            self._begin()
            return
        self._growing, self._known = current.reviewed, current.known
        self.reviewed, self.share = current.reviewed, 1.0
        self.is_complete = self.is_current = True
        self.changed.emit()

    def _stop(self, error: BaseException) -> None:
        """Whatever was reviewed so far is kept; the next edit begins anew."""
        self._piece = self._update = None
        self.is_stopped = True
        self.stopped.emit(error)
