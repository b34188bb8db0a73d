"""A line in which a record is chosen by typing what it is called."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from db.identity import new_id
from db.models import Organization
from db.models.vocabulary import Classification
from db.operations.drafts import Drafted
from db.queries.suggestions import Offers, offers
from desktop.forms.captions import icon_of, one_of, plural_of
from desktop.forms.editors import Line
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.theme import Size, colours, font, pixmap

ModelIndex = QModelIndex | QPersistentModelIndex
_PAUSE = 90
_WIDTH = 420
"""Pixels of the offers: titles need more room than what is typed."""
_KEY, _KIND, _STATE = (Qt.ItemDataRole.UserRole + place for place in range(3))
NEVER_MADE_HERE = {"claim", "acceptance", "dismissal", "distinction", "author", "case_file", "snapshot", "attachment"}
"""Kinds that are not made by naming them."""


class RecordPicker(Line):
    """Offers records of some kinds (tables; empty means any) while somebody types, and to make a new one."""

    chosen = Signal(object)
    """The id of the record."""
    wanted = Signal(object)
    """One that is not there yet: (plural of its kind, what was typed)."""
    drafted = Signal(object)
    """A Drafted that is not in the file yet and complete: a state, by its name and code."""

    def __init__(
        self, live: LiveCase, kinds: Sequence[str], parent: QWidget | None = None, *, offers_new: bool = True
    ) -> None:
        super().__init__(parent)
        self._live = live
        self._kinds = tuple(kinds)
        self._offers_new = offers_new and live.is_writable
        self._ticket: Ticket | None = None
        self._typed = ""
        """What was typed: the completer puts the chosen title in its place."""
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(10)
        self.popup = QListView(self)
        self.popup.setMinimumWidth(_WIDTH)
        self.popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._completer.setPopup(self.popup)
        self.popup.setItemDelegate(_SuggestionDelegate(self))
        self.popup.installEventFilter(self)
        self._completer.activated[QModelIndex].connect(self._choose)  # type: ignore[index]
        self.setCompleter(self._completer)
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._start_pause)
        self.invite()

    def invite(self, *, replacing: bool = False) -> None:
        """Say what can be typed here: a record to add, or one in the place of that which is there."""
        self.setPlaceholderText(self.tr("Choose another…") if replacing else self._invitation())

    def _invitation(self) -> str:
        kinds = [one_of(plural_of(kind)).lower() for kind in self._kinds[:3]]
        return self.tr("Add {kinds}…").format(kinds=self.tr(" or ").join(kinds)) if kinds else self.tr("Add a record…")

    def _start_pause(self, text: str) -> None:
        self._typed = text.strip()
        self._pause.start()

    def _ask(self) -> None:
        if self._ticket:
            self._ticket.cancel()
        if self.text().strip():
            self._ticket = self._live.read(offers, self._kinds, self._typed, then=self._offer)
        else:
            self._model.clear()

    def _offer(self, offered: Offers) -> None:
        self._show_offers(offered)
        if self._offers_new and Organization.__tablename__ in self._kinds:  # by itself: their names take a moment once
            told = (offers, self._kinds, self._typed)
            self._ticket = self._live.read(*told, states=True, then=self._offer_states)

    def _offer_states(self, offered: Offers) -> None:
        if offered.states and not self.popup.currentIndex().isValid():
            self._show_offers(offered)

    def _show_offers(self, offered: Offers) -> None:
        self._model.clear()
        for suggestion in offered.found:
            item = QStandardItem(suggestion.title)
            item.setData(suggestion.id, _KEY)
            item.setData(plural_of(suggestion.kind), _KIND)
            self._model.appendRow(item)
        for code, name in offered.states:
            self._model.appendRow(self._state(code, name))
        for kind in self._kinds[:2]:
            if kind not in NEVER_MADE_HERE and self._offers_new:
                self._model.appendRow(self._making(plural_of(kind)))
        if self.hasFocus() and self._model.rowCount():
            self._completer.complete()

    def _making(self, plural: str) -> QStandardItem:
        words = self.tr("New {kind} “{name}”…").format(kind=one_of(plural).lower(), name=self._typed)
        item = QStandardItem(words)
        item.setData(plural, _KIND)
        return item

    def _state(self, code: str, name: str) -> QStandardItem:
        item = QStandardItem(name)
        item.setData(Organization.PLURAL, _KIND)
        item.setData(code, _STATE)
        return item

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Return takes the first offer, where none was gone to by the arrow keys."""
        if watched is self.popup and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_return and not self.popup.currentIndex().isValid() and self._model.rowCount():
                self.popup.hide()
                self._choose(self._model.index(0, 0))
                return True
        return super().eventFilter(watched, event)

    def _choose(self, index: QModelIndex) -> None:
        key, kind, code = index.data(_KEY), index.data(_KIND), index.data(_STATE)
        typed = self._typed
        QTimer.singleShot(0, self, self._forget)  # QLineEdit writes the chosen title into itself after this
        if isinstance(key, UUID):
            self.chosen.emit(key)
        elif code:
            self.drafted.emit(_draft_of_state(code, index.data()))
        else:
            self.wanted.emit((kind, typed))

    def _forget(self) -> None:
        """Begin anew: else the completer would show these offers again at the next letter."""
        self._pause.stop()
        if self._ticket:
            self._ticket.cancel()
        self._model.clear()
        self.setText("")
        self.setModified(False)

    def focusNextPrevChild(self, forward: bool) -> bool:
        self.popup.hide()
        return super().focusNextPrevChild(forward)


def _draft_of_state(code: str, name: str) -> Drafted:
    values: dict[str, object] = {"name": name, "classification": Classification.STATE, "iso_code": code}
    return Drafted(new_id(), Organization, values, name)


class _SuggestionDelegate(QStyledItemDelegate):
    """A record's icon and title, and its kind at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: ModelIndex) -> QSize:
        return QSize(200, 30)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: ModelIndex) -> None:
        look = colours()
        rect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, QColor(look.selected if selected else look.raised))
        kind = index.data(_KIND)
        code = index.data(_STATE)
        new = index.data(_KEY) is None and not code
        scale = painter.device().devicePixelRatioF()
        picture = pixmap("plus" if new else icon_of(kind), look.muted, 16, scale)
        painter.drawPixmap(rect.topLeft() + QPoint(8, 7), picture)
        room = rect.adjusted(32, 0, -10, 0)
        if not new:
            painter.setFont(font(Size.CAPTION))
            painter.setPen(QColor(look.muted))
            what = self.tr("State {code}, new here").format(code=code) if code else one_of(kind)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, what)
            room = room.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(what) - 16, 0)
        painter.setFont(font())
        painter.setPen(QColor(look.text))
        title = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, title)
        painter.restore()
