"""A list of a million records as an array of row numbers; only what is looked at is ever read."""

from __future__ import annotations  # array has type parameters only from Python 3.12 on

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from db.models import Entity
from db.queries.changes import Changes
from db.queries.lists import (
    ListRow,
    Placing,
    Shape,
    Slice,
    Sort,
    columns_of,
    hits,
    place_records,
    rows,
    shown_at_first,
    snapshot,
)
from desktop.forms.captions import field_label
from desktop.jobs import Ticket
from desktop.live import LiveCase

ModelIndex = QModelIndex | QPersistentModelIndex
PAGE = 128
MOST_ROWS = 64 * PAGE
MOST_PENDING = 4
PAUSE = 250
"""Milliseconds after the last keystroke, until then only unsorted hits are shown."""
SETTLED = 1_000
MOST_MOVES = 24
"""Rows that are moved one by one, which costs the view some milliseconds each; of more, the order is renewed."""
ROW = Qt.ItemDataRole.UserRole + 1
"""The ListRow, or None while it is on its way."""
COLUMN = Qt.ItemDataRole.UserRole + 2
WAITING = "…"


class RecordListModel(QAbstractTableModel):
    """The records of one kind that a filter lets through, in one order."""

    refused = Signal(object)
    """FilterError: the text is no filter, and at which place."""
    counted = Signal()
    """How many there are, or whether they are all known, has changed."""
    sorted_ = Signal(object)
    """The Sort that was chosen."""
    renewing = Signal()
    """The rows are about to be others."""
    renewed = Signal()

    def __init__(self, live: LiveCase, cls: type[Entity], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cls = cls
        self.text = ""
        self.sort_order = Sort()
        self.shown: tuple[str, ...] = shown_at_first(cls)
        self.is_complete = False
        self.is_sorted = True
        self.is_refused = False
        """Whether the text is no filter; then the rows are still those of the last one."""
        self._live = live
        self._pks: array[int] = array("q")
        self._coming: array[int] | None = None
        self._rows: OrderedDict[int, tuple[int, ListRow | None]] = OrderedDict()
        self._epoch = 0
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._pending: OrderedDict[int, _PageReading] = OrderedDict()
        self._edited: set[UUID] = set()
        self._forgetting = QTimer(self, singleShot=True, interval=SETTLED)
        self._forgetting.timeout.connect(self._edited.clear)
        self._order: Ticket | None = None
        self._placing: Ticket | None = None
        self._fetching = QTimer(self, singleShot=True, interval=0)
        self._fetching.timeout.connect(self._fetch)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._read_order)
        live.changed.connect(self._follow)

    # -- what to show

    def show_everything(self) -> None:
        """Read the order for the first time."""
        self._read_order()

    def show_filter(self, text: str, *, typed: bool = False) -> None:
        """Show what a filter lets through; while it is typed, the newest hits first and the order after a pause."""
        if text.strip() == self.text.strip() and (self._pks or self._order is not None):
            return
        self.text = text
        if typed and text.strip():
            self._start(hits)
            self._pause.start()
        else:
            self._read_order()

    def show_sort(self, order: Sort) -> None:
        """Show the rows in another order."""
        if order != self.sort_order:
            self.sort_order = order
            self.sorted_.emit(order)
            self._read_order()

    def show_columns(self, names: Sequence[str]) -> None:
        """Show other columns; the title always stands first."""
        known = [name for name in names if name in columns_of(self.cls) and name != "title"]
        self.beginResetModel()
        self.shown = ("title", *dict.fromkeys(known))
        self._epoch += 1
        self.endResetModel()

    # -- what there is

    @property
    def pks(self) -> array[int]:
        """The row numbers in order; never to be changed."""
        return self._pks

    def pks_at(self, first: int, last: int) -> array[int]:
        """The pks of a stretch of rows, both ends included."""
        return self._pks[first : last + 1]

    def row_at(self, place: int) -> ListRow | None:
        """A row if it was read already; asks for it otherwise."""
        pk = self._pks[place]
        epoch, row = self._rows.get(pk, (-1, None))
        if epoch == self._epoch:
            self._rows.move_to_end(pk)
        else:
            self._want(place // PAGE)
        return row

    def place_of(self, pk: int) -> int | None:
        """Where a row number stands."""
        try:
            return self._pks.index(pk)
        except ValueError:
            return None

    def rowCount(self, parent: ModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._pks)

    def columnCount(self, parent: ModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._pks):
            return None
        column = columns_of(self.cls)[self.shown[index.column()]]
        if role == COLUMN:
            return column
        if role == Qt.ItemDataRole.TextAlignmentRole and column.shape in (Shape.DATE, Shape.NUMBER):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.row_at(index.row())
        if role == ROW:
            return row
        if row is None:
            return WAITING
        if column.shape is Shape.TITLE:
            spoken = role == Qt.ItemDataRole.AccessibleTextRole
            return ", ".join(filter(None, [row.title, row.line])) if spoken else row.title
        return row.cells.get(column.name, "")

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.shown):
            return None
        column = columns_of(self.cls)[self.shown[section]]
        if role == Qt.ItemDataRole.DisplayRole:
            return field_label(column.name)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = column.shape in (Shape.DATE, Shape.NUMBER)
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self.shown):
            self.show_sort(Sort(self.shown[column], order is Qt.SortOrder.DescendingOrder))

    # -- the order

    def _read_order(self) -> None:
        self._pause.stop()
        self._start(snapshot, self.sort_order)

    def _start(self, query: Any, *order: Sort, quietly: bool = False) -> None:
        """Ask for an order; what is shown stays until the first rows of the new one are here, or (quietly) all."""
        for ticket in (self._order, self._placing):
            if ticket is not None:
                ticket.cancel()
        self._edited.clear()
        self._coming = array("q") if quietly else None
        self.is_complete = self.is_refused = False
        self.is_sorted = query is snapshot
        take = self._take_sorted if self.is_sorted else self._take_hits
        self._order = self._live.stream(query, self.cls, self.text, *order, each=take, failed=self._refuse)
        self.counted.emit()

    def _take_hits(self, piece: Slice) -> None:
        """Hits are shown as they are found; none at all are left to the sorted order to say."""
        if piece.pks or not piece.is_last:
            self._take(piece, is_last=False)

    def _take_sorted(self, piece: Slice) -> None:
        self._take(piece, is_last=piece.is_last)

    def _take(self, piece: Slice, *, is_last: bool) -> None:
        if self._coming is not None:
            self._coming = array("q", self._coming[: piece.start]) + piece.pks
            if is_last:
                self._renew(self._coming)
        elif piece.start == 0 and (piece.pks or is_last):
            self._renew(piece.pks)
        elif piece.pks:
            self._append(piece.start, piece.pks)
        self.is_complete = is_last
        self.counted.emit()

    def _renew(self, pks: array[int]) -> None:
        """Other rows, unless they begin with what is shown already."""
        if pks == self._pks:
            return
        self.renewing.emit()
        self.beginResetModel()
        self._pks = array("q", pks)
        self._drop_pages()
        self.endResetModel()
        self.renewed.emit()

    def _append(self, start: int, pks: array[int]) -> None:
        if start > len(self._pks):  # the stream began anew meanwhile
            return
        fresh = pks[len(self._pks) - start :]
        if fresh:
            self.beginInsertRows(QModelIndex(), len(self._pks), len(self._pks) + len(fresh) - 1)
            self._pks.extend(fresh)
            self.endInsertRows()

    def _refuse(self, error: BaseException) -> None:
        self._pause.stop()
        self.is_complete = self.is_refused = True
        self.refused.emit(error)
        self.counted.emit()

    # -- the rows

    def _want(self, page: int) -> None:
        if page not in self._pending:
            self._wanted[page] = None
            self._wanted.move_to_end(page)
            if not self._fetching.isActive():
                self._fetching.start()

    def _fetch(self) -> None:
        """Read the pages that were asked for last; older wishes are of what has scrolled away."""
        while self._wanted:
            page, _ = self._wanted.popitem(last=True)
            if len(self._pending) >= MOST_PENDING:
                break
            pks = self._pks[page * PAGE : (page + 1) * PAGE]
            if pks:
                reading = self._pending[page] = _PageReading(self, page, self._epoch, pks)
                reading.ticket = self._live.read(
                    rows, self.cls, pks, self.shown, then=reading.take, failed=reading.fail
                )
        self._wanted.clear()

    def take_page(self, page: int, epoch: int, pks: array[int], read: list[ListRow | None]) -> None:
        """A page has come."""
        self._pending.pop(page, None)
        for pk, row in zip(pks, read, strict=True):
            self._rows[pk] = (epoch, row)
            self._rows.move_to_end(pk)
        while len(self._rows) > MOST_ROWS:
            self._rows.popitem(last=False)
        first, last = page * PAGE, min((page + 1) * PAGE, len(self._pks)) - 1
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.shown) - 1))

    def lose_page(self, page: int, error: BaseException) -> None:
        """A page could not be read."""
        self._pending.pop(page, None)
        self._live.troubled.emit(error)

    def _drop_pages(self) -> None:
        for reading in self._pending.values():
            reading.cancel()
        self._pending.clear()
        self._wanted.clear()

    # -- edits

    def _follow(self, changes: Changes) -> None:
        """Put what an edit touched in its place. All rows are read again when seen: they show others' names too."""
        self._epoch += 1
        if changes.records is None or not self.is_sorted:
            self._start(snapshot, self.sort_order, quietly=True)
        elif self.is_complete:  # otherwise the stream begins anew by itself
            self._edited |= changes.records
            self._place_edited()
        self._touch_seen()

    def _place_edited(self) -> None:
        """Place what was edited in the last second together: the file may be an edit ahead of what was told."""
        self._forgetting.start()
        if self._placing is not None:
            self._placing.cancel()
        order = array("q", self._pks)
        self._placing = self._live.read(
            place_records, self.cls, self.text, self.sort_order, order, frozenset(self._edited), self.shown,
            then=self._place, failed=self._refuse,
        )  # fmt: skip

    def _place(self, placing: Placing) -> None:
        for row in placing.rows:
            self._rows[row.pk] = (self._epoch, row)
        if len(placing.leaving) + len(placing.coming) > MOST_MOVES:
            self._renew(_moved(self._pks, placing))
        else:
            self._move(placing)
        if placing.leaving or placing.coming:
            self._drop_pages()
            self.counted.emit()
        self._touch_seen()

    def _move(self, placing: Placing) -> None:
        for place in placing.leaving:
            self.beginRemoveRows(QModelIndex(), place, place)
            self._pks.pop(place)
            self.endRemoveRows()
        for place, pk in placing.coming:
            self.beginInsertRows(QModelIndex(), place, place)
            self._pks.insert(place, pk)
            self.endInsertRows()

    def _touch_seen(self) -> None:
        """Let the view ask again for what it shows."""
        if self._pks:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._pks) - 1, len(self.shown) - 1))


def _moved(pks: array[int], placing: Placing) -> array[int]:
    """An order after a placing."""
    moved = array("q", pks)
    for place in placing.leaving:
        moved.pop(place)
    for place, pk in placing.coming:
        moved.insert(place, pk)
    return moved


class _PageReading(QObject):
    """One page on its way."""

    def __init__(self, model: RecordListModel, page: int, epoch: int, pks: array[int]) -> None:
        super().__init__(model)
        self._page = page
        self._epoch = epoch
        self._pks = pks
        self.ticket: Ticket | None = None

    def cancel(self) -> None:
        if self.ticket is not None:
            self.ticket.cancel()
        self.deleteLater()

    def take(self, read: list[ListRow | None]) -> None:
        cast(RecordListModel, self.parent()).take_page(self._page, self._epoch, self._pks, read)
        self.deleteLater()

    def fail(self, error: BaseException) -> None:
        cast(RecordListModel, self.parent()).lose_page(self._page, error)
        self.deleteLater()
