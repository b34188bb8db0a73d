"""The two lists of the dialog: backups, and what one of them would change."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from db.backups import Backup
from desktop.backups.preview import Effect, Line
from desktop.backups.words import effect_words, size_words, when_words, why_words
from desktop.forms.captions import one_of
from desktop.theme import Size, colours, font

ModelIndex = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
_HEIGHT = 52
_PADDING = 12
Words = tuple[str, str, str]
"""Title, what stands at its right, and the second line."""


class RowModel(QAbstractListModel):
    """Rows of which each is put into three words: BackupModel and LineModel say which."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[object] = ()

    def show_rows(self, rows: Sequence[object]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def words_of(self, row: object) -> Words:
        """A row in words."""
        raise NotImplementedError

    def rowCount(self, parent: ModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, self.words_of(row)))
        return row if role == ROW else None


class BackupModel(RowModel):
    """Backups of a file and of other copies of its case, the newest first."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path

    def words_of(self, row: object) -> Words:
        assert isinstance(row, Backup)
        why = why_words(row)
        if not row.is_of(self._path):
            why = self.tr("{why}, of the copy “{file}”").format(why=why, file=row.of)
        return when_words(row, datetime.now(UTC)), size_words(row.size), why


class LineModel(RowModel):
    """Records that would be others."""

    def words_of(self, row: object) -> Words:
        assert isinstance(row, Line)
        return row.title, one_of(row.kind), effect_words(row)


class RowDelegate(QStyledItemDelegate):
    """Two lines: the title with something at its right, and what is to be said of it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        return QSize(200, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        look, box = colours(), QRectF(option.rect)
        model = index.model()
        assert isinstance(model, RowModel)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(look.selected))
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(look.accent))
        else:
            painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(look.line))
        row = index.data(ROW)
        _draw(painter, box.adjusted(_PADDING, 6, -_PADDING, -6), model.words_of(row), _ink(row))
        painter.restore()


def _ink(row: object) -> str:
    """The colour of the second line: what would be lost, and what gained, is seen at a glance."""
    look = colours()
    if isinstance(row, Line) and row.effect is not Effect.DIFFERS:
        return look.bad.ink if row.effect is Effect.GOES else look.good.ink
    return look.muted


def _draw(painter: QPainter, box: QRectF, words: Words, ink: str) -> None:
    title, aside, below = (" ".join(part.split()) for part in words)
    upper = QRectF(box.left(), box.top(), box.width(), 20)
    lower = QRectF(box.left(), box.top() + 20, box.width(), 20)
    flags = Qt.AlignmentFlag.AlignVCenter
    painter.setFont(font(Size.CAPTION))
    painter.setPen(QColor(colours().muted))
    painter.drawText(upper, flags | Qt.AlignmentFlag.AlignRight, aside)
    taken = painter.fontMetrics().horizontalAdvance(aside) + 12
    painter.setPen(QColor(ink))
    painter.drawText(lower, flags, _elided(painter, below, lower.width()))
    painter.setFont(font())
    painter.setPen(QColor(colours().text))
    painter.drawText(upper, flags, _elided(painter, title, upper.width() - taken))


def _elided(painter: QPainter, text: str, width: float) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(width))


def make_list(model: RowModel, name: str, accessible: str, parent: QWidget) -> QListView:
    """A list of such rows."""
    view = QListView(parent)
    view.setObjectName(name)
    view.setAccessibleName(accessible)
    view.setModel(model)
    view.setItemDelegate(RowDelegate(view))
    view.setUniformItemSizes(True)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view
