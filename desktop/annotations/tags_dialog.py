"""Managing tags: their colours, one in place of another, and those that nobody needs any more."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QColor, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QListView,
    QMenu,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from db.operations.records import set_field
from db.operations.tags import delete_tag, replace_tag
from db.queries.changes import Changes
from db.queries.tags import TagRow, tags
from desktop.errors import expected
from desktop.forms.editors import Line
from desktop.live import LiveCase
from desktop.theme import Size, colours, dress, font
from desktop.theme.tags import TagColour, tag_tint
from desktop.undoing import NEWEST
from desktop.widgets.labels import Words
from desktop.widgets.pill import draw_pill, pill_width

ModelIndex = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()
_HEIGHT = 36


class TagModel(QAbstractListModel):
    """Tags whose names hold some words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[TagRow] = ()
        self._shown: list[TagRow] = []
        self._words = ""

    def show_tags(self, rows: Sequence[TagRow]) -> None:
        """Show these, as far as they match."""
        self._all = rows
        self.show_matching(self._words)

    def show_matching(self, words: str) -> None:
        """Show those with these words in their names."""
        self._words = words.casefold().strip()
        self.beginResetModel()
        self._shown = [row for row in self._all if self._words in row.name.casefold()]
        self.endResetModel()

    def rowCount(self, parent: ModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def place_of(self, tag: UUID | None) -> QModelIndex:
        """Where a tag stands, if it is shown."""
        return next((self.index(n) for n, row in enumerate(self._shown) if row.id == tag), QModelIndex())

    def data(self, index: ModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return self.tr("{name}, on {count} records").format(name=row.name, count=f"{row.count:,}")
            case Qt.ItemDataRole.ToolTipRole:
                return row.name
        return row if role == ROW else None


class _TagDelegate(QStyledItemDelegate):
    """A tag as a pill of its colour, with its count at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        return QSize(200, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        row, look = index.data(ROW), colours()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(look.selected))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(look.hover))
        place = option.rect.adjusted(8, 0, -12, 0)
        painter.setFont(font(Size.CAPTION))
        painter.setPen(QColor(look.muted))
        count = f"{row.count:,}"
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        room = place.width() - painter.fontMetrics().horizontalAdvance(count) - 16
        width = min(pill_width(row.name), room)
        draw_pill(painter, QRectF(place.left(), place.top(), width, place.height()), row.name, tag_tint(row.colour))
        painter.restore()


class TagsDialog(QDialog):
    """Every tag of the case file. Each thing done is one edit, which Ctrl+Z takes back."""

    told = Signal(str, object)
    """What was just done, and what of it can be undone: an entry's id, NEWEST, or None."""

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._awaited = ""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(self.tr("Tags"))
        self.model = TagModel(self)
        self.filter = Line(self)
        self.filter.setPlaceholderText(self.tr("Filter tags"))
        self.filter.setAccessibleName(self.tr("Filter tags"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self.model.show_matching)
        self.list = self._make_list()
        self._empty = Words(self.tr("No tags yet. Give a record one in its “Tags” field."), self, muted=True)
        self._trouble = Words("", self)
        self._trouble.setProperty("trouble", True)
        self._trouble.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Words(self.windowTitle(), self, size=Size.HEADING, strong=True))
        column.addWidget(self.filter)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty)
        column.addLayout(self._make_buttons())
        column.addLayout(self._make_replacement())
        column.addWidget(self._trouble)
        column.addWidget(self._make_close())
        self.resize(440, 560)
        live.changed.connect(self._notice)
        self._follow_current()
        self._read()

    def _make_list(self) -> QListView:
        view = QListView(self)
        view.setObjectName("tagList")
        view.setAccessibleName(self.tr("Tags"))
        view.setModel(self.model)
        view.setItemDelegate(_TagDelegate(view))
        view.setUniformItemSizes(True)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setMouseTracking(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.selectionModel().currentChanged.connect(self._follow_current)
        self.model.modelReset.connect(self._follow_current)
        return view

    def _make_buttons(self) -> QHBoxLayout:
        self.colour_button = QPushButton(self.tr("Colour"), self)
        self.colour_button.setObjectName("tagColour")
        menu = QMenu(self.colour_button)
        for colour in TagColour:
            action = QAction(QCoreApplication.translate("TagColour", colour.value.capitalize()), menu)
            action.setData(colour)
            menu.addAction(action)
        menu.triggered.connect(self._set_colour)
        self.colour_button.setMenu(menu)
        self.delete_button = QPushButton(self.tr("Delete"), self)
        self.delete_button.setObjectName("deleteTag")
        dress(self.delete_button, "trash-2")
        self.delete_button.clicked.connect(self._delete)
        for button in (self.colour_button, self.delete_button):
            button.setAutoDefault(False)  # Return in a line must not press it
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.colour_button)
        row.addWidget(self.delete_button)
        row.addStretch(1)
        return row

    def _make_replacement(self) -> QHBoxLayout:
        self.other = Line(self)
        self.other.setObjectName("otherTag")
        self.other.setPlaceholderText(self.tr("Another tag"))
        self.other.setAccessibleName(self.tr("Replace by this tag"))
        self.other.returnPressed.connect(self._replace)
        self.other.textChanged.connect(self._follow_current)
        self.replace_button = QPushButton(self.tr("Replace by it"), self)
        self.replace_button.setObjectName("replaceTag")
        self.replace_button.setToolTip(self.tr("Every record that carries the chosen tag gets the other one instead"))
        self.replace_button.setAutoDefault(False)
        self.replace_button.clicked.connect(self._replace)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.other, 1)
        row.addWidget(self.replace_button)
        return row

    def _make_close(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        return buttons

    @property
    def current(self) -> TagRow | None:
        """The tag that is chosen."""
        index = self.list.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def _read(self) -> None:
        self._live.read(tags, then=self._show)

    def _notice(self, changes: Changes) -> None:
        if changes.kinds & {"tag", "tagging"}:
            self._read()

    def _show(self, rows: Sequence[TagRow]) -> None:
        chosen = self.current
        place = self.list.currentIndex().row()
        self.model.show_tags(rows)
        index = self.model.place_of(chosen.id if chosen else None)
        if not index.isValid():
            index = self.model.index(max(0, min(place, self.model.rowCount() - 1)))
        self.list.setCurrentIndex(index)
        self._empty.setVisible(not rows)

    def _follow_current(self, *_: object) -> None:
        can = self.current is not None and self._live.is_writable
        for button in (self.colour_button, self.delete_button):
            button.setEnabled(can)
        self.other.setEnabled(can)
        self.replace_button.setEnabled(can and bool(self.other.text().strip()))

    def _set_colour(self, action: QAction) -> None:
        if self.current is not None:
            label = self.tr("Colour tag “{name}”").format(name=self.current.name)
            self._write("", label, set_field, self.current.id, "colour", str(action.data()))

    def _delete(self) -> None:
        if self.current is not None:
            label = self.tr("Delete tag “{name}”").format(name=self.current.name)
            told = self.tr("Deleted the tag “{name}”.").format(name=self.current.name)
            self._write(told, label, delete_tag, self.current.id)

    def _replace(self) -> None:
        other = " ".join(self.other.text().split())
        if self.current is not None and other:
            names = {"old": self.current.name, "new": other}
            label = self.tr("Replace tag “{old}” by “{new}”").format(**names)
            told = self.tr("Replaced the tag “{old}” by “{new}”.").format(**names)
            self._write(told, label, replace_tag, self.current.id, other)

    def _write(self, told: str, label: str, operation: object, *args: object) -> None:
        self._awaited = told
        self._live.write(label, operation, *args, then=self._finish, failed=self._refuse)  # type: ignore[arg-type]

    def _finish(self, result: object) -> None:
        self._trouble.hide()
        self.other.clear()
        if self._awaited:
            self.told.emit(self._awaited, NEWEST)

    def _refuse(self, error: BaseException) -> None:
        trouble = expected(error)
        if trouble is None:
            self._live.troubled.emit(error)
        else:
            self._trouble.setText(trouble.text)
            self._trouble.show()
