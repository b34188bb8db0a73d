"""The list of what a search found: title, kind, the passage that has the words, and where it stands."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from db.index.query import Hit
from db.index.snippets import Segment
from desktop.forms.captions import field_label, icon_of, one_of, plural_of
from desktop.theme import Size, colours, font, pixmap
from desktop.widgets.marked import draw_marked, plain_text
from desktop.widgets.rows import RIGHT, ModelIndex, RowDelegate, write_line

ROW = 60
_HIT = Qt.ItemDataRole.UserRole
_ICON, _GAP = 20, 16


def where(hit: Hit) -> str:
    """Where in its record a hit is: in which part, and in which field."""
    part = "" if hit.part == hit.record else one_of(plural_of(hit.part_kind))
    field = field_label(hit.field) if hit.field and not (part and hit.field in ("name", "text", "value")) else ""
    return " · ".join(filter(None, (part, field)))


class ResultModel(QAbstractListModel):
    """The hits that are shown now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hits: tuple[Hit, ...] = ()

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The hits, from the top."""
        return self._hits

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show other hits; where they only go on, the ones before stay as they are."""
        known = len(self._hits)
        if known and tuple(hits[:known]) == self._hits:
            if len(hits) > known:
                self.beginInsertRows(QModelIndex(), known, len(hits) - 1)
                self._hits = tuple(hits)
                self.endInsertRows()
            return
        self.beginResetModel()
        self._hits = tuple(hits)
        self.endResetModel()

    def row_of(self, record: UUID) -> int:
        """The row of a record; -1 where it is not shown."""
        return next((row for row, hit in enumerate(self._hits) if hit.record == record), -1)

    def rowCount(self, parent: ModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        hit = self._hits[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return hit.name
            case Qt.ItemDataRole.AccessibleTextRole:
                told = (hit.name, one_of(plural_of(hit.kind)), where(hit), plain_text(hit.snippet))
                return ", ".join(dict.fromkeys(filter(None, told)))
        return hit if role == _HIT else None


class ResultDelegate(RowDelegate):
    """Two lines: the title with the kind at its right, then where it was found and the passage."""

    HEIGHT = ROW

    def draw(self, painter: QPainter, box: QRectF, index: ModelIndex) -> None:
        hit = index.data(_HIT)
        look = colours()
        kind = plural_of(hit.kind)
        picture = pixmap(icon_of(kind), look.muted, _ICON, painter.device().devicePixelRatioF())
        painter.drawPixmap(QPointF(box.left(), box.center().y() - _ICON / 2), picture)
        text = box.adjusted(_ICON + _GAP - 4, 0, 0, 0)
        is_told = hit.is_in_title and plain_text(hit.snippet) == hit.name
        upper = text if is_told else QRectF(text.left(), text.top(), text.width(), 22)
        lower = QRectF(text.left(), text.top() + 23, text.width(), 20)
        taken = write_line(painter, upper, one_of(kind), font(Size.CAPTION), look.muted, align=RIGHT) + _GAP
        draw_marked(painter, upper.adjusted(0, 0, -taken, 0), hit.title, font(strong=True), look.text)
        if not is_told:
            self._draw_passage(painter, lower, hit)

    def _draw_passage(self, painter: QPainter, lower: QRectF, hit: Hit) -> None:
        muted = colours().muted
        place = [Segment(where(hit))] if where(hit) else []
        used = draw_marked(painter, lower, place, font(Size.CAPTION), muted)
        room = lower.adjusted(used + 12 if used else 0, 0, 0, 0)
        draw_marked(painter, room, hit.snippet, font(Size.CAPTION), colours().text)
