"""The list of differing records: title, what differs, who and when, and the state as a pill."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from db.merging.preview import DifferingRecord
from desktop.pages.merging.model import RECORD, SETTLED
from desktop.pages.merging.words import author_words, extent_words, state_tint, state_words
from desktop.theme import Size, colours, font
from desktop.widgets.pill import draw_pill, pill_width
from desktop.widgets.rows import ModelIndex, RowDelegate, RowView, write_line

ROW = 72
_LINE = 18


class DifferenceDelegate(RowDelegate):
    """Three lines at most."""

    HEIGHT = ROW

    def draw(self, painter: QPainter, box: QRectF, index: ModelIndex) -> None:
        record = index.data(RECORD)
        if not isinstance(record, DifferingRecord):
            return
        is_settled = bool(index.data(SETTLED))
        look, state = colours(), state_words(record.state, is_settled=is_settled)
        upper = QRectF(box.left(), box.top(), box.width(), 20)
        draw_pill(painter, upper, state, state_tint(record.state, is_settled=is_settled))
        title = upper.adjusted(0, 0, -pill_width(state) - 12, 0)
        write_line(painter, title, record.title or "—", font(strong=True), look.text)
        lines = (extent_words(record), author_words(record.who, record.when))
        for number, text in enumerate(lines):
            place = QRectF(box.left(), upper.bottom() + number * _LINE, box.width(), _LINE)
            write_line(painter, place, text, font(Size.CAPTION), look.muted)


@dataclass(frozen=True, slots=True)
class Spot:
    """What of a list is looked at: the current record, and the one at the top, with how far above the top it begins."""

    records: tuple[UUID, ...]
    """The current one, if any, and the topmost one."""
    above: dict[UUID, int]
    """Pixels from the top of the list to each, where it is in sight."""


class DifferenceView(RowView):
    """The list itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("differences", ROW, parent)
        self.setAccessibleName(self.tr("Records that differ"))
        self.setItemDelegate(DifferenceDelegate(self))

    def spot(self) -> Spot:
        """What is looked at."""
        shown = self.viewport().height()
        above: dict[UUID, int] = {}
        for row in (self.currentIndex().row(), self.rowAt(0)):
            record = self.model().index(row, 0).data(RECORD) if row >= 0 else None
            if isinstance(record, DifferingRecord):
                above.setdefault(record.id, self.rowViewportPosition(row))
        return Spot(tuple(above), {record: place for record, place in above.items() if -ROW < place < shown})

    def go_back_to(self, spot: Spot, rows: Mapping[UUID, int]) -> None:
        """Select what was selected, and have what was in sight at the height where it was."""
        self.executeDelayedItemsLayout()
        current = rows.get(spot.records[0], 0) if spot.records else 0
        if self.model().rowCount():
            self.selectRow(current)
        for record, place in spot.above.items():
            if record in rows:
                self.verticalScrollBar().setValue(rows[record] * ROW - place)
                return
