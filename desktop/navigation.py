"""The navigation pane: the case's heading, every list with its count, what checks and prints, and the tags."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from db.models.vocabulary import Tlp
from db.queries.changes import Changes
from db.queries.headings import Heading, counts_of, heading
from db.queries.tags import TagRow, tags
from desktop.forms.captions import ICONS, all_of, icon_of
from desktop.live import LiveCase
from desktop.theme import Size, Tint, colours, dress, font, pixmap
from desktop.widgets.labels import ElidedLabel, TitleLabel
from desktop.widgets.pill import Pill

ModelIndex = QModelIndex | QPersistentModelIndex
FRONT = ("agreements", "officials", "organizations", "posts", "events", "statements", "sources", "citations",
         "equipment", "programmes", "assessments", "tasks", "notes")  # fmt: skip
_KEY, _COUNT, _ICON, _HEADER = (Qt.ItemDataRole.UserRole + place for place in range(4))
_PAUSE = 200
_NO_LIST = {"claims", "attachments"}
_OF_TAGS = {"tag", "tagging"}


@dataclass(frozen=True, slots=True)
class Destination:
    """A page: `list` of a kind, filtered or not, or `review`, `duplicates`, `search`, `briefing`, `history`."""

    page: str
    kind: str = ""
    filter: str = ""


class Navigation(QWidget):
    """Where one can go. `chosen` gives a Destination."""

    chosen = Signal(object)
    palette_wanted = Signal()

    def __init__(self, live: LiveCase, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._counts: dict[str, int] = {}
        self._page_counts: dict[str, int] = {}
        self._tags: list[tuple[str, int]] = []
        self._stale: set[str] = set()
        self._more_shown = False
        self._heading = CaseHeading(self)
        self._search = self._search_button()
        self._model = QStandardItemModel(self)
        self.view = QListView(self)
        self.view.setObjectName("navigation")
        self.view.setAccessibleName(self.tr("Navigation"))
        self.view.setModel(self._model)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setItemDelegate(_RowDelegate(self))
        self.view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.viewport().setAutoFillBackground(False)
        self.view.selectionModel().currentChanged.connect(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 16, 12, 8)
        column.setSpacing(12)
        for widget in (self._heading, self._search, self.view):
            column.addWidget(widget)
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._count_again)
        live.changed.connect(self._notice)
        self._fill()
        self._count_again()
        live.read(counts_of, then=self._take_counts)
        live.read(tags, then=self.show_tags)

    def mark(self, destination: Destination) -> None:
        """Show where we are, without going there again."""
        exact = self._index_of(destination)
        index = exact if exact.isValid() else self._index_of(Destination(destination.page, destination.kind))
        selection = self.view.selectionModel()
        selection.blockSignals(True)
        self.view.setCurrentIndex(index)
        selection.blockSignals(False)
        self.view.viewport().update()

    def show_count(self, page: str, count: int) -> None:
        """Show how much there is on a page that is no list."""
        self._page_counts[page] = count
        item = self._model.itemFromIndex(self._index_of(Destination(page)))
        if item is not None:
            item.setData(f"{count:,}" if count else "", _COUNT)

    def show_tags(self, found: Sequence[TagRow]) -> None:
        """Show the tags and how many records carry each."""
        self._tags = [(tag.name, tag.count) for tag in found]
        self._fill()

    def _search_button(self) -> QPushButton:
        button = QPushButton(self.tr("Search…"), self)
        button.setObjectName("paletteButton")
        button.setToolTip(self.tr("Search records and commands (Ctrl+K)"))
        dress(button, "search")
        button.clicked.connect(self.palette_wanted)
        hint = QLabel("Ctrl+K", button)
        hint.setFont(font(Size.CAPTION))
        hint.setProperty("muted", True)
        row = QHBoxLayout(button)
        row.setContentsMargins(0, 0, 10, 0)
        row.addStretch(1)
        row.addWidget(hint)
        return button

    def _fill(self) -> None:
        current = self.view.currentIndex().data(_KEY)
        selection = self.view.selectionModel()
        selection.blockSignals(True)
        self._model.clear()
        self._add_kinds(FRONT)
        self._add(self.tr("More kinds"), "chevron-down" if self._more_shown else "chevron-right", Destination("more"))
        if self._more_shown:
            self._add_kinds(sorted(ICONS.keys() - set(FRONT) - _NO_LIST, key=all_of))
        self._add_pages()
        if self._tags:
            self._add_header(self.tr("TAGS"))
        for name, count in self._tags:
            self._add(name, "tag", Destination("list", "agreements", f'tag:"{name}"'), count)
        if isinstance(current, Destination):
            self.view.setCurrentIndex(self._index_of(current))
        selection.blockSignals(False)

    def _add_kinds(self, kinds: Iterable[str]) -> None:
        for kind in kinds:
            self._add(all_of(kind), icon_of(kind), Destination("list", kind), self._counts.get(kind))

    def _add_pages(self) -> None:
        self._add_header(self.tr("CASE"))
        for page, icon_name, words in (
            ("review", "list-checks", self.tr("Review")),
            ("duplicates", "copy", self.tr("Duplicates")),
            ("search", "search", self.tr("Search")),
            ("briefing", "printer", self.tr("Briefings")),
            ("history", "history", self.tr("History")),
        ):
            self._add(words, icon_name, Destination(page), self._page_counts.get(page))

    def _index_of(self, destination: Destination) -> QModelIndex:
        rows = (self._model.index(row, 0) for row in range(self._model.rowCount()))
        return next((index for index in rows if index.data(_KEY) == destination), QModelIndex())

    def _add(self, words: str, icon_name: str, key: Destination, count: int | None = None) -> None:
        item = QStandardItem(words)
        item.setData(key, _KEY)
        item.setData(icon_name, _ICON)
        item.setData(f"{count:,}" if count else "", _COUNT)
        spoken = self._spoken(words, count or 0) if key.page == "list" else words
        item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
        self._model.appendRow(item)

    def _add_header(self, words: str) -> None:
        item = QStandardItem(words)
        item.setData(True, _HEADER)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self._model.appendRow(item)

    def _go(self, index: QModelIndex) -> None:
        key = index.data(_KEY)
        if not isinstance(key, Destination):
            return
        if key.page == "more":
            self._more_shown = not self._more_shown
            QTimer.singleShot(0, self, self._fill)
        else:
            self.chosen.emit(key)

    def _notice(self, changes: Changes) -> None:
        self._stale |= changes.kinds
        self._pause.start()

    def _count_again(self) -> None:
        self._live.read(heading, then=self._heading.show_heading)
        if self._stale & _OF_TAGS:
            self._live.read(tags, then=self.show_tags)
        if self._stale:
            self._live.read(counts_of, frozenset(self._stale), then=self._take_counts)
            self._stale.clear()

    def _take_counts(self, counts: Mapping[str, int]) -> None:
        self._counts |= counts
        for row in range(self._model.rowCount()):
            item = self._model.item(row)
            key = item.data(_KEY)
            if isinstance(key, Destination) and key.page == "list" and not key.filter and key.kind in counts:
                count = counts[key.kind]
                item.setData(f"{count:,}" if count else "", _COUNT)
                item.setData(self._spoken(item.text(), count), Qt.ItemDataRole.AccessibleTextRole)

    def _spoken(self, words: str, count: int) -> str:
        return self.tr("{name}, {count}").format(name=words, count=count)


class CaseHeading(QWidget):
    """Title, marking and revision of the case file, always in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = TitleLabel("", self, size=Size.HEADING, strong=True)
        self.title.setObjectName("caseTitle")
        self.marking = Pill(self)
        self.revision = ElidedLabel("", self, size=Size.CAPTION, muted=True)
        self.revision.setObjectName("caseRevision")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.marking)
        row.addWidget(self.revision, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 4, 0)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addLayout(row)

    def show_heading(self, shown: Heading) -> None:
        """Show what the file says of itself."""
        self.title.setText(shown.title or self.tr("(no title)"))
        self.marking.show_words(shown.marking.label, marking_tint(shown.marking))
        self.marking.setToolTip(shown.marking_line)
        self.revision.setText(shown.revision)
        self.revision.setToolTip(self.tr("revision {hash}").format(hash=shown.revision))
        self.revision.setAccessibleName(self.tr("revision {hash}").format(hash=shown.revision))


