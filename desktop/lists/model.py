"""A list of a million records as an array of row numbers; only what is looked at is ever read."""

from __future__ import annotations  # array has type parameters only from Python 3.12 on

from array import array
from collections.abc import Sequence
from typing import Any
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
    comes_late,
    hits,
    kinds_in_order,
    place_of,
    place_records,
    places_of,
    shown_at_first,
    snapshot,
)
from desktop.folders import search_folder
from desktop.forms.captions import field_label
from desktop.jobs import Ticket
from desktop.lists.store import RowStore
from desktop.live import LiveCase

ModelIndex = QModelIndex | QPersistentModelIndex
PAUSE = 250
"""Milliseconds after the last keystroke, until then only unsorted hits are shown."""
SETTLED = 1_000
MOST_MOVES = 24
"""Rows that are moved one by one, which costs the view some milliseconds each; of more, the order is renewed."""
MOST_KEPT_IN_ORDER = 20_000
"""Records that are sorted anew after each edit of one that others of their kind stand under."""
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
        self.is_complete = False
        self.is_sorted = True
        self.share: float | None = None
        """How much of all records was looked at for the order, where that takes a while."""
        self.is_refused = False
        """Whether the text is no filter, as far as is known; then the rows are still those of the last one."""
        self._live = live
        self._pks: array[int] = array("q")
        self._coming: array[int] | None = None
        self._store = RowStore(live, cls, self)
        self._store.pks = self._pks
        self.shown = shown_at_first(cls)
        self._store.arrived.connect(self._touch_seen)
        self._store.failed.connect(live.troubled)
        self._edited: set[UUID] = set()
        self._forgetting = QTimer(self, singleShot=True, interval=SETTLED)
        self._forgetting.timeout.connect(self._edited.clear)
        self._order: Ticket | None = None
        self._placing: Ticket | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._read_order)
        live.changed.connect(self._follow)

    # -- what to show

    def show_everything(self) -> None:
        """Read the order for the first time; where it takes long, any rows are shown meanwhile."""
        if comes_late(self.cls, self.sort_order):
            self._start(hits, search_folder())
            self._pause.start()
        else:
            self._read_order()

    def show_filter(self, text: str, *, typed: bool = False) -> None:
        """Show what a filter lets through; while it is typed, the newest hits first and the order after a pause."""
        if text.strip() == self.text.strip() and (self._pks or self._order is not None):
            return
        self.text = text
        if typed and text.strip():
            self._start(hits, search_folder())
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
        self.endResetModel()

    # -- what there is

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns."""
        return self._store.shown

    @shown.setter
    def shown(self, names: tuple[str, ...]) -> None:
        self._store.shown = names
        self._store.outdate()

    @property
    def pks(self) -> array[int]:
        """The row numbers in order; never to be changed."""
        return self._pks

    def pks_at(self, first: int, last: int) -> array[int]:
        """The pks of a stretch of rows, both ends included."""
        return self._pks[first : last + 1]

    def row_at(self, place: int) -> ListRow | None:
        """A row if it was read already; asks for it otherwise."""
        return self._store.row_at(place)

    def place_of(self, pk: int) -> int | None:
        """Where a row number stands."""
        return place_of(self._pks, pk)

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
            conflict = self.tr("In conflict") if row.in_conflict else ""
            return ", ".join(filter(None, [row.title, row.line, conflict])) if spoken else row.title
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

    def _start(self, query: Any, *args: object, quietly: bool = False) -> None:
        """Ask for an order; what is shown stays until the first rows of the new one are here, or (quietly) all."""
        for ticket in (self._order, self._placing):
            if ticket is not None:
                ticket.cancel()
        self._edited.clear()
        self._coming = array("q") if quietly else None
        self.is_complete = False
        self.share = None
        self.is_sorted = query is snapshot
        take = self._take_sorted if self.is_sorted else self._take_hits
        self._order = self._live.stream(query, self.cls, self.text, *args, each=take, failed=self._refuse)
        self.counted.emit()

    def _take_hits(self, piece: Slice) -> None:
        """Hits are shown as they are found; none at all are left to the sorted order to say."""
        if piece.pks or not piece.is_last:
            self._take(piece, is_last=False)

    def _take_sorted(self, piece: Slice) -> None:
        self._take(piece, is_last=piece.is_last)

    def _take(self, piece: Slice, *, is_last: bool) -> None:
        self.is_refused = False
        self.share = piece.share
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
        self._pks = self._store.pks = array("q", pks)
        self._store.drop_wishes()
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

    # -- edits

    def _follow(self, changes: Changes) -> None:
        """Put what an edit touched in its place. All rows are read again when seen: they show others' names too."""
        self._store.outdate()
        if changes.records is None or not self.is_sorted or self._is_order_of(changes.kinds):
            self._start(snapshot, self.sort_order, quietly=True)
        elif self.is_complete:  # otherwise the stream begins anew by itself
            self._edited |= changes.records
            self._place_edited()
            return  # all is read again once what was edited is shown
        self._touch_seen()

    def _is_order_of(self, kinds: frozenset[str]) -> bool:
        """Whether what these records are called decides where others stand. Of its own kind a long list is no order."""
        deciding = kinds_in_order(self.cls, self.sort_order.column) & kinds
        return bool(deciding - {self.cls.__tablename__} if len(self._pks) > MOST_KEPT_IN_ORDER else deciding)

    def _place_edited(self) -> None:
        """Place what was edited in the last second together: the file may be an edit ahead of what was told."""
        self._forgetting.start()
        if self._placing is not None:
            self._placing.cancel()
        order = array("q", self._pks)
        self._placing = self._live.stream(
            place_records, self.cls, self.text, self.sort_order, order, frozenset(self._edited), self.shown,
            each=self._take_placing, failed=self._refuse,
        )  # fmt: skip

    def _take_placing(self, found: tuple[ListRow, ...] | Placing) -> None:
        if isinstance(found, Placing):
            self._place(found)
        else:
            self._store.put(found)
            for place in places_of(self._pks, [row.pk for row in found]):
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.shown) - 1))

    def _place(self, placing: Placing) -> None:
        if self._placing is not None:
            self._placing.cancel()  # it may not begin anew: the places would be others
        if len(placing.leaving) + len(placing.coming) > MOST_MOVES:
            self._renew(_moved(self._pks, placing))
        else:
            self._move(placing)
        if placing.leaving or placing.coming:
            self._store.drop_wishes()
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
