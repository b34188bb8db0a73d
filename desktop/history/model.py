"""The entries of the history as rows of a list: days, entries, and the changes of those that were opened."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from db.queries.changes import Changes
from db.queries.entry_changes import ChangeLine, ChangePage, entry_changes
from db.queries.history_pages import PAGE, Entry, EntryPage, Position, Wanted, entry_page
from desktop.history.words import (
    author_words,
    count_words,
    day_words,
    entry_tip,
    flag_words,
    happening_words,
    label_words,
    line_tip,
    local,
    subject_words,
)
from desktop.jobs import Ticket
from desktop.live import LiveCase

ModelIndex = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_MOST_READ_AGAIN = 1_000
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class DayRow:
    """The heading of what was done on a day."""

    day: date


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry, opened or not."""

    entry: Entry
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class LineRow:
    """One change of an opened entry."""

    entry: Entry
    line: ChangeLine
    is_of_same: bool = False
    """The line above is about the same record."""


@dataclass(frozen=True, slots=True)
class MoreRow:
    """That an opened entry has further changes, which begin at `after`."""

    entry: Entry
    after: int


Row = DayRow | EntryRow | LineRow | MoreRow


class HistoryModel(QAbstractListModel):
    """Pages are read as the view comes to them. After an edit the new entries are put on top."""

    arrived = Signal()
    """The first page of what was asked for is there."""
    failed = Signal(object)

    def __init__(self, live: LiveCase, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self.me = live.editor.id if live.editor else None
        self.wanted = Wanted()
        self._rows: list[Row] = []
        self._count = 0
        self._after: Position | None = None
        self._ticket: Ticket | None = None
        self._changes_ticket: Ticket | None = None
        self._more_wanted = False
        self._opening: UUID | None = None

    @property
    def entry_count(self) -> int:
        """How many entries were read so far."""
        return self._count

    def ask(self, wanted: Wanted) -> None:
        """Show other entries."""
        self.wanted = wanted
        self._read(None, PAGE, self._begin)

    def refresh(self, changes: Changes | None = None) -> None:
        """Read again what is shown, after an edit."""
        if self._count > _MOST_READ_AGAIN or not self._count:
            self.ask(self.wanted)
        else:
            self._read(None, max(PAGE, self._count + PAGE), self._renew)

    def _read(self, after: Position | None, limit: int, then: object) -> None:
        if self._ticket:
            self._ticket.cancel()
        self._ticket = self._live.read(
            entry_page, self.wanted, after, limit=limit, then=then, failed=self._fail  # type: ignore[arg-type]
        )  # fmt: skip

    def _fail(self, error: BaseException) -> None:
        self.failed.emit(error)

    def _begin(self, page: EntryPage) -> None:
        self.beginResetModel()
        self._rows, self._count, self._after, self._more_wanted = [], 0, page.after, False
        self._rows = self._with_days(page.entries, None)
        self._count = len(page.entries)
        self.endResetModel()
        self.arrived.emit()

    def _append(self, page: EntryPage) -> None:
        self._after, self._more_wanted = page.after, False
        rows = self._with_days(page.entries, self._last_day())
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows += rows
            self._count += len(page.entries)
            self.endInsertRows()

    def _renew(self, page: EntryPage) -> None:
        """Put new entries on top and show again the old ones, some of which may have been undone."""
        shown = [row.entry.id for row in self._rows if isinstance(row, EntryRow)]
        ids = [entry.id for entry in page.entries]
        fresh = ids.index(shown[0]) if shown and shown[0] in ids else -1
        if fresh < 0 or ids[fresh : fresh + len(shown)] != shown:
            self._begin(page)
            return
        self._put_on_top(page.entries[:fresh])
        now = {entry.id: entry for entry in page.entries}
        for place, row in enumerate(self._rows):
            if isinstance(row, EntryRow):
                self._rows[place] = replace(row, entry=now[row.entry.id])
        self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
        self._go_on()
        self.arrived.emit()

    def _go_on(self) -> None:
        """Read what was asked for while something else was read: a view at its end does not ask again."""
        if self._more_wanted and self._after is not None:
            self._read(self._after, PAGE, self._append)

    def _put_on_top(self, entries: tuple[Entry, ...]) -> None:
        if not entries:
            return
        rows = self._with_days(entries, None)
        if isinstance(first := self._rows[0], DayRow) and first.day == _day(entries[-1]):
            self.beginRemoveRows(QModelIndex(), 0, 0)
            del self._rows[0]
            self.endRemoveRows()
        self.beginInsertRows(QModelIndex(), 0, len(rows) - 1)
        self._rows[:0] = rows
        self._count += len(entries)
        self.endInsertRows()

    def _with_days(self, entries: tuple[Entry, ...], day: date | None) -> list[Row]:
        rows: list[Row] = []
        for entry in entries:
            if _day(entry) != day:
                day = _day(entry)
                rows.append(DayRow(day))
            rows.append(EntryRow(entry))
        return rows

    def _last_day(self) -> date | None:
        last = self._rows[-1] if self._rows else None
        return last.day if isinstance(last, DayRow) else _day(last.entry) if last else None

    def row_at(self, index: ModelIndex) -> Row | None:
        """What stands in a row."""
        return self._rows[index.row()] if 0 <= index.row() < len(self._rows) else None

    def place_of(self, entry: UUID) -> QModelIndex:
        """The row of an entry, if it was read."""
        for place, row in enumerate(self._rows):
            if isinstance(row, EntryRow) and row.entry.id == entry:
                return self.index(place)
        return QModelIndex()

    def toggle(self, index: ModelIndex) -> None:
        """Open or close an entry, or read more of its changes."""
        row = self.row_at(index)
        if isinstance(row, MoreRow):
            self._read_changes(row.entry, row.after)
        elif isinstance(row, EntryRow) and row.is_open:
            self._close(index.row(), row)
        elif isinstance(row, EntryRow) and not row.entry.is_merge:
            self._read_changes(row.entry, -1)

    def _read_changes(self, entry: Entry, after: int) -> None:
        if self._changes_ticket:
            self._changes_ticket.cancel()
        self._opening = entry.id
        self._changes_ticket = self._live.read(
            entry_changes, entry.id, self.wanted.record, after, then=self._open, failed=self._fail
        )

    def _open(self, page: ChangePage) -> None:
        index = self.place_of(self._opening) if self._opening else QModelIndex()
        row = self.row_at(index)
        if not isinstance(row, EntryRow):
            return
        self._rows[index.row()] = replace(row, is_open=True)
        self.dataChanged.emit(index, index)
        end = self._end_of(index.row())
        if isinstance(self._rows[end - 1], MoreRow):
            end -= 1
            self._remove(end, end + 1)
        lines = _lines(row.entry, page)
        if lines:
            self.beginInsertRows(QModelIndex(), end, end + len(lines) - 1)
            self._rows[end:end] = lines
            self.endInsertRows()

    def _close(self, place: int, row: EntryRow) -> None:
        self._remove(place + 1, self._end_of(place))
        self._rows[place] = replace(row, is_open=False)
        self.dataChanged.emit(self.index(place), self.index(place))

    def _remove(self, first: int, end: int) -> None:
        if end > first:
            self.beginRemoveRows(QModelIndex(), first, end - 1)
            del self._rows[first:end]
            self.endRemoveRows()

    def _end_of(self, place: int) -> int:
        """Where the changes of an entry end."""
        end = place + 1
        while end < len(self._rows) and isinstance(self._rows[end], LineRow | MoreRow):
            end += 1
        return end

    def rowCount(self, parent: ModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: ModelIndex) -> bool:
        return self._after is not None

    def fetchMore(self, parent: ModelIndex) -> None:
        self._more_wanted = self._ticket is not None and not self._ticket.is_over
        if self._after is not None and not self._more_wanted:
            self._read(self._after, PAGE, self._append)

    def flags(self, index: ModelIndex) -> Qt.ItemFlag:
        if isinstance(self.row_at(index), DayRow):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index)
        if row is None:
            return None
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(row)
        return self._tip(row) if role == Qt.ItemDataRole.ToolTipRole else None

    def _words(self, row: Row) -> str:
        match row:
            case DayRow():
                return day_words(row.day, datetime.now().astimezone().date())
            case EntryRow():
                who = author_words(row.entry.author, row.entry.name, self.me)
                parts = [label_words(row.entry), who, f"{local(row.entry.at):%H:%M}", count_words(row.entry)]
                return ", ".join([*parts, *flag_words(row.entry)])
            case LineRow():
                change = f": {row.line.before} → {row.line.after}" if row.line.field else ""
                reason = f", {row.line.reason}" if row.line.reason else ""
                return f"{subject_words(row.line)}, {happening_words(row.line)}{change}{reason}"
        return self.tr("Show more changes")

    def _tip(self, row: Row) -> str | None:
        match row:
            case EntryRow():
                return entry_tip(row.entry, self.me)
            case LineRow():
                return line_tip(row.line)
        return None


def _lines(entry: Entry, page: ChangePage) -> list[Row]:
    rows: list[Row] = []
    record: UUID | None = None
    for line in page.lines:
        rows.append(LineRow(entry, line, line.record == record and bool(line.field)))
        record = line.record
    return rows if page.after is None else [*rows, MoreRow(entry, page.after)]


def _day(entry: Entry) -> date:
    return local(entry.at).date()
