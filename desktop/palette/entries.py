"""The lines of the palette: records, commands, and the way to all results."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from db.index.query import Hit
from db.index.snippets import Segment
from desktop.forms.captions import icon_of, one_of, plural_of
from desktop.palette.commands import caption, shortcut_text
from desktop.places import Place
from desktop.theme import Size, colours, font, pixmap
from desktop.widgets.marked import draw_marked, plain_text

ModelIndex = QModelIndex | QPersistentModelIndex
ROW = 36
_ENTRY = Qt.ItemDataRole.UserRole
_ICON, _PADDING, _GAP = 16, 12, 16


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what it says, a remark after it, a word at its right, and what it leads to.

    `target` is a Place, a QAction, or the text whose results are all wanted.
    """

    words: tuple[Segment, ...]
    remark: tuple[Segment, ...]
    right: str
    icon: str
    target: Place | QAction | str

    @property
    def spoken(self) -> str:
        """The whole line for a screen reader."""
        return ", ".join(filter(None, (plain_text(self.words), plain_text(self.remark), self.right)))


def record_entry(hit: Hit) -> Entry:
    """A record, with the passage that was found where its title does not show it."""
    kind = plural_of(hit.kind)
    remark = () if hit.is_in_title or hit.snippet == hit.title else hit.snippet
    return Entry(hit.title, remark, one_of(kind), icon_of(kind), place_of(hit))


def place_of(hit: Hit) -> Place:
    """Where a click on a hit leads: the record and, if the words are in a field of its own, that field."""
    return Place(hit.record, hit.field if hit.part == hit.record else "")


def command_entry(action: QAction, group: str) -> Entry:
    """A command, the menu it stands in, and its shortcut."""
    remark = (Segment(group),) if group else ()
    name = action.property("iconName") or "command"
    return Entry((Segment(caption(action.text())),), remark, shortcut_text(action), str(name), action)


class EntryModel(QAbstractListModel):
    """The lines that are shown now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The lines, from the top."""
        return self._entries

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: ModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return plain_text(entry.words)
            case Qt.ItemDataRole.AccessibleTextRole:
                return entry.spoken
        return entry if role == _ENTRY else None


class EntryDelegate(QStyledItemDelegate):
    """Icon, words, remark, and at the right the kind or the shortcut."""

    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        return QSize(240, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        entry = index.data(_ENTRY)
        painter.save()
        box = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours().selected))
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 6, 6)
        self._draw(painter, box.adjusted(_PADDING, 0, -_PADDING, 0), entry)
        painter.restore()

    def _draw(self, painter: QPainter, box: QRectF, entry: Entry) -> None:
        look = colours()
        picture = pixmap(entry.icon, look.muted, _ICON, painter.device().devicePixelRatioF())
        painter.drawPixmap(QPointF(box.left(), box.center().y() - _ICON / 2), picture)
        painter.setFont(font(Size.CAPTION))
        painter.setPen(QColor(look.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, entry.right)
        taken = painter.fontMetrics().horizontalAdvance(entry.right)
        room = box.adjusted(_ICON + _PADDING, 0, -taken - _GAP if taken else 0, 0)
        used = draw_marked(painter, _part(room, 0.62 if entry.remark else 1), entry.words, font(), look.text)
        if entry.remark:
            draw_marked(painter, room.adjusted(used + _PADDING, 0, 0, 0), entry.remark, font(Size.CAPTION), look.muted)


def _part(box: QRectF, share: float) -> QRectF:
    return QRectF(box.left(), box.top(), box.width() * share, box.height())
