"""The two lists of the dialog: backups, and what one of them would change."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from db.backups import Backup
from desktop.backups.preview import Effect, Line
from desktop.backups.words import effect_words, size_words, when_words, why_words
from desktop.forms.captions import one_of
from desktop.theme import Size, colours, font
from desktop.widgets.rows import RIGHT, ModelIndex, RowDelegate, RowView, write_line

ROW = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
_HEIGHT = 52
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


class WordsDelegate(RowDelegate):
    """Two lines: the title with something at its right, and what is to be said of it."""

    HEIGHT = _HEIGHT
    INSET = (12, 6)

    def draw(self, painter: QPainter, box: QRectF, index: ModelIndex) -> None:
        model, row, look = index.model(), index.data(ROW), colours()
        assert isinstance(model, RowModel)
        title, aside, below = model.words_of(row)
        upper = QRectF(box.left(), box.top(), box.width(), 20)
        taken = write_line(painter, upper, aside, font(Size.CAPTION), look.muted, align=RIGHT) + 12
        write_line(painter, upper.translated(0, 20), below, font(Size.CAPTION), _ink(row))
        write_line(painter, upper.adjusted(0, 0, -taken, 0), title, font(), look.text)


def _ink(row: object) -> str:
    """The colour of the second line: what would be lost, and what gained, is seen at a glance."""
    look = colours()
    if isinstance(row, Line) and row.effect is not Effect.DIFFERS:
        return look.bad.ink if row.effect is Effect.GOES else look.good.ink
    return look.muted


def make_list(model: RowModel, name: str, accessible: str, parent: QWidget) -> RowView:
    """A list of such rows."""
    view = RowView(name, _HEIGHT, parent)
    view.setAccessibleName(accessible)
    view.setModel(model)
    view.setItemDelegate(WordsDelegate(view))
    return view
