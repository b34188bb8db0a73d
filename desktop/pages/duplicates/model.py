"""The rows of likely duplicates: where very many are, put into words only as far as they are looked at."""

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from db.duplicates.finder import Pair, told
from db.duplicates.search import Spot
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.pages.duplicates.words import spoken, tooltip

ModelIndex = QModelIndex | QPersistentModelIndex
PAIR = Qt.ItemDataRole.UserRole
"""The Pair of a row; None until it was read."""
SPOT = Qt.ItemDataRole.UserRole + 1
PAGE = 64
_MOST_PAGES = 64


class PairModel(QAbstractListModel):
    """Pages of rows are read when they are first shown, and again after every edit."""

    read = Signal()
    """Rows that were asked for have come."""
    outdated = Signal(object)
    """The spots that are no likely duplicates any more, as was just read."""

    def __init__(self, live: LiveCase, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self.spots: Sequence[Spot] = ()
        self._rows: dict[Spot, int] = {}
        self._pages: OrderedDict[int, Sequence[Pair | None]] = OrderedDict()
        self._asked: dict[int, Ticket] = {}

    def show_spots(self, spots: Sequence[Spot]) -> None:
        """Show other pairs, or the same ones as they are now: those keep their words until they are read again."""
        for ticket in self._asked.values():
            ticket.cancel()
        self._asked.clear()
        if list(spots) == list(self.spots):
            for page in self._pages:
                self._ask(page)
            return
        self.beginResetModel()
        self.spots = spots
        self._rows = {spot: row for row, spot in enumerate(spots)}
        self._pages.clear()
        self.endResetModel()

    def row_of(self, spot: object) -> int | None:
        """Where a pair stands."""
        return self._rows.get(spot) if isinstance(spot, tuple) else None  # type: ignore[call-overload]

    def rowCount(self, parent: ModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.spots)

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == SPOT:
            return self.spots[index.row()]
        if role not in (PAIR, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole, 0):
            return None
        pair = self._pair(index.row())
        match role:
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.DisplayRole:
                return spoken(pair) if pair else ""
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(pair) if pair else None
        return pair

    def _pair(self, row: int) -> Pair | None:
        page, place = divmod(row, PAGE)
        if page in self._pages:
            self._pages.move_to_end(page)
            return self._pages[page][place]
        if page not in self._asked:
            self._ask(page)
        return None

    def _ask(self, page: int) -> None:
        spots = self.spots[page * PAGE : (page + 1) * PAGE]
        self._asked[page] = self._live.read(_read_page, page, spots, then=self._take)

    def _take(self, told: tuple[int, Sequence[Pair | None]]) -> None:
        page, pairs = told
        self._asked.pop(page, None)
        self._pages[page] = pairs
        if len(self._pages) > _MOST_PAGES:
            self._pages.popitem(last=False)
        first = page * PAGE
        self.dataChanged.emit(self.index(first), self.index(first + len(pairs) - 1))
        self.read.emit()
        gone = {self.spots[first + place] for place, pair in enumerate(pairs) if pair is None}
        if gone:
            self.outdated.emit(gone)


def _read_page(session: object, page: int, spots: Sequence[Spot]) -> tuple[int, Sequence[Pair | None]]:
    return page, told(session, spots)  # type: ignore[arg-type]
