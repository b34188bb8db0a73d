"""The differing records as rows: where they stand is known at once, what they are is read as far as it is looked at."""

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from db.merging.comparison import Comparison
from db.merging.differences import State
from db.merging.preview import DifferingRecord, Overview
from desktop.jobs import Ticket
from desktop.pages.merging.choosing import Choices
from desktop.pages.merging.inquiry import Inquiry
from desktop.pages.merging.words import author_words, extent_words, state_words
from desktop.pages.merging.work import read_page

ModelIndex = QModelIndex | QPersistentModelIndex
RECORD = Qt.ItemDataRole.UserRole
"""The DifferingRecord of a row; None until it was read."""
SETTLED = RECORD + 1
"""Whether every conflict of a row's record is decided."""
_SAID = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
_ROLES = (*_SAID, RECORD, SETTLED)
PAGE = 100
_MOST_PAGES = 60
_ROOT = QModelIndex()


class DifferenceModel(QAbstractTableModel):
    """One column. Pages of rows are read by the back room when they are first shown."""

    told = Signal()
    """Rows that were asked for have come."""

    def __init__(self, inquiry: Inquiry, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inquiry = inquiry
        self._comparison: Comparison | None = None
        self._places: array[int] = array("q")
        self._pages: OrderedDict[int, Sequence[DifferingRecord]] = OrderedDict()
        self._asked: dict[int, Ticket] = {}
        self._choices: Choices | None = None
        self._stale: set[int] = set()
        """Pages that were read before the union was there."""

    def show_overview(self, overview: Overview, places: "array[int]") -> None:
        """Show the records of a comparison, all or some; the first ones were read, too."""
        self._show(overview.comparison, places)
        self._keep_first(overview)

    def settle_on(self, overview: Overview, places: "array[int]") -> None:
        """Show what is known exactly by now in the place of what is shown; with no reset where it is as many."""
        if len(places) != len(self._places):
            self.show_overview(overview, places)
            return
        shown = self._pages.copy()
        self._forget(overview.comparison, places)
        self._pages, self._stale = shown, set(shown)  # what is in sight stays until it was read anew
        self._keep_first(overview)
        if places:
            self.dataChanged.emit(self.index(0, 0), self.index(len(places) - 1, 0))

    def _keep_first(self, overview: Overview) -> None:
        places = self._places
        read = {record.place: record for record in overview.first}
        first = [read[place] for place in places[:PAGE] if place in read]
        if first and len(first) == min(PAGE, len(places)):
            self._pages[0] = first
            self._stale.discard(0)

    def show_places(self, places: "array[int]") -> None:
        """Show some of them."""
        self._show(self._comparison, places)

    def show_choices(self, choices: Choices) -> None:
        """Show which conflicts are decided by now."""
        self._choices = choices
        if self._places:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._places) - 1, 0), [SETTLED])

    def clear(self) -> None:
        """Show nothing."""
        self._show(None, array("q"))

    def _show(self, comparison: Comparison | None, places: "array[int]") -> None:
        self.beginResetModel()
        self._forget(comparison, places)
        self.endResetModel()

    def _forget(self, comparison: Comparison | None, places: "array[int]") -> None:
        """Let go of what was read and asked."""
        for ticket in self._asked.values():
            ticket.cancel()  # its answer is not wanted, and the file that it is read from may be gone
        self._comparison, self._places = comparison, places
        self._pages.clear()
        self._asked.clear()
        self._stale.clear()

    def row_of(self, record: UUID) -> int:
        """The row of a record that was read; -1 where it was not."""
        for page, rows in self._pages.items():
            for place, row in enumerate(rows):
                if row.id == record:
                    return page * PAGE + place
        return -1

    def rowCount(self, parent: ModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._places)

    def columnCount(self, parent: ModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else 1

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in _ROLES:
            return None
        record = self._record(index.row())
        if role == RECORD or record is None:
            return record
        is_settled = self._is_settled(record)
        if role == SETTLED:
            return is_settled
        if role == Qt.ItemDataRole.DisplayRole:
            return record.title
        parts = (
            state_words(record.state, is_settled=is_settled),
            record.title,
            extent_words(record),
            author_words(record.who, record.when),
        )
        return ", ".join(part for part in parts if part)

    def _is_settled(self, record: DifferingRecord) -> bool:
        is_rival = record.state is State.CONFLICT
        return is_rival and self._choices is not None and self._choices.has_settled(record.id)

    def _record(self, row: int) -> DifferingRecord | None:
        page, place = divmod(row, PAGE)
        if page not in self._asked and self._comparison is not None and self._is_wanting(page):
            wanted = self._places[page * PAGE : (page + 1) * PAGE]
            self._asked[page] = self._inquiry.reading.run(read_page, self._comparison, wanted, then=self._take)
        if page not in self._pages:
            return None
        self._pages.move_to_end(page)
        return self._pages[page][place]

    def _is_wanting(self, page: int) -> bool:
        return page not in self._pages or page in self._stale

    def _take(self, rows: Sequence[DifferingRecord]) -> None:
        first = next((place for place, number in enumerate(self._places) if rows and number == rows[0].place), -1)
        page, start = divmod(first, PAGE)
        if start or page not in self._asked:  # other records are shown by now
            return
        del self._asked[page]
        self._stale.discard(page)
        self._pages[page] = rows
        if len(self._pages) > _MOST_PAGES:
            self._pages.popitem(last=False)
        self.dataChanged.emit(self.index(first, 0), self.index(first + len(rows) - 1, 0))
        self.told.emit()
