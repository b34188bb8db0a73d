"""The road between the window and the process that makes sheets: one piece of work at a time, the newest first."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from desktop.backroom import Backroom
from desktop.errors import Trouble, unexpected
from desktop.jobs import Ticket
from desktop.printing.options import SheetOptions, Subject
from desktop.printing.pages import Composition, Picture, Strip, compose, draw, inspect_records
from desktop.printing.words import find_words, text_of

_PATIENCE = 300
"""Milliseconds before a person is told that something takes time."""
_WORTH_A_START = 1_500
"""Milliseconds after which a briefing that nobody wants any more is stopped: a new process takes about as long."""


class SheetMaker(QObject):
    """Has sheets made and drawn. What was asked for and not begun is forgotten when something newer is asked for."""

    composed = Signal(object)
    """Composition."""
    refused = Signal(object)
    """Trouble: the sheet cannot be made, and the last one stays."""
    drawn = Signal(object)
    """Picture of the last sheet."""
    thumbnail_drawn = Signal(object)
    """Picture of a whole page of the last sheet, small."""
    inspected = Signal(object)
    """Inspection: what the file says of the records on the last sheet."""
    found = Signal(object)
    """Hits of the words that were looked for last."""
    read_out = Signal(str)
    """The text of the last sheet."""
    lingering = Signal(bool)
    """A sheet has been in the making for so long that it should be told; or it no longer is."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.backroom = Backroom(self)
        self.path = path
        self._order: tuple[Subject, SheetOptions] | None = None
        self._is_composing = False
        self._since = QElapsedTimer()
        self._holders = 0
        self._strips: tuple[Strip, ...] = ()
        self._sheet: Composition | None = None
        self._thumbnails: tuple[Strip, ...] = ()
        self._errands: dict[str, tuple[Callable[..., object], tuple[object, ...]]] = {}
        self._errand = ""
        self._ticket: Ticket | None = None
        self._patience = QTimer(self, interval=_PATIENCE, singleShot=True)
        self._patience.timeout.connect(self._tell_patience)

    @property
    def is_busy(self) -> bool:
        """Whether the newest order is not delivered yet."""
        return self._order is not None or self._is_composing

    @property
    def sheet(self) -> Composition | None:
        """The last sheet that could be made."""
        return self._sheet

    def compose(self, subject: Subject, options: SheetOptions) -> None:
        """Have a sheet made."""
        self._order = (subject, options)
        if not self._patience.isActive():
            self._patience.start()
        if self._ticket is not None and not self._is_composing:
            self._drop_ticket()
        elif self._is_composing and not self._holders and self._since.elapsed() > _WORTH_A_START:
            self._drop_ticket()
            self._restart()
        self._go_on()

    def hold(self) -> None:
        """Keep the process, because something else than a sheet is made there: a file, or pages for a printer."""
        self._holders += 1

    def release(self) -> None:
        """That is done."""
        self._holders -= 1

    def draw(self, strips: tuple[Strip, ...]) -> None:
        """Have strips of the last sheet drawn, the first one first, in place of what was wanted before."""
        self._strips = strips
        self._go_on()

    def draw_thumbnails(self, strips: tuple[Strip, ...]) -> None:
        """Have whole pages drawn small, once there is time, in place of what was wanted before."""
        self._thumbnails = strips
        self._go_on()

    def inspect(self) -> None:
        """Have the records on the last sheet inspected."""
        if self._sheet is not None:
            self._send("inspect", inspect_records, self.path, self._sheet.records)

    def find(self, words: str) -> None:
        """Have words looked for on the last sheet."""
        if self._sheet is not None:
            self._send("find", find_words, self._sheet.pdf, words)

    def read_text(self) -> None:
        """Have the text of the last sheet read out."""
        if self._sheet is not None:
            self._send("text", text_of, self._sheet.pdf)

    def _send(self, name: str, function: Callable[..., object], *args: object) -> None:
        """Have something done, in place of what was wanted under that name before."""
        self._errands[name] = (function, args)
        self._go_on()

    def forget(self) -> None:
        """Want nothing any more, and have no sheet."""
        self._order, self._strips, self._sheet = None, (), None
        self._thumbnails = ()
        self._errands.clear()
        self._drop_ticket()
        self._end_patience()

    def close(self) -> None:
        """Stop the process."""
        self.forget()
        self.backroom.close()

    def _drop_ticket(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket, self._is_composing = None, False

    def _go_on(self) -> None:
        """Begin the next piece of work, if none is under way."""
        if self._ticket is not None:
            return
        if self._order is not None:
            (subject, options), self._order = self._order, None
            self._is_composing = True
            self._since.start()
            self._ticket = self.backroom.run(
                compose, self.path, subject, options, then=self._take_sheet, failed=self._fail
            )
        elif self._strips and self._sheet is not None:
            strip, *rest = self._strips
            self._strips = tuple(rest)
            self._ticket = self.backroom.run(draw, self._sheet.pdf, strip, then=self._take_picture, failed=self._fail)
        elif self._errands:
            self._errand = next(iter(self._errands))
            function, args = self._errands.pop(self._errand)
            self._ticket = self.backroom.run(function, *args, then=self._take_errand, failed=self._fail)
        elif self._thumbnails and self._sheet is not None:
            strip, *rest = self._thumbnails
            self._thumbnails = tuple(rest)
            self._ticket = self.backroom.run(draw, self._sheet.pdf, strip, then=self._take_thumbnail, failed=self._fail)

    def _take_sheet(self, made: Composition | Trouble) -> None:
        self._ticket, self._is_composing = None, False
        if self._order is None:
            self._end_patience()
            self._deliver(made)
        self._go_on()

    def _deliver(self, made: Composition | Trouble) -> None:
        if isinstance(made, Trouble):
            self.refused.emit(made)
        else:
            self._sheet, self._strips, self._thumbnails = made, (), ()
            self._errands.clear()
            self.composed.emit(made)

    def _take_picture(self, picture: Picture) -> None:
        self._ticket = None
        self.drawn.emit(picture)
        self._go_on()

    def _take_thumbnail(self, picture: Picture) -> None:
        self._ticket = None
        self.thumbnail_drawn.emit(picture)
        self._go_on()

    def _take_errand(self, result: Any) -> None:
        self._ticket = None
        {"inspect": self.inspected, "find": self.found, "text": self.read_out}[self._errand].emit(result)
        self._go_on()

    def _fail(self, error: BaseException) -> None:
        """The process itself failed: that is told, nothing is tried again, and the next order gets a new process."""
        self._order, self._strips, self._thumbnails = None, (), ()
        self._errands.clear()
        self._drop_ticket()
        self._end_patience()
        self._restart()
        self.refused.emit(unexpected(error))

    def _restart(self) -> None:
        """Stop the process in the middle of its work, and have another one."""
        self.backroom.close()
        self.backroom = Backroom(self)

    def _tell_patience(self) -> None:
        self.lingering.emit(True)

    def _end_patience(self) -> None:
        self._patience.stop()
        self.lingering.emit(False)
