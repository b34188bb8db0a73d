"""How a row looks: the title in bold over a quiet second line, a status pill, dates at the right, marks and tags."""

from html import escape

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from db.queries.lists import Column, ListRow, Mark, Shape, TagRow
from desktop.forms.captions import term_label
from desktop.lists.model import COLUMN, ROW, WAITING
from desktop.theme import Tint, colours, font, pixmap, status_tint
from desktop.widgets.pill import draw_pill, pill_width
from desktop.widgets.rows import LEFT, RIGHT, ModelIndex, write_line

HEIGHT = 56
_MARGIN = 16
_GAP = 8
_BAR = 3
_ICON = 16


class RecordDelegate(QStyledItemDelegate):
    """Draws the cells of a list. `is_narrow`: the first column shows everything, because it stands alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_narrow = False
        self.side = ""
        """The column that a narrow row shows at its right, under the pill."""

    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        return QSize(120, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        column: Column = index.data(COLUMN)
        row: ListRow | None = index.data(ROW)
        place: QRect = option.rect
        painter.save()
        self._ground(painter, option, place, is_first=index.column() == 0)
        inner = place.adjusted(_MARGIN if index.column() == 0 else _GAP, 0, -_GAP, -1)
        if row is None:
            _write(painter, inner, WAITING, colours().faint)
        elif column.shape is Shape.TITLE:
            self._title(painter, inner.adjusted(0, 0, -_GAP if self.is_narrow else 0, 0), row)
        else:
            _cell(painter, inner, column, row)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, place: QRect, *, is_first: bool) -> None:
        look = colours()
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, QColor(look.selected))
            if is_first:
                painter.fillRect(QRect(place.left(), place.top(), _BAR, place.height()), QColor(look.accent))
        start = place.left() + (_MARGIN if is_first else 0)
        painter.fillRect(QRect(start, place.bottom(), place.right() - start + 1, 1), QColor(look.line))

    def _title(self, painter: QPainter, place: QRect, row: ListRow) -> None:
        upper = QRect(place.left(), place.top() + 7, place.width(), 22)
        lower = QRect(place.left(), place.top() + 29, place.width(), 20)
        if self.is_narrow:
            upper, lower = self._right(painter, upper, lower, row)
        upper = self._mark(painter, upper, row)
        _write(painter, upper, row.title, colours().text, strong=True)
        lower = _tags(painter, lower, row.tags)
        _write(painter, lower, row.line, colours().muted)

    def _right(self, painter: QPainter, upper: QRect, lower: QRect, row: ListRow) -> tuple[QRect, QRect]:
        """What a narrow row has at its right: the status, and the column beside the title."""
        if row.status is not None:
            words = term_label(row.status)
            draw_pill(painter, QRectF(upper), words, status_tint(row.status))
            upper = upper.adjusted(0, 0, -pill_width(words) - _GAP, 0)
        words = row.cells.get(self.side, "")
        if words or row.status is not None:
            words = words or "—"
            width = QFontMetrics(font()).horizontalAdvance(words) + 1
            _write(painter, lower, words, colours().muted, alignment=RIGHT)
            lower = lower.adjusted(0, 0, -width - _GAP, 0)
        return upper, lower

    def _mark(self, painter: QPainter, place: QRect, row: ListRow) -> QRect:
        """A quiet mark at the end of the title; gives the room that is left for the title."""
        found = mark_icon(row)
        if found is None:
            return place
        wanted = QFontMetrics(font(strong=True)).horizontalAdvance(" ".join(row.title[:200].split()))
        left = place.left() + min(wanted + _GAP, place.width() - _ICON)
        picture = pixmap(*found, _ICON, painter.device().devicePixelRatioF())
        painter.drawPixmap(QPointF(left, place.center().y() - _ICON / 2 + 1), picture)
        return place.adjusted(0, 0, -_ICON - _GAP, 0)


def _cell(painter: QPainter, place: QRect, column: Column, row: ListRow) -> None:
    """A cell beside the title."""
    words = row.cells.get(column.name, "")
    match column.shape:
        case Shape.STATUS if row.status is not None:
            text = term_label(row.status)
            box = QRectF(place.left(), place.top(), min(pill_width(text), place.width()), place.height())
            draw_pill(painter, box, text, status_tint(row.status))
        case Shape.TAGS:
            _tags(painter, place, row.tags, at_left=True)
        case Shape.MARK:
            _mark_words(painter, place, row)
        case Shape.DATE | Shape.NUMBER:
            _write(painter, place, words or "—", colours().text if words else colours().faint, alignment=RIGHT)
        case _:
            _write(painter, place, words, colours().text)


def _write(
    painter: QPainter,
    place: QRect,
    words: str,
    ink: str,
    *,
    strong: bool = False,
    alignment: Qt.AlignmentFlag = LEFT,
) -> None:
    """One line, elided where it does not fit."""
    write_line(painter, QRectF(place), words, font(strong=strong), ink, align=alignment)


def mark_icon(row: ListRow) -> tuple[str, str] | None:
    """The icon of what is remarkable about a row, and its colour; none where all is well."""
    look = colours()
    if row.in_conflict:
        return "git-merge", look.bad.ink
    if row.mark is Mark.DISPUTED:
        return "scale", look.bad.ink
    return ("circle-dashed", look.faint) if row.mark is Mark.UNPROVEN else None


def mark_words(mark: Mark) -> str:
    """What the sources of a record amount to."""
    words = {
        Mark.CITED: _tr("Cited"),
        Mark.PARTLY: _tr("Partly cited"),
        Mark.UNPROVEN: _tr("Main facts uncited"),
        Mark.DISPUTED: _tr("Disputed"),
    }
    return words.get(mark, "")


def _tr(text: str) -> str:
    return QCoreApplication.translate("RecordList", text)


def _mark_words(painter: QPainter, place: QRect, row: ListRow) -> None:
    if row.mark is Mark.NONE:
        return
    look = colours()
    tints = {Mark.DISPUTED: look.bad, Mark.CITED: look.good, Mark.PARTLY: look.plain, Mark.UNPROVEN: look.fair}
    text = mark_words(row.mark)
    box = QRectF(place.left(), place.top(), min(pill_width(text), place.width()), place.height())
    draw_pill(painter, box, text, tints[row.mark])


def _tags(painter: QPainter, place: QRect, tags: tuple[TagRow, ...], *, at_left: bool = False) -> QRect:
    """Tags as small pills, as many as leave room for half of the line; gives the room that is left."""
    left, right = place.left(), place.right() + 1
    for tag in tags:
        width = pill_width(tag.name)
        room = right - left if at_left else (right - left) - place.width() // 2
        if width > room:
            break
        box = QRectF(left if at_left else right - width, place.top(), width, place.height())
        draw_pill(painter, box, tag.name, tag_tint(tag))
        left, right = (left + width + 4, right) if at_left else (left, right - width - 4)
    return place if at_left else QRect(place.left(), place.top(), max(right - place.left() - 4, 0), place.height())


def tag_tint(tag: TagRow) -> Tint:
    """The tint of a tag: that of its colour where it has one."""
    look = colours()
    named = {"red": look.bad, "green": look.good, "amber": look.fair, "yellow": look.fair, "blue": look.note}
    return named.get(tag.colour.casefold(), look.plain)


def told(row: ListRow) -> str:
    """All of a row, for its tooltip."""
    conflict = _tr("Set apart by two people; nobody has chosen yet") if row.in_conflict else ""
    parts = [row.title, row.line, term_label(row.status) if row.status else "", mark_words(row.mark), conflict]
    return f"<qt>{'<br>'.join(escape(part) for part in parts if part)}</qt>"
