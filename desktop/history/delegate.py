"""How the rows of the history are drawn. All are of one height, so that a list of any length scrolls at once."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from db.queries.entry_changes import ChangeLine
from db.queries.history_pages import Entry
from desktop.history.model import ROW, DayRow, EntryRow, HistoryModel, LineRow, ModelIndex, MoreRow
from desktop.history.words import (
    author_words,
    count_words,
    day_words,
    flag_words,
    happening_words,
    label_words,
    local,
    subject_words,
)
from desktop.theme import Size, Tint, colours, font, pixmap
from desktop.widgets.pill import draw_pill, pill_width
from desktop.widgets.rows import LEFT, RIGHT, write_line

HEIGHT = 48
_INDENT, _LINE_INDENT = 28, 44
"""From the margin, in pixels."""


@dataclass(frozen=True, slots=True)
class _Brush:
    """A painter in one row, with the two lines of it."""

    painter: QPainter
    rect: QRect
    margin: int

    def line(self, which: int, left: int) -> QRect:
        """The upper (0) or lower (1) line, from a distance to the left on."""
        room = self.rect.width() - left - 2 * self.margin
        return QRect(self.rect.left() + self.margin + left, self.rect.top() + 5 + which * 19, room, 20)

    def say(self, place: QRect, words: str, type_face: QFont, colour: str, align: Qt.AlignmentFlag = LEFT) -> int:
        """Write words, shortened where there is no room; gives their width."""
        return int(write_line(self.painter, QRectF(place), words, type_face, colour, align=align))

    def icon(self, name: str, left: int, top: int, colour: str) -> None:
        """Draw an icon."""
        scale = self.painter.device().devicePixelRatioF()
        self.painter.drawPixmap(self.rect.topLeft() + QPoint(self.margin + left, top), pixmap(name, colour, 16, scale))


class HistoryDelegate(QStyledItemDelegate):
    """Draws days, entries and changes."""

    def __init__(self, margin: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._margin = margin

    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        row = index.data(ROW)
        painter.save()
        self._draw_ground(painter, option, row)
        brush = _Brush(painter, option.rect, self._margin)
        match row:
            case DayRow():
                self._draw_day(brush, row)
            case EntryRow():
                self._draw_entry(brush, row, _author_of(row.entry, index))
            case LineRow():
                _draw_line(brush, row.line, row.is_of_same)
            case MoreRow():
                brush.say(brush.line(0, _LINE_INDENT), self.tr("Show more changes"), font(), colours().accent)
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: object) -> None:
        look = colours()
        rect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(look.selected))
            painter.fillRect(QRect(rect.topLeft(), QSize(3, rect.height())), QColor(look.accent))
        elif option.state & QStyle.StateFlag.State_MouseOver and not isinstance(row, DayRow):
            painter.fillRect(rect, QColor(look.hover))
        if isinstance(row, EntryRow | DayRow):
            painter.fillRect(
                QRect(rect.left() + self._margin, rect.bottom(), rect.width() - 2 * self._margin, 1), look.line
            )

    def _draw_day(self, brush: _Brush, row: DayRow) -> None:
        words = day_words(row.day, datetime.now().astimezone().date())
        brush.say(brush.line(1, 0), words, font(Size.BODY, strong=True), colours().text)

    def _draw_entry(self, brush: _Brush, row: EntryRow, author: str) -> None:
        look, entry = colours(), row.entry
        top = brush.line(0, _INDENT)
        if entry.is_merge:
            brush.icon("git-merge", 0, 8, look.muted)
        else:
            brush.icon("chevron-down" if row.is_open else "chevron-right", 0, 8, look.muted)
        time = brush.say(top, f"{local(entry.at):%H:%M}", font(Size.CAPTION), look.muted, RIGHT)
        face = font()
        face.setStrikeOut(entry.undone)
        ink = look.muted if entry.undone else look.text
        brush.say(top.adjusted(0, 0, -time - 12, 0), label_words(entry), face, ink)
        low = brush.line(1, _INDENT)
        for flag in reversed(flag_words(entry)):
            draw_pill(brush.painter, QRectF(low), flag, _tint(entry, flag))
            low.adjust(0, 0, -pill_width(flag) - 6, 0)
        words = f"{author}  ·  {count_words(entry)}"
        brush.say(low.adjusted(0, 0, -8, 0), words, font(Size.CAPTION), look.muted)


def _author_of(entry: Entry, index: ModelIndex) -> str:
    model = index.model()
    return author_words(entry.author, entry.name, model.me if isinstance(model, HistoryModel) else None)


def _tint(entry: Entry, flag: str) -> Tint:
    """Grey for what was undone, amber for a clock that is wrong."""
    look = colours()
    return look.plain if entry.undone and flag == flag_words(entry)[0] else look.fair


def _draw_line(brush: _Brush, line: ChangeLine, is_of_same: bool) -> None:
    look = colours()
    top, low = brush.line(0, _LINE_INDENT), brush.line(1, _LINE_INDENT)
    brush.painter.fillRect(
        QRect(brush.rect.left() + brush.margin + _INDENT + 4, brush.rect.top(), 2, brush.rect.height()), look.line
    )
    what = happening_words(line)
    if is_of_same:
        brush.say(top, what, font(), look.text)
        _draw_values(brush, low, line)
        return
    brush.painter.setFont(font(Size.CAPTION))
    room = min(brush.painter.fontMetrics().horizontalAdvance(what) + 2, top.width() // 2)
    place = QRect(top.right() - room, top.top(), room, top.height())
    brush.say(place, what, font(Size.CAPTION), look.muted, RIGHT)
    ink = look.accent if line.is_there else look.muted
    brush.say(top.adjusted(0, 0, -room - 12, 0), subject_words(line), font(), ink)
    if line.field:
        _draw_values(brush, low, line)


def _draw_values(brush: _Brush, place: QRect, line: ChangeLine) -> None:
    """Before → after, the one before in half of the room at most."""
    look = colours()
    face = font(Size.CAPTION)
    if line.before:
        struck = font(Size.CAPTION)
        struck.setStrikeOut(bool(line.after))
        half = place.adjusted(0, 0, -place.width() // 2, 0) if line.after else place
        words = _one_line(line.before) if line.after else f"− {_one_line(line.before)}"
        used = brush.say(half, words, struck, look.muted)
        place = place.adjusted(used + 6, 0, 0, 0)
    if line.after:
        sign = "→ " if line.before else "+ "
        brush.say(place, sign + _one_line(line.after), face, look.text)


def _one_line(text: str) -> str:
    return " ".join(text[:400].split())
