"""The rows of a list that were read: pages of them, read when somebody looks at them, and the next ones ahead."""

from __future__ import annotations  # array has type parameters only from Python 3.12 on

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import cast

from PySide6.QtCore import QObject, QTimer, Signal

from db.models import Entity
from db.queries.lists import ListRow, rows
from desktop.jobs import Ticket
from desktop.live import LiveCase

PAGE = 32
"""Rows that are read together: a screen has one or two of these."""
MOST_ROWS = 256 * PAGE
_MOST_PAGES = 4
_MOST_READINGS = 2


class RowStore(QObject):
    """Rows by pk. Those that are outdated are given until they were read again."""

    arrived = Signal()
    """Rows were read: who shows some may ask again."""
    failed = Signal(object)
    """An error that kept rows from being read."""

    def __init__(self, live: LiveCase, cls: type[Entity], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pks: array[int] = array("q")
        """The order in which neighbours are read together; whoever owns it changes it."""
        self.shown: tuple[str, ...] = ()
        """The columns whose words are read."""
        self._live = live
        self._cls = cls
        self._rows: OrderedDict[int, tuple[int, ListRow | None]] = OrderedDict()
        self._epoch = 0
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._readings: list[_Reading] = []
        self._fetching = QTimer(self, singleShot=True, interval=0)
        self._fetching.timeout.connect(self._fetch)

    def row_at(self, place: int) -> ListRow | None:
        """A row if it was read already; has it read, or read again, otherwise."""
        pk = self.pks[place]
        epoch, row = self._rows.get(pk, (-1, None))
        if epoch == self._epoch:
            self._rows.move_to_end(pk)
        else:
            self._want(place // PAGE)
        return row

    def put(self, fresh: Iterable[ListRow]) -> None:
        """Keep rows that somebody else has read."""
        self._keep((row.pk, row) for row in fresh)

    def outdate(self) -> None:
        """All rows are to be read again when they are looked at."""
        self._epoch += 1

    def drop_wishes(self) -> None:
        """Read nothing of what was asked for: the places are others now."""
        for reading in self._readings:
            reading.cancel()
        self._readings.clear()
        self._wanted.clear()

    def _want(self, page: int) -> None:
        if not any(page in reading.pages and reading.epoch == self._epoch for reading in self._readings):
            self._wanted[page] = None
            self._wanted.move_to_end(page)
            if not self._fetching.isActive():
                self._fetching.start()

    def _fetch(self) -> None:
        """Read the pages that were asked for last; older wishes are of what has scrolled away."""
        pages = [page for page in [*self._wanted][-_MOST_PAGES:] if page * PAGE < len(self.pks)]
        self._wanted.clear()
        if pages:
            self._read(sorted(pages))

    def _read(self, pages: Sequence[int], *, ahead: bool = False) -> None:
        while len(self._readings) >= _MOST_READINGS:
            self._readings.pop(0).cancel()  # who still looks at it asks again when the next one arrives
        pks = array("q", [pk for page in pages for pk in self.pks[page * PAGE : (page + 1) * PAGE]])
        reading = _Reading(self, pages, pks, self._epoch, ahead=ahead)
        self._readings.append(reading)
        reading.ticket = self._live.read(rows, self._cls, pks, self.shown, then=reading.take, failed=reading.fail)

    def finish(self, reading: _Reading, read: Sequence[ListRow | None]) -> None:
        """Rows have come: what stands around them is read ahead."""
        self._readings.remove(reading)
        self._keep(zip(reading.pks, read, strict=True), reading.epoch)
        self.arrived.emit()
        if not (reading.is_ahead or self._readings or self._wanted or reading.epoch != self._epoch):
            around = [page for page in (reading.pages[0] - 1, reading.pages[-1] + 1) if self._is_missing(page)]
            if around:
                self._read(around, ahead=True)

    def lose(self, reading: _Reading, error: BaseException) -> None:
        """Rows could not be read."""
        self._readings.remove(reading)
        self.failed.emit(error)

    def _keep(self, found: Iterable[tuple[int, ListRow | None]], epoch: int | None = None) -> None:
        for pk, row in found:
            self._rows[pk] = (self._epoch if epoch is None else epoch, row)
            self._rows.move_to_end(pk)
        while len(self._rows) > MOST_ROWS:
            self._rows.popitem(last=False)

    def _is_missing(self, page: int) -> bool:
        """Whether a page is there to be read, and its first row was not."""
        if not 0 <= page * PAGE < len(self.pks):
            return False
        epoch, _ = self._rows.get(self.pks[page * PAGE], (-1, None))
        return epoch != self._epoch


class _Reading(QObject):
    """Some pages on their way."""

    def __init__(self, store: RowStore, pages: Sequence[int], pks: array[int], epoch: int, *, ahead: bool) -> None:
        super().__init__(store)
        self.pages = pages
        self.pks = pks
        self.epoch = epoch
        self.is_ahead = ahead
        self.ticket: Ticket | None = None

    def cancel(self) -> None:
        if self.ticket is not None:
            self.ticket.cancel()
        self.deleteLater()

    def take(self, read: list[ListRow | None]) -> None:
        cast(RowStore, self.parent()).finish(self, read)
        self.deleteLater()

    def fail(self, error: BaseException) -> None:
        cast(RowStore, self.parent()).lose(self, error)
        self.deleteLater()
