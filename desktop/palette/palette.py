"""The command palette: one line in which any record and any command is a few letters away."""

from collections.abc import Callable, Sequence

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QAction, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from db.index.build import Progress
from db.index.query import Found, Hit, named
from db.index.snippets import Segment
from desktop.jobs import Ticket
from desktop.live import LiveCase
from desktop.palette.commands import group_of, meant, usable
from desktop.palette.entries import ROW, Entry, EntryDelegate, EntryModel, command_entry, record_entry
from desktop.palette.recents import Recents
from desktop.places import Place
from desktop.search_index import SearchIndex, reading_words
from desktop.theme import Size, colours, font, pixmap
from desktop.widgets.labels import Words

COMMANDS_ONLY = ">"
_WIDTH, _TOP, _MARGIN = 640, 72, 24
_ROWS = 10
_VEIL = 150
"""How much of the window behind is covered, of 255."""
_RECORDS, _RECENT, _COMMANDS = 8, 8, 6


class Palette(QWidget):
    """Lies over a window. `actions` tells the commands that there are; those that can be used now are offered."""

    opened = Signal(object)
    """The Place of a record that was chosen."""
    all_wanted = Signal(str)
    """A text of which every result is wanted, on the search page."""

    def __init__(
        self,
        live: LiveCase,
        index: SearchIndex,
        recents: Recents,
        actions: Callable[[], Sequence[QAction]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._live, self._index, self._recents, self._actions = live, index, recents, actions
        self._before: QWidget | None = None
        self._usable: list[QAction] = []
        self._ticket: Ticket | None = None
        self._is_decided = False
        """Whether Enter was pressed before the answer was there."""
        self._is_partial = False
        """Whether the answer is from titles alone, because the index was not there yet."""
        self.setObjectName("palette")
        self.setAccessibleName(self.tr("Command palette"))
        self.line = QLineEdit(self)
        self.view = QListView(self)
        self._model = EntryModel(self)
        self._nothing = Words("", self, muted=True)
        self._reading = Words("", self, size=Size.CAPTION, muted=True)
        self._bar = QProgressBar(self)
        self._glass = QLabel(self)
        self._panel = self._made_panel()
        self.line.textEdited.connect(self._ask)
        self.line.installEventFilter(self)
        self.view.clicked.connect(self._choose)
        self.view.selectionModel().currentChanged.connect(self._speak)
        index.progressed.connect(self._show_progress)
        parent.installEventFilter(self)
        self.hide()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The lines that are shown."""
        return self._model.entries

    @property
    def is_idle(self) -> bool:
        """Whether everything that was asked for is shown."""
        return self._ticket is None

    def open(self, text: str = "") -> None:
        """Show it over the window, with the records opened last and the commands; or with the results of a text."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._usable = usable(self._actions())
        self._glass.setPixmap(pixmap("search", colours().muted, 20, self.devicePixelRatioF()))
        self._cover()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)
        self.line.setText(text)
        self.line.selectAll()
        self._show_progress(self._index.progress)
        self._ask(text)

    def close_palette(self) -> None:
        """Hide it, and give the focus back to what had it."""
        self._forget()
        self.hide()
        if self._before is not None and shiboken6.isValid(self._before):
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def _made_panel(self) -> QFrame:
        panel = QFrame(self)
        panel.setObjectName("raised")
        self._column = QVBoxLayout(panel)
        self.line.setObjectName("paletteLine")
        self.line.setAccessibleName(self.tr("Search records and commands"))
        self.line.setPlaceholderText(self.tr("Search records and commands"))
        self.line.setFrame(False)
        self.line.setFont(font(Size.HEADING))
        self.line.setStyleSheet("border: none; background: transparent; padding: 8px 4px;")
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 4)
        head.setSpacing(8)
        head.addWidget(self._glass)
        head.addWidget(self.line, 1)
        self._dress_view()
        self._nothing.setContentsMargins(16, 8, 16, 12)
        self._reading.setContentsMargins(16, 4, 16, 4)
        self._bar.setTextVisible(False)
        self._column.setContentsMargins(0, 0, 0, 8)
        self._column.setSpacing(4)
        self._column.addLayout(head)
        for widget in (self._bar, self.view, self._nothing, self._reading):
            self._column.addWidget(widget)
        return panel

    def _dress_view(self) -> None:
        self.view.setObjectName("paletteEntries")
        self.view.setAccessibleName(self.tr("Records and commands"))
        self.view.setModel(self._model)
        self.view.setItemDelegate(EntryDelegate(self.view))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setUniformItemSizes(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setViewportMargins(8, 0, 8, 0)
        self.view.setMouseTracking(True)

    def _ask(self, text: str) -> None:
        """Ask for what was typed; only the answer to the last question is shown."""
        self._forget()
        if text.startswith(COMMANDS_ONLY):
            self._show_commands(text.removeprefix(COMMANDS_ONLY))
        elif text.strip():
            self._ticket = self._index.find(text, limit=_RECORDS, then=self._show_found)
        else:
            self._ticket = self._live.read(named, self._recents.records[:_RECENT], then=self._show_recent)

    def _forget(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket, self._is_decided, self._is_partial = None, False, False

    def _show_recent(self, hits: Sequence[Hit]) -> None:
        self._show([*map(record_entry, hits), *map(self._command, self._commands())])

    def _show_commands(self, text: str) -> None:
        commands = self._commands()
        self._show(list(map(self._command, meant(commands, text) if text.strip() else commands)))

    def _show_found(self, found: Found) -> None:
        text = self.line.text()
        commands = meant(self._commands(), text)[:_COMMANDS]
        entries = [*map(record_entry, found.hits), *map(self._command, commands)]
        self._show([*entries, self._way_to_all(text)] if found.hits else entries)
        self._is_partial = not found.is_complete
        if self._is_partial:
            self._index.refresh()

    def _commands(self) -> list[QAction]:
        """Those of the commands that are there still: what is behind the palette may have changed."""
        return [action for action in self._usable if shiboken6.isValid(action)]

    def _command(self, action: QAction) -> Entry:
        return command_entry(action, group_of(action))

    def _way_to_all(self, text: str) -> Entry:
        words = self.tr("All results for “{text}”").format(text=text.strip())
        return Entry((Segment(words),), (), "", "search", text)

    def _show(self, entries: Sequence[Entry]) -> None:
        self._ticket = None
        self._model.show_entries(entries)
        self._nothing.setText(self.tr("Nothing is called that. Other words, or fewer, may find it."))
        self._nothing.setVisible(not entries)
        self.view.setVisible(bool(entries))
        if entries:
            self.view.setCurrentIndex(self._model.index(0))
            self.view.scrollToTop()
        self._arrange()
        if self._is_decided:
            self._choose_current()

    def _show_progress(self, progress: Progress) -> None:
        """Tell how far the index is, as long as only titles can be searched."""
        self._bar.setVisible(not progress.is_ready)
        self._reading.setVisible(not progress.is_ready)
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        self._reading.setText(reading_words(progress))
        if self.isVisible():
            self._arrange()
            if self._is_partial and progress.is_current and self.view.currentIndex().row() <= 0:
                self._ask(self.line.text())

    def _speak(self) -> None:
        """Tell a screen reader, which stays at the line, what is chosen in the list."""
        entry = self._current()
        self.line.setAccessibleDescription(entry.spoken if entry else "")

    def _current(self) -> Entry | None:
        row = self.view.currentIndex().row()
        return self._model.entries[row] if 0 <= row < len(self._model.entries) else None

    def _choose_current(self) -> None:
        """Do what the current line says; if the answer is still on its way, as soon as it is there."""
        if self._ticket is not None:
            self._is_decided = True
            return
        entry = self._current()
        if entry is None:
            return
        self.close_palette()
        match entry.target:
            case Place():
                self.opened.emit(entry.target)
            case QAction():
                if shiboken6.isValid(entry.target):
                    entry.target.trigger()
            case str():
                self.all_wanted.emit(entry.target)

    def _choose(self) -> None:
        self._ticket = None
        self._choose_current()

    def _move(self, steps: int, *, around: bool = False) -> None:
        count = len(self._model.entries)
        if count:
            row = self.view.currentIndex().row() + steps
            row = row % count if around else max(0, min(count - 1, row))
            self.view.setCurrentIndex(self._model.index(row))

    def _cover(self) -> None:
        self.setGeometry(self._window.rect())
        self._arrange()

    def _arrange(self) -> None:
        rows = min(len(self._model.entries), _ROWS, max(2, (self.height() - _TOP - 160) // ROW))
        self.view.setFixedHeight(rows * ROW)
        width = min(_WIDTH, self.width() - 2 * _MARGIN)
        self._panel.setFixedWidth(width)
        self._column.activate()
        height = self._column.sizeHint().height()
        self._panel.setGeometry(QRect((self.width() - width) // 2, min(_TOP, self.height() // 8), width, height))

    def _key(self, event: QKeyEvent) -> bool:
        """Whether a key is the palette's and not the line's."""
        match event.key():
            case Qt.Key.Key_Escape:
                self.close_palette()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose_current()
            case Qt.Key.Key_Down | Qt.Key.Key_Tab:
                self._move(1, around=True)
            case Qt.Key.Key_Up | Qt.Key.Key_Backtab:
                self._move(-1, around=True)
            case Qt.Key.Key_PageDown:
                self._move(_ROWS - 1)
            case Qt.Key.Key_PageUp:
                self._move(1 - _ROWS)
            case _:
                return False
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window:
            if event.type() is QEvent.Type.Resize and self.isVisible():
                self._cover()
        elif isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
            return event.type() is QEvent.Type.KeyPress and self._key(event)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.close_palette()

    def paintEvent(self, event: QPaintEvent) -> None:
        veil = QColor(colours().window)
        veil.setAlpha(_VEIL)
        QPainter(self).fillRect(self.rect(), veil)
