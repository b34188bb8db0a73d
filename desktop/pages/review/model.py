"""The rows of the review: where millions of findings are, put into words only as far as they are looked at."""

from collections import OrderedDict

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from db.review.findings import Finding, Told, read_page
from db.review.register import Register
from desktop.findings import heading_of
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.pages.review.words import place_words, tooltip

ModelIndex = QModelIndex | QPersistentModelIndex
FINDING = Qt.ItemDataRole.UserRole
"""The Finding of a row; None until it was read, and where there is nothing any more."""
SPOT = Qt.ItemDataRole.UserRole + 1
PAGE = 64
_MOST_PAGES = 64


class FindingModel(QAbstractListModel):
    """The findings of a register. Pages of rows are read when they are first shown."""

    told = Signal()
    """Rows that were asked for have come."""

    def __init__(self, live: LiveCase, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._register = Register()
        self._number = 0
        self._pages: OrderedDict[int, tuple[Finding | None, ...]] = OrderedDict()
        self._asked: dict[int, Ticket] = {}

    @property
    def register(self) -> Register:
        """What is shown."""
        return self._register

    def show_register(self, register: Register) -> None:
        """Show other findings, or the same ones as they are now."""
        for ticket in self._asked.values():
            ticket.cancel()
        self._asked.clear()
        self._number += 1
        self.beginResetModel()
        self._register = register
        self._pages.clear()
        self.endResetModel()

    def rowCount(self, parent: ModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._register)

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                finding = self._finding(index.row())
                return "" if finding is None else finding.owner_title or finding.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._accessible(index.row())
            case Qt.ItemDataRole.ToolTipRole:
                finding = self._finding(index.row())
                return None if finding is None else tooltip(finding)
            case _ if role == FINDING:
                return self._finding(index.row())
            case _ if role == SPOT:
                return self._register[index.row()]
        return None

    def _accessible(self, row: int) -> str:
        finding, heading = self._finding(row), heading_of(self._register[row].kind)
        if finding is None:
            return heading
        title = finding.owner_title or finding.title
        return ", ".join(filter(None, (heading, title, place_words(finding), finding.sentence, finding.reason)))

    def _finding(self, row: int) -> Finding | None:
        page, place = divmod(row, PAGE)
        if page in self._pages:
            self._pages.move_to_end(page)
            return self._pages[page][place]
        if page not in self._asked:
            spots = self._register.between(page * PAGE, min((page + 1) * PAGE, len(self._register)))
            self._asked[page] = self._live.read(read_page, self._number, page, spots, then=self._take)
        return None

    def _take(self, told: Told) -> None:
        if told.number != self._number:
            return
        self._asked.pop(told.page, None)
        self._pages[told.page] = told.findings
        if len(self._pages) > _MOST_PAGES:
            self._pages.popitem(last=False)
        first = told.page * PAGE
        self.dataChanged.emit(self.index(first), self.index(first + len(told.findings) - 1))
        self.told.emit()