def marking_tint(marking: Tlp) -> Tint:
    """The colours of TLP 2.0 (FIRST): coloured letters on black, the same in light and dark."""
    inks = {Tlp.RED: "#FF2B2B", Tlp.AMBER: "#FFC000", Tlp.AMBER_STRICT: "#FFC000", Tlp.GREEN: "#33FF00"}
    return Tint("#000000", inks.get(marking, "#FFFFFF"))


class _RowDelegate(QStyledItemDelegate):
    """Icon, words, and the count at the right; headers in small capitals."""

    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        return QSize(120, 30 if index.data(_HEADER) else 28)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(_HEADER):
            self._paint_header(painter, rect, index.data())
        else:
            self._paint_row(painter, rect, option, index)
        painter.restore()

    def _paint_header(self, painter: QPainter, rect: QRect, words: str) -> None:
        painter.setFont(font(Size.CAPTION, strong=True))
        painter.setPen(QColor(colours().muted))
        painter.drawText(rect.adjusted(6, 6, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_row(self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        look = colours()
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.selected if selected else look.hover))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 6, 6)
        if state & QStyle.StateFlag.State_HasFocus and selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(look.accent))
            painter.drawRoundedRect(rect.adjusted(1, 2, -1, -2), 5, 5)
        tint = look.accent if selected else look.muted
        picture = pixmap(index.data(_ICON), tint, 16, painter.device().devicePixelRatioF())
        painter.drawPixmap(rect.left() + 8, rect.center().y() - 7, picture)
        count = index.data(_COUNT) or ""
        painter.setFont(font(Size.CAPTION))
        painter.setPen(QColor(look.muted))
        painter.drawText(rect.adjusted(0, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        room = rect.adjusted(34, 0, -16 - painter.fontMetrics().horizontalAdvance(count), 0)
        painter.setFont(font(strong=selected))
        painter.setPen(QColor(look.text))
        words = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
